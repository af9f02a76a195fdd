"""Series: what a figure counts as its office defines it, which may change from one year to another under one name."""

from __future__ import annotations

from collections.abc import Iterable

from ncriteria.quick_classes import frozen
from ncriteria.sets.sources import Citation


@frozen
class SeriesSince:
    """The series of a fact from a year on; `None` is from the beginning."""

    since: int | None
    id: str


Series = tuple[SeriesSince, ...]
"""The series of a fact by their years, in order; empty where it declares none."""


def series_in(series: Series, year: int) -> str | None:
    """The series that holds in `year`; `None` before the first."""
    return next((one.id for one in reversed(series) if one.since is None or one.since <= year), None)


@frozen
class ComparableSeries:
    """Series whose figures may be compared with each other, by a source that says so."""

    ids: tuple[str, ...]
    cite: tuple[Citation, ...]


def are_comparable(one: str, other: str, declared: Iterable[ComparableSeries]) -> bool:
    """Whether figures of two series may be compared: they are the same, or are declared so."""
    return one == other or any(one in group.ids and other in group.ids for group in declared)
