"""What cannot be in a lineage: a unit that goes whole into two, proportions above 1, identifiers in a circle."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction

from ncriteria.errors import Problem
from ncriteria.facts.lineage.changes import Change, Share, remainder
from ncriteria.words import Phrase, joined, phrase

_ONE_DAY = phrase("a unit is whole in one row of a day; otherwise its rows are parts, proportions and one remainder")


def contradictions(changes: Sequence[Change]) -> Iterator[Problem]:
    """What the changes of one day say against each other, each with the place of its row."""
    of_unit: dict[tuple[object, str], list[Change]] = {}
    pairs: dict[tuple[object, str, str], Change] = {}
    for change in changes:
        key = change.day, change.old, change.new
        if key in pairs:
            yield _problem("NC372", phrase("{change} stands twice", change=_told(change)), change, pairs[key])
        else:
            pairs[key] = change
            of_unit.setdefault((change.day, change.old), []).append(change)
    for parts in of_unit.values():
        yield from _overlaps(parts)
    yield from _circles(changes)


def _overlaps(parts: Sequence[Change]) -> Iterator[Problem]:
    whole = next((one for one in parts if one.share is Share.WHOLE), None)
    others = [one for one in parts if one is not whole]
    if whole is not None and others:
        message = phrase(
            "{unit} goes whole into {new} on {day}, and into {other} too",
            unit=whole.old,
            new=whole.new,
            day=whole.day,
            other=others[0].new,
        )
        yield _problem("NC372", message, others[0], whole, _ONE_DAY)
        return
    rests = [one for one in parts if one.share is Share.REMAINDER]
    if len(rests) > 1:
        message = phrase("{unit} has two remainders on {day}", unit=rests[1].old, day=rests[1].day)
        yield _problem("NC372", message, rests[1], rests[0], _ONE_DAY)
    stated = sum((one.share for one in parts if isinstance(one.share, Fraction)), Fraction(0))
    full = remainder(list(parts)) == 0 and rests
    more = stated == 1 and any(one.share is Share.PART for one in parts)
    if stated > 1 or full or more:
        told = phrase(
            "the proportions of {unit} on {day} come to {sum}", unit=parts[0].old, day=parts[0].day, sum=stated
        )
        message = told if stated > 1 else joined(", ", [told, phrase("and nothing is left for its other rows")])
        yield _problem("NC372", message, parts[-1], None, _ONE_DAY)


def _circles(changes: Iterable[Change]) -> Iterator[Problem]:
    """Units that only exchange their identifiers on a day: each is whole in another, and nothing else is."""
    by_day: dict[object, list[Change]] = {}
    for change in changes:
        by_day.setdefault(change.day, []).append(change)
    for of_day in by_day.values():
        into = {one.old: one for one in of_day if one.share is Share.WHOLE and one.old != one.new}
        made: dict[str, int] = {}
        for one in of_day:
            made[one.new] = made.get(one.new, 0) + 1
        told: set[str] = set()
        for first, change in into.items():
            trail, current = list[str](), first
            while current in into and current not in trail and made[into[current].new] == 1:
                trail.append(current)
                current = into[current].new
            if trail and current == first and first not in told:
                told.update(trail)
                circle = " → ".join([*trail, first])
                message = phrase("units become each other in a circle on one day: {circle}", circle=circle)
                hint = phrase("a unit keeps its identifier, or takes one that no other unit of the day leaves")
                yield Problem("NC373", message, change.place, hint)


def _told(change: Change) -> Phrase:
    return phrase("{old} into {new} on {day}", old=change.old, new=change.new, day=change.day)


def _problem(code: str, message: Phrase, change: Change, first: Change | None, hint: str | None = None) -> Problem:
    if first is not None and first.place is not None:
        message = joined("; ", [message, phrase("first in {place}", place=first.place.as_phrase())])
    return Problem(code, message, change.place, hint or phrase("keep one of the rows"))
