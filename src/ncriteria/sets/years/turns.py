"""Who judges when: the sets of a standard that judge the units of a territory, one after the other, and the gaps.

Before the first set of its own, a territory is judged by the sets around it, where that first set extends or supersedes
one of them. After the years of a set of its own they judge only where that set says so.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Final

from attrs import evolve

from ncriteria.errors import Problem
from ncriteria.quick_classes import frozen
from ncriteria.sets.model import CriteriaSet, Level, Years
from ncriteria.sets.names import LEVELS, standard_among
from ncriteria.sets.sources import AfterEnd, EndedSet, Origin
from ncriteria.sets.years.territories import Territories, TerritoryInTime, is_of, judged_years
from ncriteria.words import joined, phrase

_EVER: Final = 0
_NEVER_ANOTHER = phrase("another year's criteria are never used instead")


@frozen
class Turn:
    """A set, and the assessment years in which it judges, which may be fewer than those that it holds for."""

    criteria: CriteriaSet
    years: Years


@frozen
class Lines:
    """The sets of one standard and level, by the years that they judge.

    `by_id` are these and all others that they may extend or supersede, as they stand in their files.
    """

    sets: tuple[CriteriaSet, ...]
    by_id: Mapping[str, CriteriaSet]

    def own(self, territories: Territories) -> tuple[CriteriaSet, ...]:
        """The sets of the nearest of `territories` that has any."""
        return self._of_nearest(territories)[1]

    def from_nearest(self, territories: Territories) -> Territories:
        """The nearest of `territories` that has any sets, and those around it."""
        return territories[self._of_nearest(territories)[0] :]

    def _of_nearest(self, territories: Territories) -> tuple[int, tuple[CriteriaSet, ...]]:
        for place, territory in enumerate(territories):
            found = tuple(one for one in self.sets if is_of(one, territory))
            if found:
                return place, found
        return len(territories), ()

    def turns(self, territories: Territories) -> tuple[Turn, ...]:
        """Which set judges when in the nearest of `territories`; the others are those around it, nearest first."""
        own = self.own(territories)
        if not own:
            return ()
        return tuple(self._one_after_another(own, self.turns(self.from_nearest(territories)[1:])))

    def _one_after_another(self, own: Sequence[CriteriaSet], outer: Sequence[Turn]) -> Iterator[Turn]:
        """The turns of a territory's own sets, and what those around judge before and after these, oldest first."""
        handed_on = dict(self.handed_on(own, outer))
        yield from _within(outer, handed_on.get(None))
        for one in own:
            yield Turn(self.by_id[one.id], one.years)
            for turn in _within(outer, handed_on.get(one.id)):
                assert one.years.last is not None, "what has no end hands nothing on"
                ended = EndedSet(Origin(one.id, one.instrument, one.territory), one.years.last)
                yield Turn(evolve(turn.criteria, stands_in_after=ended), turn.years)

    def handed_on(self, own: Sequence[CriteriaSet], outer: Sequence[Turn]) -> Iterator[tuple[str | None, Years]]:
        """The years that a territory's own sets leave to those around: before the first, and after those that say so.

        Each with the identifier of the set that ended before them, `None` where none has begun.
        """
        if self._follows(own[0], outer):
            yield None, Years(_EVER, own[0].years.first - 1)
        for one, following in pairwise((*own, None)):
            assert one is not None, "only the last is followed by none"
            begins, end = one.years.last, None if following is None else following.years.first - 1
            is_said = one.after_end is AfterEnd.EXTENDED and self._follows(one, outer)
            if is_said and begins is not None and begins != end:
                yield one.id, Years(begins + 1, end)

    def _follows(self, criteria: CriteriaSet, outer: Sequence[Turn]) -> bool:
        """Whether a set extends or supersedes one of those around."""
        followed = set(self.followed(criteria))
        return any(turn.criteria.id in followed for turn in outer)

    def followed(self, criteria: CriteriaSet) -> Iterator[str]:
        """The sets that `criteria` extends or supersedes, and those that these do, by identifier."""
        seen = {criteria.id}
        pending = [criteria]
        while pending:
            one = pending.pop()
            for identifier in (one.extended.id if one.extended else None, one.supersedes):
                if identifier is not None and identifier not in seen:
                    seen.add(identifier)
                    yield identifier
                    if identifier in self.by_id:
                        pending.append(self.by_id[identifier])

    def around(self, criteria: CriteriaSet) -> Territories:
        """The territory of `criteria` and those around it, as far as the sets tell."""
        followed = (
            self.by_id[identifier].territory for identifier in self.followed(criteria) if identifier in self.by_id
        )
        names = dict.fromkeys(name for name in (criteria.territory, *followed) if name is not None)
        return (*map(TerritoryInTime, names), None)


