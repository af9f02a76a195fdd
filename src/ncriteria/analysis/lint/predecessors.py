"""Sets that name in `supersedes` a set that is none, or one of another line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ncriteria.errors import Problem
from ncriteria.language.hints.near_misses import did_you_mean
from ncriteria.sets.model import CriteriaSet
from ncriteria.sets.names import LEVELS
from ncriteria.words import phrase


def predecessors_of_another_line(criteria: CriteriaSet, around: Iterable[CriteriaSet]) -> Iterator[Problem]:
    """A finding where the superseded set is none of those `around`, or has another standard or level."""
    if criteria.supersedes is None:
        return
    place = criteria.place_of("supersedes")
    sets = {other.id: other for other in around}
    before = sets.get(criteria.supersedes)
    if before is None:
        hint = did_you_mean(criteria.supersedes, sets)
        yield Problem(
            "NC147",
            phrase(
                "`{criteria}` supersedes `{supersedes}`, which is no set",
                criteria=criteria.id,
                supersedes=criteria.supersedes,
            ),
            place,
            hint,
        )
    elif (before.standard, before.level) != (criteria.standard, criteria.level):
        own, other = (
            phrase('"{standard}" for a {level}', standard=one.standard, level=LEVELS[one.level].as_phrase())
            for one in (criteria, before)
        )
        message = phrase(
            "`{criteria}` ({own}) supersedes `{before}` ({other}), a set of another line",
            criteria=criteria.id,
            own=own,
            before=before.id,
            other=other,
        )
        yield Problem(
            "NC147", message, place, phrase("give both the same `standard` and `level`, or correct `supersedes`")
        )
