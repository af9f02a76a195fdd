"""Reading a result back from the document that `Result.to_json` wrote, by the tables that say how records are told."""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterable, Mapping
from enum import Enum
from fractions import Fraction
from types import NoneType
from typing import Any, TypeVar, cast, get_args, get_origin

import attrs
from attrs import evolve

from ncriteria.errors import NCriteriaError, Problem, expect
from ncriteria.evaluation.errors import EvaluationError
from ncriteria.evaluation.inside.told import UnitInside, UnitsInside
from ncriteria.evaluation.leaning.asked import MissingElsewhere, VerdictGround, VerdictLeanedOn
from ncriteria.evaluation.records.comparisons import Ground
from ncriteria.evaluation.records.grounds import Kept, Open
from ncriteria.evaluation.records.record import Record
from ncriteria.evaluation.result import ClauseResult, Result
from ncriteria.facts.attestations.model import Attestation
from ncriteria.facts.lineage.bases import Base, Part
from ncriteria.facts.lineage.yearly import Start
from ncriteria.language.values import Interval, Quantity, Value
from ncriteria.report.documents import SCHEMA
from ncriteria.report.key_types import alternatives, key_types
from ncriteria.report.records.leaning import VerdictTold
from ncriteria.report.records.results import BaseTold
from ncriteria.report.records.units_inside import InsideTold, UnitInsideTold
from ncriteria.report.structure import LEAVES, NO_VALUE, RECORDS, Leaf
from ncriteria.sets.model import Clause, CriteriaSet, FactType, Group, Verdict
from ncriteria.sets.sources import UnitName
from ncriteria.words import one_of, phrase

_Told = Mapping[str, Any]
"""The keys of a record with what they stand for, where other fields are made of them."""
_JSON_TYPES = {"string": str, "boolean": bool, "integer": int, "number": float, "null": NoneType}
_SHOWN = 40
_Kind = TypeVar("_Kind")


class _NotOfTypeError(Exception):
    """What stands there is of another type; the message says what the type is."""


class UnlikeError(Exception):
    """A key that is absent, or holds what it may not."""


def read_result(text: str) -> Result:
    """The result that `Result.to_json` wrote as `text`; raises `EvaluationError` where the text is none."""
    expect(phrase("a result"), text, str, phrase("the text that `Result.to_json` gave"))
    try:
        told = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise _refusal(phrase("the text is no JSON: {reason}", reason=error)) from None
    if not isinstance(told, dict) or "schema" not in told:
        raise _refusal(phrase("the text says no `schema`"))
    if told["schema"] != SCHEMA:
        raise _refusal(
            phrase("the schema is `{told}`; this version reads `{schema}`", told=told["schema"], schema=SCHEMA)
        )
    if "result" not in told:
        raise _refusal(phrase("the document has no `result`"))
    try:
        return _result(_read(told["result"], (Result,), "result"))
    except UnlikeError as error:
        raise _refusal(str(error)) from None


def read_record(told: object, kind: type[_Kind], place: str) -> _Kind:
    """The record that `told` is plain data of; `place` says where it stands. Raises `UnlikeError` where it is none."""
    return cast("_Kind", _read(told, (kind,), place))


def _refusal(message: str) -> EvaluationError:
    hint = phrase("give what `Result.to_json` wrote; `ncriteria schema result` says what that is")
    return EvaluationError(
        Problem("NC310", phrase("this is no result that can be read back: {reason}", reason=message), None, hint)
    )


def _read(told: object, types: Iterable[Any], place: str) -> Any:
    """What `told` stands for, which is of one of the `types`."""
    expected = []
    # A text that may be several things is left as it is; what stands beside it says which.
    for one in sorted(types, key=lambda one: one is not str):
        try:
            return _read_as(told, one, place)
        except _NotOfTypeError as error:
            expected.append(str(error))
    shown = json.dumps(told, ensure_ascii=False)
    shown = shown if len(shown) <= _SHOWN else f"{shown[:_SHOWN]}..."
    raise UnlikeError(
        phrase(
            "`{place}` is {shown}; expected {expected}",
            place=place,
            shown=shown,
            expected=one_of(dict.fromkeys(expected)),
        )
    )