def _within(turns: Sequence[Turn], years: Years | None) -> Iterator[Turn]:
    for turn in turns if years is not None else ():
        assert years is not None
        found = turn.years.within(years)
        if found is not None:
            yield Turn(turn.criteria, found)


def lines_of(sets: Iterable[CriteriaSet], by_id: Mapping[str, CriteriaSet]) -> Lines:
    """The sets of one standard and level, by the years that they judge."""
    judging = ((one, judged_years(one)) for one in sets)
    return Lines(tuple(evolve(one, years=years) for one, years in judging if years is not None), by_id)


def refusal(lines: Lines, territories: Territories, standard: str, level: Level, year: int) -> Problem:
    """Why no set judges in `year`: the gap, what makes it, and what would close it."""
    at_fault, called = _at_fault(lines, territories, year), standard_among(lines.sets, standard)
    if at_fault[0] is None:
        held = joined(
            ", ",
            (
                phrase(
                    "{instrument} ({criteria}) for {years}",
                    instrument=turn.criteria.instrument.number,
                    criteria=turn.criteria.id,
                    years=turn.years,
                )
                for turn in lines.turns(territories)
            ),
        )
        message = phrase(
            'no criteria of "{standard}" for a {level} hold in {year}',
            standard=called,
            level=LEVELS[level].as_phrase(),
            year=year,
        )
        return Problem("NC125", message, hint=phrase("there are: {held}; {rule}", held=held, rule=_NEVER_ANOTHER))
    cause, cure = _explained(lines, at_fault, year)
    message = phrase(
        'no criteria of "{standard}" for a {level} hold in "{territory}" in {year}: {cause}',
        standard=called,
        level=LEVELS[level].as_phrase(),
        territory=at_fault[0].name,
        year=year,
        cause=cause,
    )
    return Problem("NC125", message, hint=cure)


def _at_fault(lines: Lines, territories: Territories, year: int) -> Territories:
    """The territory whose own sets leave `year` open, and those around it: sets that follow others hand it on."""
    own = lines.own(territories)
    rest = lines.from_nearest(territories)
    is_handed_on = any(year in years for _, years in lines.handed_on(own, lines.turns(rest[1:])))
    return _at_fault(lines, rest[1:], year) if is_handed_on else rest


def _explained(lines: Lines, territories: Territories, year: int) -> tuple[str, str]:
    """What makes the gap in `year` among the sets of the first of `territories`, and what closes it."""
    own, outer = lines.own(territories[:1]), lines.own(territories[1:])
    first, territory = own[0], own[0].territory
    others = joined(
        "",
        (
            phrase("; {criteria} ({years}) is not used instead", criteria=one.id, years=one.years)
            for one in outer
            if year in one.years
        ),
    )
    ended = [one for one in own if one.years.first <= year]
    if ended:
        last = ended[-1]
        following = next(
            (
                phrase(", and {criteria} begins in {year}", criteria=one.id, year=one.years.first)
                for one in own
                if one.years.first > year
            ),
            "",
        )
        where = phrase("the whole country") if territory is None else f'"{territory}"'
        cure = phrase(
            "add a set of {where} for {year}, or change the `to` of {last}{others}{fallback}",
            where=where,
            year=year,
            last=last.id,
            others=others,
            fallback=_fallback(last) if others else "",
        )
        said = "" if last.after_end is None else phrase(" and says `after_end: {what}`", what=last.after_end.value)
        return phrase(
            "{criteria} ends in {year}{said}{following}",
            criteria=last.id,
            year=last.years.last,
            said=said,
            following=following,
        ), cure
    begins = phrase("{criteria} begins in {year}", criteria=first.id, year=first.years.first)
    absent = [identifier for identifier in lines.followed(first) if identifier not in lines.by_id]
    if absent:
        cause = phrase(
            "{begins}, and {absent}, which it follows, is not among these sets", begins=begins, absent=absent[0]
        )
        return cause, phrase("put the file of {absent} into the folder too", absent=absent[0])
    cure = phrase(
        'name in `supersedes` the set that it follows, or add a set of "{territory}" for {year}{others}',
        territory=territory,
        year=year,
        others=others,
    )
    return phrase("{begins}, and extends or supersedes no set that holds around it", begins=begins), cure


