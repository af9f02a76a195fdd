"""Changes and differences that a source publishes, worked out anew from the figures beside them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from math import floor

from ncriteria.errors import Problem
from ncriteria.facts.cells.refusals import decimal_text
from ncriteria.facts.table import FactRow, by_key, said_until
from ncriteria.language.tree import Ago, FactKey
from ncriteria.quick_classes import frozen
from ncriteria.sets.declared.figures import Published
from ncriteria.sets.model import FactDeclaration, FactValue
from ncriteria.words import phrase


@frozen
class Misprint:
    """A change or a difference of a figure, as it is published and as it is worked out.

    `now` and `before` are the figure and that of the year before. `computed` is `None` where there is no change in
    percent, against 0.
    """

    fact: FactKey
    of: FactKey
    is_share: bool
    printed: Fraction
    computed: Fraction | None
    now: Fraction
    before: Fraction


def misprints(declarations: Mapping[str, FactDeclaration], known: Mapping[FactKey, FactValue]) -> Iterator[Misprint]:
    """What is published otherwise than it is, of all that is `known` of a unit, by fact and years back."""
    for name, declared in declarations.items():
        published = declared.published
        if published is None:
            continue
        for key in [key for key in known if key.name == name and isinstance(key.period, Ago)]:
            assert isinstance(key.period, Ago)
            of, earlier = (FactKey.of(published.of, Ago(key.period.years + back)) for back in (0, 1))
            printed, now, before = known[key], known.get(of), known.get(earlier)
            if isinstance(printed, Fraction) and isinstance(now, Fraction) and isinstance(before, Fraction):
                computed = _computed(published, now, before)
                if computed is None or not _is_rounded(published, printed, computed):
                    is_share = published.what == "change_of"
                    yield Misprint(key, of, is_share, printed, computed, now, before)


def _computed(published: Published, now: Fraction, before: Fraction) -> Fraction | None:
    difference = abs(now - before) if published.unsigned else now - before
    if published.what == "difference_of" or difference == 0:
        return difference
    return None if before == 0 else difference / before


def _is_rounded(published: Published, printed: Fraction, computed: Fraction) -> bool:
    """Whether a number was rounded to the digits that are published, up or down: 5/6 is 83%, 83.3% and 83.4%."""
    scale = 100 if published.what == "change_of" else 1
    shown, exact, places = printed * scale, computed * scale, 0
    while (shown * 10**places).denominator != 1 and places < _MOST_PLACES:
        places += 1
    return abs(shown - exact) < Fraction(1, 10**places)


_MOST_PLACES = 20


def misprinted(rows: Iterable[FactRow], declarations: Mapping[str, FactDeclaration]) -> Iterator[Problem]:
    """The warnings of a table: each published change that is not what its figures come to."""
    if all(declared.published is None for declared in declarations.values()):
        return
    by_unit: dict[tuple[str, int | None], dict[int, FactRow]] = {}
    for row in rows:
        by_unit.setdefault((row.unit.id, row.month), {})[row.year] = row
    for of_unit in by_unit.values():
        for row in of_unit.values():
            near = {year: of_unit[year] for year in (row.year, row.year - 1) if year in of_unit}
            known = by_key(said_until(near, row.year), row.year)
            for found in misprints(declarations, known):
                if found.fact in row.values:
                    yield _told(row, found)


def _told(row: FactRow, found: Misprint) -> Problem:
    fact = phrase("`{fact}` of {unit} in {when}", fact=found.fact.name, unit=row.unit.id, when=row.when)
    message = phrase(
        "{what} is published as {printed}, and `{of}` is {now} against {before}: that is {computed}",
        what=fact,
        printed=_shown(found, found.printed),
        of=found.of.name,
        now=decimal_text(found.now),
        before=decimal_text(found.before),
        computed=phrase("no percentage") if found.computed is None else _shown(found, found.computed),
    )
    return Problem("NC420", message, row.places.get(found.fact, row.place), _HINT)


_HINT = phrase("find out which figure is right; only the figures themselves are judged")


def _shown(found: Misprint, value: Fraction) -> str:
    """A number as messages say it: percent of a share, rounded to two decimals where they do not end there."""
    number, sign = (value * 100, "%") if found.is_share else (value, "")
    rounded = Fraction(floor(number * 100 + Fraction(1, 2)), 100)
    text = f"{decimal_text(rounded)}{sign}"
    return text if rounded == number else phrase("about {number}", number=text)
