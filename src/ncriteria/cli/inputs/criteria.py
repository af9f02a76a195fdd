"""The criteria that a command works on: those of a file or a folder, or the shipped ones."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from ncriteria.errors import NCriteriaError, Problem, TextPlace
from ncriteria.evaluation.criteria import Catalog, Criteria, catalog, load
from ncriteria.sets.catalog import set_catalog, shared_facts
from ncriteria.sets.files.files import criteria_files, shipped_folder
from ncriteria.sets.model import FactDeclaration


def criteria_of(path: Path | None) -> Catalog | Criteria:
    """The criteria of a file, the catalog of a folder, or the shipped catalog."""
    return load(path) if path is not None and path.is_file() else catalog(path)


def catalog_of(path: Path | None) -> Catalog:
    """The catalog of a folder, of one file alone, or of the shipped sets."""
    criteria = criteria_of(path)
    return criteria if isinstance(criteria, Catalog) else Catalog(set_catalog([criteria.definition]))


def facts_of(criteria: Catalog | Criteria) -> Mapping[str, FactDeclaration]:
    """The facts that a table for `criteria` may hold."""
    return criteria.facts if isinstance(criteria, Criteria) else shared_facts(criteria.sets.sets)


def criteria_paths(given: Iterable[Path]) -> list[Path]:
    """The criteria files among `given`, and those in the folders among them; without any, the shipped ones.

    Raises `NCriteriaError` where a folder holds none.
    """
    return [path for one in tuple(given) or (shipped_folder(),) for path in _files(one)]


def _files(given: Path) -> list[Path]:
    found = criteria_files(given) if given.is_dir() else [given]
    if not found:
        raise NCriteriaError(Problem("NC101", "the folder holds no criteria files", TextPlace(1, 1, file=str(given))))
    return found