def _fallback(last: CriteriaSet) -> str:
    """What would let the sets around judge after the last one of a territory, where it leaves that open."""
    if last.extended is None or last.after_end is not None:
        return ""
    return phrase(", unless {criteria} says `after_end: extended`", criteria=last.id)


def gaps(sets: Iterable[CriteriaSet]) -> list[Problem]:
    """The years in which a territory, or the whole country, has no criteria, though others or its own sets do.

    One warning for each: the years, what makes the gap, and what would close it. A gap that a set declares is none.
    """
    known = sorted(sets, key=lambda one: one.years.first)
    by_id = {one.id: one for one in known}
    by_line: dict[tuple[str, Level], list[CriteriaSet]] = {}
    for one in known:
        by_line.setdefault((one.standard, one.level), []).append(one)
    found: list[Problem] = []
    for (standard, level), line in by_line.items():
        lines = lines_of(line, by_id)
        for name in dict.fromkeys(one.territory for one in lines.sets):
            territory = None if name is None else TerritoryInTime(name)
            called = standard_among(line, standard)
            what = phrase('"{standard}" for a {level}', standard=called, level=LEVELS[level].as_phrase())
            found += _gaps_of(lines, territory, what)
            found += _days_between(lines.own([territory]), what)
    return found


def _days_between(own: Sequence[CriteriaSet], what: str) -> Iterator[Problem]:
    """The days between two sets of one territory that say in which days they are in force."""
    held = [(one, one.held) for one in own if one.held is not None]
    for (one, before), (other, after) in pairwise(held):
        first = after.first if before.last is None else before.last + datetime.timedelta(days=1)
        if first < after.first:
            message = phrase(
                "no criteria of {what} are in force from {first} to {last}: {before} ends, and {after} begins on {day}",
                what=what,
                first=first,
                last=after.first - datetime.timedelta(days=1),
                before=one.id,
                after=other.id,
                day=after.first,
            )
            place = after.place
            yield Problem("NC194", message, place, phrase("correct the days, or add what was in force then"))


def _gaps_of(lines: Lines, territory: TerritoryInTime | None, what: str) -> Iterator[Problem]:
    own = lines.own([territory])
    around = lines.around(own[0])
    outer = [] if territory is None else [one for one in lines.sets if any(is_of(one, outer) for outer in around[1:])]
    base = own[0].extended
    expected = [one.years for one in outer] + ([base.years] if base is not None and base.id not in lines.by_id else [])
    end = max(year for years in (*expected, *(one.years for one in own)) for year in (years.first, years.last or 0)) + 1
    hull = Years(own[0].years.first, own[-1].years.last)
    wanted = {year for years in (*expected, hull) for year in range(years.first, (years.last or end) + 1)}
    held = {year for turn in lines.turns(around) for year in range(turn.years.first, (turn.years.last or end) + 1)}
    for first, last in _spans(sorted(wanted - held)):
        at_fault = _at_fault(lines, around, first)
        cause, cure = _explained(lines, at_fault, first)
        years = str(first) if first == last else f"{first}-{'' if last == end else last}"
        where = phrase("the whole country") if territory is None else f'"{territory.name}"'
        begun = [one for one in lines.own(at_fault[:1]) if one.years.first <= first]
        if begun and begun[-1].after_end is AfterEnd.NONE:
            continue
        code, told = ("NC151", begun[-1]) if begun else ("NC150", own[0])
        place = told.place_of("years", "in_force")
        yield Problem(
            code,
            phrase(
                "{where} has no criteria of {what} in {years}: {cause}",
                where=where,
                what=what,
                years=years,
                cause=cause,
            ),
            place,
            cure,
        )


def _spans(years: Sequence[int]) -> Iterator[tuple[int, int]]:
    """The first and the last of each unbroken row of years."""
    first: int | None = None
    for index, year in enumerate(years):
        first = year if first is None else first
        if index + 1 == len(years) or years[index + 1] != year + 1:
            yield first, year
            first = None
