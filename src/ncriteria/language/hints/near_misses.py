"""Names that may have been meant."""

from __future__ import annotations

from collections.abc import Iterable

from ncriteria.language.hints.lookalikes import skeleton, told_apart, without_accents
from ncriteria.language.hints.vietnamese import word_of_vietnamese
from ncriteria.patterns import compiled_later
from ncriteria.words import Phrase, phrase

_SEPARATORS = compiled_later(r"\s*[/\\.:>|]\s*|\s+")


def did_you_mean(name: str, candidates: Iterable[str]) -> Phrase | None:
    """A hint with the candidate that looks most like `name`, letter case aside; `None` when none does.

    A word of Vietnamese may stand for one of the language. Where one looks the same, the hint names the character that
    differs.
    """
    known = tuple(candidates)
    apart = told_apart(name, known)
    if apart is not None:
        return apart
    near = word_of_vietnamese(name, known) or nearest(name, known)
    return None if near is None else phrase("did you mean `{name}`?", name=near)


def nearest(name: str, candidates: Iterable[str]) -> str | None:
    """The candidate that looks most like `name`, or is it without its accents; letter case and look-alikes aside."""
    from difflib import get_close_matches  # which a table without mistakes has no need of

    by_skeleton = {skeleton(candidate): candidate for candidate in candidates}
    bare = without_accents(name)
    same = next((candidate for candidate in by_skeleton.values() if without_accents(candidate) == bare), None)
    near = get_close_matches(skeleton(name), by_skeleton, n=1, cutoff=0.65)
    return same or (by_skeleton[near[0]] if near else None)


def path_meant(path: str, paths: Iterable[str]) -> Phrase | None:
    """A hint with the path of a clause that may have been meant: other separators, only the last part, a near name."""
    known = tuple(paths)
    ends = _ends(path)
    same = [one for one in known if _ends(one) == ends] or [one for one in known if _ends(one)[-len(ends) :] == ends]
    if len(same) == 1 and told_apart(path, known) is None:
        return phrase("did you mean `{name}`?", name=same[0])
    return did_you_mean(path, known)


def _ends(path: str) -> list[str]:
    return [part for part in _SEPARATORS.split(skeleton(path)) if part]


def no_such(what: str, name: object, candidates: Iterable[str]) -> KeyError:
    """The error for a name that is not among `candidates`, with the one that may have been meant."""
    if not isinstance(name, str):
        return KeyError(f"a {what} is looked up by a text, not by {name!r}")
    hint = path_meant(name, candidates) if what == "clause" else did_you_mean(name, candidates)
    return KeyError(f"there is no {what} {name!r}" + (f"; {hint}" if hint else ""))
