"""The cases of `families.yaml`: what comes out is asked of the record evaluator when the suite is written."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Mapping
from fractions import Fraction
from itertools import product
from pathlib import Path
from typing import Any

import ncriteria as nc
from ncriteria.evaluation.errors import EvaluationError
from ncriteria.language.printer import show
from ncriteria.language.values import AtLeast, AtMost
from tests.case_files import read_cases
from tests.conformance.suite import Case
from tests.conformance.written import read_texts, written_value

YEAR = 2021


def family_cases() -> Iterator[dict[str, Any]]:
    """Every case of every family, numbered, with what comes out."""
    for family in read_cases(Path(__file__).with_name("families.yaml")):
        for number, asked in enumerate(_asked(family), start=1):
            yield answered({"id": f"{family['id']}-{number}", **asked})


def _asked(family: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    places = family.get("over", {})
    rows = product(
        product(*places.values()), family.get("years", [YEAR]), family.get("attested", [{}]), family["given"]
    )
    for values, year, attested, given in rows:
        asked = {**_set_asked(family, dict(zip(places, values, strict=True))), "year": year}
        facts = facts_by_year(given, year)
        yield {**asked, **({"facts": facts} if facts else {}), **({"attested": attested} if attested else {})}


def _set_asked(family: Mapping[str, Any], values: Mapping[str, Any]) -> dict[str, Any]:
    """The set of a family: one that is taken as it is, or one with the clauses of the family."""
    if "set" in family:
        return {"set": family["set"]}
    return {"set": "rules" if "rule" in family else "facts", "clauses": _clauses(family, values)}


def _clauses(family: Mapping[str, Any], values: Mapping[str, Any]) -> dict[str, Any]:
    if "members" in family:
        kind = str(values.get("kind"))
        return {path: _of_kind(group, kind) for path, group in texts(family["members"]).items()}
    keys = ("rule", "when_zero_base", "applies_when")
    return {"c": {key: family[key].format(**values) for key in keys if key in family}}


def _of_kind(group: Mapping[str, Any], kind: str) -> dict[str, Any]:
    """A group of which `{kind}` is `all`, `any`, or the number of members that must be met."""
    if "{kind}" not in group:
        return dict(group)
    if kind in ("all", "any"):
        return {kind: group["{kind}"]}
    number, _, counts = kind.partition(" ")
    more = {"not_applicable": counts} if counts else {}
    return {"at_least": {"n": number, **more, "of": group["{kind}"]}}


def texts(value: Any) -> Any:
    """What stands in YAML, with every scalar as a text."""
    match value:
        case dict():
            return {str(key): texts(one) for key, one in value.items()}
        case list():
            return [texts(one) for one in value]
        case bool():
            return str(value).lower()
    return str(value)


def facts_by_year(given: Mapping[str, Any], year: int) -> dict[str, Any]:
    """What is given, as in the cases of rules, by year: `prev_year` and `earlier` are facts of other years."""
    known = {name: one for name, one in given.items() if name not in ("prev_year", "earlier")}
    years = {year: known, year - 1: given.get("prev_year", {})}
    for earlier, facts in given.get("earlier", {}).items():
        years[earlier] = {**years.get(earlier, {}), **facts}
    return {
        str(one): {name: written_value(value_of(value)) for name, value in facts.items()}
        for one, facts in sorted(years.items(), reverse=True)
        if facts
    }


def value_of(told: Any) -> Any:
    """The value of a case in YAML: `>=3`, `<=3`, `1/3`, or the value itself."""
    if not isinstance(told, str):
        assert isinstance(told, bool | int | datetime.date)
        return told
    if re.fullmatch(r"\d+/\d+", told):
        return Fraction(told)
    match = re.fullmatch(r"([<>])=\s?(\d+)", told)
    return told if match is None else (AtLeast if match[1] == ">" else AtMost)(int(match[2]))


def answered(asked: dict[str, Any]) -> dict[str, Any]:
    """A case with what the record evaluator says of its clauses; of all and of the whole set where it has none."""
    case = Case("", asked)
    try:
        result = judged(case)
    except EvaluationError as error:
        return {**asked, "error": error.problems[0].code}
    if "clauses" not in asked:
        return {**asked, "expect": {"set": outcome(result)} | {path: outcome(result[path]) for path in result.clauses}}
    paths = [path for path in result.clauses if path.split("/")[0] in asked["clauses"]]
    return {**asked, "expect": {path: outcome(result[path]) for path in paths}}


def judged(case: Case) -> nc.Result:
    """The result of a case, by the record evaluator."""
    facts = dict(case.facts)
    return case.criteria.evaluate(
        facts.pop(case.year, {}),
        earlier=facts,
        year=case.year,
        shares=case.shares,
        attestations=case.attestations,
    )


def outcome(found: Any) -> Any:
    """What a case says of a clause, or of a set: the verdict; where it is open, all that is left; and the grade."""
    verdict = found.verdict.value
    told: dict[str, Any] = {"verdict": verdict}
    if verdict == "undetermined":
        told |= {"missing": list(map(str, found.missing)), "residual": show(found.residual)}
        told |= {"not_encoded": list(found.open.clauses)} if found.open.clauses else {}
    if found.graded is not None:
        told["grades"] = [grade.id for grade in found.graded.possible]
        told |= {"missing_of_grade": list(map(str, found.graded.missing))} if found.graded.missing else {}
    return verdict if len(told) == 1 else told


__all__ = ["answered", "facts_by_year", "family_cases", "judged", "outcome", "read_texts"]
