"""The facts that a set needs as a table of texts, for workbooks and lists."""

from __future__ import annotations

from collections.abc import Iterator

from ncriteria.facts.formats.csv_writer import csv_text
from ncriteria.language.printer import show_rational
from ncriteria.language.tree import FactKey
from ncriteria.report.needs.telling import FactsNeeded, understood_headings
from ncriteria.sets.names import options_text
from ncriteria.sets.needs import FactNeed
from ncriteria.words import Language

COLUMNS = (
    *("name", "title", "type", "unit", "min", "max", "decimals", "options", "asked", "attested", "supplier"),
    *("clauses", "headings", "note"),
)
_BEHIND = ("verdict", "criteria")


def needs_csv(needed: FactsNeeded, language: Language) -> str:
    """A row for each fact, below its headings; several texts in one cell stand apart by `; `.

    Facts behind verdicts of other years and standards come last, with the verdict and the set that gives it.
    """
    own = ((*_cells(need, language), *([""] * len(_BEHIND) if needed.behind else ())) for need in needed.facts)
    behind = (
        (*_cells(need, language), str(one.verdict), one.criteria.id) for one in needed.behind for need in one.facts
    )
    return csv_text((*COLUMNS, *(_BEHIND if needed.behind else ())), (*own, *behind))


def _cells(need: FactNeed, language: Language) -> Iterator[str]:
    declared = need.declaration
    yield from (declared.name, declared.title.text(language), declared.type.value)
    yield "" if declared.unit is None else declared.unit.text(language)
    yield from ("" if end is None else show_rational(end) for end in (declared.minimum, declared.maximum))
    yield "" if declared.decimals is None else str(declared.decimals)
    titles = options_text(declared, language)
    yield "; ".join(one if titles[one] == one else f"{one} ({titles[one]})" for one in declared.options)
    yield "; ".join(str(FactKey.of(declared.name, period)) for period in need.asked)
    yield "true" if declared.attested else "false"
    yield "" if declared.supplier is None else declared.supplier.text(language)
    yield "; ".join(need.clauses)
    yield "; ".join(understood_headings(need))
    yield "" if declared.note is None else declared.note.text(language)
