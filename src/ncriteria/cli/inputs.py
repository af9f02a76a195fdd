"""What the commands work on: criteria from a file, a folder or the shipped sets, and fact tables that fit them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from pathlib import Path

from ncriteria.evaluation.criteria import Catalog, Criteria, catalog, load
from ncriteria.facts.readers import read
from ncriteria.facts.table import FactTable
from ncriteria.sets.catalog import shared_facts
from ncriteria.sets.model import FactDeclaration


def criteria_of(path: Path | None) -> Catalog | Criteria:
    """The criteria of a file, the catalog of a folder, or the shipped catalog."""
    return load(path) if path is not None and path.is_file() else catalog(path)


def facts_of(criteria: Catalog | Criteria) -> Mapping[str, FactDeclaration]:
    """The facts that a table for `criteria` may hold."""
    return criteria.facts if isinstance(criteria, Criteria) else shared_facts(criteria.sets.sets)


def table_of(path: Path, criteria: Catalog | Criteria, ignore: Collection[str]) -> FactTable:
    """The fact table in a file."""
    return read(path, facts_of(criteria), ignore=ignore)
