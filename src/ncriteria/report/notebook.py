"""How results, sets, tables and rooms show themselves in a notebook (`_repr_html_`): small tables, nothing to load.

They are in the language that the environment variable `NCRITERIA_LANG` names, Vietnamese without it.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from html import escape
from typing import TYPE_CHECKING, Final

from ncriteria.evaluation.criteria import Catalog, Criteria
from ncriteria.evaluation.explanation.grounds import ground_lines
from ncriteria.evaluation.explanation.values import Voice, fact_text, value_text
from ncriteria.evaluation.result import Result
from ncriteria.facts.table import FactTable
from ncriteria.language.printer import show
from ncriteria.report.account import rows_of_units
from ncriteria.sets.model import Clause, Group
from ncriteria.sets.names import ENCODES, LEVELS, VERDICTS, named_standard
from ncriteria.words import LANGUAGES, Language, Words, words

if TYPE_CHECKING:
    from ncriteria.analysis.room.rooms import Room

_MOST_ROWS: Final = 20
"""Rows of a table that are shown; the others are counted."""


def result_html(result: Result) -> str:
    """The verdict of a set on one unit, each clause with its grounds, and what is missing."""
    language = notebook_language()
    say = words(language)
    criteria, voice = result.criteria, Voice(language, result.criteria)
    rows = [
        (
            path,
            one.clause.title.text(language),
            say.this(VERDICTS[one.verdict]),
            "\n".join(ground_lines(result, one, language)),
        )
        for path, one in result.clauses.items()
    ]
    missing = "; ".join(fact_text(voice, key) for key in result.missing)
    note = f"{say('Missing')}: {missing}" if missing else ""
    heading = f"{say.this(VERDICTS[result.verdict])}: {criteria.title.text(language)} ({criteria.instrument.number})"
    return _table(heading, (say("Clause"), say("Title"), say("Verdict"), say("Grounds")), rows, note)


def criteria_html(criteria: Criteria) -> str:
    """What a set says: each clause and group with its rule, how faithful it is, and its citations."""
    language = notebook_language()
    say, said = words(language), criteria.definition
    rows = [
        (one.path, one.title.text(language), *_rule(one, say), "; ".join(cited.where for cited in one.cite))
        for one in said.members()
    ]
    level = say.this(LEVELS[said.level])
    heading = f"{said.title.text(language)} — {said.instrument.number} ({said.id}, {level}, {said.years.in_words(say)})"
    return _table(heading, (say("Clause"), say("Title"), say("Rule"), say("Encodes the law"), say("Source")), rows)


def _rule(member: Clause | Group, say: Words) -> tuple[str, str]:
    if isinstance(member, Group):
        minimum = "" if member.minimum is None else f" {member.minimum}"
        return f"{member.combination.value}{minimum}", ""
    return "" if member.rule is None else show(member.rule), say.this(ENCODES[member.encodes])


def catalog_html(catalog: Catalog) -> str:
    """The sets of a catalog: standard, level, years, title."""
    language = notebook_language()
    say = words(language)
    rows = [
        (
            one.id,
            named_standard(one.standard, one.standard_title, language),
            say.this(LEVELS[one.level]),
            one.years.in_words(say),
            one.title.text(language),
        )
        for one in catalog.sets.sets
    ]
    headings = (say("Criteria set"), say("Standard"), say("Level"), say("Years"), say("Title"))
    return _table(say("{count} criteria sets", count=len(rows)), headings, rows)


def facts_html(table: FactTable) -> str:
    """The first rows of a table of facts; what is not known is blank."""
    say = words(notebook_language())
    keys = list(dict.fromkeys(key for row in table.rows for key in row.values))
    rows = [
        (
            row.unit.id,
            row.unit.name or "",
            row.when,
            *(value_text(say, row.values[key]) if key in row.values else "" for key in keys),
        )
        for row in table.rows[:_MOST_ROWS]
    ]
    heading = rows_of_units(say, len(table.rows), len({row.unit.id for row in table.rows}))
    more = len(table.rows) - len(rows)
    note = say.plural("{count} row more", "{count} rows more", count=more) if more else ""
    return _table(heading, (say("Unit"), say("Name"), say("Year"), *map(str, keys)), rows, note)


def room_html(room: Room) -> str:
    """The room of one unit, for each clause and each fact that varies."""
    language = notebook_language()
    say, criteria = words(language), room.criteria
    rows = [
        (path or say("Whole set"), str(key), fact.text(criteria, language))
        for path, clause in room.clauses.items()
        for key, fact in clause.facts.items()
    ]
    return _table(criteria.title.text(language), (say("Clause"), say("Fact"), say("Room")), rows)


def notebook_language() -> Language:
    """The language of notebooks."""
    asked = os.environ.get("NCRITERIA_LANG", "vi")
    return asked if asked in LANGUAGES else "vi"


def _table(heading: str, headings: Sequence[str], rows: Iterable[Sequence[str]], note: str = "") -> str:
    head = "".join(f'<th scope="col" style="text-align:left">{escape(one)}</th>' for one in headings)
    body = "".join(f"<tr>{''.join(map(_cell, row))}</tr>" for row in rows)
    below = f"<p>{escape(note)}</p>" if note else ""
    return (
        f'<div lang="{notebook_language()}"><table><caption style="text-align:left"><b>{escape(heading)}</b></caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>{below}</div>"
    )


def _cell(text: str) -> str:
    return f'<td style="text-align:left;vertical-align:top;white-space:pre-wrap">{escape(text)}</td>'
