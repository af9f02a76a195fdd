"""What a heading says that is more than the name of a column: a year, a unit of measure, a group above it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence

from attrs import evolve, frozen

from ncriteria.facts.cells.cells import folded
from ncriteria.facts.cells.months import MONTH_WORD
from ncriteria.facts.layout.columns import LISTED_HEADINGS, ChildCount, Column, Listed, Reserved
from ncriteria.facts.layout.headings import column_of, names_of
from ncriteria.language.tree import FactKey
from ncriteria.sets.model import FactDeclaration, FactType

_YEAR = r"(?P<year>(?:19|20|21)[0-9]{2})"
_YEAR_LAST = re.compile(rf"(?i)(?P<rest>.*?)[\s,;:/([-]*(?:\b(?:năm|year|in)\s+)?(?<![0-9.,]){_YEAR}\s*[)\]]?")
_YEAR_FIRST = re.compile(rf"(?i)(?:(?:năm|year)\s+)?{_YEAR}(?![0-9.,])[\s,;:/)-]*(?P<rest>.*)")
_MONTH = rf"{MONTH_WORD}\s*(?P<month>0?[1-9]|1[0-2])(?![0-9])(?:\s*[-/.,(]?\s*(?:(?:năm|year)\s*)?{_YEAR}(?![0-9.,]))?"
_NUMBER_OF_YEAR = rf"(?P<month>0?[1-9]|1[0-2])\s*[-/]\s*{_YEAR}(?![0-9.,])"
_MONTHS = tuple(
    re.compile(pattern.format(month=month))
    for month in (_MONTH, _NUMBER_OF_YEAR)
    for pattern in (r"(?P<rest>.*?)[\s,;:/([-]*(?<![\w./]){month}\s*[)\]]?", r"{month}[\s,;:/)-]*(?P<rest>.*)")
)
_THIS_YEAR = re.compile(r"\s*(?:,\s*)?(?:\((?:năm nay|this year)\)|(?<=\s)(?:năm nay|this year))$")
_PERIOD = re.compile(r"\s*,?\s*\(?(?:năm nay|this year|năm trước|last year)\)?$")
_WORDS_THAT_SAY_ALL = 3
_BRACKET = re.compile(
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


_Period = tuple[int | None, int | None]
"""A year, a month, or both."""


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
        if found.columns or not found.rest or len(parts) < 2:
            return found
        periods = {place: said for place, part in enumerate(parts) if (said := _only_period(folded(part))) is not None}
        if periods and _fit_together(periods.values()):
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
        for rest, year, month in _periods_in(folded(text)):
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
        bare = _PERIOD.sub("", next((rest for rest, *_ in _periods_in(folded(text)) if rest), folded(text)))
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
    return Vocabulary(names_of(declarations), chosen or {}, frozenset(full), measures, told or {})


def _measures(declared: FactDeclaration) -> Iterator[str]:
    if declared.unit is not None:
        yield from (declared.unit.vi, declared.unit.en)
    if declared.type is FactType.NUMBER:
        yield "%"


def year_in(text: str) -> int | None:
    """The year that a text names, where it names just one."""
    years = set(re.findall(r"(?<![0-9.,/])(?:19|20|21)[0-9]{2}(?![0-9.,/])", text))
    return int(years.pop()) if len(years) == 1 else None


def without_year(text: str) -> tuple[str, int | None]:
    """A text without the year at its end or its beginning, and that year."""
    written = " ".join(text.split())
    for pattern in (_YEAR_LAST, _YEAR_FIRST):
        if (match := pattern.fullmatch(written)) and match["rest"]:
            return match["rest"], int(match["year"])
    return written, None


def _years_in(name: str) -> Iterator[tuple[str, int]]:
    """A folded text without the year at its end or its beginning, and that year."""
    for pattern in (_YEAR_LAST, _YEAR_FIRST):
        if match := pattern.fullmatch(name):
            yield match["rest"], int(match["year"])


def _periods_in(name: str) -> Iterator[tuple[str, int | None, int | None]]:
    """A folded text without the month or the year at its end or its beginning, with that year and that month."""
    for pattern in _MONTHS:
        if match := pattern.fullmatch(name):
            rest, month = match["rest"], int(match["month"])
            if match["year"]:
                yield rest, int(match["year"]), month
            else:
                yield from ((inner, year, month) for inner, year in _years_in(rest))
                yield rest, None, month
    yield from ((rest, year, None) for rest, year in _years_in(name))


def _only_period(name: str) -> _Period | None:
    return next(((year, month) for rest, year, month in _periods_in(name) if not rest), None)


def _fit_together(periods: Collection[_Period]) -> bool:
    """Whether at most one of them says the year, and at most one the month."""
    return all(sum(said is not None for said in each) <= 1 for each in zip(*periods, strict=True))


def _listed(name: str) -> tuple[Listed, ...]:
    return tuple(column for column, headings in LISTED_HEADINGS.items() if name in headings)


def is_unit(column: Column | Listed) -> bool:
    """Whether a column says which unit a row is of."""
    return column in (Reserved.UNIT, Reserved.NAME)
