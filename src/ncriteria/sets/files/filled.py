"""The text of an overlay in which a clause that is not encoded becomes a rule: a new file, or one that grows."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from attrs import field

from ncriteria.errors import Problem
from ncriteria.language.printer import show
from ncriteria.patterns import compiled_later
from ncriteria.quick_classes import frozen
from ncriteria.sets.errors import CriteriaError
from ncriteria.sets.model import Clause, CriteriaSet, Encodes
from ncriteria.sets.sources import Basis, Bilingual, Citation
from ncriteria.sets.years.days_in_force import YearsJudged
from ncriteria.words import Words, phrase

_ORDER: Final = ("format", "set", "extends", "direction", "windows", "comparable", "parameters", "facts", "changes")
_TOP: Final = compiled_later(r"([a-z]+):(.*)")
REST: Final = "rest"
"""What stands for the contents of a clause that are still not encoded."""
_OTHERS: Final = Bilingual("Các nội dung còn lại", "The other contents")
_PLAIN: Final = compiled_later(r"(?![-?:,\[\]{}#&*!|>'\"%@`\s])(?:(?!: | #)[^\n])*(?<![:\s])")


@frozen
class RuleWanted:
    """What the text says of a clause: its rule, the conditions beside it, and where it stands in which act."""

    rule: str
    encodes: str
    instrument: str
    at: str | None = None
    zero_base: str | None = None
    applies_when: str | None = None
    url: str | None = None
    retrieved: datetime.date | None = None
    sha256: str | None = None
    facts: Mapping[str, str] = field(factory=dict)
    """The facts to declare, each with what stands behind its name in the file."""


def begun_overlay(base: CriteriaSet, reference: str, name: str, say: Words) -> str:
    """A file that extends the set in the file that it calls `reference`, and changes nothing yet."""
    filled = Bilingual(f"{base.title.vi} (bổ sung từ văn bản)", f"{base.title.en}, filled in from the text")
    act = base.instrument
    days = "".join(f", {key}: {day}" for key, day in (("issued", act.issued), ("in_force", act.in_force)) if day)
    lines = [
        f"# {say('Filled in from the text of {act} by whoever holds it.', act=act.number)}",
        "format: ncriteria/1",
        "set:",
        f"  id: {name}",
        f"  standard: {base.standard}",
        f"  title: {_both(filled)}",
        f"  instrument: {{number: {_quoted(act.number)}, issuer: {_both(act.issuer)}{days}}}",
        f"  {_when(base)}",
        f"  level: {base.level.value}",
        *([f"  territory: {base.territory}"] if base.territory else []),
        *(["  only_when_named: true"] if base.only_when_named else []),
        "",
        f"extends: {reference}",
    ]
    return "\n".join(lines) + "\n"


def _when(base: CriteriaSet) -> str:
    """The years of the base, or the days from which they follow as they do without a word on it."""
    if base.held is not None and base.held.judges is YearsJudged.ENDING:
        last = "" if base.held.last is None else f", to: {base.held.last}"
        return f"in_force: {{from: {base.held.first}{last}}}"
    last = "" if base.years.last is None else f", to: {base.years.last}"
    return f"years: {{from: {base.years.first}{last}}}"


@frozen
class FillPlace:
    """Where a rule is to stand: in place of a clause, or as one of the contents that it turns out to have.

    `path` is that of the rule, `title` what it is called. `of` is the clause that is not encoded: the one at the path,
    or the one whose contents it stands for; `None` where it has been parted before. After the `last` content nothing
    is left of it.
    """

    path: str
    title: Bilingual
    of: Clause | None
    last: bool = False

    @property
    def whole(self) -> str:
        """The path of the clause that has several contents."""
        return self.path.rpartition("/")[0]

    @property
    def rest(self) -> str:
        """The path of what is left of it."""
        return f"{self.whole}/{REST}"


def with_rule(text: str, place: FillPlace, wanted: RuleWanted) -> str:
    """The file with the facts that are declared, and the rule in its place.

    Raises `CriteriaError` where a block that it must grow by is not written line by line.
    """
    if wanted.facts:
        text = _grown(text, "facts", [f"  {name}: {declared}" for name, declared in wanted.facts.items()])
    return _grown(text, "changes", [*_change(place, wanted)])


def with_tests(text: str, tests: Sequence[str]) -> str:
    """The file with further tests, as lines."""
    return _grown(text, "tests", tests)


def _change(place: FillPlace, wanted: RuleWanted) -> Iterator[str]:
    """The changes of an overlay by which a rule comes to stand in its place."""
    cite, keys = _citation(wanted), list(_keys(place, wanted))
    if place.of is not None and place.of.path == place.path:
        yield from (f"  - replace: {_scalar(place.path)}", "    clause:", *(f"      {key}" for key in keys))
    elif place.of is not None:
        own = [f"        - id: {_name(place.path)}", *(f"          {key}" for key in keys)]
        left = [] if place.last else [*_left(place.of)]
        yield from (f"  - replace: {_scalar(place.whole)}", "    clause:", f"      title: {_both(place.of.title)}")
        yield from (f"      {key}" for key in _condition(place.of, None))
        yield from ("      all:", *own, *left, *(f"      {line}" for line in _grades(place.of)))
    else:
        yield from (f"  - add: {_scalar(place.whole)}", "    clause:", f"      id: {_name(place.path)}")
        yield from (f"      {key}" for key in keys)
    yield f"    cite: {cite}"
    if place.of is None and place.last:
        yield f"  - {{remove: {_scalar(place.rest)}, cite: {cite}}}"


def _keys(place: FillPlace, wanted: RuleWanted) -> Iterator[str]:
    """The keys of the clause with the rule; what was known of it beside its text stays."""
    before = place.of if place.of is not None and place.of.path == place.path else None
    who = before.attested_by if before is not None and wanted.encodes == Encodes.ATTESTED.value else ()
    keys = {
        "title": _both(place.title),
        "rule": _scalar(wanted.rule),
        "when_zero_base": None if wanted.zero_base is None else _scalar(wanted.zero_base),
    }
    yield from (f"{key}: {value}" for key, value in keys.items() if value is not None)
    yield from _condition(before, wanted.applies_when)
    yield f"encodes: {wanted.encodes}"
    if who:
        yield f"attested_by: [{', '.join(_both(body) for body in who)}]"
    yield f"cite: {_citation(wanted)}"
    yield from _grades(before)


def _grades(before: Clause | None) -> Iterator[str]:
    """The grades that a clause had."""
    if before is not None and before.grades:
        yield "grades:"
        for grade in before.grades:
            held = "otherwise: true" if grade.rest else f"when: {_quoted(show(grade.when))}"
            cite = ", ".join(_cited(one) for one in grade.cite)
            beside = f", cite: [{cite}]" if cite else ""
            note = "" if grade.note is None else f", note: {_both(grade.note)}"
            yield f"  - {{id: {_quoted(grade.id)}, title: {_both(grade.title)}, {held}{beside}{note}}}"


def _condition(before: Clause | None, wanted: str | None) -> Iterator[str]:
    """When a clause applies: as the text is said to have it, or as was known before."""
    if wanted is not None:
        yield f"applies_when: {_scalar(wanted)}"
    elif before is not None and before.applies_when is not None:
        yield f"applies_when: {_scalar(show(before.applies_when))}"


def _left(clause: Clause) -> Iterator[str]:
    """The contents of a clause that are still not encoded, as one."""
    yield f"        - id: {REST}"
    yield f"          title: {_both(_OTHERS)}"
    yield "          encodes: not_encoded"
    yield f"          cite: [{{instrument: {_quoted(clause.cite[0].instrument)}, basis: mentioned}}]"


def _name(path: str) -> str:
    return path.rpartition("/")[2]


def _citation(wanted: RuleWanted) -> str:
    source = (wanted.instrument, wanted.at, Basis.FULL, wanted.url, wanted.retrieved, wanted.sha256)
    return f"[{_cited(Citation(*source))}]"


def _cited(citation: Citation) -> str:
    keys = {
        "instrument": _quoted(citation.instrument),
        "at": None if citation.at is None else _quoted(citation.at),
        "basis": None if citation.basis is None else citation.basis.value,
        "url": citation.url,
        "retrieved": None if citation.retrieved is None else citation.retrieved.isoformat(),
        "sha256": citation.sha256,
    }
    return f"{{{', '.join(f'{key}: {value}' for key, value in keys.items() if value is not None)}}}"


def _grown(text: str, key: str, added: Sequence[str]) -> str:
    """The file with further lines at the end of a block at its top, which is made where there is none."""
    lines = text.rstrip("\n").split("\n")
    tops = {found[1]: number for number, line in enumerate(lines) if (found := _TOP.fullmatch(line))}
    if key not in tops:
        later = [number for name, number in tops.items() if _rank(name) > _rank(key)]
        at = min(later, default=len(lines))
        block = ["", f"{key}:", *added]
        return "\n".join([*lines[:at], *(block if at == len(lines) else [*block[1:], ""]), *lines[at:]]) + "\n"
    start = tops[key]
    value = _TOP.fullmatch(lines[start])
    assert value is not None, "it was found as such"
    if value[2].partition("#")[0].strip() in ("[]", "{}"):
        lines[start] = f"{key}:"
    elif value[2].partition("#")[0].strip():
        message = phrase("`{key}` of that file is not written with a key in each line", key=key)
        raise CriteriaError(Problem("NC455", message, None, phrase("write each of its entries in a line of its own")))
    end = min((number for number in tops.values() if number > start), default=len(lines))
    while end > start + 1 and (not lines[end - 1].strip() or lines[end - 1].lstrip().startswith("#")):
        end -= 1
    return "\n".join([*lines[:end], *_moved(added, lines[start + 1 : end]), *lines[end:]]) + "\n"


def _moved(added: Sequence[str], beside: Sequence[str]) -> list[str]:
    """The lines as far to the right as those that stand in the block."""
    first = next((line for line in beside if line.strip() and not line.lstrip().startswith("#")), "  x")
    margin = " " * (len(first) - len(first.lstrip()))
    return [margin + line.removeprefix("  ") for line in added]


def _rank(key: str) -> int:
    return _ORDER.index(key) if key in _ORDER else len(_ORDER) + (key == "tests")


def _both(text: Bilingual) -> str:
    if text.vi == text.en:
        return _quoted(text.vi)
    return f"{{vi: {_quoted(text.vi)}, en: {_quoted(text.en)}}}"


def _quoted(text: str) -> str:
    """A text in double quotes."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", " ")
    return f'"{escaped}"'


def _scalar(text: str) -> str:
    """A text in one line as it stands, or in quotes where YAML would take it for something else."""
    text = " ".join(line.strip() for line in text.strip().splitlines())
    if _PLAIN.fullmatch(text) and not re.fullmatch(r"[\d.]+|true|false|null|~", text):
        return text
    escaped = text.replace("'", "''")
    return f"'{escaped}'"