def _read_as(told: object, kind: Any, place: str) -> Any:
    """What `told` stands for as one type; raises `_NotOfTypeError` where it is of another."""
    if kind in LEAVES:
        return _leaf(told, LEAVES[kind])
    if kind in RECORDS:
        return _record(told, kind, place)
    if _is_enumeration(kind):
        options = {one.value: one for one in kind}
        if isinstance(told, str) and told in options:
            return options[told]
        raise _NotOfTypeError(phrase("one of {options}", options=", ".join(options)))
    if isinstance(origin := get_origin(kind), type) and issubclass(origin, Mapping):
        return _mapping(told, kind, place)
    if not isinstance(told, list):
        raise _NotOfTypeError(phrase("a list"))
    items = alternatives(get_args(kind)[0])
    return tuple(_read(one, items, f"{place}[{index}]") for index, one in enumerate(told))


def _mapping(told: object, kind: Any, place: str) -> object:
    """A mapping whose keys are texts, or options of an enumeration or none."""
    if not isinstance(told, dict):
        raise _NotOfTypeError(phrase("an object"))
    keys, values = map(alternatives, get_args(kind))
    options = {NO_VALUE: None, **{one.value: one for enum in keys if _is_enumeration(enum) for one in enum}}
    return {options.get(key, key): _read(one, values, f"{place}.{key}") for key, one in told.items()}


def _is_enumeration(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, Enum)


def _leaf(told: object, leaf: Leaf) -> object:
    if type(told) is _JSON_TYPES[str(leaf.schema["type"])]:
        try:
            return leaf.read(told)
        except (ValueError, ZeroDivisionError, NCriteriaError):
            pass
    raise _NotOfTypeError(leaf.expected)


def _record(told: object, kind: Any, place: str) -> Any:
    """The record itself, where its keys are its fields; else what its keys stand for."""
    if not isinstance(told, dict):
        raise _NotOfTypeError(phrase("an object"))
    outline = RECORDS[kind]
    keys = {key: source for key, source in outline.keys.items() if key in told or key not in outline.omitted}
    if absent := [key for key in keys if key not in told]:
        raise UnlikeError(phrase("`{place}` has no `{absent}`", place=place, absent=absent[0]))
    found = {key: _read(told[key], key_types(kind, source), f"{place}.{key}") for key, source in keys.items()}
    fields = {one.name for one in attrs.fields(kind)}
    if fields != set(outline.keys.values()):
        return found
    return kind(**{str(source): found[key] for key, source in keys.items()})


def _result(told: _Told) -> Result:
    header = told["set"]
    members = _members(told["clauses"])
    criteria = CriteriaSet(
        told["criteria"],
        told["standard"],
        header.title,
        header.instrument,
        header.years,
        header.level,
        facts={},
        parameters={},
        clauses=tuple(member for path, member in members.items() if _around(path, members) is None),
        territory=header.territory,
        origins={one["path"]: one["origin"] for one in told["clauses"] if "origin" in one},
        standard_title=header.standard_title,
        stands_in_after=header.stands_in_after,
    )
    clauses = {one["path"]: _outcome(one, members[one["path"]]) for one in told["clauses"]}
    whole = _outcome(told, criteria.whole)
    bases = {one.fact: _base(one) for one in told.get("bases", ())}
    verdicts = {one.fact: _leaned_on(one) for one in told.get("verdicts", ())}
    inside = {(one.level, one.asked): _inside(one) for one in told.get("inside", ())}
    record = Record({}, told["year"], bases=bases, inside=inside, verdicts=verdicts, known_on=told.get("known_on"))
    return Result(
        criteria, record, whole.verdict, clauses, {}, whole, told.get("retroactive_since"), told.get("days_outside", ())
    )


def _inside(told: InsideTold) -> UnitsInside:
    """The units inside that a roll-up was taken of."""
    return UnitsInside(tuple(map(_unit_inside, told.units)), told.not_in_table)


def _unit_inside(told: UnitInsideTold) -> UnitInside:
    found: Verdict | Quantity | None = told.verdict
    if told.low is not None or told.high is not None:
        found = told.low if told.low is not None and told.low == told.high else Interval(told.low, told.high)
    return UnitInside(told.unit, told.name, found, told.reason)


