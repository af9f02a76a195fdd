"""Reading a result back from the document that `Result.to_json` wrote."""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Iterable, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any, cast

from ncriteria.errors import NCriteriaError, Problem, expect
from ncriteria.evaluation.errors import EvaluationError
from ncriteria.evaluation.records.comparisons import Ground, Operand
from ncriteria.evaluation.records.grounds import Kept, Open
from ncriteria.evaluation.records.record import Record
from ncriteria.evaluation.result import ClauseResult, Result
from ncriteria.language.parser import parse
from ncriteria.language.tree import CompareOp, Expr, FactKey, FactRef
from ncriteria.language.values import UNKNOWN, Interval, Truth, Value
from ncriteria.report.documents import SCHEMA
from ncriteria.report.structure import NUMBER
from ncriteria.sets.model import (
    WHOLE_SET,
    Basis,
    Bilingual,
    Citation,
    Clause,
    Combination,
    CriteriaSet,
    Encodes,
    FactType,
    Group,
    Instrument,
    Level,
    Verdict,
    Years,
)

_Told = Mapping[str, Any]


def read_result(text: str) -> Result:
    """The result that `Result.to_json` wrote as `text`; raises `EvaluationError` where the text is none."""
    expect("a result", text, str, "the text that `Result.to_json` gave")
    try:
        told = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise _refusal(f"the text is no JSON: {error}") from None
    if not isinstance(told, dict) or "schema" not in told:
        raise _refusal("the text says no `schema`")
    if told["schema"] != SCHEMA:
        raise _refusal(f"the schema is `{told['schema']}`; this version reads `{SCHEMA}`")
    if not isinstance(told.get("result"), dict):
        raise _refusal("the document has no `result`")
    try:
        return _result(told["result"])
    except (KeyError, TypeError, ValueError, AttributeError, ZeroDivisionError, NCriteriaError) as error:
        said = f"there is no key {error}" if isinstance(error, KeyError) else str(error)
        raise _refusal(f"the document is not whole: {said}") from None


def _refusal(message: str) -> EvaluationError:
    hint = "give what `Result.to_json` wrote; `ncriteria schema result` says what that is"
    return EvaluationError(Problem("NC310", f"this is no result that can be read back: {message}", None, hint))


def _result(told: _Told) -> Result:
    header = told["set"]
    members = _members(told["clauses"])
    criteria = CriteriaSet(
        told["criteria"],
        told["standard"],
        _text(header["title"]),
        _instrument(header["instrument"]),
        Years(header["years"]["from"], header["years"]["to"]),
        Level(header["level"]),
        facts={},
        parameters={},
        clauses=tuple(members[one["path"]] for one in told["clauses"] if _around(one["path"], members) is None),
        territory=header["territory"],
    )
    clauses = {one["path"]: _outcome(one, members[one["path"]]) for one in told["clauses"]}
    whole = _outcome(told, criteria.whole)
    return Result(criteria, Record({}, told["year"]), whole.verdict, clauses, {}, whole)


def _outcome(told: _Told, member: Clause | Group) -> ClauseResult:
    roll_ups = tuple((one["level"], one["path"]) for one in told["roll_ups"])
    waiting = Open(_texts(told, "not_encoded"), _texts(told, "open_parameters"), roll_ups)
    compared = tuple(_ground(one) for one in told["comparisons"]) if member.path != WHOLE_SET else ()
    lines = _texts(told, "grounds") if member.path != WHOLE_SET else ()
    missing = tuple(_fact(one) for one in _texts(told, "missing"))
    kept = Kept(missing, waiting, _expression(told["residual"]), compared, lines)
    return ClauseResult(member, Verdict(told["verdict"]), kept)


def _members(told: Iterable[_Told]) -> dict[str, Clause | Group]:
    """The clauses and groups by path; each group comes before its members, so they are made from the last."""
    found: dict[str, Clause | Group] = {}
    by_path = {one["path"]: one for one in told}
    for path, one in reversed(by_path.items()):
        inside = tuple(found[inner] for inner in by_path if inner in found and _around(inner, by_path) == path)
        found[path] = _member(one, inside)
    return found


def _around(path: str, among: Mapping[str, object]) -> str | None:
    """The group that holds a member; `None` for the whole set."""
    outer = path.rpartition("/")[0]
    return outer if outer in among else None


def _member(told: _Told, members: tuple[Clause | Group, ...]) -> Clause | Group:
    title, note = _text(told["title"]), None if told["note"] is None else _text(told["note"])
    cite = tuple(_citation(one) for one in told["cite"])
    group = told["group"]
    if group is None:
        return Clause(told["path"], title, None, Encodes(told["encodes"]), cite, note=note)
    return Group(
        told["path"],
        title,
        Combination(group["combination"]),
        members,
        group["minimum"],
        group["counts_not_applicable"],
        cite=cite,
        note=note,
    )


def _citation(told: _Told) -> Citation:
    basis = None if told["basis"] is None else Basis(told["basis"])
    return Citation(told["instrument"], told["at"], basis, told["url"])


def _instrument(told: _Told) -> Instrument:
    issued, in_force = (None if told[key] is None else _day(told[key]) for key in ("issued", "in_force"))
    return Instrument(told["number"], _text(told["issuer"]), issued, in_force, told["url"])


def _text(told: str) -> Bilingual:
    """A text in the language of the document, which stands for both."""
    return Bilingual(told, told)


def _day(told: str) -> datetime.date:
    return datetime.date.fromisoformat(told)


def _expression(told: str) -> Expr:
    return parse(told)


def _fact(told: str) -> FactKey:
    found = parse(told)
    if not isinstance(found, FactRef):
        raise ValueError(f"`{told}` is no fact")
    return found.key


def _ground(told: _Told) -> Ground:
    kind, unit = FactType(told["type"]), told["unit"]
    return Ground(
        None if told["fact"] is None else _fact(told["fact"]),
        told["expression"],
        kind,
        None if unit is None else Bilingual(unit["vi"], unit["en"]),
        told["year"],
        _value(told["value"], kind),
        CompareOp(told["relation"]),
        _value(told["limit"], kind),
        None if told["distance"] is None else _number(told["distance"]),
        cast("Truth", UNKNOWN if told["holds"] is None else told["holds"]),
        tuple(
            Operand(one["name"], FactType(one["type"]), _value(one["value"], FactType(one["type"])))
            for one in told["rests_on"]
        ),
    )


def _number(told: str) -> Fraction:
    """An exact number, however many digits it has."""
    if not re.fullmatch(NUMBER, told):
        raise ValueError(f"`{told}` is no number")
    over, _, under = told.partition("/")
    return Fraction(Decimal(over)) / Fraction(Decimal(under or 1))


def _texts(told: _Told, key: str) -> tuple[str, ...]:
    """The texts of a list."""
    found = told[key]
    if not isinstance(found, list) or not all(isinstance(one, str) for one in found):
        raise TypeError(f"`{key}` is no list of texts")
    return tuple(found)


def _value(told: object, kind: FactType) -> Value:
    match told:
        case None:
            return UNKNOWN
        case bool():
            return told
        case {"low": low, "high": high}:
            ends = (None if one is None else _number(one) for one in (low, high))
            return Interval(*ends)
        case str() if kind.is_numeric:
            return _number(told)
        case str() if kind is FactType.DATE:
            return _day(told)
        case str():
            return told
        case _:
            raise ValueError(f"`{told}` is no value")
