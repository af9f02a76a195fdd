"""Whether a set stands to the one that it extends as it says: proved where the solver can, otherwise searched."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from ncriteria.analysis.deadline import deadline_in
from ncriteria.analysis.proof.judging import TwoSets
from ncriteria.analysis.proof.prove import relate, solver_installed
from ncriteria.analysis.proof.relation import WHOLE, ClauseRelation, Way
from ncriteria.analysis.proof.relation_text import as_a_test
from ncriteria.analysis.proof.relation_years import Setting, settings
from ncriteria.errors import Problem
from ncriteria.sets.model import CriteriaSet
from ncriteria.sets.names import VERDICTS
from ncriteria.sets.sources import OverlayDirection
from ncriteria.words import Phrase, phrase

_SECONDS: Final = 20.0
"""How long the check of one set may take."""
_AGAINST: Final[Mapping[OverlayDirection, Way]] = {
    OverlayDirection.STRICTER: Way.LOOSER,
    OverlayDirection.LOOSER: Way.STRICTER,
}
"""What no record may show."""


def direction_findings(base: CriteriaSet, criteria: CriteriaSet) -> Iterator[Problem]:
    """What is known of the direction that `criteria` declares: NC440 where a record breaks it, otherwise NC441.

    Of NC440 there is one for each run of years in which the sets say the same.
    """
    declared, deadline = criteria.direction, deadline_in(_SECONDS)
    if declared is None:
        return
    asked = settings(base, criteria)
    found = [
        (setting, relate(TwoSets.of(setting), WHOLE, WHOLE, deadline.part(1 / (len(asked) - number))))
        for number, setting in enumerate(asked)
    ]
    against = _AGAINST[declared.direction]
    broken = [_broken(setting, relation, criteria, declared.direction) for setting, relation in found]
    problems = [message for message in broken if message is not None]
    hint = phrase("mend the changes, or leave `direction` out")
    yield from (Problem("NC440", message, declared.place, hint) for message in problems)
    if not problems:
        is_proved = all(against in relation.ruled_out for _, relation in found)
        told = _proved(criteria, declared.direction) if is_proved else _searched(found, declared.direction)
        yield Problem("NC441", told, declared.place)


def _broken(
    setting: Setting, relation: ClauseRelation, criteria: CriteriaSet, direction: OverlayDirection
) -> Phrase | None:
    witness = relation.witness(_AGAINST[direction])
    if witness is None:
        return None
    return phrase(
        "`direction` is {direction}, but the record {record} of {year} comes out as “{old}” under {base}, and as "
        "“{new}” under {criteria}",
        direction=direction.value,
        year=witness.row.year,
        record=as_a_test(witness.row),
        old=VERDICTS[witness.old.verdict].as_phrase(),
        base=setting.old.id,
        new=VERDICTS[witness.new.verdict].as_phrase(),
        criteria=criteria.id,
    )


def _proved(criteria: CriteriaSet, direction: OverlayDirection) -> Phrase:
    assert criteria.extended is not None, "a set that declares a direction extends another"
    base = criteria.extended.id
    if direction is OverlayDirection.STRICTER:
        return phrase(
            "`direction: stricter` is proved: whoever passes under {criteria} passes under {base}",
            criteria=criteria.id,
            base=base,
        )
    return phrase(
        "`direction: looser` is proved: whoever passes under {base} passes under {criteria}",
        criteria=criteria.id,
        base=base,
    )


def _searched(found: list[tuple[Setting, ClauseRelation]], direction: OverlayDirection) -> Phrase:
    why = phrase("not decided in time") if solver_installed() else phrase("z3 is not installed")
    return phrase(
        "`direction: {direction}` is not proved ({why}): none of {count} records that were tried breaks it",
        direction=direction.value,
        why=why,
        count=sum(one.searched for _, one in found),
    )
