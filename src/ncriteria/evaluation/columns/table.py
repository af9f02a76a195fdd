"""Judging whole tables: a frame of units and years in, the same kind of frame with verdicts out."""

from __future__ import annotations

import unicodedata
import warnings
from collections.abc import Callable, Collection, Mapping, Sequence
from importlib import import_module

import narwhals as nw
from attrs import evolve, frozen

from ncriteria.errors import CellPlace, Problem
from ncriteria.evaluation.columns.admission import Admitted, admit, first_rows
from ncriteria.evaluation.columns.epochs import epochs_of
from ncriteria.evaluation.columns.frames import Frame, NativeFrame, Opened, as_polars, open_frame
from ncriteria.evaluation.columns.judging import Judging, Verdicts, judged
from ncriteria.evaluation.columns.matching import Matched, matched
from ncriteria.evaluation.columns.plan import Plan, plan_for
from ncriteria.evaluation.columns.roll_ups import Inner, Territory, with_roll_up
from ncriteria.evaluation.criteria import Catalog, Criteria
from ncriteria.evaluation.errors import EvaluationError
from ncriteria.evaluation.program.assembling import WHOLE_SET
from ncriteria.evaluation.program.tree import ShareKey, SlotKey
from ncriteria.facts.assembling import LEVEL_WORDS
from ncriteria.facts.table import FactsError
from ncriteria.sets.catalog import ChoiceError, shared_facts
from ncriteria.sets.model import CriteriaSet, FactDeclaration, Level

_PREFIX = "__ncriteria_"
VERDICT = "verdict"
"""The column of the verdict of the whole set."""
MISSING = "missing"
"""The column of the facts that can still change the verdict, where they are asked for."""


class RowByRowWarning(UserWarning):
    """Clauses that have no exact form in columns, so that they were evaluated row by row; `reasons` is by condition."""

    def __init__(self, reasons: Mapping[str, str]) -> None:
        self.reasons = dict(reasons)
        listed = "; ".join(f"{name}: {reason}" for name, reason in reasons.items())
        super().__init__(f"evaluated row by row, exactly but slowly: {listed}")


def evaluate_table(
    frame: NativeFrame,
    criteria: Criteria | Catalog,
    *,
    standard: str | None = None,
    level: Level | str | None = None,
    territory: str | Sequence[str] | None = None,
    missing: bool = False,
    ignore: Collection[str] = (),
) -> NativeFrame:
    """Judge every row of a frame, one row per unit and assessment year, and return the same kind of frame.

    `frame` is of any library that narwhals takes, eager or lazy: Polars, pandas, PyArrow, DuckDB, PySpark. Its columns
    are matched as those of files are: `unit` or `name`, `year`, perhaps `level`, `parent` and `commune_count`, and
    facts by name, title or heading; a fact without a column is unknown in every row. Columns in `ignore` are left
    alone, as are those that are none of these.

    `criteria` is one set, or a catalog from which `standard` and `level` choose the successive sets (for `territory`,
    the unit or the unit and those around it). With a catalog, `share_met` rolls up the units inside that the frame
    holds. Added are the column `verdict` and one for each clause and group, named by its path: `met`, `not_met`,
    `undetermined`, `not_applicable` (an enumeration where the library has one), null where there is no verdict: in
    years that no set holds for, and for units of another level. With `missing`, a text column names the facts that can
    still change the verdict.

    Earlier years come from the rows of those years, never from the row above. Nothing is rounded: what has no exact
    form in 64-bit whole numbers is evaluated row by row, with a `RowByRowWarning`.

    Raises `FactsError` for wrong columns and values and for a unit that stands twice in a year, before anything is
    computed, and `EvaluationError` where a rule has no value; in a lazy frame such a row has no verdict instead, for
    its rules are computed only when the caller collects it.
    """
    line = _line(criteria, standard, level, territory)
    opened = open_frame(frame)
    table = _table(opened, line, criteria if isinstance(criteria, Catalog) else None, ignore, missing)
    if table.plan.program.opaque or missing:
        table = evolve(table, opened=as_polars(opened))
        table = _table(table.opened, line, table.catalog, ignore, missing)
        if table.plan.program.opaque:
            warnings.warn(RowByRowWarning(table.plan.program.opaque), stacklevel=2)
    return _closed(table, _judged(table, missing=MISSING if missing else None))


@frozen
class _Line:
    """The successive sets that judge the units of one level."""

    sets: tuple[CriteriaSet, ...]
    level: Level


