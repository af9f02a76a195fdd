"""What a criteria set is: who issued it, which years and level it holds for, its facts, parameters and clauses."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence
from enum import Enum, StrEnum
from fractions import Fraction
from typing import Final, Literal

from attrs import field

from ncriteria.errors import TextPlace
from ncriteria.language.tree import Expr, FactKey
from ncriteria.language.values import Interval, Unknown
from ncriteria.quick_classes import frozen
from ncriteria.sets.declared.figures import Aggregate, Published
from ncriteria.sets.grades.grade import Grade
from ncriteria.sets.sources import (
    AcceptedWindows,
    AfterEnd,
    AwaitedText,
    Bilingual,
    Citation,
    ClauseElsewhere,
    ClauseOrigin,
    DeclaredDirection,
    EndedSet,
    Instrument,
    OverlayChange,
    UnitName,
)
from ncriteria.sets.years.days_in_force import DaysInForce
from ncriteria.sets.years.series import ComparableSeries, Series
from ncriteria.sets.years.windows import CALENDAR_YEAR, Window
from ncriteria.words import Words


class Level(Enum):
    """What kind of unit criteria are for; those that have a territory go from the smallest to the largest."""

    AGENCY = "agency"
    ENTERPRISE = "enterprise"
    SCHOOL = "school"
    HAMLET = "hamlet"
    COMMUNE = "commune"
    DISTRICT = "district"
    PROVINCE = "province"

    @property
    def inside(self) -> tuple[Level, ...]:
        """The levels of the units that may lie inside a unit of this one: none in a hamlet, an agency or its like."""
        levels = tuple(Level)
        smaller = levels[: levels.index(self)]
        return smaller if Level.HAMLET in smaller else ()


class FactType(Enum):
    """The types of facts: a count is a whole number of zero or more, a number any rational."""

    COUNT = "count"
    NUMBER = "number"
    BOOLEAN = "boolean"
    ENUMERATION = "enumeration"
    DATE = "date"

    @property
    def is_numeric(self) -> bool:
        """Whether its values are numbers."""
        return self in (FactType.COUNT, FactType.NUMBER)


class Encodes(Enum):
    """How faithfully a clause encodes the law."""

    EXACT = "exact"
    APPROXIMATED = "approximated"
    ATTESTED = "attested"
    NOT_ENCODED = "not_encoded"


OPEN_TO_ATTESTATION: Final = (Encodes.ATTESTED, Encodes.NOT_ENCODED)
"""How the clauses encode the law that an attestation may decide."""


@frozen
class Years:
    """Assessment years, both included; no `last` is open-ended."""

    first: int
    last: int | None = None

    def __contains__(self, year: int) -> bool:
        return self.first <= year and (self.last is None or year <= self.last)

    def within(self, other: Years) -> Years | None:
        """Those of the years that are also of `other`."""
        first = max(self.first, other.first)
        last = min((years.last for years in (self, other) if years.last is not None), default=None)
        return None if last is not None and last < first else Years(first, last)

    def __str__(self) -> str:
        return f"{self.first}-{'' if self.last is None else self.last}"

    def in_words(self, say: Words) -> str:
        """The years as people write them; open-ended ones need a word in Vietnamese."""
        return say("{first}-", first=self.first) if self.last is None else str(self)


@frozen
class FactDeclaration:
    """A fact that the rules of a set may mention.

    `unit` is what a number counts (`vụ`, `case` and `cases`). `minimum` and `maximum` bound a number, both included; a
    count is never less than 0. `decimals` is the number of decimal places that a number may have, `None` for any.
    `options` are the values of an enumeration, from the worst to the best where they are `ordered`; `option_titles`
    what people call them. `attested` facts are a named person's judgement, not a measurement; those who may attest them
    are in `attested_by`, empty where the set names nobody. `aggregate` says how values of several units are put
    together; those of several months are added up too unless they stay `alike` `over_months`. `headings` are further
    column headings of tables. `supplier` is who is said to have the value. `window` are the months of a year's figure,
    where they are not those of the set; `series` what it counts, by years; `published` what a source prints of another
    fact.
    """

    name: str
    title: Bilingual
    type: FactType
    unit: UnitName | None = None
    minimum: Fraction | None = None
    maximum: Fraction | None = None
    decimals: int | None = None
    options: tuple[str, ...] = ()
    option_titles: Mapping[str, Bilingual] = field(factory=dict, hash=False)
    ordered: bool = False
    attested: bool = False
    aggregate: Aggregate | None = None
    over_months: Literal["alike"] | None = None
    headings: tuple[str, ...] = ()
    supplier: Bilingual | None = None
    attested_by: tuple[Bilingual, ...] = ()
    note: Bilingual | None = None
    window: Window | None = None
    series: Series = ()
    published: Published | None = None
    place: TextPlace | None = field(default=None, eq=False, repr=False)

    @property
    def adds_up_over_months(self) -> bool:
        """Whether the year has the sum of its months."""
        return self.aggregate == "sum" and self.over_months is None

    @property
    def adds_up_over_units(self) -> bool:
        """Whether a unit that was merged has the sum of its predecessors; a count has, unless a person judged it."""
        if self.aggregate is not None:
            return self.aggregate == "sum"
        return self.type is FactType.COUNT and not self.attested

    @property
    def when_missing(self) -> Interval | Unknown:
        """What is known of the fact where no value is given: its declared range, or nothing."""
        if self.type.is_numeric:
            return Interval(self.minimum, self.maximum)
        return Unknown.UNKNOWN


ParameterValue = Fraction | bool | str | datetime.date | Unknown


@frozen
class DatedValue:
    """The value of a parameter from an assessment year on; `None` is from the beginning.

    `decimals` is how many digits a number has after its point, as written.
    """

    since: int | None
    value: ParameterValue
    decimals: int = field(default=0, eq=False, repr=False, kw_only=True)
    place: TextPlace | None = field(default=None, eq=False, repr=False, kw_only=True)


@frozen
class ParameterDeclaration:
    """A value that the rules use by name, with its source; `values` are in the order of their years.

    A value that the source leaves open is `UNKNOWN`; `type` then says what it would be. Of a parameter by the options
    of a fact there is one for each, named `limit[miền núi]`; `option` has the name that they share, and its own option.
    """

    name: str
    title: Bilingual
    type: FactType
    values: tuple[DatedValue, ...]
    unit: UnitName | None = None
    options: tuple[str, ...] = ()
    option_titles: Mapping[str, Bilingual] = field(factory=dict, hash=False)
    percent: bool = False
    cite: tuple[Citation, ...] = ()
    note: Bilingual | None = None
    option: tuple[str, str] | None = None
    place: TextPlace | None = field(default=None, eq=False, repr=False)


@frozen
class Clause:
    """One criterion: a rule, or a text that is `not_encoded` and has none.

    `zero_base` replaces `rule` where the rule's earlier-year value is 0. Where `applies_when` is false the clause does
    not apply. `path` is the identifier under the groups that hold it: `19.2/crime`. `attested_by` are those who may
    attest it, empty where the set names nobody. `accepts_windows` says why figures of different months meet in it.
    `awaits` is the document that will say what is `not_encoded`. `grades` tell units apart further than by the verdict,
    the best first.
    """

    path: str
    title: Bilingual
    rule: Expr | None
    encodes: Encodes
    cite: tuple[Citation, ...]
    zero_base: Expr | None = None
    applies_when: Expr | None = None
    note: Bilingual | None = None
    place: TextPlace | None = field(default=None, eq=False, repr=False)
    attested_by: tuple[Bilingual, ...] = ()
    accepts_windows: AcceptedWindows | None = None
    awaits: AwaitedText | None = None
    grades: tuple[Grade, ...] = ()


class Combination(Enum):
    """How a group is made of its members."""

    ALL = "all"
    ANY = "any"
    AT_LEAST = "at_least"


@frozen
class Group:
    """Clauses and groups that are judged together.

    `minimum` is the number of members that must be met, for `at_least` only; `counts_not_applicable` lets members
    that do not apply count towards it.
    """

    path: str
    title: Bilingual
    combination: Combination
    members: tuple[Clause | Group, ...]
    minimum: int | None = None
    counts_not_applicable: bool = False
    applies_when: Expr | None = None
    cite: tuple[Citation, ...] = ()
    note: Bilingual | None = None
    place: TextPlace | None = field(default=None, eq=False, repr=False)
    grades: tuple[Grade, ...] = ()


class Verdict(StrEnum):
    """What a judgement says of a clause, a group or a set; it is the text that files and JSON have."""

    MET = "met"
    NOT_MET = "not_met"
    UNDETERMINED = "undetermined"
    NOT_APPLICABLE = "not_applicable"


FactValue = Fraction | bool | str | datetime.date | Interval
"""What is known of a fact: its value, or bounds of a number. A fact of which nothing is known has no value."""


@frozen
class RollUp:
    """How many units of a level meet a clause; those to which it does not apply are in none of the counts."""

    met: int
    not_met: int
    undetermined: int = 0


Rolled = RollUp | Fraction | Interval
"""What is known of the units inside: how many meet a clause or a condition, or the sum of a fact of theirs."""


@frozen
class EmbeddedTest:
    """A worked case that a set carries: what is given, and the verdicts, missing facts and residual that must come out.

    `parameters` replaces values of the set's parameters. `shares` gives, by level and path, what is rolled up.
    `attested` has the verdicts of clauses that are taken as attested, by path.
    `expect` maps clause paths to verdicts, `grades` to the grades that are possible. `missing` and `residual` are not
    checked where they are `None`. `inherited_from` is the set that carries it, where that is one which is extended;
    `left_out` is then what the file expects and this set is not asked for: paths, `missing` and `residual`.
    """

    id: str
    given: Mapping[FactKey, FactValue]
    expect: Mapping[str, Verdict]
    year: int | None = None
    parameters: Mapping[str, ParameterValue] = field(factory=dict)
    shares: Mapping[tuple[str, str], Rolled] = field(factory=dict)
    attested: Mapping[str, Verdict] = field(factory=dict)
    grades: Mapping[str, tuple[str, ...]] = field(factory=dict)
    missing: tuple[FactKey, ...] | None = None
    residual: str | None = None
    note: Bilingual | None = None
    place: TextPlace | None = field(default=None, eq=False, repr=False)
    inherited_from: str | None = None
    left_out: tuple[str, ...] = ()


WHOLE_SET: Final = ""
"""The path that stands for the whole set."""


@frozen
class Extended:
    """The set that another extends, and the assessment years that it holds for."""

    id: str
    years: Years


@frozen
class CriteriaSet:
    """A dated, cited set of criteria for one level of units, within one standard.

    `standard_title` is what people call the standard. `territory` is the unit that the set is particular to, with all
    units inside it; `None` is the whole country. `supersedes` is the identifier of the set before it in the same
    standard. `extends` is the file that it extends, as its own file names it, `extended` the set in it, and `origins`
    say where each of its clauses and groups comes from, by path; `direction` is how it says that it stands to that set,
    and `after_end` what judges its territory after its years. `stands_in_after` is the set of a territory that ended,
    where this one judges there as that one says. `elsewhere` has what clauses of other sets of a catalog are called
    that rules ask for, by the level of the units and the path. `window` says which months an assessment year has;
    `None` is the calendar year. `held` are the days in which it is in force, where its years follow from them.
    `comparable` has the series that may be compared with each other. Tables are judged under a set that is
    `only_when_named` where its standard is asked for by name. Among `facts` are the verdicts of other years and
    standards that rules lean on, by names such as `met("19.2")`. `not_inherited` are the tests that do not hold for it,
    by the set that carries them. `places` say where the values of the keys of `set` stand.
    """

    id: str
    standard: str
    title: Bilingual
    instrument: Instrument
    years: Years
    level: Level
    facts: Mapping[str, FactDeclaration]
    parameters: Mapping[str, ParameterDeclaration]
    clauses: tuple[Clause | Group, ...]
    tests: Sequence[EmbeddedTest] = ()
    inherited: Sequence[EmbeddedTest] = field(default=(), eq=False, repr=False)
    not_inherited: Mapping[str, tuple[str, ...]] = field(factory=dict, eq=False, repr=False)
    standard_title: Bilingual | None = None
    territory: str | None = None
    supersedes: str | None = None
    extends: str | None = None
    extended: Extended | None = None
    changes: tuple[OverlayChange, ...] = ()
    direction: DeclaredDirection | None = None
    after_end: AfterEnd | None = None
    stands_in_after: EndedSet | None = field(default=None, eq=False, repr=False)
    origins: Mapping[str, ClauseOrigin] = field(factory=dict, eq=False, repr=False)
    elsewhere: Mapping[tuple[str, str], ClauseElsewhere] = field(factory=dict, eq=False, repr=False)
    window: Window | None = None
    held: DaysInForce | None = None
    comparable: tuple[ComparableSeries, ...] = ()
    only_when_named: bool = False
    grades: tuple[Grade, ...] = ()
    note: Bilingual | None = None
    source: str | None = field(default=None, eq=False)
    places: Mapping[str, TextPlace] = field(factory=dict, eq=False, repr=False)

    def place_of(self, *keys: str) -> TextPlace | None:
        """Where the first of these keys of `set` has its value in the file, or its first line, where it has a file."""
        if self.source is None:
            return None
        return next((self.places[key] for key in keys if key in self.places), TextPlace(1, 1, file=self.source))

    @property
    def all_tests(self) -> tuple[EmbeddedTest, ...]:
        """Its own tests, and those of the set that it extends, as far as they hold for it."""
        return (*self.tests, *self.inherited)

    @property
    def months_of_year(self) -> Window:
        """The months of an assessment year."""
        return self.window or CALENDAR_YEAR

    def window_of(self, fact: str) -> Window:
        """The months of a year's figure of a fact: its own, or those of the set."""
        return self.facts[fact].window or self.months_of_year

    @property
    def windows(self) -> tuple[Window, ...]:
        """The months of an assessment year, and those of the facts that are counted over others, each once."""
        return tuple(dict.fromkeys((self.months_of_year, *map(self.window_of, self.facts))))

    @property
    def whole(self) -> Group:
        """All clauses together, as one group at the path `WHOLE_SET`."""
        return Group(WHOLE_SET, self.title, Combination.ALL, self.clauses)

    def members(self) -> Iterator[Clause | Group]:
        """Every clause and group, each group before its members."""
        pending = list(reversed(self.clauses))
        while pending:
            member = pending.pop()
            yield member
            if isinstance(member, Group):
                pending.extend(reversed(member.members))
