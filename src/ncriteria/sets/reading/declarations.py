"""Reading the `facts:` and `parameters:` of a criteria file."""

from __future__ import annotations

from collections.abc import Callable, Collection
from fractions import Fraction
from math import ceil, floor
from typing import TypeVar

from attrs import evolve

from ncriteria.language import types
from ncriteria.language.hints.lookalikes import unseen
from ncriteria.language.hints.words import RESERVED_NAMES
from ncriteria.language.printer import show_rational
from ncriteria.language.queries import by_option
from ncriteria.language.reading.limits import MAX_DECIMALS
from ncriteria.language.values import Interval, Unknown
from ncriteria.patterns import compiled_later
from ncriteria.quick_classes import frozen
from ncriteria.sets.keys import tables
from ncriteria.sets.model import DatedValue, FactDeclaration, FactType, ParameterDeclaration
from ncriteria.sets.reading.comparing import published_of, series_of_fact
from ncriteria.sets.reading.fields import (
    Fields,
    FileReading,
    as_is,
    bilingual,
    choice,
    citations,
    fields,
    flag,
    listing,
    shown,
    text,
    titles_of,
    whole,
    year,
)
from ncriteria.sets.reading.fields import options as options_of
from ncriteria.sets.reading.figures import aggregate_of, unit_name
from ncriteria.sets.reading.nodes import Entry, Listing, Node, Scalar, Table
from ncriteria.sets.reading.scalars import count_hint, decimals_of, is_odd_number, number, type_of, typed_value
from ncriteria.sets.reading.windows import window_of_year
from ncriteria.words import phrase

T = TypeVar("T")
_FIRST_LETTER = compiled_later(r"[^\W\d]")
_NAME = compiled_later(r"[^\W\d]\w*")


def named_entries(
    reading: FileReading, node: Node, what: str, read: Callable[[FileReading, Entry], T | None]
) -> dict[str, T]:
    """The entries of a mapping by name, each read by `read`; those that are wrong are reported and left out."""
    if isinstance(node, Scalar) and node.is_empty:
        return {}
    if not isinstance(node, Table):
        reading.report(
            "NC108",
            phrase("expected a mapping of names, each with {what}, found {found}", what=what, found=shown(node)),
            node.place,
        )
        return {}
    found = {entry.key.text: read(reading, entry) for entry in node.entries if _is_name(reading, entry.key, what)}
    reading.misdeclared.update(name for name, value in found.items() if value is None)
    return {name: value for name, value in found.items() if value is not None}


def _is_name(reading: FileReading, key: Scalar, what: str) -> bool:
    if not (key.text.isidentifier() and _FIRST_LETTER.match(key.text)):
        hint = unseen(key.text) or phrase("use a letter or `_`, then letters, digits and `_`")
        reading.report("NC110", phrase('"{key}" is no name of {what}', key=key.text[:60], what=what), key.place, hint)
        reading.misdeclared.update((key.text, *_NAME.findall(key.text)))  # a rule reads `a-b` as a difference
        return False
    if key.text in RESERVED_NAMES:
        reading.report(
            "NC112", phrase("`{name}` is a word of the language and cannot be a name", name=key.text), key.place
        )
        return False
    return True