def _base(told: BaseTold) -> Base:
    """The figure of a year before a change of the unit."""
    name = str(told.fact)

    def read(value: Value | None) -> Any:
        return None if value is None else _value(value, told.type, name)

    parts = tuple(Part(one.unit, one.name, one.share, read(one.value)) for one in told.predecessors)
    return Base(
        parts, read(told.value), Start(told.since, told.day), told.type, told.lacks, read(told.stated), (), told.source
    )


def _leaned_on(told: VerdictTold) -> VerdictLeanedOn:
    """A verdict of another year or standard."""
    missing = tuple(MissingElsewhere(one.fact, one.year, one.title) for one in told.missing)
    ground = None if told.criteria is None else VerdictGround(told.criteria, told.instrument or "", missing)
    return VerdictLeanedOn(told.path, told.year, told.verdict, told.reason, told.unit, ground)


def _outcome(told: _Told, member: Clause | Group) -> ClauseResult:
    roll_ups = tuple((one.level, one.path) for one in told["roll_ups"])
    waiting = Open(told["not_encoded"], told["open_parameters"], roll_ups)
    compared = tuple(map(_ground, told.get("comparisons", ())))
    attested = tuple(map(_attestation, told.get("attestations", ())))
    left = told.get("residual_in_words") or ()
    kept = Kept(
        told["missing"],
        waiting,
        told["residual"],
        compared,
        told.get("grounds", ()),
        attested,
        left,
        told.get("graded"),
    )
    return ClauseResult(member, told["verdict"], kept)


def _members(told: Iterable[_Told]) -> dict[str, Clause | Group]:
    """The clauses and groups by path, each group before its members; they are made from the last."""
    by_path = {one["path"]: one for one in told}
    found: dict[str, Clause | Group] = {}
    for path, one in reversed(by_path.items()):
        inside = tuple(found[inner] for inner in by_path if inner in found and _around(inner, by_path) == path)
        found[path] = _member(one, inside)
    return {path: found[path] for path in by_path}


def _around(path: str, among: Mapping[str, object]) -> str | None:
    """The group that holds a member; `None` for the whole set."""
    outer = path.rpartition("/")[0]
    return outer if outer in among else None


def _member(told: _Told, members: tuple[Clause | Group, ...]) -> Clause | Group:
    path, title, group, encodes, cite, note = (
        told[key] for key in ("path", "title", "group", "encodes", "cite", "note")
    )
    if group is not None:
        made_of = (group.combination, members, group.minimum, group.counts_not_applicable)
        return Group(path, title, *made_of, cite=cite, note=note)
    if encodes is None:
        raise UnlikeError(phrase("`{path}` has neither `group` nor `encodes`", path=path))
    return Clause(path, title, None, encodes, cite, note=note, awaits=told.get("awaits"))


def _attestation(told: _Told) -> Attestation:
    """An attestation: its value is the verdict, or the value of a fact of the type that stands beside it."""
    given = {key: told[key] for key in told if key not in ("verdict", "type")}
    if told["type"] is None:
        return Attestation(**{**given, "value": told["verdict"]})
    return Attestation(**{**given, "value": _value(told["value"], told["type"], told["content"])})


def _ground(told: _Told) -> Ground:
    unit, of_one, kind = told["unit"], told.get("unit_of_one"), told["type"]
    exact = {
        "unit": None if unit is None else UnitName(unit.vi, unit.en, None if of_one is None else of_one.en),
        "value": _value(told["value"], kind, told["expression"]),
        "limit": _value(told["limit"], kind, told["expression"]),
        "rests_on": tuple(evolve(one, value=_value(one.value, one.type, one.name)) for one in told["rests_on"]),
    }
    return Ground(**{**{key: told[key] for key in told if key != "unit_of_one"}, **exact})


def _value(told: Value, kind: FactType, name: str) -> Value:
    """A value of what `name` says; the text of a number and of a day is read."""
    exact = Fraction if kind.is_numeric else datetime.date
    if isinstance(told, str) and (kind.is_numeric or kind is FactType.DATE):
        return cast("Value", _read(told, (exact,), name))
    return told
