"""What is known of one unit in one assessment year."""

from __future__ import annotations

import datetime
from collections.abc import Mapping

from attrs import field

from ncriteria.errors import CellPlace
from ncriteria.evaluation.inside.told import UnitsInside
from ncriteria.evaluation.leaning.asked import VerdictLeanedOn
from ncriteria.facts.adding_up import Monthly
from ncriteria.facts.attestations.model import Attestation
from ncriteria.facts.checks.series import OfOtherSeries
from ncriteria.facts.lineage.bases import Base
from ncriteria.language.tree import Ago, FactKey, InYear, Period
from ncriteria.quick_classes import frozen
from ncriteria.sets.model import FactValue, Rolled


@frozen
class Record:
    """The facts of one unit as seen from the assessment `year`, by fact and period.

    `year` may be `None` where nothing depends on it. `shares` are the roll-ups of the units inside, by level and path.
    `attested` are the clauses that attestations decide, by path, and `attested_facts` the facts whose values are
    attested. `place` says where the record stands in a table, `monthly` which figures of months its values were put
    together of, `bases` what those of years before a change of the unit are made of, `inside` which units the
    roll-ups are taken of, `other_series` which figures are left out. `verdicts` are those of other years and standards
    that rules lean on, which stand among the values where they are known. `came_later` are the figures that came
    after the day `known_on` that the table is seen on, and when.
    """

    values: Mapping[FactKey, FactValue]
    year: int | None = None
    shares: Mapping[tuple[str, str], Rolled] = field(factory=dict)
    place: CellPlace | None = None
    attested: Mapping[str, Attestation] = field(factory=dict)
    attested_facts: Mapping[FactKey, Attestation] = field(factory=dict)
    monthly: Mapping[FactKey, Monthly] = field(factory=dict, repr=False)
    bases: Mapping[FactKey, Base] = field(factory=dict, repr=False)
    inside: Mapping[tuple[str, str], UnitsInside] = field(factory=dict, repr=False)
    other_series: Mapping[FactKey, OfOtherSeries] = field(factory=dict, repr=False)
    verdicts: Mapping[FactKey, VerdictLeanedOn] = field(factory=dict, repr=False)
    came_later: Mapping[FactKey, datetime.date] = field(factory=dict, repr=False)
    known_on: datetime.date | None = None

    @property
    def has_values_alone(self) -> bool:
        """Whether no more is said of figures of the unit than their values: nothing of where they come from."""
        attested, put_together = self.attested or self.attested_facts, self.monthly or self.bases
        return not (attested or put_together or self.other_series or self.verdicts or self.came_later)


def in_view(period: Period, year: int | None) -> Period:
    """`period` counted back from the assessment `year`; a fixed year stays as it is without one, and after it."""
    if isinstance(period, InYear) and year is not None and period.year <= year:
        return Ago(year - period.year)
    return period


def seen_from(values: Mapping[FactKey, FactValue], year: int | None) -> Mapping[FactKey, FactValue]:
    """`values` with every period counted back from `year`."""
    for key in values:
        if type(key.period) is InYear:
            return {FactKey(key.name, in_view(key.period, year)): value for key, value in values.items()}
    return values
