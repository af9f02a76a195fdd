"""What an edit does to the units of a table, as a command asks for it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from ncriteria.cli.console.warned import table_warnings_told
from ncriteria.cli.inputs.tables import PARQUET, attested, format_asked, read_table
from ncriteria.cli.options.reading import refuse_but
from ncriteria.cli.options.shared import rules_option
from ncriteria.facts.options import ReadingOptions
from ncriteria.facts.table import FactTable
from ncriteria.quick_classes import frozen
from ncriteria.sets.model import CriteriaSet
from ncriteria.words import Language

if TYPE_CHECKING:
    from ncriteria.analysis.impact.impact import Impact
    from ncriteria.analysis.impact.years import YearsTried
    from ncriteria.evaluation.columns.door.frames import NativeFrame
    from ncriteria.evaluation.criteria import Catalog

years_tried_option = click.option(
    "--years",
    type=click.Choice(["as-law", "all"]),
    default="as-law",
    show_default=True,
    help="Judge only the years that both sets hold for, or try each set on every year, also outside of its own.",
)
as_of_year_option = click.option(
    "--as-of-year",
    type=int,
    metavar="YEAR",
    help="Judge all rows with the values that both sets have in this year, so that what differs comes of the edit.",
)
around_option = rules_option(
    "Judge larger units, which may rest on the rows, under this file, folder or shipped set instead of all shipped sets"
)


@frozen
class ImpactAsked:
    """What is asked of an impact, besides the two sets and the table."""

    years: YearsTried
    as_of_year: int | None
    in_years: tuple[int, ...] | None
    around: Catalog
    attestations: tuple[Path, ...]
    reading: ReadingOptions
    show: Language | None


def impact_of(old: CriteriaSet, new: CriteriaSet, path: Path, asked: ImpactAsked) -> Impact:
    """What `new` in the place of `old` does to the table at `path`; raises what reading and judging it raises."""
    from ncriteria.analysis.impact.common_facts import facts_of_a_table
    from ncriteria.analysis.impact.impact import impact, read_frame, rows_of_frame

    known = facts_of_a_table(old, new, asked.around.sets.sets)
    facts: FactTable | NativeFrame
    if path.suffix.lower() == PARQUET and format_asked() is None:
        refuse_but(click.get_current_context(), ("ignore", "known_on", "lineage", "reforms"))
        facts = read_frame(path)
        if asked.reading.known_on is not None:
            facts = FactTable.from_frame(facts, known, options=asked.reading)
        elif asked.attestations:
            facts = rows_of_frame(facts, known, asked.reading.ignore)
    else:
        facts = read_table(path, known, asked.reading, show=asked.show, judged_as=old.level)
    if isinstance(facts, FactTable):
        others = [one for one in asked.around.sets.sets if one.id not in (old.id, new.id)]
        facts = attested(facts, [old, new, *others], asked.attestations, asked.reading)
    with table_warnings_told():
        return impact(
            old,
            new,
            facts,
            years=asked.years,
            as_of_year=asked.as_of_year,
            around=asked.around,
            in_years=asked.in_years,
            ignore=tuple(asked.reading.ignore),
            lineage=asked.reading.whole_lineage,
        )
