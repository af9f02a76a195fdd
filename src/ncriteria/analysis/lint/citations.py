"""Instruments that are cited once under a name that another one nearly has: most often a slip of the pen."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from ncriteria.errors import Problem, TextPlace
from ncriteria.sets.model import CriteriaSet
from ncriteria.sets.sources import Citation
from ncriteria.words import phrase


def citations_of_look_alikes(criteria: CriteriaSet) -> Iterator[Problem]:
    """A warning for each instrument that is cited once, and is one letter or digit from one that is cited more often.

    A citation with an address of its own is meant.
    """
    cited = list(_citations(criteria))
    counted = Counter(citation.instrument for citation, _ in cited)
    counted[criteria.instrument.number] += 2
    often = [name for name, count in counted.items() if count > 1]
    addresses = {(citation.instrument, citation.url) for citation, _ in cited}
    for citation, place in cited:
        if counted[citation.instrument] == 1:
            meant = next((name for name in often if is_one_edit_apart(citation.instrument, name)), None)
            if meant is not None and (citation.url is None or (meant, citation.url) in addresses):
                message = phrase(
                    "`{instrument}` is cited once; the file cites `{meant}` otherwise",
                    instrument=citation.instrument,
                    meant=meant,
                )
                hint = phrase(
                    "write `{meant}`, or give the citation an `url` of its own where another instrument is meant",
                    meant=meant,
                )
                yield Problem("NC146", message, place, hint)


def _citations(criteria: CriteriaSet) -> Iterator[tuple[Citation, TextPlace | None]]:
    for declared in (*criteria.members(), *criteria.parameters.values()):
        yield from ((citation, citation.place or declared.place) for citation in declared.cite)


def is_one_edit_apart(one: str, other: str) -> bool:
    """Whether one text comes of the other by one letter more, less or changed, or by two neighbours exchanged."""
    if one == other or abs(len(one) - len(other)) > 1:
        return False
    start = next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    rest, other_rest = one[start:], other[start:]
    changed = rest[1:] == other_rest[1:]
    exchanged = rest[:2] == other_rest[:2][::-1] and rest[2:] == other_rest[2:]
    return changed or exchanged or rest[1:] == other_rest or rest == other_rest[1:]
