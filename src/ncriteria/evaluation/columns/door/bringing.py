"""What the engine of a frame cannot do exactly, done by Polars: its facts come into memory, the rest stays."""

from __future__ import annotations

from importlib import import_module
from typing import Any

import narwhals as nw

from ncriteria.evaluation.columns.door.frames import Frame, NativeFrame, Opened
from ncriteria.evaluation.columns.engines.keeping import kept
from ncriteria.evaluation.columns.engines.statements import new_name, on_connection
from ncriteria.evaluation.columns.naming import PREFIX

_UNIT, _YEAR = f"{PREFIX}unit", f"{PREFIX}year"


def facts_in_memory(opened: Opened) -> nw.DataFrame[Any]:
    """The columns of units, years and facts as a frame of Polars in memory."""
    chosen = opened.frame.select(*opened.wanted)
    if opened.is_polars:
        return chosen.collect()
    found: nw.DataFrame[Any] = nw.from_native(import_module("polars").from_arrow(chosen.collect("pyarrow").to_arrow()))
    return found


def as_polars(opened: Opened, unit: str, year: str) -> Opened:
    """The same frame computed by Polars, for what its own engine cannot do exactly.

    Only the columns of units, years and facts come into memory. The verdicts go back beside the rows, by the columns
    `unit` and `year`, which are in each row once: all other columns stay as they are where they are.
    """
    if opened.is_polars:
        return opened
    rows = kept(opened.frame)
    names = {column: opened.names[column] for column in opened.wanted}
    stored = Opened(rows, opened.headings, opened.names, opened.wanted, opened.is_eager, opened.close)

    def close(computed: Frame, added: list[str]) -> NativeFrame:
        keys = [nw.col(names[unit]).alias(_UNIT), nw.col(names[year]).alias(_YEAR)]
        plain = {f"{PREFIX}{number}": name for number, name in enumerate(added)}
        verdicts = computed.select(*keys, *(nw.col(name).alias(column) for column, name in plain.items()))
        beside = brought(rows, verdicts.collect().to_arrow())
        joined = rows.join(beside, left_on=[unit, year], right_on=[_UNIT, _YEAR], how="left")
        own = [nw.col(column).alias(heading) for column, heading in opened.names.items()]
        found = [nw.col(column).alias(name) for column, name in plain.items()]
        return joined.select(*own, *found).to_native()

    return Opened(facts_in_memory(stored).lazy(), opened.headings, names, opened.wanted, False, close)


def brought(rows: Frame, arrow: Any) -> Frame:
    """An Arrow table as a frame of the engine, and of the connection or session, that has `rows`."""
    native: Any = rows.to_native()
    if rows.implementation.is_duckdb():
        found: Frame = nw.from_native(_in_duckdb(native, arrow))
        return found
    brought: Frame = nw.from_native(native.sparkSession.createDataFrame(_plain_texts(arrow)))
    return brought


def _in_duckdb(relation: Any, arrow: Any) -> Any:
    """An Arrow table as a relation; a connection of Ibis finds none before it is told to."""
    setting = "python_enable_replacements"
    ((is_finding,),) = on_connection(relation, f"SELECT current_setting('{setting}')").fetchall()
    if is_finding:
        return on_connection(relation, "FROM ncriteria_arrow", arrow)
    on_connection(relation, f"SET {setting} = true")
    try:
        name = new_name()
        on_connection(relation, f"CREATE TEMP TABLE {name} AS FROM ncriteria_arrow", arrow)
        return on_connection(relation, f"FROM {name}")
    finally:
        on_connection(relation, f"SET {setting} = false")


def _plain_texts(arrow: Any) -> Any:
    """An Arrow table without dictionaries, which Spark does not take."""
    pyarrow = import_module("pyarrow")
    fields = [
        pyarrow.field(field.name, pyarrow.string()) if pyarrow.types.is_dictionary(field.type) else field
        for field in arrow.schema
    ]
    return arrow.cast(pyarrow.schema(fields))
