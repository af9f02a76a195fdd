"""Names that may have been meant."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches


def did_you_mean(name: str, candidates: Iterable[str]) -> str | None:
    """A hint with the candidate that looks most like `name`, letter case aside; `None` when none does."""
    by_folded = {candidate.casefold(): candidate for candidate in candidates}
    near = get_close_matches(name.casefold(), by_folded, n=1, cutoff=0.65)
    return f"did you mean `{by_folded[near[0]]}`?" if near else None


def no_such(what: str, name: str, candidates: Iterable[str]) -> KeyError:
    """The error for a name that is not among `candidates`, with the one that may have been meant."""
    hint = did_you_mean(name, candidates)
    return KeyError(f"there is no {what} {name!r}" + (f"; {hint}" if hint else ""))
