"""Reading the `clauses:` of a criteria file."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, Literal

from ncriteria.language.tree import Expr
from ncriteria.sets.grades.reading import grades
from ncriteria.sets.keys import tables
from ncriteria.sets.model import OPEN_TO_ATTESTATION, Clause, Combination, Encodes, Group
from ncriteria.sets.reading import fields
from ncriteria.sets.reading.nodes import Listing, Node, Scalar, Table
from ncriteria.sets.sources import AcceptedWindows, AwaitedText, Bilingual
from ncriteria.words import phrase

_COMBINATIONS = tuple(combination.value for combination in Combination)
MAX_LEVELS: Final = 20
"""How deep clauses may lie in groups."""


def clauses(reading: fields.FileReading, node: Node) -> tuple[Clause | Group, ...]:
    """The clauses of a set, a mapping by identifier."""
    if not isinstance(node, Table) or not node.entries:
        reading.report("NC108", phrase("`clauses` is a mapping of identifiers to clauses and groups"), node.place)
        reading.incomplete.add("")
        return ()
    found = []
    for entry in node.entries:
        name = fields.identifier(reading, entry.key) or entry.key.text
        if name:
            member = member_of(reading, entry.value, name)
            found += [] if member is None else [member]
    return tuple(found)


def member_of(reading: fields.FileReading, node: Node, path: str) -> Clause | Group | None:
    """One clause or group, whose path is given.

    What is missing or wrong is reported, and a stand-in lets its rule be checked and its path be named.
    """
    if path.count("/") >= MAX_LEVELS:
        reading.report("NC102", phrase("clauses lie at most {most} levels deep", most=MAX_LEVELS), node.place)
        return None
    keys = {entry.key.text for entry in node.entries} if isinstance(node, Table) else set()
    kinds = [key for key in _COMBINATIONS if key in keys]
    if not kinds:
        return _clause(
            reading, fields.fields(reading, node, tables.CLAUSE.keys, phrase("the clause `{path}`", path=path)), path
        )
    if len(kinds) > 1:
        reading.report(
            "NC114",
            phrase("the group `{path}` has both `{kind}` and `{other}`", path=path, kind=kinds[0], other=kinds[1]),
            node.place,
        )
        reading.incomplete.add(path)
        return None
    return _group(
        reading,
        fields.fields(reading, node, tables.GROUP.keys, phrase("the group `{path}`", path=path)),
        path,
        Combination(kinds[0]),
    )


def inner_member(reading: fields.FileReading, node: Node, parent: str) -> Clause | Group | None:
    """A member of the group `parent`, which names itself with `id`; the root's path is empty."""
    name = None
    if isinstance(node, Table):
        key = next((entry.value for entry in node.entries if entry.key.text == "id"), None)
        if key is None:
            reading.report("NC107", phrase("`id` is missing"), node.place)
        else:
            name = fields.identifier(reading, key)
    else:
        reading.report("NC108", phrase("a clause or group is a mapping of keys and values"), node.place)
    return None if name is None else member_of(reading, node, f"{parent}/{name}" if parent else name)


