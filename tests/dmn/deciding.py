"""A DMN document as feelin decides it: read as any tool would read it, by its elements."""

from __future__ import annotations

import datetime
import json
import subprocess
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from typing import Any
from xml.etree import ElementTree as ET

from ncriteria.evaluation.lowering import lower_from
from ncriteria.evaluation.records.record import in_view, seen_from
from ncriteria.language.tree import FactKey
from ncriteria.language.values import Interval, Unknown
from ncriteria.report.dmn.document import MODEL, dmn_text
from ncriteria.report.dmn.modelling import dmn_model
from ncriteria.report.dmn.names import YEAR, names_of
from ncriteria.sets.model import CriteriaSet, RollUp
from tests.outside.installed import HERE

_IN = {"": MODEL}


def decisions_of(document: str) -> list[dict[str, Any]]:
    """The decisions of a document, each after those that it requires, with their expressions."""
    root = ET.fromstring(document)
    found = {one.get("id"): one for one in root.findall("decision", _IN)}
    ordered: dict[str, ET.Element] = {}

    def visit(identifier: str) -> None:
        if identifier not in ordered:
            for required in found[identifier].iterfind("informationRequirement/requiredDecision", _IN):
                visit(required.get("href", "").removeprefix("#"))
            ordered[identifier] = found[identifier]

    for identifier in found:
        visit(identifier)
    return [{"name": one.get("name"), "entries": _entries(one)} for one in ordered.values()]


def _entries(decision: ET.Element) -> list[tuple[str, str]]:
    boxed = decision.findall("context/contextEntry", _IN)
    if boxed:
        return [
            (one.find("variable", _IN).get("name"), one.findtext("literalExpression/text", None, _IN)) for one in boxed
        ]
    return [("value", decision.findtext("literalExpression/text", None, _IN))]


def row_of(
    criteria: CriteriaSet,
    values: Mapping[FactKey, object],
    shares: Mapping[tuple[str, str], object] | None = None,
    year: int | None = None,
) -> dict[str, object]:
    """The inputs of a row by their names in the model; what is not known is null."""
    names = names_of(lower_from(criteria, criteria.years.first))
    seen = seen_from(values, year)
    row = {name: _plain(seen.get(FactKey(key.name, in_view(key.period, year)))) for key, name in names.facts.items()}
    for rolled, name in names.rolled.items():
        row[name] = _rolled(rolled, (shares or {}).get((rolled.level, rolled.path)))
    row[YEAR] = year
    return row


def _rolled(rolled: Any, found: object) -> object:
    if not isinstance(found, RollUp):
        return _plain(found)
    if found.undetermined:
        return None
    judged = found.met + found.not_met
    if not rolled.measure.is_share:
        return found.met
    return float(Fraction(found.met, judged)) if judged else None


def _plain(value: object) -> object:
    match value:
        case None | Unknown() | Interval():
            return None
        case bool() | str():
            return value
        case datetime.date():
            return {"date": value.isoformat()}
        case int() | Fraction():
            return int(value) if value == int(value) else float(value)
    raise AssertionError(value)


def decided(models: Sequence[tuple[CriteriaSet, Iterable[Mapping[str, object]]]]) -> list[list[dict[str, Any]]]:
    """What feelin decides of each row of each set."""
    asked = [
        {"decisions": decisions_of(dmn_text(dmn_model(criteria, "en"))), "rows": list(rows)}
        for criteria, rows in models
    ]
    run = subprocess.run(
        ["node", "decide.mjs"], cwd=HERE, input=json.dumps(asked), capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stderr
    return json.loads(run.stdout)


def path_names(criteria: CriteriaSet) -> Mapping[str, str]:
    """What the decision of each clause and group is called, by path."""
    return names_of(lower_from(criteria, criteria.years.first)).clauses
