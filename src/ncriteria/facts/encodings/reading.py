"""The text of a file, in the encoding that its mark or the user names; another one is proposed, and never taken."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from ncriteria.errors import CellPlace, Problem
from ncriteria.facts.encodings.decoding import OF_FONTS, OF_UNICODE, Encoding, Undecoded, decode, marked, unicode_of
from ncriteria.facts.encodings.file_text import ONLY_VIETNAMESE, FileText
from ncriteria.facts.encodings.proposing import LOOKED_AT, Candidate, drawn, proposed, words_of
from ncriteria.facts.encodings.syllables import likeness
from ncriteria.facts.table import FactsError
from ncriteria.language.hints.near_misses import did_you_mean
from ncriteria.sets.reading.documents import UNREADABLE, named
from ncriteria.words import joined, one_of, phrase

_ALSO_CALLED = {
    Encoding.UTF_8: ("utf8", "utf-8-sig"),
    Encoding.UTF_16: ("utf16", "unicode"),
    Encoding.UTF_16_LE: ("utf-16le", "utf16-le"),
    Encoding.UTF_16_BE: ("utf-16be", "utf16-be"),
    Encoding.WINDOWS_1258: ("cp1258", "1258", "windows1258"),
    Encoding.TCVN3: ("tcvn", "abc", "tcvn-5712", "tcvn5712"),
    Encoding.VNI: ("vni-windows", "vni-win"),
}


def text_of_bytes(content: bytes, chosen: str | None, headings: Collection[str], place: CellPlace) -> FileText:
    """The text of a file's `content`: UTF-8, what its mark says, or the `chosen` encoding; raises `FactsError`.

    `headings` are those that are known, folded; they help to tell which encoding a text is of.
    """
    asked = _named(chosen, place)
    mark = marked(content)
    if asked is not None and asked not in OF_FONTS and mark is not None and not _fits(asked, mark):
        message = phrase(
            "the file begins with the mark of {mark}, and is to be read as {asked}", mark=mark.value, asked=asked.value
        )
        raise FactsError(Problem("NC220", message, place, _leave_out(mark)))
    if asked in OF_FONTS and (seen := unicode_of(content)) is not None:
        return _drawn(seen, asked, content, headings, place)
    encoding = mark or asked or Encoding.UTF_8
    text = decode(content, encoding)
    if isinstance(text, Undecoded):
        raise FactsError(_refused(text, content, encoding, headings, place))
    text = text.removeprefix("\ufeff")
    if (unreadable := UNREADABLE.search(text)) and (others := proposed(content, headings, encoding)):
        line = text.count("\n", 0, unreadable.start()) + 1
        message = phrase("{character} stands in the text", character=named(unreadable[0]))
        raise FactsError(Problem("NC220", message, CellPlace(place.file, row=line), _hint(others, headings)))
    return FileText(text, encoding.value, _doubt(text, content, encoding, headings, place))


def _named(chosen: str | None, place: CellPlace) -> Encoding | None:
    if chosen is None:
        return None
    name = re.sub("[ _]+", "-", chosen.strip().casefold())
    known = {one.value: one for one in Encoding}
    found = known.get(name) or next((one for one, names in _ALSO_CALLED.items() if name in names), None)
    if found is None:
        hint = did_you_mean(name, known) or phrase("those that are: {encodings}", encodings=", ".join(known))
        raise FactsError(Problem("NC283", phrase('"{name}" is no encoding that is read', name=chosen), place, hint))
    return found


def _leave_out(encoding: Encoding) -> str:
    return phrase("leave the encoding out, or say {encoding}", encoding=encoding.value)


def _fits(asked: Encoding, mark: Encoding) -> bool:
    return asked is mark or (asked is Encoding.UTF_16 and mark is not Encoding.UTF_8)


def _drawn(seen: str, encoding: Encoding, content: bytes, headings: Collection[str], place: CellPlace) -> FileText:
    """The text of a file that was saved as Unicode with letters that only a font makes Vietnamese."""
    text = drawn(seen, encoding)
    if isinstance(text, Undecoded):
        hint = _leave_out(marked(content) or Encoding.UTF_8)
        message = phrase(
            "the file is Unicode, and not in letters of {encoding}: {reason}", encoding=encoding.value, reason=text.what
        )
        raise FactsError(Problem("NC220", message, CellPlace(place.file, row=text.line), hint))
    account = phrase("{encoding} saved as Unicode", encoding=encoding.value)
    return FileText(text, account, _doubt(text, content, encoding, headings, place))


def _refused(
    found: Undecoded, content: bytes, encoding: Encoding, headings: Collection[str], place: CellPlace
) -> Problem:
    others = proposed(content, headings, encoding)
    hint = _hint(others, headings) or phrase("save the file as UTF-8")
    return Problem("NC220", found.what, CellPlace(place.file, row=found.line), hint)


def _hint(others: Sequence[Candidate], headings: Collection[str]) -> str | None:
    """What the encodings that a text may be of make of it, and how one is chosen."""
    if not others:
        return None
    told = joined(
        ", ",
        [
            phrase('as {encoding} it reads "{words}"', encoding=one.encoding.value, words=one.first_words(headings))
            for one in others
        ],
    )
    if all(one.encoding is Encoding.UTF_8 for one in others):
        return joined("; ", [told, _leave_out(Encoding.UTF_8)])
    options = one_of(f"--encoding {one.encoding.value}" for one in others)
    right = phrase("if that is right, say {options} (`encoding` of `ReadingOptions`)", options=options)
    return joined("; ", [told, right])


def _doubt(
    text: str, content: bytes, encoding: Encoding, headings: Collection[str], place: CellPlace
) -> Problem | None:
    """What makes it likely that the text is of another encoding; Vietnamese letters of Unicode leave no doubt."""
    if text.isascii() or (encoding in OF_UNICODE and ONLY_VIETNAMESE.search(text)):
        return None
    found = likeness(text[:LOOKED_AT], words_of(headings))
    others = [one for one in proposed(content, headings, encoding) if one.likeness.points > 2 * max(found.points, 0)]
    if not others and (encoding in OF_UNICODE or not found.is_doubtful):
        return None
    words = Candidate(encoding, text, found).first_words(headings)
    hint = _hint(others, headings)
    hint = hint or phrase("look at the letters; where they are wrong, name another encoding")
    message = phrase(
        'read as {encoding}, the text is hardly Vietnamese: "{words}"', encoding=encoding.value, words=words
    )
    return Problem("NC284", message, place, hint)