def fact(reading: FileReading, entry: Entry) -> FactDeclaration | None:
    """One entry of `facts:`."""
    given = fields(reading, entry.value, tables.FACT.keys, phrase("the fact `{key}`", key=entry.key.text))
    title, kind = given.require("title", bilingual), given.require("type", choice(FactType))
    low, high = given.read("min", number), given.read("max", number)
    options, ordered = given.read("options", options_of), given.read("ordered", flag) or False
    aggregate = given.read("aggregate", aggregate_of(kind))
    alike = given.read("over_months", _only("over_months", "alike"))
    window, series = given.read("window", window_of_year), given.read("series", series_of_fact) or ()
    published = given.read("published", published_of)
    unit, decimals = given.read("unit", unit_name), given.read("decimals", _decimals)
    attested, note = given.read("attested", flag) or False, given.read("note", bilingual)
    headings, supplier = given.read("headings", listing(text)) or (), given.read("supplier", bilingual)
    attested_by = given.read("attested_by", listing(bilingual)) or ()
    if "attested_by" in given and not attested:
        message = phrase("the fact `{key}` is not attested, so nobody attests it", key=entry.key.text)
        reading.report(
            "NC172", message, given.values["attested_by"].place, phrase("write `attested: true`, or leave it out")
        )
    read = {"window": window, "unit": unit, "options": options, "aggregate": aggregate, "published": published}
    if title is None or kind is None:
        return None
    for key in _misplaced(kind, set(given.values)):
        reading.report(
            "NC106", phrase("a fact of type {kind} has no `{key}`", kind=kind.value, key=key), given.values[key].place
        )
    options = options or ()
    if kind is FactType.ENUMERATION and not options:
        reading.report("NC107", phrase("an enumeration needs its `options`"), given.place)
    if kind is FactType.COUNT:
        low = Fraction(0) if low is None else low
        _check_count_range(reading, given, (low, high))
    _check_range(reading, given, low, high, 0 if kind is FactType.COUNT else decimals)
    if any(key in given and value is None for key, value in read.items()):
        return None
    return FactDeclaration(
        name=entry.key.text,
        title=title,
        type=kind,
        unit=unit,
        minimum=low,
        maximum=high,
        decimals=decimals,
        options=tuple(option.id for option in options),
        option_titles=titles_of(options),
        ordered=ordered,
        attested=attested,
        aggregate=aggregate,
        over_months="alike" if alike else None,
        headings=headings,
        supplier=supplier,
        attested_by=attested_by,
        note=note,
        window=window,
        series=series,
        published=published,
        place=entry.key.place,
    )


def _check_count_range(reading: FileReading, given: Fields, ends: tuple[Fraction | None, Fraction | None]) -> None:
    hint = next((hint for key in ("min", "max") if (hint := count_hint(given.values.get(key))) is not None), None)
    if hint is not None or any(end is not None and (end < 0 or end.denominator != 1) for end in ends):
        reading.report("NC108", phrase("the range of a count is of whole numbers of zero or more"), given.place, hint)


def _check_range(
    reading: FileReading, given: Fields, low: Fraction | None, high: Fraction | None, decimals: int | None
) -> None:
    """Report a range in which the fact can have no value."""
    if low is None or high is None:
        return
    ends = (
        phrase("`min` ({number})", number=show_rational(low)),
        phrase("`max` ({number})", number=show_rational(high)),
    )
    if low > high:
        reading.report("NC108", phrase("{low} is greater than {high}", low=ends[0], high=ends[1]), given.place)
    elif decimals is not None and ceil(low * 10**decimals) > floor(high * 10**decimals):
        message = phrase(
            "between {low} and {high} there is no number with `decimals: {decimals}`",
            low=ends[0],
            high=ends[1],
            decimals=decimals,
        )
        reading.report("NC108", message, given.place, phrase("correct the range, or give the fact more decimals"))


def _misplaced(kind: FactType, keys: set[str]) -> list[str]:
    foreign = set() if kind.is_numeric else {"unit", "min", "max", "over_months", "series", "published"}
    foreign |= {"window"} if kind is FactType.DATE else set()
    foreign |= set() if kind is FactType.NUMBER else {"decimals"}
    foreign |= set() if kind is FactType.ENUMERATION else {"options", "ordered"}
    return sorted(keys & foreign)


def _decimals(reading: FileReading, node: Node) -> int | None:
    found = whole(reading, node)
    if found is not None and found > MAX_DECIMALS:
        reading.report("NC108", phrase("a number has at most {most} decimal places", most=MAX_DECIMALS), node.place)
        return None
    return found


