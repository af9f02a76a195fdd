"""Plain data by structure: a class says what it leaves out and what it adds, and the rest follows from its fields.

One table of records gives what `--json` prints and the schema of it. A value is told by its type: a record as an
object, a sequence as a list, an enumeration as its value, a leaf (such as a fact or an expression) as its text.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from types import NoneType
from typing import Any, TypeVar, cast, get_args

import attrs
from attrs import field

from ncriteria.errors import CellPlace, Problem, TextPlace
from ncriteria.facts.table import Month
from ncriteria.language.printer import show, show_rational
from ncriteria.language.tree import Expr, FactKey, FactRef
from ncriteria.language.values import UNKNOWN, Interval, Undefined, Unknown
from ncriteria.quick_classes import frozen
from ncriteria.sets.model import CriteriaSet, Years
from ncriteria.sets.sources import AwaitedText, Bilingual, Citation, Instrument, UnitName
from ncriteria.sets.years.days_in_force import DaysOutside
from ncriteria.words import Language, Phrase

T = TypeVar("T")
Plain = dict[str, object]
NUMBER = r"^-?\d+((\.\d+)?(e-?\d{1,6})?|/\d+)$"
"""The text of an exact number; one of very many digits may have an exponent."""
NO_VALUE = "no_value"
"""The key that stands for no verdict, where verdicts are counted."""


@frozen
class TellingContext:
    """What a value is told within: the language, at most how many flips, and the records around it, the nearest last.

    `told` has what was written of records that many others share. `is_written` says that what is told is written
    and not handed on, so that records of which the same is told may hold one object.
    """

    language: Language
    limit: int | None = None
    outer: tuple[object, ...] = ()
    told: dict[int, object] = field(factory=dict, repr=False)
    is_written: bool = False

    def nearest(self, kind: type[T]) -> T:
        """The nearest record of a kind around the one that is told."""
        return next(one for one in reversed(self.outer) if isinstance(one, kind))

    def within(self, one: object) -> TellingContext:
        """What the keys of a record are told within."""
        return TellingContext(self.language, self.limit, (*self.outer, one), self.told, self.is_written)


Computed = Callable[..., object]
"""What a key holds, worked out from the record and what is around it; its return type is what the schema says."""
Alike = Callable[[Any, object, Callable[[], object]], object]
"""What is made of an instance, for a purpose, by a function that is called where it was not made of one alike."""
Source = str | Computed
"""Where the value of a key comes from: attributes, one of the other (`row.unit.id`), or a function."""


@frozen
class RecordOutline:
    """How the instances of one class are told: `keys` in order. Those of `omitted` are left out where they are `None`.

    Those of `unless_empty` are left out where they hold nothing, too. `is_shared` says that many records hold the same
    instance, so that it is written once; `alike` gives what was made before of another instance of which the same is
    told.
    """

    keys: Mapping[str, Source]
    omitted: frozenset[str] = frozenset()
    unless_empty: frozenset[str] = frozenset()
    is_shared: bool = False
    alike: Alike | None = None


def _number_of(text: str) -> Fraction:
    """An exact number, however many digits it has; raises `ValueError` for other texts."""
    if not re.fullmatch(NUMBER, text):
        raise ValueError(f"`{text}` is no number")
    over, _, under = text.partition("/")
    return Fraction(Decimal(over)) / Fraction(Decimal(under or 1))


def _expression_of(text: str) -> Expr:
    from ncriteria.language.parser import parse  # which telling has no need of

    return parse(text)


def _fact_of(text: str) -> FactKey:
    found = _expression_of(text)
    if not isinstance(found, FactRef):
        raise ValueError(f"`{text}` is no fact")
    return found.key


def _month_of(text: str) -> Month:
    day = datetime.date.fromisoformat(f"{text}-01")
    return Month(day.year, day.month)


@frozen
class Leaf:
    """How a type is told that has no keys, and what the schema says of it; how that is read back, and is called.

    What cannot be read raises `ValueError` or `NCriteriaError`.
    """

    tell: Callable[..., object]
    schema: Plain
    read: Callable[[Any], object] = lambda value: value
    expected: str = "a text"


_TEXT: Plain = {"type": "string"}
_DAY: Plain = {"type": "string", "format": "date"}
_MONTH: Plain = {"type": "string", "pattern": r"^\d{4}-\d{2}$"}
_UNKNOWN = Leaf(lambda *_: None, {"type": "null"}, lambda _: UNKNOWN, "null")
LEAVES: dict[type, Leaf] = {
    str: Leaf(lambda value, _: value, _TEXT),
    Phrase: Leaf(lambda value, _: str(value), _TEXT),
    bool: Leaf(lambda value, _: value, {"type": "boolean"}, expected="true or false"),
    int: Leaf(lambda value, _: value, {"type": "integer"}, expected="a whole number"),
    float: Leaf(lambda value, _: value, {"type": "number"}, expected="a number"),
    object: Leaf(lambda value, _: value, {}, expected="anything"),
    NoneType: Leaf(lambda value, _: value, {"type": "null"}, expected="null"),
    Unknown: _UNKNOWN,
    Undefined: _UNKNOWN,
    Fraction: Leaf(lambda value, _: show_rational(value), {**_TEXT, "pattern": NUMBER}, _number_of, "an exact number"),
    Month: Leaf(lambda value, _: f"{value.year}-{value.number:02d}", _MONTH, _month_of, "a month"),
    datetime.date: Leaf(lambda value, _: value.isoformat(), _DAY, datetime.date.fromisoformat, "a day"),
    FactKey: Leaf(lambda value, _: str(value), _TEXT, _fact_of, "a fact"),
    TextPlace: Leaf(lambda value, _: str(value), _TEXT),
    CellPlace: Leaf(lambda value, _: str(value), _TEXT),
    Bilingual: Leaf(lambda value, around: value.text(around.language), _TEXT, lambda text: Bilingual(text, text)),
    UnitName: Leaf(lambda value, around: value.text(around.language), _TEXT, lambda text: UnitName(text, text)),
    CriteriaSet: Leaf(lambda value, _: value.id, _TEXT),
    **dict.fromkeys(get_args(Expr), Leaf(lambda value, _: show(value), _TEXT, _expression_of, "an expression")),
}
RECORDS: dict[type, RecordOutline] = {}


def record(
    kind: type,
    keys: Mapping[str, Source] | None = None,
    *,
    without: tuple[str, ...] = (),
    spread: str | None = None,
    omitted: tuple[str, ...] = (),
    unless_empty: tuple[str, ...] = (),
    is_shared: bool = False,
    alike: Alike | None = None,
) -> None:
    """Say how instances of `kind` are told: `keys` first, then every public field that none of them takes.

    `without` are fields that are left out. `spread` names a field whose own keys stand among those of the record.
    """
    given = dict(keys or {})
    inner = {} if spread is None else {key: _through(spread, source) for key, source in _spread_keys(kind, spread)}
    taken = {*without, *given.values(), *([spread] if spread else [])}
    fields = {one.name: one.name for one in attrs.fields(kind) if not one.name.startswith("_")}
    rest = {name: name for name in fields if name not in taken and name not in given}
    left_out = frozenset((*omitted, *unless_empty))
    RECORDS[kind] = RecordOutline({**inner, **given, **rest}, left_out, frozenset(unless_empty), is_shared, alike)


def _spread_keys(kind: type, spread: str) -> list[tuple[str, Source]]:
    attrs.resolve_types(kind)
    inner = next(one.type for one in attrs.fields(kind) if one.name == spread)
    assert inner is not None
    return list(RECORDS[inner].keys.items())


@frozen
class _Through:
    """A computed key of the record that stands in the attribute `name`."""

    name: str
    compute: Computed

    def __call__(self, value: object, around: TellingContext) -> object:
        inner = getattr(value, self.name)
        return self.compute(inner, around.within(inner))


def _through(name: str, source: Source) -> Source:
    return f"{name}.{source}" if isinstance(source, str) else _Through(name, source)


def plain(value: object, around: TellingContext) -> object:
    """`value` as plain data."""
    kind = type(value)
    if (leaf := LEAVES.get(kind)) is not None:
        return leaf.tell(value, around)
    if (told := RECORDS.get(kind)) is not None:
        if told.alike is not None and around.is_written:
            return told.alike(value, ("plain", around.language), lambda: _plain_record(value, told, around))
        return _plain_record(value, told, around)
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, Mapping):
        return {_key_text(key): plain(inner, around) for key, inner in value.items()}
    assert isinstance(value, (tuple, list)), f"nothing says how {kind.__name__} is told"
    return [plain(one, around) for one in value]


def plain_object(value: object, around: TellingContext) -> Plain:
    """A record as plain data."""
    return cast("Plain", plain(value, around))


def _key_text(key: object) -> str:
    if key is None:
        return NO_VALUE
    return str(key.value) if isinstance(key, Enum) else str(key)


def _plain_record(value: object, told: RecordOutline, around: TellingContext) -> object:
    if told.is_shared and id(value) in around.told:
        return around.told[id(value)]
    within = around.within(value)
    found: Plain = {}
    for key, source in told.keys.items():
        inner = _followed(value, source) if isinstance(source, str) else source(value, within)
        if not (inner if key in told.unless_empty else inner is not None) and key in told.omitted:
            continue
        found[key] = plain(inner, within)
    if told.is_shared:
        around.told[id(value)] = found
    return found


def _followed(value: object, path: str) -> object:
    """What attributes lead to; nothing where one of them is nothing."""
    for name in path.split("."):
        if value is None:
            return None
        value = getattr(value, name)
    return value


for _each in (Problem, Interval):
    record(_each)
record(Citation, without=("place",), omitted=("retrieved", "sha256"))
record(Instrument, omitted=("retrieved", "sha256"))
record(AwaitedText, {"document": "document", "from": "issuer"})
record(Years, {"from": "first", "to": "last"})
record(DaysOutside, {"year": "year", "from": "first", "to": "last"})
