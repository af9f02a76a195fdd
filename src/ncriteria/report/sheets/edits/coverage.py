"""What an impact counts and what it does not, in lines, and how many units flip in which way."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Final

from ncriteria.analysis.impact.counts import FLIP_KINDS, FlipKind, territory_of
from ncriteria.analysis.impact.impact import Impact
from ncriteria.report.sheets.edits.edit_words import EditVoice
from ncriteria.sets.names import LEVELS, named_standard
from ncriteria.words import Language, Message, Words

OUTSIDE: Final = Message(
    "Outside its years a set only shows what its rules would say. That is no verdict under the law."
)


def impact_findings(found: Impact, language: Language) -> Iterator[str]:
    """What is counted, and how many units flip, those of larger units behind the others."""
    voice = EditVoice(language, found.old, found.new)
    say = voice.say
    yield from coverage_lines(found, voice)
    if not found.judged:
        return
    told = kinds_text(found.kinds, say)
    yield f"{say('Units that flip')}: {told}" if told else say("No unit flips.")
    for above in found.above:
        heading = say(
            "Units above whose verdicts rest on these rows: {standard}, level {level}",
            standard=named_standard(above.standard, above.standard_title, say.language),
            level=say.this(LEVELS[above.level]),
        )
        told = kinds_text(Counter(flip.kind for flip in above.flips), say)
        yield f"{heading}: {told}" if told else f"{heading}: {say('No unit flips.')}"


def kinds_text(kinds: Mapping[FlipKind, int], say: Words) -> str:
    """How many units flip in which way."""
    return ", ".join(f"{say.this(FLIP_KINDS[kind])}: {count}" for kind in FlipKind if (count := kinds.get(kind)))


def coverage_lines(found: Impact, voice: EditVoice) -> Iterator[str]:
    """How many rows are counted, those that are not, and what was tried outside its years."""
    say = voice.say
    yield say(
        "Rows that both judge: {judged} of {rows}; a row is one unit in one year.",
        judged=found.judged,
        rows=sum(found.rows_by_year.values()),
    )
    left_out: dict[str, list[int]] = {}
    for year in found.rows_by_year if found.years == "as-law" else ():
        missing = [voice.short(criteria) for criteria in (found.old, found.new) if year not in criteria.years]
        if missing:
            left_out.setdefault(", ".join(missing), []).append(year)
    for names, years in left_out.items():
        yield say.plural(
            "Not counted: {count} row of {years}: outside the years of {sets}.",
            "Not counted: {count} rows of {years}: outside the years of {sets}.",
            count=sum(found.rows_by_year[year] for year in years),
            years=", ".join(map(str, years)),
            sets=names,
        )
    if found.elsewhere:
        places = ", ".join(f'"{place}"' for place in sorted(territory_of(found.old, found.new)))
        yield say.plural(
            "Not counted: {count} row outside {places}, where both sets hold.",
            "Not counted: {count} rows outside {places}, where both sets hold.",
            count=found.elsewhere,
            places=places,
        )
        if not found.rows_by_year:
            yield say("Where a unit lies is read from the column `parent`.")
    if left_out:
        yield say("With `--years all` each set is tried on every year.")
    for one in found.outside:
        criteria = one.criteria
        tried = ", ".join(map(str, one.years))
        yield say.plural(
            "Tried outside its years: {set} holds for {years}; here it is tried on {tried} too ({count} row).",
            "Tried outside its years: {set} holds for {years}; here it is tried on {tried} too ({count} rows).",
            count=one.rows,
            set=voice.short(criteria),
            years=criteria.years,
            tried=tried,
        )
    if found.outside:
        yield say.this(OUTSIDE)
    yield from _values(voice, found)


def _values(voice: EditVoice, found: Impact) -> Iterator[str]:
    """Of which year the values of the parameters are."""
    say = voice.say
    sets = (found.old, found.new)
    if found.of_year is not None:
        year = found.of_year.year
        yield say("Both sets have the values of {year}: what differs comes of the edit alone.", year=year)
        for criteria in sets:
            if year not in criteria.years:
                yield say(
                    "{set} does not hold for {year}, so it has the values of its nearest year.",
                    set=voice.short(criteria),
                    year=year,
                )
    elif found.outside and any(len(one.values) > 1 for criteria in sets for one in criteria.parameters.values()):
        yield say("Parameters change with the year: `--as-of-year` tells apart what comes of the edit and of the year.")
