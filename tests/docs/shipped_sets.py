"""What the pages of the shipped sets say of each set, drawn from the files: `python -m tests.docs.shipped_sets`.

It stands between two marks of `docs/shipped-sets.md` and of its Vietnamese sister; the rest of both is written by hand.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from textwrap import wrap
from typing import Final

import ncriteria as nc
from ncriteria.language.values import Unknown
from ncriteria.sets.model import Bilingual, Clause, CriteriaSet, Encodes
from ncriteria.words import Language
from tests.docs.pages import ROOT

PAGES: Final[Mapping[Language, Path]] = {
    "en": ROOT / "docs" / "shipped-sets.md",
    "vi": ROOT / "docs" / "vi" / "bo-tieu-chi-kem-theo.md",
}
_BEGIN, _END = "<!-- from the files: begin -->\n", "<!-- from the files: end -->\n"
_COVERAGE: Final[Mapping[Language, Mapping[Encodes, str]]] = {
    "en": {
        Encodes.EXACT: "{count} of {all} contents as read",
        Encodes.APPROXIMATED: "{count} approximated",
        Encodes.ATTESTED: "{count} attested",
        Encodes.NOT_ENCODED: "{count} not encoded",
    },
    "vi": {
        Encodes.EXACT: "{count} trên {all} nội dung đúng như văn bản",
        Encodes.APPROXIMATED: "{count} gần đúng",
        Encodes.ATTESTED: "{count} theo xác nhận",
        Encodes.NOT_ENCODED: "{count} chưa mã hóa",
    },
}
_PLACED: Final[Mapping[Language, str]] = {
    "en": "Standard `{standard}`, level `{level}`, years {years}, instrument {number}{quiet}.",
    "vi": "Tiêu chuẩn `{standard}`, cấp `{level}`, năm {years}, văn bản {number}{quiet}.",
}
_QUIET: Final[Mapping[Language, str]] = {
    "en": "; judged only where the standard is named",
    "vi": "; chỉ xét khi nêu tên tiêu chuẩn",
}
_KINDS: Final[Mapping[Language, Mapping[Encodes, str]]] = {
    "en": {Encodes.NOT_ENCODED: "Not encoded", Encodes.APPROXIMATED: "Approximated"},
    "vi": {Encodes.NOT_ENCODED: "Chưa mã hóa", Encodes.APPROXIMATED: "Gần đúng"},
}
_AWAITS: Final[Mapping[Language, str]] = {"en": "Awaits a document", "vi": "Chờ văn bản"}
_OPEN: Final[Mapping[Language, str]] = {"en": "Left open", "vi": "Văn bản để ngỏ"}


def coverage(criteria: CriteriaSet, language: Language) -> str:
    """How many contents of a set are as read, approximated, attested and not encoded, in one line."""
    clauses = _clauses(criteria)
    counts = Counter(clause.encodes for clause in clauses)
    said = _COVERAGE[language].items()
    told = [
        text.format(count=counts[kind], all=len(clauses))
        for kind, text in said
        if kind is Encodes.EXACT or counts[kind]
    ]
    return ", ".join(told)


def told(language: Language) -> str:
    """What the files say of every set: its place, its coverage, what is a reading, and what is missing."""
    sets = nc.catalog().sets.sets
    return "\n".join(line for criteria in sets for line in (*_section(criteria, language), ""))


def _section(criteria: CriteriaSet, language: Language) -> Iterator[str]:
    yield f"### {criteria.id}"
    yield ""
    quiet = _QUIET[language] if criteria.only_when_named else ""
    place = _PLACED[language].format(
        standard=criteria.standard,
        level=criteria.level.value,
        years=criteria.years,
        number=criteria.instrument.number,
        quiet=quiet,
    )
    yield from wrap(f"{criteria.title.text(language)}. {place}", 118, break_long_words=False, break_on_hyphens=False)
    yield ""
    yield f"**{coverage(criteria, language)}.**"
    yield ""
    if criteria.note is not None:
        yield from wrap(criteria.note.text(language), 118, break_long_words=False, break_on_hyphens=False)
        yield ""
    yield from _noted(criteria, language)


def _noted(criteria: CriteriaSet, language: Language) -> Iterator[str]:
    """A line for each clause and parameter that a reader must not take for the text."""
    for clause in _clauses(criteria):
        if clause.awaits is not None:
            document, issuer = clause.awaits.document.text(language), clause.awaits.issuer.text(language)
            yield from _lines(f"- {_AWAITS[language]} `{clause.path}`: {document} ({issuer}).")
        kind = _KINDS[language].get(clause.encodes)
        if kind is not None and clause.note is not None:
            yield from _item(kind, clause.path, clause.title, clause.note, language)
    for name, parameter in criteria.parameters.items():
        is_open = any(dated.value is Unknown.UNKNOWN for dated in parameter.values)
        if is_open and parameter.note is not None:
            yield from _item(_OPEN[language], name, parameter.title, parameter.note, language)


def _item(kind: str, name: str, title: Bilingual, note: Bilingual, language: Language) -> list[str]:
    return _lines(f"- {kind} `{name}`, {title.text(language)}: {note.text(language)}")


def _lines(text: str) -> list[str]:
    return wrap(text, 118, subsequent_indent="  ", break_long_words=False, break_on_hyphens=False)


def _clauses(criteria: CriteriaSet) -> list[Clause]:
    return [member for member in criteria.members() if isinstance(member, Clause)]


def between_marks(page: str) -> tuple[str, str, str]:
    """A page before, between and after its marks."""
    before, rest = page.split(_BEGIN)
    inside, after = rest.split(_END)
    return before, inside, after


def main() -> None:
    """Write what the files say into both pages."""
    for language, path in PAGES.items():
        before, _, after = between_marks(path.read_text("utf-8"))
        path.write_text(f"{before}{_BEGIN}\n{told(language)}\n{_END}{after}", "utf-8")


if __name__ == "__main__":
    main()
