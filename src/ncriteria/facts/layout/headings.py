"""Which column is which: headings against fact names, titles and the reserved columns."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from functools import cache
from itertools import chain

from attrs import evolve

from ncriteria.errors import CellPlace, Problem
from ncriteria.facts.cells.cells import folded
from ncriteria.facts.layout.columns import CHILD_COUNTS, HEADINGS, BasisSource, ChildCount, Column, Reserved
from ncriteria.facts.layout.heading_periods import without_period
from ncriteria.facts.options import ReadingOptions
from ncriteria.facts.table import FactsError
from ncriteria.language.hints.near_misses import did_you_mean, nearest
from ncriteria.language.tree import THIS_YEAR, Ago, FactKey
from ncriteria.patterns import compiled_later
from ncriteria.quick_classes import frozen
from ncriteria.sets.declared.declared_facts import names_in_tables
from ncriteria.sets.model import FactDeclaration
from ncriteria.words import Phrase, all_of, joined, phrase

_LAST_YEAR = compiled_later(
    r"(?:năm trước \(cơ sở\)|cơ sở năm trước|last year \(basis\)|basis of last year):? (?P<below>.+)"
    r"|(?P<before>.+?)(?: ?\((?:cơ sở )?(?:năm trước|last year)\)|,? (?:năm trước|last year))(?: ?\((?:cơ sở|basis)\))?"
)
"""How tables head the figures of the year before; a basis is one that was put together by hand."""


@frozen
class MatchedColumns:
    """The column of each heading that has one; the others are `ignored`, or reported."""

    columns: Mapping[str, Column]
    ignored: tuple[str, ...]


def columns_of(
    headings: Iterable[str],
    meant: Mapping[str, Column],
    declarations: Mapping[str, FactDeclaration],
    options: ReadingOptions,
    *,
    table: CellPlace,
    problems: list[Problem],
    is_frame: bool = False,
) -> MatchedColumns:
    """The column that each heading names; headings that name none, or one that is taken, are reported.

    `meant` has the columns that are known already. The columns of a frame are named in it, not by options.
    """
    chosen = chosen_columns(options, declarations, table)
    known = cache(lambda: {**names_of(declarations), **chosen})  # which a table that was laid out has no need of
    found: dict[str, Column] = {}
    ignored: list[str] = []
    taken: dict[Column, str] = {}
    for heading in headings:
        place = evolve(table, heading=heading)
        if is_ignored(heading, options):
            ignored.append(heading)
            continue
        candidates = (meant[heading],) if heading in meant else column_of(heading, known())
        if not candidates and options.ignore_unknown:
            ignored.append(heading)
        elif len(candidates) != 1:
            told = (*chain(*map(names_in_tables, declarations.values())), *known())
            problems.append(_unmatched(heading, candidates, _near(heading, told, None if is_frame else known()), place))
        elif candidates[0] is Reserved.SERIAL:
            ignored.append(heading)
        elif candidates[0] in taken:
            message = phrase(
                '"{heading}" and "{other}" are both the column of {column}',
                heading=heading,
                other=taken[candidates[0]],
                column=_label(candidates[0]),
            )
            is_unit = candidates[0] is Reserved.NAME
            problems.append(Problem("NC211", message, place, _AROUND if is_unit else None))
        else:
            found[heading] = candidates[0]
            taken[candidates[0]] = heading
    return MatchedColumns(found, tuple(ignored))


def is_ignored(heading: str, options: ReadingOptions) -> bool:
    """Whether the options pass over a column, by its heading with its year and month or without them."""
    return bool({folded(heading), folded(without_period(heading))} & options.ignore)


def chosen_columns(
    options: ReadingOptions, declarations: Mapping[str, FactDeclaration], table: CellPlace
) -> dict[str, tuple[Column, ...]]:
    """The columns that the options name, by folded heading; raises `FactsError` where one is none."""
    known = {column.value: column for column in Reserved}
    found: dict[str, tuple[Column, ...]] = {}
    problems = []
    for heading, name in options.columns.items():
        base = name.removeprefix("prev_year.").removeprefix("prev_basis.")
        if base in declarations:
            found[heading] = (FactKey.of(base, THIS_YEAR if base == name else Ago(1)),)
        elif name in known:
            found[heading] = (known[name],)
        else:
            message = phrase(
                '"{heading}" is to be the column of `{name}`, which is no fact and no known column',
                heading=heading,
                name=name,
            )
            hint = did_you_mean(name, [*declarations, *known])
            hint = hint or phrase("the columns beside the facts: {columns}", columns=", ".join(known))
            problems.append(Problem("NC248", message, table, hint))
    if problems:
        raise FactsError(problems)
    return found


def names_of(declarations: Mapping[str, FactDeclaration]) -> dict[str, tuple[Column, ...]]:
    """Every heading that is understood, folded, with the columns that it may mean."""
    found: dict[str, dict[Column, None]] = {}
    for name, declared in declarations.items():
        for heading in names_in_tables(declared):
            found.setdefault(folded(heading), {})[FactKey.of(name, THIS_YEAR)] = None
        for heading in (f"prev_year.{name}", f"prev_basis.{name}"):
            found.setdefault(folded(heading), {})[FactKey.of(name, Ago(1))] = None
        found.setdefault(folded(str(BasisSource(name))), {})[BasisSource(name)] = None
    for reserved, headings in HEADINGS.items():
        for heading in headings:
            found.setdefault(folded(heading), {}).setdefault(reserved)
    for level, headings in CHILD_COUNTS.items():
        for heading in headings:
            found.setdefault(folded(heading), {}).setdefault(ChildCount(level))
    return {heading: tuple(columns) for heading, columns in found.items()}


def column_of(heading: str, known: Mapping[str, tuple[Column, ...]]) -> tuple[Column, ...]:
    """The columns that a heading may mean, of this year or the last; none where it is not known."""
    name = folded(heading)
    return known.get(name) or _of_last_year(name, known) or _of_a_period(heading, known)


def _of_last_year(name: str, known: Mapping[str, tuple[Column, ...]]) -> tuple[Column, ...]:
    match = _LAST_YEAR.fullmatch(name)
    columns = known.get(match["below"] or match["before"], ()) if match else ()
    return tuple(FactKey.of(column.name, Ago(1)) for column in columns if isinstance(column, FactKey))


def _of_a_period(heading: str, known: Mapping[str, tuple[Column, ...]]) -> tuple[Column, ...]:
    """The column of a fact in the period that rules write: `years_ago(2, x)`, `at(x, 2019)`."""
    if "(" not in heading:
        return ()
    from ncriteria.language.parser import read_fact_key  # which most tables have no need of

    key = read_fact_key(heading)
    if key is None or FactKey.of(key.name) not in known.get(folded(key.name), ()):
        return ()
    return (key,)


def _unmatched(heading: str, candidates: tuple[Column, ...], near: Phrase | None, place: CellPlace) -> Problem:
    if not heading.strip():
        return Problem("NC210", phrase("a column with values has no heading"), place)
    if not candidates:
        message = phrase('"{heading}" is no fact and no known column', heading=heading)
        return Problem("NC210", message, place, near or SAY_WHICH)
    message = phrase('"{heading}" may mean {columns}', heading=heading, columns=all_of(map(_label, candidates)))
    return Problem("NC211", message, place, phrase("use the name of the fact as the heading"))


def _near(heading: str, told: Sequence[str], known: Mapping[str, tuple[Column, ...]] | None) -> Phrase | None:
    """A hint with the heading that may have been meant, as it is declared; one without its accents is the nearest.

    Where it is `known` what headings mean, the hint says how the column is named, or passed over.
    """
    # Of headings that are one when folded, the first is shown: the one that the set declares. A few letters look like
    # any others: `TNGT` is not meant for `TT`.
    named = {folded(one): one for one in reversed(told) if len(one) >= _TELLING or len(one) == len(heading.strip())}
    written = " ".join(heading.split())
    return guessed(written, tuple(named.values()), None if known is None else lambda name: column_of(name, known))


def guessed(
    text: str, names: Collection[str], columns: Callable[[str], Sequence[object]] | None = None
) -> Phrase | None:
    """A hint with the name that a heading, or the text of a row, may have been meant for, and what to do either way."""
    guess, name = did_you_mean(text, names), nearest(text, names)
    if guess is None or name is None or columns is None:
        return guess
    meant = [one for one in columns(name) if isinstance(one, (FactKey, Reserved))]
    if len(meant) != 1:
        return joined("; ", [guess, SAY_WHICH])
    column = meant[0].value if isinstance(meant[0], Reserved) else str(meant[0])
    return phrase(
        '{guess} (--column "{heading}={column}"; or pass over it: --ignore-column "{heading}")',
        guess=guess,
        heading=without_period(text),
        column=column,
    )


_TELLING = 4
"""Letters of a heading by which others are thought to be meant for it."""
_AROUND = phrase("of two units the one around the other is its `parent` (--column HEADING=parent)")
SAY_WHICH = phrase("say which it is with `columns` (--column), or pass over it with `ignore` (--ignore-column)")


def _label(column: Column) -> str:
    match column:
        case Reserved():
            return f"`{column.value}`"
        case ChildCount() | BasisSource() | FactKey():
            return f"`{column}`"
