"""What a single record leans on: its verdicts of other years and standards, judged from the facts that it gives."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from attrs import evolve, field

from ncriteria.errors import NCriteriaError
from ncriteria.evaluation.attesting.deciding import attested_in, with_attested
from ncriteria.evaluation.leaning.asked import (
    VerdictAsked,
    VerdictLeanedOn,
    no_verdict,
    not_the_year,
    truths_of,
    verdicts_asked,
)
from ncriteria.evaluation.lowering import lower
from ncriteria.evaluation.records.judging import judge
from ncriteria.evaluation.records.record import Record
from ncriteria.evaluation.result import Result
from ncriteria.facts.attestations.contents import SetContents
from ncriteria.facts.attestations.model import Attestation
from ncriteria.language.tree import Ago, FactKey
from ncriteria.quick_classes import frozen
from ncriteria.sets.catalog import SetCatalog
from ncriteria.sets.model import CriteriaSet, FactDeclaration, FactValue
from ncriteria.sets.structure import verdicts_leaned_on
from ncriteria.sets.years.territories import judged_territory
from ncriteria.words import phrase


def leans(criteria: CriteriaSet) -> bool:
    """Whether rules of a set lean on verdicts of other years or standards."""
    return bool(verdicts_leaned_on(criteria))


def facts_leaned_on(criteria: CriteriaSet, sets: SetCatalog | None) -> Mapping[str, FactDeclaration]:
    """The facts that a record for `criteria` may give: its own, and those of the sets that it may lean on."""
    if sets is None or not leans(criteria):
        return criteria.facts
    others = (one for one in sets.sets if one.level is criteria.level and one.id != criteria.id)
    return {**{name: fact for one in others for name, fact in one.facts.items()}, **criteria.facts}


@frozen
class _Judged:
    result: Result


@frozen
class EarlierRecords:
    """The facts of one unit in its assessment year and before, from which every verdict is judged once."""

    sets: SetCatalog | None
    values: Mapping[FactKey, FactValue]
    year: int | None
    attestations: Sequence[Attestation] = ()
    _judged: dict[tuple[str, str, int], VerdictLeanedOn] = field(factory=dict, init=False, repr=False)

    def record(self, criteria: CriteriaSet, record: Record) -> Record:
        """`record` with the verdicts that `criteria` lean on, as far as nobody gives them."""
        found = self._verdicts(criteria, record.year, record.values)
        values = {key: value for key, value in record.values.items() if key.name in criteria.facts}
        return evolve(record, values={**values, **truths_of(found)}, verdicts=found)

    def has_use_of(self, criteria: CriteriaSet, attestation: Attestation) -> bool:
        """Whether an attestation is of another year or set than the record itself, and one that verdicts lean on."""
        if attestation.year in (None, self.year) and SetContents(criteria).concerns(attestation):
            return False
        sets = (criteria,) if self.sets is None else self.sets.sets
        is_in_time = attestation.year is None or (self.year is not None and attestation.year <= self.year)
        return is_in_time and any(SetContents(one).concerns(attestation) for one in sets)

    def _verdicts(
        self, criteria: CriteriaSet, year: int | None, given: Mapping[FactKey, FactValue]
    ) -> dict[FactKey, VerdictLeanedOn]:
        asked = (one for one in verdicts_asked(criteria, year) if one.key not in given)
        return {one.key: self._verdict(criteria, year, one) for one in asked}

    def _verdict(self, criteria: CriteriaSet, year: int | None, asked: VerdictAsked) -> VerdictLeanedOn:
        if asked.year is None:
            return not_the_year(asked, year)
        key = asked.standard, asked.path, asked.year
        if key not in self._judged:
            self._judged[key] = self._looked_for(criteria, asked, asked.year)
        return self._judged[key]

    def _looked_for(self, criteria: CriteriaSet, asked: VerdictAsked, year: int) -> VerdictLeanedOn:
        chosen = self._chosen(criteria, asked.standard, year)
        if isinstance(chosen, str):
            return no_verdict(asked, chosen)
        if all(member.path != asked.path for member in chosen.members()):
            return no_verdict(asked, phrase('{criteria} has no clause "{path}"', criteria=chosen.id, path=asked.path))
        values = self._seen_from(year)
        if not values and not self._attested(chosen, year):
            return no_verdict(asked, phrase("no facts of {year} are given", year=year))
        record = Record({key: value for key, value in values.items() if key.name in chosen.facts}, year)
        try:
            record = self.record(
                chosen, with_attested(record, attested_in(chosen, self._attested(chosen, year), year=year))
            )
            outcome = judge(lower(chosen, year), record)
        except NCriteriaError as error:
            return no_verdict(asked, error.problems[0].message)
        return VerdictLeanedOn(asked.path, year, outcome[asked.path].verdict, judged=_Judged(outcome))

    def _chosen(self, criteria: CriteriaSet, standard: str, year: int) -> CriteriaSet | str:
        """The set of a standard that judges the unit in a year, or why there is none."""
        if self.sets is not None:
            territory = judged_territory(criteria)
            around = () if territory is None else (territory,)
            try:
                return self.sets.choose(standard, criteria.level, year, around)
            except NCriteriaError as error:
                return error.problems[0].message
        if standard != criteria.standard:
            return phrase('no set of "{standard}" is at hand', standard=standard)
        if year not in criteria.years:
            return phrase(
                "{criteria} does not hold in {year}, and no other set is at hand", criteria=criteria.id, year=year
            )
        return criteria

    def _seen_from(self, year: int) -> Mapping[FactKey, FactValue]:
        """All facts as seen from a year, those of later years left out."""
        assert self.year is not None
        back = self.year - year
        return {
            FactKey.of(key.name, Ago(key.period.years - back)): value
            for key, value in self.values.items()
            if isinstance(key.period, Ago) and key.period.years >= back
        }

    def _attested(self, criteria: CriteriaSet, year: int) -> list[Attestation]:
        contents = SetContents(criteria)
        own = year if year == self.year else None
        return [one for one in self.attestations if (one.year or own) == year and contents.concerns(one)]
