"""Statements on the connection of a DuckDB relation, which leave nothing behind that they do not make."""

from __future__ import annotations

import uuid
from typing import Any

from ncriteria.evaluation.columns.naming import PREFIX


def on_connection(relation: Any, statement: str, arrow: Any = None) -> Any:
    """What a statement gives; a table of Arrow has the name `ncriteria_arrow` in it."""
    return _run(relation, new_name(), statement, arrow)


def stored(relation: Any, selected: str = "SELECT *") -> str:
    """The name of a temporary table of the connection that holds what is selected of a relation."""
    name, rows = new_name(), new_name()
    _run(relation, rows, f"CREATE TEMP TABLE {name} AS {selected} FROM {rows}")
    return name


def new_name() -> str:
    """A name that nothing on the connection has."""
    return f"{PREFIX}{uuid.uuid4().hex}"


def _run(relation: Any, rows: str, statement: str, ncriteria_arrow: Any = None) -> Any:
    """What a statement gives in which the relation is called `rows`; DuckDB finds a table of Arrow by its name here."""
    try:
        return relation.query(rows, statement)
    finally:
        relation.query(rows, f"DROP VIEW IF EXISTS {rows}")  # DuckDB 1 makes it, and keeps it.
