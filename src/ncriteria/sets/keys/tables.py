"""The keys of a criteria file, with what stands under each and what it says; the reader takes its keys from here."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from ncriteria.sets.keys.heading import (
    CALLED,
    CITE,
    CITED,
    HEADER,
    IDENTIFIED,
    IDENTIFIER,
    NOTE,
    NUMBER,
    OPTIONS,
    OWN_WINDOW,
    RULE,
    TEXT,
    TITLE,
    TRUTH,
    UNIT,
    VALUE,
    WHOLE,
    WINDOW,
    YEAR,
    may,
    must,
    one_of,
)
from ncriteria.sets.keys.shapes import (
    ChosenShape,
    EitherShape,
    EntryShape,
    KeysShape,
    LaterShape,
    ListShape,
    NamesShape,
    Shape,
    WordShape,
)
from ncriteria.sets.model import Encodes, FactType, Verdict
from ncriteria.sets.sources import AfterEnd, OverlayDirection, OverlayVerb
from ncriteria.words import phrase

FORMAT: Final = "ncriteria/1"
"""The format of the files that this version reads."""


RATE: Final = KeysShape(
    "rate",
    {
        "of": must(TEXT, phrase("the fact above the line")),
        "over": must(TEXT, phrase("the fact below the line")),
    },
)
AGGREGATE: Final = KeysShape("aggregate", {"rate": must(RATE, phrase("computed anew from both sums"))})
SERIES: Final = KeysShape(
    "series",
    {
        "from": may(YEAR, phrase("the first year of the series")),
        "id": must(IDENTIFIER, IDENTIFIED),
    },
)
PUBLISHED: Final = KeysShape(
    "published",
    {
        "change_of": may(TEXT, phrase("the fact whose change in percent is printed")),
        "difference_of": may(TEXT, phrase("the fact whose difference to the year before is printed")),
        "unsigned": may(TRUTH, phrase("whether it is printed without a sign")),
    },
    one_of=(("change_of", "difference_of"),),
)
FACT: Final = KeysShape(
    "fact",
    {
        "title": must(TITLE, phrase("what the fact is called; also a heading of tables")),
        "type": must(one_of(FactType), phrase("what its values are")),
        "unit": may(UNIT, phrase("what is counted; rules cannot mix units")),
        "min": may(NUMBER, phrase("the least value that it may have")),
        "max": may(NUMBER, phrase("the greatest value that it may have")),
        "decimals": may(WHOLE, phrase("how many decimal places a value may have")),
        "options": may(OPTIONS, phrase("the values of an enumeration")),
        "ordered": may(TRUTH, phrase("whether the options go from the worst to the best")),
        "attested": may(TRUTH, phrase("whether it is a named person's judgement, not a figure")),
        "attested_by": may(ListShape(TITLE), phrase("who may attest it; without it, anybody who is named")),
        "aggregate": may(
            EitherShape((WordShape(("sum", "any", "all", "none")), AGGREGATE)),
            phrase("how the values of several units are put together"),
        ),
        "over_months": may(WordShape(("alike",)), phrase("that the months of a year are not added up")),
        "headings": may(ListShape(TEXT), phrase("more headings that tables use for it")),
        "supplier": may(TITLE, phrase("who has the value")),
        "note": NOTE,
        "window": may(OWN_WINDOW, phrase("the months of a year's figure, where they are not those of the set")),
        "series": may(EitherShape((IDENTIFIER, ListShape(SERIES))), phrase("what is counted, as its office calls it")),
        "published": may(PUBLISHED, phrase("that it is a change of another fact that is in print")),
    },
)

_PARAMETER_VALUE = EitherShape((VALUE, NamesShape(VALUE)))
DATED_VALUE: Final = KeysShape(
    "dated_value",
    {
        "from": must(YEAR, phrase("the first assessment year of the value")),
        "to": may(YEAR, phrase("its last assessment year; without it, it holds until another begins")),
        "value": must(_PARAMETER_VALUE, phrase("the value")),
    },
)
_VALUES: Final[Mapping[str, EntryShape]] = {
    "value": may(_PARAMETER_VALUE, phrase("the value in every year")),
    "values": may(ListShape(DATED_VALUE, 1), phrase("values with the year that each holds from")),
}
PARAMETER: Final = KeysShape(
    "parameter",
    {
        "title": must(TITLE, CALLED),
        "type": may(one_of(FactType), phrase("what its values are, where they do not show it")),
        "unit": may(UNIT, phrase("what it counts")),
        "options": may(OPTIONS, phrase("the values that it may have")),
        "by": may(TEXT, phrase("the fact for whose options it has a value each")),
        **_VALUES,
        "cite": must(CITED, CITE),
        "note": NOTE,
    },
    one_of=(("value", "values"),),
)

GRADE: Final = KeysShape(
    "grade",
    {
        "id": must(IDENTIFIER, IDENTIFIED),
        "title": must(TITLE, CALLED),
        "when": may(RULE, phrase("the condition for this grade")),
        "otherwise": may(TRUTH, phrase("that this grade is for all that no grade before it is for")),
        "cite": may(CITED, CITE),
        "note": NOTE,
    },
    one_of=(("when", "otherwise"),),
)
_GRADES = may(ListShape(GRADE, 2), phrase("its grades, the best first"))

ACCEPTED_WINDOWS: Final = KeysShape(
    "accepts_windows",
    {
        "note": must(TITLE, phrase("why figures of different months stand together")),
        "cite": must(CITED, CITE),
    },
)
AWAITED: Final = KeysShape(
    "awaits",
    {
        "document": must(TITLE, phrase("the document that is still to be issued")),
        "from": must(TITLE, phrase("who is to issue it")),
    },
)
_APPLIES: Final[Mapping[str, EntryShape]] = {
    "applies_when": may(RULE, phrase("a condition; where it is false, this is not applicable")),
}
CLAUSE: Final = KeysShape(
    "clause",
    {
        "id": may(IDENTIFIER, IDENTIFIED),
        "title": must(TITLE, CALLED),
        **_APPLIES,
        "cite": must(CITED, CITE),
        "note": NOTE,
        "rule": may(RULE, phrase("the condition, in the rule language")),
        "when_zero_base": may(RULE, phrase("the condition instead of the rule where the earlier year is 0")),
        "encodes": must(one_of(Encodes), phrase("how faithfully the rule encodes the law")),
        "attested_by": may(ListShape(TITLE), phrase("who may attest it; without it, anybody who is named")),
        "accepts_windows": may(ACCEPTED_WINDOWS, phrase("why figures of different months stand together in it")),
        "awaits": may(AWAITED, phrase("the document that will say what is not known, and from whom")),
        "grades": _GRADES,
    },
)


def _inner_member() -> Shape:
    return INNER_MEMBER


_MEMBERS = ListShape(LaterShape(_inner_member), 1)
AT_LEAST: Final = KeysShape(
    "at_least",
    {
        "n": must(WHOLE, phrase("how many of them must be met")),
        "of": must(_MEMBERS, phrase("the clauses and groups of which some must be met")),
        "not_applicable": may(WordShape(("counts",)), phrase("that members that do not apply count as met")),
    },
)
GROUP: Final = KeysShape(
    "group",
    {
        "id": may(IDENTIFIER, IDENTIFIED),
        "title": must(TITLE, CALLED),
        **_APPLIES,
        "cite": may(CITED, CITE),
        "note": NOTE,
        "all": may(_MEMBERS, phrase("the clauses and groups that must all be met")),
        "any": may(_MEMBERS, phrase("the clauses and groups of which one must be met")),
        "at_least": may(AT_LEAST, phrase("clauses and groups of which a number must be met")),
        "grades": _GRADES,
    },
    one_of=(("all", "any", "at_least"),),
)


def _inner(keys: KeysShape) -> KeysShape:
    return KeysShape(f"inner_{keys.name}", {**keys.keys, "id": must(IDENTIFIER, IDENTIFIED)}, keys.one_of)


def _member(name: str, clause: KeysShape, group: KeysShape) -> ChosenShape:
    return ChosenShape(name, dict.fromkeys(GROUP.one_of[0], group), clause)


MEMBER: Final = _member("member", CLAUSE, GROUP)
INNER_MEMBER: Final[Shape] = _member("inner_member", _inner(CLAUSE), _inner(GROUP))

_CHANGED_BY = phrase("where the change is said, one citation or more")
CHANGES: Final[Mapping[OverlayVerb, KeysShape]] = {
    OverlayVerb.REPLACE: KeysShape(
        "replace",
        {
            "replace": must(TEXT, phrase("the path of the clause or group that is replaced")),
            "clause": must(MEMBER, phrase("what stands in its place, without `id`")),
            "cite": must(CITED, _CHANGED_BY),
        },
    ),
    OverlayVerb.ADD: KeysShape(
        "add",
        {
            "add": must(TEXT, phrase("the path of the group that something is added to; `/` is the top")),
            "clause": must(INNER_MEMBER, phrase("what is added, with its `id`")),
            "cite": must(CITED, _CHANGED_BY),
        },
    ),
    OverlayVerb.REMOVE: KeysShape(
        "remove",
        {
            "remove": must(TEXT, phrase("the path of the clause or group that is removed")),
            "cite": must(CITED, _CHANGED_BY),
        },
    ),
    OverlayVerb.SET: KeysShape(
        "set_value",
        {
            "set": must(TEXT, phrase("the parameter, or the path of the `at_least` group, that is set")),
            **_VALUES,
            "n": may(WHOLE, phrase("how many members of the group must be met")),
            "cite": must(CITED, _CHANGED_BY),
        },
        one_of=(("value", "values", "n"),),
    ),
}

COUNTED: Final = KeysShape(
    "roll_up",
    {
        "met": must(WHOLE, phrase("how many units inside meet it")),
        "not_met": must(WHOLE, phrase("how many units inside do not meet it")),
        "undetermined": may(WHOLE, phrase("of how many units inside it is not known")),
    },
)
_VERDICTS = NamesShape(one_of(Verdict), may_be_empty=True)
_GIVEN = NamesShape(EitherShape((VALUE, NamesShape(EitherShape((VALUE, NamesShape(VALUE, True))), True))), True)
TEST: Final = KeysShape(
    "test",
    {
        "id": must(IDENTIFIER, phrase("its name; once in the file")),
        "year": may(YEAR, phrase("the assessment year; without it, the first year of the set")),
        "given": may(_GIVEN, phrase("facts by name; `prev_year`, `years_ago` and `at` hold earlier ones")),
        "parameters": may(NamesShape(VALUE, True), phrase("values to use in place of those of the set")),
        "share_met": may(
            NamesShape(NamesShape(COUNTED, True), True), phrase("how many units inside meet what is rolled up")
        ),
        "inside": may(
            NamesShape(NamesShape(EitherShape((VALUE, COUNTED)), True), True),
            phrase("what is told of conditions and sums of units inside"),
        ),
        "attested": may(_VERDICTS, phrase("clauses that are taken as attested, by path")),
        "expect": may(_VERDICTS, phrase("clause paths with their verdicts")),
        "grades": may(
            NamesShape(EitherShape((TEXT, ListShape(TEXT))), True),
            phrase("paths with the grade that is given, or those that are possible"),
        ),
        "missing": may(ListShape(TEXT), phrase("exactly the facts that must be missing")),
        "residual": may(RULE, phrase("exactly the condition that must be left")),
        "note": NOTE,
    },
    one_of=(("expect", "grades"),),
)
COMPARABLE: Final = KeysShape(
    "comparable",
    {
        "series": must(ListShape(IDENTIFIER, 2), phrase("two series or more that may be compared")),
        "cite": must(CITED, CITE),
    },
)

_FACTS = NamesShape(FACT, True)
FILE: Final[Mapping[str, EntryShape]] = {
    "format": must(WordShape((FORMAT,)), phrase("the format of the file")),
    "set": must(HEADER, phrase("what the set is, and for which years and units")),
    "extends": may(TEXT, phrase("the file of the set that this one changes, beside this one or shipped")),
    "direction": may(
        one_of(OverlayDirection), phrase("whether the changes are only ever stricter, or looser; it is proved")
    ),
    "after_end": may(one_of(AfterEnd), phrase("what judges after the years of the set")),
    "windows": may(NamesShape(WINDOW), phrase("windows by name, for the set and its facts")),
    "comparable": may(ListShape(COMPARABLE), phrase("series that may be compared")),
    "parameters": may(NamesShape(PARAMETER, True), phrase("values with a source of their own")),
    "facts": may(_FACTS, phrase("the facts that rules may mention")),
    "clauses": may(NamesShape(MEMBER), phrase("the criteria, by identifier")),
    "changes": may(
        ListShape(ChosenShape("change", {verb.value: keys for verb, keys in CHANGES.items()})),
        phrase("how the set differs from the one that it extends"),
    ),
    "grades": may(ListShape(GRADE, 2), phrase("the grades of the set as a whole, the best first")),
    "tests": may(ListShape(TEST), phrase("worked cases, which `ncriteria test` tries")),
}
"""The keys of a criteria file."""


def _file(name: str, needed: tuple[str, ...], without: tuple[str, ...]) -> KeysShape:
    keys = {key: entry for key, entry in FILE.items() if key not in without}
    return KeysShape(name, {**keys, **{key: must(FILE[key].shape, FILE[key].told) for key in needed}})


CRITERIA_FILE: Final = ChosenShape(
    "criteria_file",
    {"extends": _file("extending_set", ("extends", "changes"), ("clauses",))},
    _file("set_of_its_own", ("clauses",), ("extends", "changes", "direction", "after_end")),
)
"""A criteria file: one that extends another set has `changes`, another has `clauses`."""
