"""The criteria that a command works on, as it names them: files, folders, identifiers of shipped sets."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from ncriteria.cli.console.wrong_calls import WrongCallError
from ncriteria.errors import NCriteriaError, Problem, TextPlace
from ncriteria.evaluation.criteria import Catalog, Criteria, catalog, load
from ncriteria.facts.units.identifiers import normal_identifier
from ncriteria.language.hints.near_misses import did_you_mean
from ncriteria.sets.catalog import SetCatalog, load_catalog, set_catalog
from ncriteria.sets.errors import CriteriaError
from ncriteria.sets.files.files import criteria_files, shipped_folder
from ncriteria.sets.model import CriteriaSet
from ncriteria.sets.structure import verdicts_leaned_on
from ncriteria.words import phrase

if TYPE_CHECKING:
    from ncriteria.sets.loader import LocatedSet


def criteria_of(names: Sequence[str]) -> Catalog | Criteria:
    """The criteria of one file or identifier, the catalog of a folder or of all that is named, or the shipped catalog.

    Raises `CriteriaError` with the problems of files, and a usage error for a name that is none of these.
    """
    match tuple(dict.fromkeys(names)):
        case ():
            return catalog()
        case (name,) if Path(name).is_dir():
            return catalog(name)
        case (name,):
            return load(name) if Path(name).is_file() else Criteria(set_called(name))
        case several:
            return Catalog(set_catalog(one for name in several for one in _sets_called(name)))


def catalog_of(names: Sequence[str]) -> Catalog:
    """What `criteria_of` gives, as a catalog."""
    criteria = criteria_of(names)
    return criteria if isinstance(criteria, Catalog) else Catalog(set_catalog([criteria.definition]))


def set_called(name: str) -> CriteriaSet:
    """The set in the file `name`, or the shipped set of that identifier.

    Raises `CriteriaError` with the problems of the file, and a usage error where there is no such set.
    """
    if Path(name).is_file():
        from ncriteria.sets.loader import load_set  # which the shipped sets, kept as they were read, have no need of

        return load_set(name)
    shipped = {criteria.id: criteria for criteria in load_catalog().sets}
    identifier = normal_identifier(name)
    if identifier not in shipped:
        hint = did_you_mean(identifier, shipped) or phrase("`ncriteria catalog` lists the shipped sets")
        raise WrongCallError(phrase("there is no file and no shipped set `{name}`; {hint}", name=name, hint=hint))
    return shipped[identifier]


def sets_beside(name: str) -> tuple[CriteriaSet, SetCatalog]:
    """The set that `set_called` gives, and those that give the verdicts which it leans on.

    These are the sets of its folder, or the shipped ones; only the set itself where the folder is no catalog.
    """
    criteria = set_called(name)
    alone = SetCatalog((criteria,))
    if not verdicts_leaned_on(criteria):
        return criteria, alone
    try:
        found = load_catalog(Path(name).parent) if Path(name).is_file() else load_catalog()
    except CriteriaError:
        return criteria, alone
    return next((one for one in found.sets if one.id == criteria.id), criteria), found


def located_set_called(name: str) -> LocatedSet:
    """The same set, with where its expressions stand."""
    from ncriteria.sets.loader import load_located

    (path,) = _files(name)
    return load_located(path)


def _sets_called(name: str) -> Sequence[CriteriaSet]:
    """The sets of a folder, or the one of a file or an identifier."""
    return load_catalog(name).sets if Path(name).is_dir() else (set_called(name),)


def paths_of(names: Iterable[str]) -> tuple[Path, ...]:
    """The files and folders among the names of criteria."""
    return tuple(path for path in map(Path, names) if path.exists())


def criteria_paths(names: Iterable[str]) -> list[Path]:
    """The criteria files that are named, those in folders, and those of shipped sets; without any, all shipped ones.

    Raises `NCriteriaError` where a folder holds none, and a usage error for a name that is none of these.
    """
    return [path for name in tuple(names) or (str(shipped_folder()),) for path in _files(name)]


def _files(name: str) -> list[Path]:
    path = Path(name)
    if path.is_file():
        return [path]
    if not path.is_dir():
        from ncriteria.sets.loader import load_set

        shipped = set_called(name)
        return [one for one in criteria_files(shipped_folder()) if load_set(one).id == shipped.id]
    found = criteria_files(path)
    if not found:
        raise NCriteriaError(Problem("NC101", phrase("the folder holds no criteria files"), TextPlace(1, 1, file=name)))
    return found
