"""What an overview of judgements holds: plain data, from which the terminal, pages and workbooks are made."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from enum import Enum

from ncriteria.evaluation.graded import Graded
from ncriteria.evaluation.publication import Agreement
from ncriteria.language.tree import FactKey
from ncriteria.quick_classes import frozen
from ncriteria.sets.model import Encodes, Level, Verdict, Years
from ncriteria.sets.overlaid.origins import ActOfClauses
from ncriteria.sets.sources import AwaitedText, Bilingual, Citation, Instrument, UnitName
from ncriteria.sets.years.days_in_force import DaysOutside


@frozen
class MatrixSet:
    """A set that judged rows of a matrix; `acts` are those that a set which extends another is made of.

    `retroactive` are the years that were over when its act came into force, on the day `since`; `days_outside` those
    days of the years of its rows on which it is not in force.
    """

    id: str
    title: Bilingual
    instrument: Instrument
    years: Years
    acts: tuple[ActOfClauses, ...] | None = None
    since: datetime.date | None = None
    retroactive: tuple[int, ...] | None = None
    days_outside: tuple[DaysOutside, ...] | None = None


@frozen
class MatrixColumn:
    """A clause or group of the sets of a matrix, as the latest of them has it; `encodes` is nothing for a group."""

    path: str
    title: Bilingual
    is_group: bool
    encodes: Encodes | None
    cite: tuple[Citation, ...]


@frozen
class MatrixRow:
    """The verdicts on one unit in one year, by path; a path that the set of the year does not have is absent.

    `attested` are the paths whose verdicts rest on attestations. `missing` are the figures, and `waits` how many other
    things, that an undetermined verdict of the set waits for. `graded` is the grade of a set that has some. `agreement`
    is nothing where no verdict was published, or where the unit is judged under several standards, for a published
    result does not say which of them it is of.
    """

    unit: str
    name: str | None
    year: int
    criteria: str
    verdict: Verdict
    verdicts: Mapping[str, Verdict]
    attested: tuple[str, ...] = ()
    missing: tuple[FactKey, ...] = ()
    waits: int = 0
    published: str | None = None
    agreement: Agreement | None = None
    graded: Graded | None = None


@frozen
class GradeCount:
    """How many units of one year have a grade of the whole set; without a `grade`, of how many it is open."""

    year: int
    grade: str | None
    title: Bilingual | None
    rows: int


@frozen
class YearCounts:
    """How many units of one year have each verdict of the set, and how many have none."""

    year: int
    verdicts: Mapping[Verdict, int]
    without: int


@frozen
class VerdictMatrix:
    """The units of one level under one standard: each group is before its members, and the rows stand as judged.

    `counts` are by year, and count the rows without a verdict too, which are not among `rows`. `grades`, of sets that
    have some, are by year and from the best to the worst.
    """

    standard: str
    level: Level | None
    sets: tuple[MatrixSet, ...]
    columns: tuple[MatrixColumn, ...]
    counts: tuple[YearCounts, ...]
    rows: tuple[MatrixRow, ...]
    standard_title: Bilingual | None = None
    grades: tuple[GradeCount, ...] | None = None


@frozen
class WaitingUnit:
    """A unit in an assessment year of which something is asked."""

    unit: str
    name: str | None
    year: int


@frozen
class WaitingClause:
    """A clause that waits for something, under its standard."""

    standard: str
    path: str
    title: Bilingual


@frozen
class FigureToCollect:
    """A fact that can still change verdicts: the clauses that wait for it, and the units, each once for each year.

    `fact` is as seen from the assessment year. An `attested` fact is a named body's judgement, `attested_by` those who
    may give it.
    """

    fact: FactKey
    title: Bilingual
    unit: UnitName | None
    supplier: Bilingual | None
    attested: bool
    attested_by: tuple[Bilingual, ...]
    clauses: tuple[WaitingClause, ...]
    waiting: tuple[WaitingUnit, ...]


@frozen
class SupplierFigures:
    """The figures that one supplier has, those for which most units wait first; nothing names some suppliers."""

    supplier: Bilingual | None
    figures: tuple[FigureToCollect, ...]


class WaitKind(Enum):
    """What a verdict waits for, other than a figure."""

    OPEN_PARAMETER = "open_parameter"
    """A value that the law leaves open."""
    NOT_ENCODED = "not_encoded"
    """A clause whose text is not known; an attestation may decide it."""
    ATTESTATION = "attestation"
    """A clause that only an attestation decides."""
    ROLL_UP = "roll_up"
    """The verdicts of units inside."""


@frozen
class OtherWait:
    """What verdicts under one standard wait for beside figures: `name` is a parameter or a path.

    `level` is that of the units inside whose verdicts are waited for, `attested_by` those who may attest a clause,
    `awaits` the document that will say what it asks for.
    """

    kind: WaitKind
    standard: str
    name: str
    title: Bilingual | None
    level: str | None
    attested_by: tuple[Bilingual, ...]
    waiting: tuple[WaitingUnit, ...]
    awaits: AwaitedText | None = None


@frozen
class UnjudgedReason:
    """Why units have no verdict, and what would help."""

    code: str
    message: str
    hint: str | None
    standard: str
    units: tuple[WaitingUnit, ...]


@frozen
class Overview:
    """The answer of a table at a glance.

    Figures are by supplier, the one whose figure most units wait for first; `waits`, too, have those that most wait for
    first, and `unjudged` the commonest reason. `passed_over` counts rows by level for which there are no criteria.
    `agreements` are those of the rows that can be compared with a published result. `known_on` is the day as of which
    the table is judged, where one is asked about.
    """

    matrices: tuple[VerdictMatrix, ...]
    figures: tuple[SupplierFigures, ...]
    waits: tuple[OtherWait, ...]
    unjudged: tuple[UnjudgedReason, ...]
    passed_over: Mapping[Level, int]
    agreements: Mapping[Agreement, int]
    known_on: datetime.date | None = None

    @property
    def figures_to_collect(self) -> Iterator[FigureToCollect]:
        """Every figure, whoever has it."""
        return (figure for supplier in self.figures for figure in supplier.figures)

    @property
    def years(self) -> tuple[int, ...]:
        """The assessment years of the table, in their order."""
        return tuple(sorted({counts.year for matrix in self.matrices for counts in matrix.counts}))
