"""What of the sets of a catalog may be out of date on a day: texts awaited, values and sets that end, sources changed.

Nothing is fetched: whether a source has changed is told by the hashes of copies that somebody has at hand.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import Enum
from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit

from ncriteria.language.values import Unknown
from ncriteria.quick_classes import frozen
from ncriteria.sets.model import Clause, CriteriaSet, ParameterDeclaration
from ncriteria.sets.sources import AwaitedText, Bilingual, Citation, Instrument

_SOON = datetime.timedelta(days=366)


class StaleKind(Enum):
    """What may be out of date."""

    SOURCE_CHANGED = "source_changed"
    SOURCE_MOVED = "source_moved"
    SOURCE_ABSENT = "source_absent"
    SET_ENDED = "set_ended"
    SET_ENDS = "set_ends"
    PARAMETER_ENDED = "parameter_ended"
    PARAMETER_ENDS = "parameter_ends"
    AWAITED = "awaited"


@frozen
class StaleFinding:
    """One thing that may be out of date: in which set, what, and since when or until when.

    `name` is a clause, a parameter, or an instrument, `title` what it is called. `last` is the last day of a set or the
    last day of the last year of a value. Of a source, `file` is the copy that was looked at, `sha256` its hash.
    """

    kind: StaleKind
    criteria: str
    name: str
    title: Bilingual | None = None
    last: datetime.date | None = None
    awaits: AwaitedText | None = None
    url: str | None = None
    sha256: str | None = None
    file: str | None = None


@frozen
class OutOfDate:
    """What may be out of date on a day; `unhashed` addresses have no hash, so nothing tells whether they changed."""

    on: datetime.date
    findings: tuple[StaleFinding, ...]
    unhashed: int


@frozen
class _Source:
    """The copy of a text that a set rests on, from an address or from hand to hand."""

    criteria: str
    name: str
    url: str | None
    sha256: str | None


def out_of_date(sets: Sequence[CriteriaSet], on: datetime.date, copies: Mapping[str, str] | None = None) -> OutOfDate:
    """What of `sets` may be out of date on a day.

    `copies` are the SHA-256 of the copies at hand, by the name of the file; `None` where there are none to look at.
    """
    sources = list(dict.fromkeys(one for criteria in sets for one in _sources(criteria)))
    found = [
        *_sources_changed(sources),
        *(_against_copies(sources, copies) if copies is not None else ()),
        *(one for criteria in sets for one in _ending_set(criteria, sets, on)),
        *(one for criteria in sets for one in _ending_parameters(criteria, on)),
        *(one for criteria in sets for one in _awaiting(criteria)),
    ]
    order = list(StaleKind)
    hashed = {one.url for one in sources if one.sha256 is not None}
    unhashed = len({one.url for one in sources if one.sha256 is None} - hashed)
    return OutOfDate(on, tuple(sorted(found, key=lambda one: order.index(one.kind))), unhashed)


def _sources(criteria: CriteriaSet) -> Iterator[_Source]:
    """The texts that a set rests on, of which it says an address or a hash."""
    cited: list[Citation | Instrument] = [criteria.instrument]
    cited += [one for member in criteria.members() for one in member.cite]
    cited += [one for parameter in criteria.parameters.values() for one in parameter.cite]
    cited += [one for change in criteria.changes for one in change.cite]
    for one in cited:
        if one.url is not None or one.sha256 is not None:
            name = one.number if isinstance(one, Instrument) else one.instrument
            yield _Source(criteria.id, name, one.url, one.sha256)


def _sources_changed(sources: Iterable[_Source]) -> Iterator[StaleFinding]:
    """Addresses whose text was read as two texts, and texts that were read at two addresses."""
    hashes: dict[str, str] = {}
    addresses: dict[str, str] = {}
    for one in sources:
        if one.sha256 is None or one.url is None:
            continue
        about = one.criteria, one.name
        if hashes.setdefault(one.url, one.sha256) != one.sha256:
            yield StaleFinding(StaleKind.SOURCE_CHANGED, *about, url=one.url, sha256=one.sha256)
        if addresses.setdefault(one.sha256, one.url) != one.url:
            yield StaleFinding(StaleKind.SOURCE_MOVED, *about, url=one.url, sha256=one.sha256)


def _against_copies(sources: Iterable[_Source], copies: Mapping[str, str]) -> Iterator[StaleFinding]:
    """Sources of which the copy at hand is another text, and those of which there is no copy."""
    by_name = {PurePosixPath(name).name: (name, sha256) for name, sha256 in copies.items()}
    told = set[tuple[str | None, str]]()
    for one in sources:
        if one.sha256 is None or one.sha256 in copies.values() or (one.url, one.sha256) in told:
            continue
        told.add((one.url, one.sha256))
        about = one.criteria, one.name
        copy = by_name.get(unquote(PurePosixPath(urlsplit(one.url or "").path).name))
        if copy is None:
            yield StaleFinding(StaleKind.SOURCE_ABSENT, *about, url=one.url, sha256=one.sha256)
        else:
            yield StaleFinding(StaleKind.SOURCE_CHANGED, *about, url=one.url, sha256=copy[1], file=copy[0])


def _ending_set(criteria: CriteriaSet, sets: Sequence[CriteriaSet], on: datetime.date) -> Iterator[StaleFinding]:
    """That a set ended, or will within a year, and neither another of its line follows nor does it say what does."""
    last = _last_day(criteria)
    of_line = criteria.standard, criteria.level, criteria.territory
    line = (one for one in sets if (one.standard, one.level, one.territory) == of_line)
    follows = any(one.years.first > (criteria.years.last or 0) for one in line)
    if last is not None and criteria.after_end is None and not follows and last - on <= _SOON:
        kind = StaleKind.SET_ENDED if last < on else StaleKind.SET_ENDS
        yield StaleFinding(kind, criteria.id, criteria.instrument.number, criteria.title, last)


def _last_day(criteria: CriteriaSet) -> datetime.date | None:
    """The last day of a set: the one that it says, or that of its last year."""
    if criteria.held is not None and criteria.held.last is not None:
        return criteria.held.last
    return None if criteria.years.last is None else criteria.months_of_year.days(criteria.years.last)[1]


def _ending_parameters(criteria: CriteriaSet, on: datetime.date) -> Iterator[StaleFinding]:
    """The values that end before the set does, and nothing follows."""
    for name, declared in criteria.parameters.items():
        year = _last_year(declared)
        if year is None or (criteria.years.last is not None and criteria.years.last <= year):
            continue
        last = criteria.months_of_year.days(year)[1]
        if last - on <= _SOON:
            kind = StaleKind.PARAMETER_ENDED if last < on else StaleKind.PARAMETER_ENDS
            yield StaleFinding(kind, criteria.id, name, declared.title, last)


def _last_year(declared: ParameterDeclaration) -> int | None:
    """The last year in which a parameter has a value that is known; `None` where the last value has no end."""
    *before, last = declared.values
    is_over = last.value is Unknown.UNKNOWN and any(one.value is not Unknown.UNKNOWN for one in before)
    return None if last.since is None or not is_over else last.since - 1


def _awaiting(criteria: CriteriaSet) -> Iterator[StaleFinding]:
    """The clauses that await a document."""
    for member in criteria.members():
        if isinstance(member, Clause) and member.awaits is not None:
            yield StaleFinding(StaleKind.AWAITED, criteria.id, member.path, member.title, awaits=member.awaits)
