"""What a heading says that is more than the name of a column: a year, a unit of measure, a group above it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from attrs import evolve

from ncriteria.facts.cells.cells import folded
from ncriteria.facts.layout.columns import LISTED_HEADINGS, ChildCount, Column, Listed, Reserved
from ncriteria.facts.layout.heading_periods import RELATIVE_YEAR, fit_together, only_period, periods_in, without_year
from ncriteria.facts.layout.headings import column_of, names_of
from ncriteria.language.tree import THIS_YEAR, FactKey
from ncriteria.patterns import compiled_later
from ncriteria.quick_classes import frozen
from ncriteria.sets.model import FactDeclaration, FactType

_THIS_YEAR = compiled_later(r"\s*(?:,\s*)?(?:\((?:năm nay|this year)\)|(?<=\s)(?:năm nay|this year))$")
_WORDS_THAT_SAY_ALL = 3
_BRACKET = compiled_later(
    r"(?P<rest>.*\S)\s*[(\[]\s*(?:(?:đvt|đơn vị tính|đơn vị|unit)\s*:?\s*)?(?P<measure>[^()\[\]]+?)\s*[)\]]"
)


@frozen
class Heading:
    """What a heading means: the columns that it may be, the year and month that it says, and words beyond these."""

    columns: tuple[Column | Listed, ...] = ()
    year: int | None = None
    month: int | None = None
    rest: str = ""

    @property
    def is_dated(self) -> bool:
        """Whether the heading says a year or a month."""
        return self.year is not None or self.month is not None

    @property
    def is_period(self) -> bool:
        """Whether the heading is a year or a month and nothing else."""
        return self.is_dated and not self.columns and not self.rest


@frozen
class Vocabulary:
    """The headings that are understood, folded.

    `full` are those that name a fact whatever stands above them: its name and its titles. `measures` are the units of
    measure of the facts, which may stand in brackets. `told` has whole headings that a form says the meaning of.
    """

    known: Mapping[str, tuple[Column, ...]]
    chosen: Mapping[str, tuple[Column, ...]]
    full: frozenset[str]
    measures: Mapping[str, frozenset[str]]
    told: Mapping[str, Heading]

    def meaning(self, parts: Sequence[str]) -> Heading:
        """What the parts of a heading say together, from the highest row to the lowest."""
        whole = folded(" ".join(parts))
        if whole in self.told and whole not in self.chosen:
            return self.told[whole]
        found = self._meaning(" ".join(parts))
        periods = {place: said for place, part in enumerate(parts) if (said := only_period(folded(part))) is not None}
        if len(periods) == 1 and _is_of_this_year(self.chosen.get(whole, ())):
            ((year, month),) = periods.values()
            return evolve(found, year=year, month=month)
        if found.columns or not found.rest or len(parts) < 2:
            return found
        if periods and fit_together(periods.values()):
            place, (year, month) = periods.popitem()
            inner = self.meaning([*parts[:place], *parts[place + 1 :]])
            year, month = (own if own is not None else said for own, said in ((inner.year, year), (inner.month, month)))
            return evolve(inner, year=year, month=month)
        if self._is_measure(parts):
            return self.meaning(parts[:-1])
        for below in (" ".join(parts[start:]) for start in range(1, len(parts))):
            below_said = self._meaning(below)
            if below_said.columns and self._stands_alone(below, below_said.columns):
                return below_said
        return found

    def columns(self, text: str) -> tuple[Column | Listed, ...]:
        """The columns that a text may name, apart from years."""
        name = folded(text)
        if name in self.chosen:
            return self.chosen[name]
        return column_of(name, self.known) or _listed(name) or self._without_measure(name)

    def _meaning(self, text: str) -> Heading:
        if columns := self.columns(text) or self.columns(_THIS_YEAR.sub("", folded(text))):
            return Heading(columns)
        for rest, year, month in periods_in(folded(text)):
            if not rest or (columns := self.columns(rest)):
                return Heading(columns if rest else (), year, month)
        rest, said = without_year(text)
        return Heading(year=said, rest=rest)

    def _without_measure(self, name: str) -> tuple[Column, ...]:
        """The columns of a heading that has the measure of its fact, or percent, in brackets."""
        match = _BRACKET.fullmatch(name)
        if match is None:
            return ()
        measure = match["measure"]
        columns = self.chosen.get(match["rest"]) or column_of(match["rest"], self.known)
        fits = [
            column
            for column in columns
            if isinstance(column, ChildCount) or (isinstance(column, FactKey) and measure in self.measures[column.name])
        ]
        return tuple(fits)

    def _is_measure(self, parts: Sequence[str]) -> bool:
        """Whether the lowest part is what the fact above it is counted in."""
        columns = self.meaning(parts[:-1]).columns
        measure = folded(parts[-1]).strip("()[] ")
        return any(isinstance(column, FactKey) and measure in self.measures[column.name] for column in columns)

    def _stands_alone(self, text: str, columns: Sequence[Column | Listed]) -> bool:
        """Whether a text below another says by itself what the column is: a short one may be narrowed."""
        bare = RELATIVE_YEAR.sub("", next((rest for rest, *_ in periods_in(folded(text)) if rest), folded(text)))
        says_all = bare in self.full or len(bare.split()) >= _WORDS_THAT_SAY_ALL
        return says_all or not any(isinstance(column, FactKey) for column in columns)


def vocabulary(
    declarations: Mapping[str, FactDeclaration],
    chosen: Mapping[str, tuple[Column, ...]] | None = None,
    told: Mapping[str, Heading] | None = None,
) -> Vocabulary:
    """The headings that are understood for facts with these declarations, those that were `chosen`, and all `told`."""
    full = {
        folded(text) for name, declared in declarations.items() for text in (name, declared.title.vi, declared.title.en)
    }
    measures = {name: frozenset(map(folded, _measures(declared))) for name, declared in declarations.items()}
    return Vocabulary({**names_of(declarations), **(chosen or {})}, chosen or {}, frozenset(full), measures, told or {})


def _measures(declared: FactDeclaration) -> Iterator[str]:
    if declared.unit is not None:
        yield from (declared.unit.vi, declared.unit.en, declared.unit.one or declared.unit.en)
    if declared.type is FactType.NUMBER:
        yield "%"


def _is_of_this_year(columns: Sequence[Column]) -> bool:
    return any(isinstance(column, FactKey) and column.period == THIS_YEAR for column in columns)


def _listed(name: str) -> tuple[Listed, ...]:
    return tuple(column for column, headings in LISTED_HEADINGS.items() if name in headings)


def is_unit(column: Column | Listed) -> bool:
    """Whether a column says which unit a row is of."""
    return column in (Reserved.UNIT, Reserved.NAME)
