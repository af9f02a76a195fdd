"""The text of a criteria file to begin with: from a template, from another set, or as an overlay of one.

What only its author knows stands as `???`, which `ncriteria check` names as long as it is there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from ncriteria.errors import Problem
from ncriteria.patterns import compiled_later
from ncriteria.quick_classes import frozen
from ncriteria.sets.errors import CriteriaError
from ncriteria.sets.model import CriteriaSet, Years
from ncriteria.sets.sources import Bilingual
from ncriteria.words import Words, phrase

TO_FILL_IN: Final = "???"
"""What stands where the author of a file is to write."""
_TITLE: Final = f'{{vi: "{TO_FILL_IN}", en: "{TO_FILL_IN}"}}'
_ACT: Final = f'{{number: "{TO_FILL_IN}", issuer: {_TITLE}}}'
_CITE: Final = f'[{{instrument: "{TO_FILL_IN}", at: "{TO_FILL_IN}"}}]'
_TOP_KEY = compiled_later(r"[^\s#].*")
_KEY = compiled_later(r"  (\w+):")
_YEAR = compiled_later(r"\byear: *([0-9]{4})\b")


@frozen
class SetWanted:
    """The set that a file is begun for: its identifier, its first assessment year, and the territory it is for."""

    id: str
    first_year: int
    territory: str | None = None


def from_template(wanted: SetWanted, say: Words) -> str:
    """A whole file, with a clause that has a rule, one whose text is not known, and tests."""
    territory = f"\n  territory: {wanted.territory}" if wanted.territory else ""
    return f"""\
# {say("Fill in what stands as ???; `ncriteria check` names each, and `ncriteria test` tries the cases below.")}
format: ncriteria/1
set:
  id: {wanted.id}
  standard: {{id: {wanted.id}, title: {_TITLE}}}
  title: {_TITLE}
  # issued: 2026-01-31, in_force: 2026-02-15, url: "https://..."
  instrument: {_ACT}
  years: {{from: {wanted.first_year}}}
  level: commune{territory}

facts:
  cases: {{title: {_TITLE}, type: count, unit: {{vi: vụ, en: cases}}}}

clauses:
  "1":
    title: {_TITLE}
    all:
      # {say("A content with a rule: put what the text says in place of this one.")}
      - id: a
        title: {_TITLE}
        rule: cases <= prev_year
        encodes: approximated
        cite: {_CITE}
      # {say("A content whose text is not known is never guessed.")}
      - id: b
        title: {_TITLE}
        encodes: not_encoded
        cite: {_CITE}

tests:
  - {{id: at-the-limit, given: {{cases: 3, prev_year: {{cases: 3}}}}, expect: {{1/a: met}}}}
  - {{id: beyond, given: {{cases: 4, prev_year: {{cases: 3}}}}, expect: {{1/a: not_met}}}}
  - {{id: no-base, given: {{cases: 3}}, expect: {{1/a: undetermined}}, missing: [prev_year.cases]}}
"""


def as_overlay(base: CriteriaSet, reference: str, wanted: SetWanted, say: Words) -> str:
    """A file that extends the set in the file that it calls `reference`, with one clause to fill in."""
    territory = f"  territory: {wanted.territory}\n" if wanted.territory else ""
    standard = base.standard if wanted.territory else f"{base.standard}-{wanted.id}"
    return f"""\
# {say("Fill in what stands as ???; `ncriteria check` names each, and `ncriteria compare` shows what differs.")}
format: ncriteria/1
set:
  id: {wanted.id}
  standard: {standard}
  title: {_TITLE}
  instrument: {_ACT}
  years: {{from: {wanted.first_year}}}
  level: {base.level.value}
{territory}
extends: {reference}
changes:
  # {say("`replace: PATH`, `remove: PATH` and `set: PARAMETER` are the other changes; each has its own `cite`.")}
  - add: /
    clause:
      id: local
      title: {_TITLE}
      encodes: not_encoded
      cite: {_CITE}
    cite: {_CITE}
"""


def from_set(source: CriteriaSet, text: str, wanted: SetWanted, say: Words) -> str:
    """The file of a set as that of the set after it: its own header and citations are to be filled in.

    Raises `CriteriaError` where its `set` is not written key by key.
    """
    lines = text.splitlines()
    start, end = _block(lines, "set:")
    header = list(_header(source, lines[start + 1 : end], wanted))
    after = "\n".join(lines[end:])
    after = re.sub(rf"instrument: *[\"']?{re.escape(source.instrument.number)}[\"']?", _unnamed_act, after)
    years = Years(wanted.first_year)
    after = _YEAR.sub(lambda found: found[0] if int(found[1]) in years else f"year: {wanted.first_year}", after)
    opening = say("Begun from {criteria}: fill in what stands as ???, and compare each clause.", criteria=source.id)
    return "\n".join([f"# {opening}", "format: ncriteria/1", "set:", *header, after, ""])


def _unnamed_act(_: re.Match[str]) -> str:
    return f'instrument: "{TO_FILL_IN}"'


def _block(lines: list[str], key: str) -> tuple[int, int]:
    """The lines of a key at the top: its own, and the first of what follows."""
    start = next((number for number, line in enumerate(lines) if line.rstrip() == key), None)
    if start is None:
        message = phrase("`{key}` of that file is not written with a key in each line", key=key.rstrip(":"))
        raise CriteriaError(Problem("NC455", message, None, phrase("begin from another set, or from the template")))
    rest = (number for number, line in enumerate(lines) if number > start and _TOP_KEY.match(line))
    return start, next(rest, len(lines))


def _header(source: CriteriaSet, lines: Iterable[str], wanted: SetWanted) -> Iterator[str]:
    """The keys of `set`: those of the successor, and of the source what stays."""
    yield f"  id: {wanted.id}"
    stays = True
    for line in lines:
        if key := _KEY.match(line):
            stays = key[1] not in ("id", "title", "instrument", "years", "supersedes", "note", "territory")
        if stays and line.strip():
            yield line
    territory = wanted.territory or source.territory
    yield f"  title: {_TITLE}"
    yield f"  instrument: {_ACT}"
    yield f"  years: {{from: {wanted.first_year}}}"
    if territory is not None:
        yield f"  territory: {territory}"
    if territory == source.territory:
        yield f"  supersedes: {source.id}"
    yield ""


def is_unfilled(said: Bilingual | str | None) -> bool:
    """Whether a text is still to be filled in."""
    texts = (said.vi, said.en) if isinstance(said, Bilingual) else (said or "",)
    return any(TO_FILL_IN in text for text in texts)
