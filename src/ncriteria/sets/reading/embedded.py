"""Reading the `tests:` of a criteria file."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from fractions import Fraction

from ncriteria.errors import TextPlace
from ncriteria.language.hints.near_misses import did_you_mean, path_meant
from ncriteria.language.parser import read_fact_key
from ncriteria.language.printer import show
from ncriteria.language.queries import walk
from ncriteria.language.tree import THIS_YEAR, Ago, Expr, FactKey, FactRef, InYear, Period, Within
from ncriteria.language.values import Interval, Unknown, bounds, intersection
from ncriteria.patterns import compiled_later
from ncriteria.sets.grades.grade import Grade
from ncriteria.sets.inside import Asked
from ncriteria.sets.keys import tables
from ncriteria.sets.model import (
    OPEN_TO_ATTESTATION,
    WHOLE_SET,
    Clause,
    EmbeddedTest,
    FactDeclaration,
    FactValue,
    Group,
    Level,
    ParameterDeclaration,
    ParameterValue,
    Rolled,
    RollUp,
    Verdict,
)
from ncriteria.sets.reading import fields
from ncriteria.sets.reading.nodes import Entry, Listing, Node, Scalar, Table
from ncriteria.sets.reading.scalars import typed_value
from ncriteria.sets.structure import expressions
from ncriteria.words import phrase

_SUM = compiled_later(r"sum_of\((.*)\)")
_PERIODS = ("prev_year", "years_ago", "at")


_Given = tuple[FactKey, FactValue, TextPlace]
_LEVELS = tuple(level.value for level in Level)


class TestReader:
    """Reads tests against what their set declares."""

    def __init__(
        self,
        facts: Mapping[str, FactDeclaration],
        parameters: Mapping[str, ParameterDeclaration],
        members: Mapping[str, Clause | Group],
        scales: Mapping[str, Sequence[Grade]],
    ) -> None:
        self._facts = facts
        self._parameters = parameters
        self._members = members
        self._scales = scales

    def __call__(self, reading: fields.FileReading, node: Node) -> EmbeddedTest | None:
        """One test."""
        given = fields.fields(reading, node, tables.TEST.keys, phrase("a test"))
        name = given.require("id", fields.identifier)
        expect = (given.read if "grades" in given else given.require)("expect", self._expect) or {}
        if _is_blank(given.values.get("expect")) and not {"grades", "missing", "residual"} & given.values.keys():
            reading.report(
                "NC107", phrase("the test expects nothing"), given.place, phrase("name a clause and its verdict")
            )
        residual: Expr | None = given.read("residual", fields.expression(f"tests/{name}", "residual"))
        test = EmbeddedTest(
            id=name or "",
            given=given.read("given", self._values_given) or {},
            expect=expect,
            year=given.read("year", fields.year),
            parameters=given.read("parameters", self._overrides) or {},
            shares={**(given.read("share_met", _shares) or {}), **(given.read("inside", self._inside) or {})},
            attested=given.read("attested", self._attested) or {},
            grades=given.read("grades", self._grades) or {},
            missing=given.read("missing", fields.listing(self._missing)),
            residual=None if residual is None else show(residual),
            note=given.read("note", fields.bilingual),
            place=given.place,
        )
        return None if name is None else test

    def _inside(self, reading: fields.FileReading, node: Node) -> dict[Asked, Rolled]:
        """`{hamlet: {"(crime_cases > 3)": {met: 1, not_met: 3}, sum_of(crime_cases): 17}}`."""
        found: dict[Asked, Rolled] = {}
        asked = self._asked()
        for level, entry in _by_level(reading, node):
            if (level, entry.key.text) not in asked:
                message = phrase("no rule asks `{asked}` of units inside", asked=entry.key.text[:60])
                hint = did_you_mean(entry.key.text, [path for known, path in asked if known == level])
                reading.report("NC123", message, entry.key.place, hint)
                continue
            name = _SUM.fullmatch(entry.key.text)
            if name is None:
                if (roll_up := _counts(reading, entry.value)) is not None:
                    found[level, entry.key.text] = roll_up
                continue
            key = read_fact_key(name[1])
            declared = None if key is None else self._facts.get(key.name)
            if declared is None:
                message = phrase("there is no fact `{name}`", name=name[1][:60])
                reading.report("NC123", message, entry.key.place, did_you_mean(name[1], self._facts))
                continue
            value = typed_value(reading, entry.value, declared.type, declared.options)
            if isinstance(value, Fraction | Interval):
                found[level, entry.key.text] = value
        return found

    def _asked(self) -> set[Asked]:
        """What the rules ask of the units inside, conditions and sums."""
        exprs = (expr for member in self._members.values() for _, expr in expressions(member))
        nodes = (node for expr in exprs for node in walk(expr))
        return {(node.level, node.path) for node in nodes if isinstance(node, Within) and node.inner is not None}

    def _values_given(self, reading: fields.FileReading, node: Node) -> dict[FactKey, FactValue]:
        found: dict[FactKey, FactValue] = {}
        for key, value, place in self._given(reading, node):
            if key in found:
                reading.report("NC111", phrase("`{key}` is given twice", key=key), place)
            found[key] = value
        return found

    def _given(self, reading: fields.FileReading, node: Node) -> Iterator[_Given]:
        for entry in _entries(reading, node):
            match entry.key.text:
                case "prev_year":
                    yield from self._values(reading, _entries(reading, entry.value), Ago(1))
                case "years_ago" | "at":
                    for dated in _entries(reading, entry.value):
                        period = _period(reading, entry.key.text, dated.key)
                        if period is not None:
                            yield from self._values(reading, _entries(reading, dated.value), period)
                case _:
                    yield from self._values(reading, (entry,), THIS_YEAR)

    def _values(self, reading: fields.FileReading, entries: tuple[Entry, ...], period: Period) -> Iterator[_Given]:
        for entry in entries:
            declaration = self._facts.get(entry.key.text)
            if declaration is None and entry.key.text in reading.misdeclared:
                continue
            if declaration is None:
                is_parameter = entry.key.text in self._parameters
                near = did_you_mean(entry.key.text, [*self._facts, *_PERIODS])
                hint = phrase("a test gives parameters under `parameters`") if is_parameter else near
                reading.report(
                    "NC123", phrase("there is no fact `{name}`", name=entry.key.text[:60]), entry.key.place, hint
                )
                continue
            value = typed_value(reading, entry.value, declaration.type, declaration.options)
            if value is not None and not isinstance(value, Unknown) and _in_range(reading, entry, declaration, value):
                yield FactKey(declaration.name, period), value, entry.key.place

    def _overrides(self, reading: fields.FileReading, node: Node) -> dict[str, ParameterValue]:
        found: dict[str, ParameterValue] = {}
        for entry in _entries(reading, node):
            declaration = self._parameters.get(entry.key.text)
            if declaration is None and entry.key.text in reading.misdeclared:
                continue
            if declaration is None:
                near = did_you_mean(entry.key.text, self._parameters)
                hint = phrase("a test gives facts under `given`") if entry.key.text in self._facts else near
                reading.report(
                    "NC123", phrase("there is no parameter `{name}`", name=entry.key.text[:60]), entry.key.place, hint
                )
                continue
            value = typed_value(reading, entry.value, declaration.type, declaration.options)
            if value is not None and not isinstance(value, Interval):
                found[declaration.name] = value
        return found

    def _expect(self, reading: fields.FileReading, node: Node) -> dict[str, Verdict]:
        found = {}
        for entry in _entries(reading, node):
            path, verdict = entry.key.text, fields.choice(Verdict)(reading, entry.value)
            if self._is_there(reading, entry) and verdict is not None:
                found[path] = verdict
        return found

    def _grades(self, reading: fields.FileReading, node: Node) -> dict[str, tuple[str, ...]]:
        """`{set: well}`, `{"19.2": [well, done]}`: the grade that is given, or those that are possible."""
        found = {}
        for entry in _entries(reading, node):
            path = WHOLE_SET if entry.key.text == "set" else entry.key.text
            known = [grade.id for grade in self._scales.get(path, ())]
            if not known and reading.may_hold(path):
                continue
            if not known:
                message = phrase("`{path}` has no grades", path=entry.key.text[:60])
                scales = ["set" if one == WHOLE_SET else one for one in self._scales]
                reading.report("NC123", message, entry.key.place, did_you_mean(entry.key.text, scales))
                continue
            read = fields.listing(fields.text) if isinstance(entry.value, Listing) else _one(fields.text)
            named = read(reading, entry.value) or ()
            for name in named:
                if name not in known:
                    message = phrase("there is no grade `{name}`", name=name[:60])
                    hint = did_you_mean(name, known) or phrase("the grades are: {grades}", grades=", ".join(known))
                    reading.report("NC123", message, entry.value.place, hint)
            found[path] = named
        return found

    def _is_there(self, reading: fields.FileReading, entry: Entry) -> bool:
        """Whether there is a clause or group of this path; one that is not there is reported."""
        path = entry.key.text
        if path not in self._members and not reading.may_hold(path):
            hint = path_meant(path, self._members)
            reading.report("NC123", phrase('there is no clause "{path}"', path=path[:60]), entry.key.place, hint)
        return path in self._members

    def _attested(self, reading: fields.FileReading, node: Node) -> dict[str, Verdict]:
        found: dict[str, Verdict] = {}
        for entry in _entries(reading, node):
            path, verdict = entry.key.text, fields.choice(Verdict)(reading, entry.value)
            if not self._may_be_attested(reading, entry):
                continue
            if verdict is Verdict.UNDETERMINED:
                message = phrase("an attestation decides: met, not_met or not_applicable")
                reading.report("NC123", message, entry.value.place, phrase("leave out what nobody attests"))
            elif verdict is not None:
                found[path] = verdict
        return found

    def _may_be_attested(self, reading: fields.FileReading, entry: Entry) -> bool:
        """Whether attestations decide the clause of this path; what they do not is reported."""
        path = entry.key.text
        member = self._members.get(path)
        if isinstance(member, Clause) and member.encodes in OPEN_TO_ATTESTATION:
            return True
        if member is not None:
            message = phrase('"{path}" is not decided by attestations', path=path)
            hint = phrase("a test attests clauses that `encodes: attested` or `not_encoded`")
            reading.report("NC123", message, entry.key.place, hint)
        elif path in self._facts:
            message = phrase("`{name}` is a fact, and no clause", name=path)
            hint = phrase("a test gives what is attested of a fact under `given`")
            reading.report("NC123", message, entry.key.place, hint)
        else:
            self._is_there(reading, entry)
        return False

    def _missing(self, reading: fields.FileReading, node: Node) -> FactKey | None:
        named = fields.text(reading, node)
        if named is None:
            return None
        expr = fields.expression("tests", f"missing {named}")(reading, node)
        if isinstance(expr, FactRef) and expr.name in self._facts:
            return expr.key
        if expr is not None and not (isinstance(expr, FactRef) and expr.name in reading.misdeclared):
            hint = phrase("name a fact, `crime_cases` or `prev_year.crime_cases`")
            reading.report("NC123", phrase("`{named}` is no fact of this set", named=named[:60]), node.place, hint)
        return None


def _one(
    read: Callable[[fields.FileReading, Node], str | None],
) -> Callable[[fields.FileReading, Node], tuple[str, ...]]:
    def as_list(reading: fields.FileReading, node: Node) -> tuple[str, ...]:
        found = read(reading, node)
        return () if found is None else (found,)

    return as_list


def _is_blank(node: Node | None) -> bool:
    return (isinstance(node, Table) and not node.entries) or (isinstance(node, Scalar) and node.is_empty)


def _entries(reading: fields.FileReading, node: Node) -> tuple[Entry, ...]:
    if isinstance(node, Table):
        return node.entries
    if not (isinstance(node, Scalar) and node.is_empty):
        reading.report("NC108", phrase("expected a mapping of names to values"), node.place)
    return ()


def _period(reading: fields.FileReading, form: str, key: Scalar) -> Period | None:
    if not re.fullmatch(r"[0-9]{1,4}", key.text) or int(key.text) == 0:
        by = phrase("number of years, such as 2") if form == "years_ago" else phrase("year, such as 2019")
        reading.report(
            "NC108",
            phrase('`{form}` holds facts by {by}, not by "{key}"', form=form, by=by, key=key.text[:40]),
            key.place,
        )
        return None
    return Ago(int(key.text)) if form == "years_ago" else InYear(int(key.text))


def _in_range(reading: fields.FileReading, entry: Entry, declaration: FactDeclaration, value: FactValue) -> bool:
    if not isinstance(value, (Fraction, Interval)):
        return True
    if intersection(value, Interval(declaration.minimum, declaration.maximum)) is None:
        reading.report("NC123", phrase("`{name}` lies outside its range", name=declaration.name), entry.value.place)
        return False
    places = declaration.decimals
    if places is not None and any(end is not None and (end * 10**places).denominator != 1 for end in bounds(value)):
        message = phrase(
            "`{name}` is given with more decimals than the {places} that are declared",
            name=declaration.name,
            places=places,
        )
        reading.report("NC123", message, entry.value.place)
        return False
    return True


def _shares(reading: fields.FileReading, node: Node) -> dict[Asked, Rolled]:
    """`{commune: {"19.2": {met: 9, not_met: 2, undetermined: 0}}}`."""
    counted = ((level, path.key.text, _counts(reading, path.value)) for level, path in _by_level(reading, node))
    return {(level, path): counts for level, path, counts in counted if counts is not None}


def _counts(reading: fields.FileReading, node: Node) -> RollUp | None:
    counts = fields.fields(reading, node, tables.COUNTED.keys, phrase("a roll-up"))
    met, not_met = counts.require("met", fields.whole), counts.require("not_met", fields.whole)
    open_units = counts.read("undetermined", fields.whole) or 0
    return None if met is None or not_met is None else RollUp(met, not_met, open_units)


def _by_level(reading: fields.FileReading, node: Node) -> Iterator[tuple[str, Entry]]:
    """What is told of the units inside, with their level."""
    for level in _entries(reading, node):
        if level.key.text not in _LEVELS:
            hint = did_you_mean(level.key.text, _LEVELS) or phrase(
                "the levels are: {levels}", levels=", ".join(_LEVELS)
            )
            reading.report("NC123", phrase("there is no level `{key}`", key=level.key.text[:60]), level.key.place, hint)
        for entry in _entries(reading, level.value):
            yield level.key.text, entry
