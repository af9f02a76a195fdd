"""What figures may stand together in a rule: those of the same months, and of one series or of comparable ones."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import combinations

from ncriteria.language import tree as t
from ncriteria.language.checking.meeting import Meeting, meetings
from ncriteria.language.queries import year_of
from ncriteria.language.source import Finding
from ncriteria.sets.model import CriteriaSet
from ncriteria.sets.years.series import Series, are_comparable, series_in
from ncriteria.sets.years.windows import Window
from ncriteria.words import phrase


def unlike_windows(criteria: CriteriaSet, expr: t.Expr) -> Finding | None:
    """Where `expr` puts figures of different months together, the innermost place first."""
    if all(declared.window is None for declared in criteria.facts.values()):
        return None
    for meeting in meetings(expr):
        counted = {key.name: window_of_figure(criteria, key.name) for keys in meeting.operands for key in keys}
        windows = [(name, window) for name, window in counted.items() if window is not None]
        unlike = [(name, window) for name, window in windows if not window.has_days_of(windows[0][1])]
        if unlike:
            (one, first), (other, second) = windows[0], unlike[0]
            message = phrase(
                "figures of different months stand together: `{one}` is of {first}, `{other}` of {second}",
                one=one,
                first=str(first),
                other=other,
                second=str(second),
            )
            return Finding("NC411", message, meeting.at.span, _WINDOWS_HINT)
    return None


_WINDOWS_HINT = phrase(
    "where a source lets them be compared, say so in the clause: `accepts_windows: {{note: ..., cite: [...]}}`; "
    "what is no count over a year, such as a population, has `over_months: alike`"
)


def window_of_figure(criteria: CriteriaSet, fact: str) -> Window | None:
    """The months that a fact is counted over; `None` for what is no count over a year, such as a day or households."""
    declared = criteria.facts.get(fact)
    if declared is None:
        return None
    if declared.window is not None:
        return declared.window
    return criteria.months_of_year if declared.type.is_numeric and declared.over_months is None else None


def unlike_series(criteria: CriteriaSet, expr: t.Expr) -> Finding | None:
    """Where `expr` puts figures together whose series no source says are comparable, the innermost place first."""
    if not any(declared.series for declared in criteria.facts.values()):
        return None
    found = (
        _unlike_in(criteria, meeting, year, one, other)
        for meeting in meetings(expr)
        for one, other in _pairs(meeting)
        for year in _years_to_try(criteria, (one, other))
    )
    return next((one for one in found if one is not None), None)


def _pairs(meeting: Meeting) -> Iterator[tuple[t.FactKey, t.FactKey]]:
    """Each two figures of different operands."""
    for one, other in combinations(meeting.operands, 2):
        yield from ((left, right) for left in one for right in other)


def _years_to_try(criteria: CriteriaSet, keys: Iterable[t.FactKey]) -> Iterator[int]:
    """Assessment years of the set that show each pair of series that can meet: the first, and those of changes."""
    years, keys = criteria.years, tuple(keys)
    back = {key.period.years if isinstance(key.period, t.Ago) else 0 for key in keys}
    changes = {one.since for key in keys for one in _series(criteria, key) if one.since is not None}
    tried = {years.first, *(change + distance for change in changes for distance in back)}
    yield from (year for year in sorted(tried) if year in years)


def _series(criteria: CriteriaSet, key: t.FactKey) -> Series:
    declared = criteria.facts.get(key.name)
    return () if declared is None else declared.series


def _unlike_in(criteria: CriteriaSet, meeting: Meeting, year: int, one: t.FactKey, other: t.FactKey) -> Finding | None:
    """What is wrong in an assessment year with putting two figures together."""
    told = []
    for key in (one, other):
        series, of = _series(criteria, key), year_of(key.period, year)
        if not series:
            return None
        told.append((phrase("`{fact}` in {year}", fact=key.name, year=of), series_in(series, of)))
    (first, first_id), (second, second_id) = told
    if first_id is not None and second_id is not None:
        if are_comparable(first_id, second_id, criteria.comparable):
            return None
        message = phrase(
            "{first} is of the series `{first_id}`, {second} of `{second_id}`: they are not declared comparable",
            first=first,
            first_id=first_id,
            second=second,
            second_id=second_id,
        )
        hint = phrase(
            "where a source compares them, say so: `comparable: [{{series: [{first}, {second}], cite: [...]}}]`",
            first=first_id,
            second=second_id,
        )
        return Finding("NC413", message, meeting.at.span, hint)
    missing = first if first_id is None else second
    message = phrase("the series of {figure} is not declared", figure=missing)
    return Finding(
        "NC413", message, meeting.at.span, phrase("leave out the first `from`, or name the series before it")
    )
