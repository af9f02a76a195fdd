"""Advice on acts without the territory that they hold for, and on numbers in titles that the rules no longer have."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import Final

from ncriteria.errors import Problem
from ncriteria.language import tree as t
from ncriteria.language.printer import show_number
from ncriteria.language.queries import walk
from ncriteria.patterns import compiled_later
from ncriteria.quick_classes import frozen
from ncriteria.sets.files.files import FileTexts
from ncriteria.sets.loader import LocatedSet, extended_set
from ncriteria.sets.model import Clause, CriteriaSet, DatedValue, Level
from ncriteria.sets.sources import Bilingual
from ncriteria.sets.structure import expressions
from ncriteria.sets.years.parameter_years import starts_within, value_at
from ncriteria.words import phrase

_LOCAL_ISSUERS: Final = compiled_later(
    r"\b(tỉnh|thành phố|thành ủy|huyện|quận|thị xã|thị trấn|phường|(?<!hợp tác )xã(?! hội))\b"
    r"|\b(province|provincial|city|district|commune|ward)\b"
)
_CENTRAL_ISSUERS: Final = compiled_later(r"^(bộ|chính phủ|thủ tướng|quốc hội|ban bí thư|ban chấp hành trung ương)\b")
_LOCAL_NUMBERS: Final = compiled_later(r"[/-](UBND|HĐND|CAT|CATP|CAH|CAX|TU)\b")
"""How acts are signed that a province or what lies in it issues: its committee, its council, its police, its party."""
_PERCENT: Final = compiled_later(r"(?<![\w.,/-])(\d+(?:[.,]\d{1,2})?)\s?%")
_COUNT: Final = compiled_later(r"(?<![\w.,/-])(\d+)(?![\w/%-]|[.,]\d|\s?%)")


def local_acts_without_territory(located: LocatedSet) -> Iterator[Problem]:
    """A finding where the act of a set is of a province or a part of one, and the set is for the whole country."""
    criteria = located.criteria
    act = criteria.instrument
    if criteria.territory is not None or criteria.level in (Level.AGENCY, Level.ENTERPRISE, Level.SCHOOL):
        return
    issuer = act.issuer.vi.lower()
    is_issued_there = _LOCAL_ISSUERS.search(issuer) is not None and _CENTRAL_ISSUERS.search(issuer) is None
    if is_issued_there or _LOCAL_NUMBERS.search(act.number) is not None:
        message = phrase(
            "{act} is an act of a province or of a part of one, and the set names no `territory`: it judges units of "
            "the whole country",
            act=act.number,
        )
        hint = phrase("write `territory:` with the identifier of the unit, as tables and the lineage have it")
        yield Problem("NC159", message, criteria.places.get("instrument"), hint)


@frozen
class _Said:
    """A number in a title."""

    value: Fraction
    is_percent: bool

    def __str__(self) -> str:
        return _shown(self.value, self.is_percent)

    def is_said_of(self, value: Fraction) -> bool:
        """Whether a value of a rule is what the title says; a fall by 5% may stand as 5%, as 95% or as 5."""
        if not self.is_percent:
            return value == self.value
        return value in (self.value, 1 - self.value, 1 + self.value, 100 * self.value)


def numbers_of_other_years(located: LocatedSet, texts: FileTexts) -> Iterator[Problem]:
    """A finding for each number in a title that the clause has in one year and not in another of the set.

    In a set that extends another, the clause may have it in that one.
    """
    criteria = located.criteria
    base = extended_set(criteria, Path(criteria.source or "").parent, texts)
    before = {} if base is None else {one.path: one for one in base.members()}
    for clause in criteria.members():
        if isinstance(clause, Clause):
            was = before.get(clause.path)
            for said in _numbers(clause.title):
                having = _having(criteria, clause, said)
                names = [name for held in having.values() for name in held]
                if base is not None and isinstance(was, Clause) and was.title == clause.title:
                    names += (name for held in _having(base, was, said).values() for name in held)
                other = next((year for year, held in having.items() if not held), None)
                if other is not None and names:
                    yield from _other_value(criteria, clause, said, names[0], other)


def _other_value(criteria: CriteriaSet, clause: Clause, said: _Said, name: str, year: int) -> Iterator[Problem]:
    declared = criteria.parameters.get(name)
    dated = None if declared is None else value_at(declared, year)
    if declared is not None and dated is not None and isinstance(dated.value, Fraction):
        message = phrase(
            'the title of "{path}" says {number}, and in {year} `{name}` is {value}',
            path=clause.path,
            number=str(said),
            year=year,
            name=name,
            value=_shown(dated.value, declared.percent),
        )
        hint = phrase("write the title without the number, or give the clause a title of its own where it is another")
        yield Problem("NC160", message, dated.place or declared.place, hint)


def _having(criteria: CriteriaSet, clause: Clause, said: _Said) -> dict[int, tuple[str, ...]]:
    """What the number in a title is in the rules of a clause, by the year from which it is that: names of parameters,
    and the empty name for a literal.
    """
    nodes = [node for _, expr in expressions(clause) for node in walk(expr)]
    literals = ("",) if any(isinstance(one, t.Number) and said.is_said_of(one.value) for one in nodes) else ()
    declared = [criteria.parameters[one.name] for one in nodes if isinstance(one, t.Parameter)]
    return {
        year: (*(one.name for one in declared if _is_said(said, value_at(one, year))), *literals)
        for year in starts_within(criteria.parameters.values(), criteria.years)
    }


def _is_said(said: _Said, dated: DatedValue | None) -> bool:
    return dated is not None and isinstance(dated.value, Fraction) and said.is_said_of(dated.value)


def _shown(value: Fraction, is_percent: bool) -> str:
    return show_number(value * 100) + "%" if is_percent else show_number(value)


def _numbers(title: Bilingual) -> tuple[_Said, ...]:
    """The percents and counts in a title, each once; one that may have thousands marked is left alone."""
    found: dict[_Said, None] = {}
    for text in (title.vi, title.en):
        for one in _PERCENT.findall(text):
            found[_Said(Fraction(one.replace(",", ".")) / 100, True)] = None
        for one in _COUNT.findall(text):
            found[_Said(Fraction(one), False)] = None
    return tuple(found)