def _line(
    criteria: Criteria | Catalog,
    standard: str | None,
    level: Level | str | None,
    territory: str | Sequence[str] | None,
) -> _Line:
    if isinstance(criteria, Criteria):
        return _Line((criteria.definition,), criteria.level)
    levels = {known.value: known for known in Level}
    found = level if isinstance(level, Level) else levels.get(level or "")
    if standard is None or found is None:
        message = "a catalog holds several standards, so `standard` and `level` are needed"
        raise ChoiceError(Problem("NC125", message, None, f"the levels are: {', '.join(levels)}"))
    lineage = (territory,) if isinstance(territory, str) else tuple(territory or ())
    sets = criteria.sets.line(standard, found, lineage)
    if not sets:
        known = ", ".join(criteria.sets.standards(found))
        message = f'there are no criteria of "{standard}" for a {found.value}'
        raise ChoiceError(Problem("NC125", message, None, f"there are: {known}" if known else None))
    return _Line(sets, found)


@frozen
class _Table:
    """A frame at the door: admitted, with the plan to judge it by."""

    opened: Opened
    line: _Line
    catalog: Catalog | None
    admitted: Admitted
    declarations: Mapping[str, FactDeclaration]
    plan: Plan
    original: tuple[str, ...]


def _table(opened: Opened, line: _Line, catalog: Catalog | None, ignore: Collection[str], missing: bool) -> _Table:
    original = tuple(opened.frame.collect_schema().names())
    declarations = shared_facts(line.sets if catalog is None else (*line.sets, *_others(catalog, line)))
    found = matched(original, declarations, ignore)
    own = shared_facts(line.sets)
    used = evolve(
        found,
        facts={name: heading for name, heading in found.facts.items() if name in own},
        last_year={name: heading for name, heading in found.last_year.items() if name in own},
    )
    composed = _composed(opened, used)
    admitted = admit(composed.frame, used, own, _PREFIX)
    plan = plan_for(epochs_of(line.sets), admitted, rows_too=missing)
    _refuse_taken_names(original, plan, missing)
    return _Table(composed, line, catalog, admitted, own, plan, original)


def _others(catalog: Catalog, line: _Line) -> list[CriteriaSet]:
    """The other sets of the catalog, whose facts a table may hold too, as far as they declare facts alike."""
    found: list[CriteriaSet] = []
    for criteria in catalog.sets.sets:
        try:
            shared_facts((*line.sets, *found, criteria))
        except FactsError:
            continue
        found.append(criteria)
    return found


def _refuse_taken_names(original: Collection[str], plan: Plan, missing: bool) -> None:
    added = [_column(step.path) for step in plan.program.steps] + ([MISSING] if missing else [])
    problems = [
        Problem("NC243", "the frame has a column of this name already", CellPlace(heading=name), "rename or drop it")
        for name in added
        if name in original
    ]
    if problems:
        raise FactsError(problems)


def _column(path: str) -> str:
    return VERDICT if path == WHOLE_SET else path


def _composed(opened: Opened, found: Matched) -> Opened:
    """The frame with the identifiers of units in composed form (NFC)."""
    schema = opened.frame.collect_schema()
    texts = [name for name in (found.unit, found.parent) if name is not None and schema[name] == nw.String]
    marked = [name for name in texts if first_rows(opened.frame.filter(_is_decomposed(name)).select(name))]
    if not marked:
        return opened
    if not opened.is_polars:
        hint = "compose them first, in DuckDB with nfc_normalize(...)"
        message = "units are written with combining marks (decomposed Unicode)"
        raise FactsError([Problem("NC244", message, CellPlace(heading=name), hint) for name in marked])
    polars = import_module("polars")
    native = opened.frame.to_native().with_columns(polars.col(name).str.normalize("NFC") for name in marked)
    return evolve(opened, frame=nw.from_native(native))


def _is_decomposed(name: str) -> nw.Expr:
    return nw.col(name).str.contains("[\u0300-\u036f]")


def _judged(table: _Table, missing: str | None) -> Verdicts:
    judging = Judging(
        plan=table.plan,
        admitted=table.admitted,
        declarations=table.declarations,
        prefix=_PREFIX,
        mask=_of_level(table.admitted.matched, table.line.level),
        shares=_shares(table),
        missing=missing,
        ordered=table.opened.is_eager,
    )
    return judged(judging)


