"""Sums over the units inside in columns: what a fact of theirs comes to, or between which ends it lies."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

import narwhals as nw

from ncriteria.errors import CellPlace, Problem
from ncriteria.evaluation.columns.door.admission import Admitted
from ncriteria.evaluation.columns.door.frames import Frame
from ncriteria.evaluation.columns.door.matching import Matched
from ncriteria.evaluation.columns.joining.periods import beside
from ncriteria.evaluation.columns.joining.roll_ups import added_up, beside_counted, units_inside
from ncriteria.evaluation.columns.joining.succession import Across
from ncriteria.evaluation.columns.joining.territory import Territory, of_level, unit_key
from ncriteria.evaluation.columns.naming import PREFIX
from ncriteria.evaluation.errors import EvaluationError
from ncriteria.evaluation.program.extents import INT64, Extent
from ncriteria.language.tree import THIS_YEAR, FactKey
from ncriteria.quick_classes import frozen
from ncriteria.sets.model import FactDeclaration, Level
from ncriteria.words import phrase

_WIDE = 2**125
"""What fits into 128 bits, with room for a sum on the way."""
_FINEST = 2**32
"""How much finer than its terms a sum may be, to be added up in 128 bits."""


@frozen
class SumScale:
    """The scale of the `terms` of a sum, and that of the sum itself, which may be finer."""

    terms: int
    total: int

    @property
    def finer(self) -> int:
        """What a term is multiplied by; nothing is told of a sum that would be finer yet."""
        return min(self.total // self.terms, _FINEST)


@frozen
class SumInColumns:
    """A sum that rules ask for, of what a fact of the units of `level` is declared to be.

    `terms` has the columns `unit`, `year` and `term`; `None` where the frame says nothing of them. The sum `lies`
    between these ends, once it is multiplied by its scale: where they are beyond 64 bits, it is added up in 128, for
    rows that are judged one by one. At most `most` units lie inside one. `asked` is where a row is judged by a rule
    that asks. `columns` names the columns `low` and `high` that are added. Units that are no more, or not yet, by the
    lineage `across` do not count.
    """

    level: Level
    declared: FactDeclaration
    scale: SumScale
    lies: Extent
    most: int
    terms: Frame | None
    asked: nw.Expr
    columns: Mapping[str, str]
    across: Across

    @property
    def is_wide(self) -> bool:
        """Whether the sum may leave 64 bits."""
        ends = (self.lies.least, self.lies.greatest)
        return any(end is None or abs(end) > INT64 for end in ends)


def terms_of(admitted: Admitted, key: FactKey, across: Across) -> Frame | None:
    """What each unit and year has of a fact; raises `EvaluationError` where that is no plain sum across a change."""
    if across.by_reference and key.period != THIS_YEAR:
        message = phrase("`{key}` of units inside is no plain sum of what their predecessors had", key=key)
        hint = phrase("judge the table with `evaluate_rows`")
        raise EvaluationError(Problem("NC407", message, CellPlace(heading=admitted.matched.year), hint))
    is_inner = of_level(admitted.matched, across.level)
    if is_inner is None:
        return None
    found = beside(admitted, [key], f"{PREFIX}term_", across, ordered=False)
    term = nw.col(found.slots[key]) if key in found.slots else nw.lit(None, dtype=nw.Int64())
    return found.frame.filter(is_inner).select(
        unit_key(admitted.frame, admitted.matched).alias("unit"),
        nw.col(admitted.matched.year).cast(nw.Int64()).alias("year"),
        term.alias("term"),
    )


def with_sum(outer: Frame, territory: Territory, found: Matched, asked: SumInColumns, *, ordered: bool) -> Frame:
    """`outer` with the ends of a sum, null where there is none; raises as `with_roll_up` does."""
    prefix = f"{asked.columns['low']}_"
    parts = {part: f"{prefix}{part}" for part in ("unit", "year", "inside", "roster", "total", "known")}
    joined = beside_counted(outer, found, asked, _added(territory, asked), parts, ordered=ordered)
    total, known = (nw.col(parts[part]).fill_null(0) for part in ("total", "known"))
    missing = nw.col(parts["roster"]) - known
    return joined.with_columns(
        _end(total, missing, asked.declared.minimum, asked).alias(asked.columns["low"]),
        _end(total, missing, asked.declared.maximum, asked).alias(asked.columns["high"]),
    ).drop(*parts.values())


def _end(total: nw.Expr, missing: nw.Expr, each: Fraction | None, asked: SumInColumns) -> nw.Expr:
    """The sum where every missing term is `each`; without it, or beyond 128 bits, only where none is missing."""
    if asked.scale.finer == _FINEST:
        return nw.lit(None, dtype=nw.Int64())
    whole = None if each is None else int(each * asked.scale.total)
    if whole is None or abs(whole) * asked.most > _WIDE:
        return nw.when(missing == 0).then(total)
    return nw.when(~missing.is_null()).then(total + missing * (nw.lit(whole, nw.Int128()) if asked.is_wide else whole))


def _added(territory: Territory, asked: SumInColumns) -> Frame:
    """By outer unit and year: how many units are inside in all, how many have a row, and the sum of what is known."""
    term = nw.col("term").fill_null(0).cast(nw.Int128() if asked.is_wide else nw.Int64())
    return added_up(
        units_inside(territory, asked, asked.terms, nw.lit(None, dtype=nw.Int64()).alias("term")),
        wide=("total",) if asked.is_wide else (),
        total=term * asked.scale.finer,
        known=(~nw.col("term").is_null()).cast(nw.Int64()),
    )
