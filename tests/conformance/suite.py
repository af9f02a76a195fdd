"""The cases of `conformance/`, read and run: the set of a case, its facts as a program gives them, what is expected."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from attrs import field, frozen

import ncriteria as nc
from ncriteria.sets.model import RollUp
from tests.conformance.written import criteria_file, read_value

FOLDER = Path(__file__).parents[2] / "conformance"
FORMAT = "ncriteria-conformance/1"


@frozen(eq=False)
class Case:
    """One case of a file of judged records."""

    file: str
    written: Mapping[str, Any] = field(repr=False)
    id: str = field(init=False)

    def __attrs_post_init__(self) -> None:
        object.__setattr__(self, "id", self.written["id"])

    @property
    def year(self) -> int:
        """The assessment year."""
        return int(self.written["year"])

    @property
    def expect(self) -> Mapping[str, Any]:
        """What comes out, by path."""
        found = self.written.get("expect", {})
        return {path: {"verdict": one} if isinstance(one, str) else one for path, one in found.items()}

    @property
    def error(self) -> str | None:
        """The code of the error that judging the case gives."""
        return self.written.get("error")

    @property
    def text(self) -> str:
        """The criteria file of the case."""
        return set_text(self.written["set"], json.dumps(self.written.get("clauses", {})))

    @property
    def criteria(self) -> nc.Criteria:
        """The set of the case."""
        return loaded(self.text)

    @cached_property
    def facts(self) -> dict[int, dict[str, Any]]:
        """What is known, by year and name."""
        declared = self.criteria.definition.facts
        return {
            int(year): {name: read_value(value, declared[name]) for name, value in known.items()}
            for year, known in self.written.get("facts", {}).items()
        }

    @property
    def shares(self) -> dict[tuple[str, str], RollUp]:
        """What is told of the units inside."""
        told = self.written.get("inside", {})
        return {(level, path): RollUp(**counts) for level, paths in told.items() for path, counts in paths.items()}

    @property
    def attestations(self) -> list[nc.Attestation]:
        """The clauses that are taken as attested."""
        told = self.written.get("attested", {})
        by = {"by": "A body", "document": "1/BC"}
        return [nc.Attestation(content=path, value=nc.Verdict(verdict), **by) for path, verdict in told.items()]


def with_clauses(texts: Mapping[str, Any], clauses: Mapping[str, Any]) -> dict[str, Any]:
    """A set with the clauses of a case before its own."""
    full = {path: full_member(path, short) for path, short in clauses.items()}
    return {**texts, "clauses": {**full, **texts.get("clauses", {})}}


def full_member(name: str, short: Mapping[str, Any]) -> dict[str, Any]:
    """A clause or a group with the keys that a case leaves out, for they decide nothing."""
    full = {"title": name, **short}
    for kind in ("all", "any"):
        if kind in full:
            return {**full, kind: [full_member(inner["id"], inner) for inner in full[kind]]}
    if "at_least" in full:
        inner = [full_member(one["id"], one) for one in full["at_least"]["of"]]
        return {**full, "at_least": {**full["at_least"], "of": inner}}
    encodes = "approximated" if "rule" in full else "not_encoded"
    return {**full, "encodes": full.get("encodes", encodes), "cite": [{"instrument": "1/TEST"}]}


@cache
def set_texts(name: str) -> dict[str, Any]:
    """The set of a name, as mappings, lists and texts."""
    return json.loads((FOLDER / "sets" / f"{name}.json").read_text(encoding="utf-8"))


@cache
def set_text(name: str, clauses: str) -> str:
    """The criteria file of a set with the clauses of a case, which are given as JSON."""
    return criteria_file(with_clauses(set_texts(name), json.loads(clauses)))


@cache
def loaded(text: str) -> nc.Criteria:
    """The set of a criteria file."""
    return nc.loads(text)


@cache
def content(name: str) -> dict[str, Any]:
    """One file of cases."""
    return json.loads((FOLDER / name).read_text(encoding="utf-8"))


def names() -> list[str]:
    """The files of cases."""
    return sorted(path.name for path in FOLDER.glob("*.json") if path.name != "schema.json")


def cases_of(kind: str) -> list[tuple[str, dict[str, Any]]]:
    """The cases of a kind, each with its file."""
    return [(name, case) for name in names() if content(name)["kind"] == kind for case in content(name)["cases"]]
