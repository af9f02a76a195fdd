"""The cases of whole tables, judged row by row and in columns."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Mapping
from fractions import Fraction
from pathlib import Path
from typing import Any

import duckdb
import polars as pl

import ncriteria as nc
from ncriteria.facts.table import FactRow, FactTable, Unit
from ncriteria.language.tree import FactKey
from ncriteria.sets.model import FactType, Level
from tests.conformance.suite import set_texts
from tests.conformance.written import criteria_file, read_value

Told = Mapping[tuple[str, int], Mapping[str, str]]
"""Verdicts by path, of each unit and year; of a row without a set there are none."""


def catalog_of(case: Mapping[str, Any], folder: Path) -> nc.Catalog:
    """The sets of a case, in a folder where one finds another that it extends."""
    for name in case["sets"]:
        (folder / f"{name}.yaml").write_text(criteria_file(set_texts(name)), encoding="utf-8")
    return nc.catalog(folder)


def lineage_of(case: Mapping[str, Any]) -> nc.Lineage | None:
    """What became of the units, without what the library knows of the whole country."""
    if "lineage" not in case:
        return None
    rows = [",".join((row["from"], row["to"], row["share"], row["day"])) for row in case["lineage"]]
    return nc.Lineage(nc.read_lineage_text("\n".join(["from,to,share,day", *rows]), "csv").changes, ())


def _exact(value: Any) -> Any:
    return Fraction(value) if isinstance(value, int) and not isinstance(value, bool) else value


def _declared(catalog: nc.Catalog) -> dict[str, Any]:
    return {name: one for criteria in catalog.sets.sets for name, one in criteria.facts.items()}


def by_rows(case: Mapping[str, Any], folder: Path) -> tuple[Told, Mapping[tuple[str, int], str | None]]:
    """The verdicts, and the set that judges each row."""
    catalog = catalog_of(case, folder)
    declared = _declared(catalog)
    rows = [
        FactRow(
            Unit(row["unit"], None, Level(row.get("level", case["level"])), row.get("parent")),
            int(row["year"]),
            {
                FactKey.of(name): _exact(read_value(value, declared[name]))
                for name, value in row.get("facts", {}).items()
            },
            child_counts={Level(level): int(number) for level, number in row.get("inside", {}).items()},
        )
        for row in case["units"]
    ]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", nc.TableWarning)
        judged = list(nc.evaluate_rows(FactTable(tuple(rows)), catalog, lineage=lineage_of(case)))
    found = {(one.row.unit.id, one.row.year): one for one in judged if one.standard == case["standard"]}
    told = {
        key: {} if one.result is None else {path: each.verdict.value for path, each in one.result.clauses.items()}
        for key, one in found.items()
    }
    return told, {key: one.criteria.id if one.criteria and one.result else None for key, one in found.items()}


_KINDS = {FactType.COUNT: pl.Int64, FactType.NUMBER: pl.Int64, FactType.BOOLEAN: pl.Boolean}
_OPENED: dict[str, tuple[Callable[[pl.DataFrame], Any], Callable[[Any], pl.DataFrame]]] = {
    "polars": (lambda frame: frame.lazy(), lambda judged: judged.collect()),
    "duckdb": (lambda frame: duckdb.from_arrow(frame.to_arrow()), lambda judged: judged.pl()),
}


def by_columns(engine: str, case: Mapping[str, Any], folder: Path) -> Told:
    """The verdicts of a frame of an engine."""
    catalog = catalog_of(case, folder)
    declared = {name: one for name, one in _declared(catalog).items() if one.type in _KINDS}
    columns = {"unit": pl.String, "year": pl.Int32, "level": pl.String, "parent": pl.String, "hamlet_count": pl.Int64}
    rows = [
        {
            "unit": row["unit"],
            "year": int(row["year"]),
            "level": row.get("level", case["level"]),
            "parent": row.get("parent"),
            "hamlet_count": int(row["inside"]["hamlet"]) if "inside" in row else None,
            **{name: read_value(value, declared[name]) for name, value in row.get("facts", {}).items()},
        }
        for row in case["units"]
    ]
    frame = pl.DataFrame(rows, columns | {name: _KINDS[one.type] for name, one in declared.items()})
    opened, closed = _OPENED[engine]
    asked = {"standard": case["standard"], "level": case["level"], "territory": case.get("territory")}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", nc.TableWarning)
        warnings.simplefilter("ignore", nc.RowByRowWarning)
        judged = closed(nc.evaluate_table(opened(frame), catalog, lineage=lineage_of(case), **asked))
    paths = {path for row in case["expect"] for path in row["verdicts"]}
    return {
        (row["unit"], row["year"]): {path: row[path] for path in paths & row.keys() if row[path] is not None}
        for row in judged.iter_rows(named=True)
    }


def expected(case: Mapping[str, Any]) -> Told:
    """What the suite says of the rows that it speaks of."""
    return {(row["unit"], int(row["year"])): row["verdicts"] for row in case["expect"]}
