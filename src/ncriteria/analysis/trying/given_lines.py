"""What a line gives a trial, such as `prev_year.crime_cases = 20`, read as a test of a criteria file would read it."""

from __future__ import annotations

import re
from typing import Final

from ncriteria.errors import Problem
from ncriteria.language.parser import read_fact_key
from ncriteria.language.tree import THIS_YEAR, Ago, FactKey, InYear, Period
from ncriteria.quick_classes import frozen
from ncriteria.sets.errors import CriteriaError
from ncriteria.sets.grades.scales import graded
from ncriteria.sets.model import CriteriaSet, EmbeddedTest
from ncriteria.sets.reading.documents import Document, document_of
from ncriteria.sets.reading.embedded import TestReader
from ncriteria.sets.reading.fields import FileReading
from ncriteria.sets.reading.nodes import Entry, Node, Scalar, Table, read_nodes
from ncriteria.words import phrase

_ASSIGNED: Final = re.compile(r"\s*(?P<name>\S.*?)\s*(?P<sign>>=|<=|==|=)\s*(?P<value>.*?)\s*")
_KEYS: Final = re.compile(r"\s*(year|parameters|given|share_met|inside|attested)\s*:(\s.*)?")
_PREFIXED: Final = re.compile(r"(?P<prefix>param\.|attest\s+)(?P<name>.+)")
_ID: Final = "tried"


@frozen
class TypedLine:
    """A line of what is typed, and which it is, counted from 1; `source` is where it comes from, where that is told."""

    text: str
    number: int = 1
    source: str | None = None


def gives(text: str) -> bool:
    """Whether a line gives something: `NAME = VALUE`, a bound `NAME >= VALUE`, or a key of a test with its content."""
    return _KEYS.fullmatch(text) is not None or _ASSIGNED.fullmatch(text) is not None


def read_given(criteria: CriteriaSet, line: TypedLine) -> EmbeddedTest:
    """What the line gives, as a test that expects nothing; raises `CriteriaError` with all that is wrong with it.

    `NAME` is a fact as rules write it, `year`, `param.x`, or `attest PATH`. A line such as `given: {x: 3}` is the key
    of a test with all that it holds.
    """
    # Lines before it are empty, so that places count lines as whoever wrote them does.
    document = document_of("\n" * (line.number - 1) + line.text, line.source)
    problems: list[Problem] = []
    if _KEYS.fullmatch(line.text):
        node = read_nodes(document, problems)
        entries = node.entries if isinstance(node, Table) else ()
    else:
        entries = (_Assignment(document, line.number - 1).entry(),)
    reading = FileReading(problems)
    members = {member.path: member for member in criteria.members()}
    reader = TestReader(criteria.facts, criteria.parameters, members, graded(criteria))
    found = reader(reading, _as_test(document, entries))
    if problems or found is None:
        raise CriteriaError(problems)
    return found


def _as_test(document: Document, entries: tuple[Entry, ...]) -> Table:
    """The entries as those of a test, which has a name, and need not expect anything."""
    nowhere = len(document.text)

    def key(text: str) -> Scalar:
        return Scalar(document, nowhere, nowhere, text, True)

    around = (Entry(key("id"), key(_ID)), Entry(key("grades"), Table(document, nowhere, nowhere, ())))
    return Table(document, 0, nowhere, (*around, *entries))


@frozen
class _Assignment:
    """A line `NAME = VALUE` that stands behind so many empty lines of its document."""

    document: Document
    before: int

    def entry(self) -> Entry:
        """The key of a test under which the value stands."""
        found = _ASSIGNED.fullmatch(self.document.text, self.before)
        assert found is not None, "the line was found to be one"
        name, value = found["name"], self._value(found)
        if name == "year":
            return Entry(self._scalar(name, found.start("name")), value)
        if prefixed := _PREFIXED.fullmatch(name):
            start = found.start("name") + prefixed.start("name")
            inner = self._scalar(prefixed["name"].strip('"'), start)
            return self._within("parameters" if prefixed["prefix"] == "param." else "attested", Entry(inner, value))
        fact = read_fact_key(name)
        at = found.start("name")
        if fact is None:
            place = self.document.place_at(at, len(name))
            hint = phrase("write `crime_cases = 19`, `prev_year.crime_cases = 20` or `attest PATH = met`")
            message = phrase("`{name}` is not the name of a fact", name=name[:60])
            raise CriteriaError(Problem("NC123", message, place, hint))
        start = self.document.text.rfind(fact.name, at, at + len(name))
        return self._given(fact, Entry(self._scalar(fact.name, max(start, at)), value))

    def _value(self, found: re.Match[str]) -> Scalar:
        text, start = found["value"], found.start("value")
        if found["sign"] in (">=", "<="):
            return Scalar(self.document, start, found.end("value"), f"{found['sign']}{text}", False)
        in_quotes = len(text) > 1 and text[0] == text[-1] and text[0] in "\"'"
        return self._scalar(text[1:-1], start + 1, plain=False) if in_quotes else self._scalar(text, start)

    def _scalar(self, text: str, start: int, *, plain: bool = True) -> Scalar:
        return Scalar(self.document, start, start + max(1, len(text)), text, plain)

    def _given(self, fact: FactKey, entry: Entry) -> Entry:
        return self._within("given", self._in_period(fact.period, entry))

    def _in_period(self, period: Period, entry: Entry) -> Entry:
        match period:
            case Ago(1):
                return self._within("prev_year", entry)
            case Ago(years) if period != THIS_YEAR:
                return self._within("years_ago", self._within(str(years), entry))
            case InYear(year):
                return self._within("at", self._within(str(year), entry))
            case _:
                return entry

    def _within(self, key: str, entry: Entry) -> Entry:
        start, end = entry.key.start, entry.value.end
        table: Node = Table(self.document, start, end, (entry,))
        return Entry(self._scalar(key, start), table)