def _only(key: str, allowed: str) -> Callable[[FileReading, Node], bool | None]:
    """A reader of a key that can have one value only."""

    def read(reading: FileReading, node: Node) -> bool | None:
        if isinstance(node, Scalar) and node.text == allowed:
            return True
        reading.report("NC108", phrase("`{key}` can only be `{allowed}`", key=key, allowed=allowed), node.place)
        return None

    return read


def parameters(reading: FileReading, node: Node) -> dict[str, ParameterDeclaration]:
    """The entries of `parameters:`; one by the options of a fact is a parameter for each of them."""
    entries = named_entries(reading, node, phrase("a parameter"), _parameter)
    return {declared.name: declared for each in entries.values() for declared in each}


def _parameter(reading: FileReading, entry: Entry) -> tuple[ParameterDeclaration, ...] | None:
    name = entry.key.text
    given = fields(reading, entry.value, tables.PARAMETER.keys, phrase("the parameter `{name}`", name=name))
    title, cite = given.require("title", bilingual), given.require("cite", citations)
    titled = given.read("options", options_of) or ()
    options = tuple(option.id for option in titled)
    each = _by_option(reading, given) if "by" in given else {None: dated_nodes(reading, given)}
    nodes = [dated for found in each.values() for dated in found]
    kind = given.read("type", choice(FactType)) or _common_type(nodes)
    unit, note = given.read("unit", unit_name), given.read("note", bilingual)
    if title is None or not nodes or ("unit" in given and unit is None):
        return None
    if kind is None:
        reading.report(
            "NC107",
            phrase("the parameter `{name}` needs a `type`, for its value does not show one", name=name),
            given.place,
        )
        return None
    if kind is FactType.ENUMERATION and not options:
        odd = [] if "type" in given else [node for _, node in nodes if is_odd_number(reading, node)]
        if odd:
            return None
        reading.report("NC107", phrase("an enumeration needs its `options`"), given.place)
    return tuple(
        ParameterDeclaration(
            name=name if option is None else by_option(name, option),
            title=title,
            type=kind,
            values=dated_values(reading, found, kind, options),
            unit=unit,
            options=options,
            option_titles=titles_of(titled),
            percent=is_percent(nodes),
            cite=cite or (),
            note=note,
            option=None if option is None else (name, option),
            place=entry.key.place,
        )
        for option, found in each.items()
    )


def _by_option(reading: FileReading, given: Fields) -> dict[str | None, DatedNodes]:
    """The values of a parameter for each option of the fact that it is `by`; every year names the same options."""
    given.require("by", text)
    found: dict[str | None, DatedNodes] = {}
    for since, node in dated_nodes(reading, given):
        if not isinstance(node, Table):
            message = phrase("expected a value for each option of the fact in `by`")
            reading.report("NC108", message, node.place)
            return {}
        options = {entry.key.text: entry.value for entry in node.entries}
        if found and options.keys() != found.keys():
            message = phrase("the values from {year} are not for the same options", year=since)
            reading.report("NC042", message, node.place)
        for option, value in options.items():
            found.setdefault(option, []).append((since, value))
    return found


DatedNodes = list[tuple[int | None, Node]]


def dated_nodes(reading: FileReading, given: Fields) -> DatedNodes:
    """The values of a parameter as written, each with the year that it holds from."""
    if not given.is_mapping:
        return []
    if ("value" in given) == ("values" in given):
        reading.report("NC107", phrase("a parameter has either one `value` or dated `values`"), given.place)
        return []
    if "value" in given:
        return [(None, given.values["value"])]
    dated = given.values["values"]
    if isinstance(dated, Listing) and not dated.items:
        reading.report("NC107", phrase("dated `values` hold at least one"), dated.place)
    read = listing(_dated)(reading, dated) or ()
    starts = {one.since for one in read}
    return [each for one in read for each in one.nodes(starts)]