def _of_level(found: Matched, level: Level) -> nw.Expr | None:
    """Whether a row is of the level that is judged; `None` where the frame says nothing of levels."""
    if found.level is None:
        return None
    words = {unicodedata.normalize(form, word) for word in LEVEL_WORDS[level] for form in ("NFC", "NFD")}
    return nw.col(found.level).cast(nw.String()).str.to_lowercase().str.strip_chars().is_in(sorted(words))


_SharesOf = Callable[[Frame], tuple[Frame, Mapping[SlotKey, str]]]


def _shares(table: _Table) -> _SharesOf | None:
    """How the roll-ups that the rules ask for are put beside the rows; `None` where they ask for none."""
    asked = {(key.level, key.path) for key in table.plan.slots if isinstance(key, ShareKey)}
    found = table.admitted.matched
    if not asked or found.level is None or found.parent is None:
        return None

    def add(frame: Frame) -> tuple[Frame, Mapping[SlotKey, str]]:
        slots: dict[SlotKey, str] = {}
        for number, (level, path) in enumerate(sorted(asked)):
            parts = {part: f"{_PREFIX}share_{number}_{part}" for part in ("met", "may_be_met", "judged")}
            territory = Territory(table.opened.frame, found)
            frame = with_roll_up(frame, territory, _inner(table, Level(level), path), parts)
            slots |= {ShareKey(level, path, part): column for part, column in parts.items()}
        return frame, slots

    return add


def _inner(table: _Table, level: Level, path: str) -> Inner:
    """The verdicts of the units of `level` on `path`, which may name a standard before a colon."""
    found, frame = table.admitted.matched, table.opened.frame
    is_inner = _of_level(found, level)
    assert is_inner is not None
    rows = frame.filter(is_inner)
    units = rows.select(nw.col(found.unit).alias("unit"), nw.col(found.year).alias("year"))
    standard, _, inner_path = path.rpartition(":")
    line = _inner_line(table, level, standard, inner_path)
    if line is None:
        return Inner(level, units, None)
    inner = _table(evolve(table.opened, frame=rows), line, table.catalog, (), False)
    verdicts = _judged(evolve(inner, opened=evolve(inner.opened, is_eager=False)), None)
    column = verdicts.columns[inner_path]
    return Inner(
        level,
        units,
        verdicts.frame.select(
            nw.col(found.unit).alias("unit"),
            nw.col(found.year).alias("year"),
            nw.col(column).cast(nw.String()).alias("verdict"),
        ),
    )


def _inner_line(table: _Table, level: Level, standard: str, path: str) -> _Line | None:
    if table.catalog is None:
        return None
    standards = [standard] if standard else list(table.catalog.sets.standards(level))
    for name in standards:
        sets = table.catalog.sets.line(name, level)
        if any(member.path == path for criteria in sets for member in criteria.members()):
            return _Line(sets, level)
    return None


def _closed(table: _Table, verdicts: Verdicts) -> NativeFrame:
    """The frame that came, with the columns of verdicts under their own names."""
    names = {_column(path): column for path, column in verdicts.columns.items()}
    ordered = {VERDICT: names.pop(VERDICT), **{path: names[path] for path in _set_order(table)}}
    missing = [MISSING] if MISSING in verdicts.frame.collect_schema().names() and MISSING not in table.original else []
    if verdicts.errors is not None and table.opened.is_eager:
        _raise_errors(table, verdicts)
    kept = [nw.col(name) for name in table.original]
    frame = verdicts.frame.select(*kept, *(nw.col(column).alias(name) for name, column in ordered.items()), *missing)
    return table.opened.close(frame, [*ordered, *missing])


def _set_order(table: _Table) -> list[str]:
    """The paths of the clauses and groups, each group before its members."""
    return list(dict.fromkeys(member.path for criteria in table.line.sets for member in criteria.members()))


def _raise_errors(table: _Table, verdicts: Verdicts) -> None:
    found = table.admitted.matched
    assert verdicts.errors is not None
    wrong = verdicts.frame.filter(nw.col(verdicts.errors)).select(found.unit, found.year)
    hint = "see `ncriteria explain`, and say with `when_zero_base` or `applies_when` what holds there"
    problems = [
        Problem("NC309", f"a rule has no value for {unit} in {year}, such as a division by zero", None, hint)
        for unit, year in first_rows(wrong)
    ]
    if problems:
        raise EvaluationError(problems)