def _clause(reading: fields.FileReading, given: fields.Fields, path: str) -> Clause:
    title, cite = given.require("title", fields.bilingual), given.require("cite", fields.citations)
    encodes = given.require("encodes", fields.choice(Encodes))
    rule: Expr | None = given.read("rule", fields.expression(path, "rule"))
    zero_base: Expr | None = given.read("when_zero_base", fields.expression(path, "when_zero_base"))
    applies_when: Expr | None = given.read("applies_when", fields.expression(path, "applies_when"))
    note = given.read("note", fields.bilingual)
    attested_by = given.read("attested_by", fields.listing(fields.bilingual)) or ()
    accepts_windows = given.read("accepts_windows", _accepted_windows)
    if encodes not in (None, *OPEN_TO_ATTESTATION) and "attested_by" in given:
        hint = phrase("leave it out, or write `encodes: attested` where the law leaves it to a body")
        message = phrase("the clause `{path}` is computed, so nobody attests it", path=path)
        reading.report("NC171", message, given.values["attested_by"].place, hint)
    awaits = given.read("awaits", _awaited)
    if encodes not in (None, Encodes.NOT_ENCODED) and "awaits" in given:
        message = phrase("the clause `{path}` is encoded, so it awaits no text", path=path)
        hint = phrase("leave it out, or write `encodes: not_encoded` and no rule")
        reading.report("NC193", message, given.values["awaits"].place, hint)
    if encodes is Encodes.NOT_ENCODED and ("rule" in given or "when_zero_base" in given):
        hint = phrase("give it another `encodes`, or leave the rule out")
        reading.report(
            "NC114", phrase("the clause `{path}` is not_encoded, so it has no rule", path=path), given.place, hint
        )
    if encodes is not None and encodes is not Encodes.NOT_ENCODED and "rule" not in given:
        hint = phrase("where the text of the law is not known, write `encodes: not_encoded`")
        reading.report("NC114", phrase("the clause `{path}` has no `rule`", path=path), given.place, hint)
    return Clause(
        path,
        title or Bilingual(path, path),
        rule,
        encodes or Encodes.ATTESTED,
        cite or (),
        zero_base,
        applies_when,
        note,
        given.place,
        attested_by,
        accepts_windows,
        awaits,
        given.read("grades", grades(path)) or (),
    )


def _accepted_windows(reading: fields.FileReading, node: Node) -> AcceptedWindows | None:
    example = phrase("write `{{note: {{vi: ..., en: ...}}, cite: [...]}}`")
    given = fields.fields(reading, node, tables.ACCEPTED_WINDOWS.keys, "`accepts_windows`", example)
    note, cite = given.require("note", fields.bilingual), given.require("cite", fields.citations)
    return None if note is None or cite is None else AcceptedWindows(note, cite)


def _awaited(reading: fields.FileReading, node: Node) -> AwaitedText | None:
    example = phrase("write `{{document: {{vi: ..., en: ...}}, from: {{vi: ..., en: ...}}}}`")
    given = fields.fields(reading, node, tables.AWAITED.keys, "`awaits`", example)
    document, issuer = given.require("document", fields.bilingual), given.require("from", fields.bilingual)
    return None if document is None or issuer is None else AwaitedText(document, issuer)


def _group(reading: fields.FileReading, given: fields.Fields, path: str, combination: Combination) -> Group:
    title, cite = given.require("title", fields.bilingual), given.read("cite", fields.citations) or ()
    applies_when: Expr | None = given.read("applies_when", fields.expression(path, "applies_when"))
    note = given.read("note", fields.bilingual)
    minimum, counts, inner = None, False, given.values[combination.value]
    members_node: Node | None = inner
    if combination is Combination.AT_LEAST:
        counted = fields.fields(
            reading, inner, tables.AT_LEAST.keys, "`at_least`", phrase("write `at_least: {{n: 2, of: [...]}}`")
        )
        minimum, counts = counted.require("n", fields.whole), _counts(counted) or False
        minimum = 1 if minimum is None else minimum
        members_node = counted.require("of", fields.as_is)
    if members_node is None:
        reading.incomplete.add(path)
    members = () if members_node is None else tuple(_members(reading, members_node, path))
    scale = given.read("grades", grades(path)) or ()
    title = title or Bilingual(path, path)
    return Group(path, title, combination, members, minimum, counts, applies_when, cite, note, given.place, scale)


def _counts(given: fields.Fields) -> bool | None:
    def read(reading: fields.FileReading, node: Node) -> Literal[True] | None:
        if isinstance(node, Scalar) and node.text == "counts":
            return True
        reading.report("NC108", phrase("`not_applicable` can only be `counts`"), node.place)
        return None

    return given.read("not_applicable", read)


def _members(reading: fields.FileReading, node: Node, parent: str) -> Iterator[Clause | Group]:
    if not isinstance(node, Listing) or not node.items:
        reading.report(
            "NC108", phrase("the group `{parent}` is a list of clauses and groups", parent=parent), node.place
        )
        reading.incomplete.add(parent)
        return
    for item in node.items:
        member = inner_member(reading, item, parent)
        if member is None:
            reading.incomplete.add(parent)
        else:
            yield member