@frozen
class _DatedNode:
    """A value as written, the year that it holds from, and the last that it holds for, where the file says one."""

    since: int
    until: int | None
    node: Node

    def nodes(self, starts: Collection[int]) -> DatedNodes:
        """The value, and that it is unknown after its last year, unless one of the `starts` follows at once."""
        if self.until is None or self.until + 1 in starts:
            return [(self.since, self.node)]
        return [(self.since, self.node), (self.until + 1, _left_open(self.node))]


def _left_open(node: Node) -> Node:
    """What is written for a value that is not known, in the place of another."""
    match node:
        case Scalar():
            return evolve(node, text="unknown", plain=True)
        case Table():
            return evolve(node, entries=tuple(evolve(one, value=_left_open(one.value)) for one in node.entries))
        case _:
            return node


def is_percent(nodes: DatedNodes) -> bool:
    """Whether the values of a parameter are written in percent."""
    return any(isinstance(node, Scalar) and node.text.rstrip().endswith("%") for _, node in nodes)


def _dated(reading: FileReading, node: Node) -> _DatedNode | None:
    given = fields(reading, node, tables.DATED_VALUE.keys, phrase("a dated value"))
    since, value, until = given.require("from", year), given.require("value", as_is), given.read("to", year)
    if since is not None and until is not None and until < since:
        message = phrase("the years end in {last}, before they begin in {first}", last=until, first=since)
        reading.report("NC119", message, given.place)
        return None
    return None if since is None or value is None else _DatedNode(since, until, value)


def _common_type(nodes: DatedNodes) -> FactType | None:
    kinds = {type_of(node) for _, node in nodes if not (isinstance(node, Scalar) and node.text == "unknown")}
    return kinds.pop() if len(kinds) == 1 else None


def dated_values(
    reading: FileReading, nodes: DatedNodes, kind: FactType, options: tuple[str, ...]
) -> tuple[DatedValue, ...]:
    """The values of a parameter in the order of their years, each year once."""
    found: list[DatedValue] = []
    for since, node in nodes:
        value = typed_value(reading, node, kind, options)
        if isinstance(value, Interval):
            reading.report("NC108", phrase("a parameter is a value, not a bound"), node.place)
        elif value is not None:
            if found and since is not None and (found[-1].since or 0) >= since:
                reading.report(
                    "NC113",
                    phrase(
                        "the value from {since} stands after the one from {before}", since=since, before=found[-1].since
                    ),
                    node.place,
                )
            found.append(DatedValue(since, value, decimals=decimals_of(node), place=node.place))
    return tuple(found)


def type_of_fact(declaration: FactDeclaration) -> types.ValueType:
    """The type that expressions see; a number without a unit is a plain number."""
    match declaration.type:
        case FactType.COUNT | FactType.NUMBER:
            return types.NumberType(types.unit_of(declaration.unit.vi if declaration.unit else None))
        case FactType.ENUMERATION if declaration.ordered:
            return types.EnumerationType(frozenset(declaration.options), order=declaration.options)
        case _:
            return _type(declaration.type, declaration.options)


def type_of_parameter(declaration: ParameterDeclaration) -> types.ValueType:
    """The type that expressions see; a number without a unit takes the unit of what it meets, as a literal does."""
    match declaration.type:
        case FactType.COUNT | FactType.NUMBER:
            values = [dated.value for dated in declaration.values]
            is_whole = all(value.denominator == 1 for value in values if isinstance(value, Fraction))
            is_whole &= declaration.type is FactType.COUNT or not any(isinstance(value, Unknown) for value in values)
            return types.NumberType(types.unit_of(declaration.unit.vi) if declaration.unit else None, is_whole)
        case _:
            return _type(declaration.type, declaration.options)


def _type(kind: FactType, options: tuple[str, ...]) -> types.ValueType:
    match kind:
        case FactType.BOOLEAN:
            return types.TruthType()
        case FactType.ENUMERATION:
            return types.EnumerationType(frozenset(options))
        case FactType.DATE:
            return types.DateType()
        case _:
            return types.NumberType()
