"""Which columns the form of a set has, and what is said of each.

A unit has one row, and a fact a column for each year that the rules ask for. So every cell is one that is needed: the
rules ask few facts of earlier years, and rows for those years would be blank but for these.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from typing import Final

from attrs import field, frozen

from ncriteria import __version__
from ncriteria.evaluation.explanation.values import Voice
from ncriteria.facts.cells.cells import folded
from ncriteria.facts.forms.form import Form, FormColumn
from ncriteria.facts.layout.columns import Reserved
from ncriteria.facts.units.identifiers import normal_identifier
from ncriteria.report.needs.describing import value_wanted
from ncriteria.sets.files.digest import digest_of
from ncriteria.sets.model import CriteriaSet, FactDeclaration
from ncriteria.sets.needs import FactNeed, needs_of
from ncriteria.words import Language, Message, Words

_LONGEST_TITLE: Final = 200
_LONGEST_NOTE: Final = 1500
_BEFORE: Final[Mapping[Reserved, tuple[Message, Message]]] = {
    Reserved.UNIT: (Message("Unit code"), Message("The identifier of the unit: the same from year to year")),
    Reserved.NAME: (Message("Name"), Message("The name of the unit; it is the identifier where no row has one")),
    Reserved.PARENT: (Message("Parent"), Message("The identifier of the unit around it")),
}
_BEHIND: Final[Mapping[Reserved, tuple[Message, Message]]] = {
    Reserved.NOTE: (Message("Note"), Message("What a reader should know; it is not judged")),
}


@frozen
class PlannedColumn:
    """A column of a form: its heading as it is written, with the note at it, and the fact that it holds, if one."""

    column: FormColumn
    heading: str
    note: str = field(repr=False)
    fact: FactDeclaration | None = None
    is_earlier: bool = False


@frozen
class FormPlan:
    """A form that is to be made."""

    criteria: CriteriaSet
    form: Form
    columns: tuple[PlannedColumn, ...]

    @property
    def voice(self) -> Voice:
        """The language of the form."""
        return Voice(self.form.language, self.criteria)


def plan_of(criteria: CriteriaSet, years: Collection[int], language: Language) -> FormPlan:
    """The form for the assessment `years`."""
    voice, judged = Voice(language, criteria), tuple(sorted(set(years)))
    columns = (
        *_beside(voice.say, _BEFORE),
        *(column for need in _with_titles(voice) for column in _of_fact(voice, *need, judged)),
        *_beside(voice.say, _BEHIND),
    )
    form = Form(
        criteria=criteria.id,
        digest=digest_of(criteria),
        version=__version__,
        language=language,
        level=criteria.level,
        years=judged,
        sheet=voice.say("Facts"),
        columns=tuple(planned.column for planned in columns),
    )
    return FormPlan(criteria, form, columns)


def _beside(say: Words, columns: Mapping[Reserved, tuple[Message, Message]]) -> Iterator[PlannedColumn]:
    for column, (heading, note) in columns.items():
        yield PlannedColumn(FormColumn(say.this(heading), column.value), say.this(heading), say.this(note))


def _with_titles(voice: Voice) -> Iterator[tuple[FactNeed, str]]:
    """Each fact with its title and unit of measure; where two have the same, with their names as well."""
    needs = needs_of(voice.criteria)
    titles = [_title(voice, need.declaration) for need in needs]
    times = Counter(map(folded, titles))
    for need, title in zip(needs, titles, strict=True):
        yield need, title if times[folded(title)] == 1 else f"{title} [{need.declaration.name}]"


def _title(voice: Voice, declared: FactDeclaration) -> str:
    title = shortened(declared.title.text(voice.language), _LONGEST_TITLE)
    unit = "" if declared.unit is None else declared.unit.text(voice.language)
    return f"{title} ({shortened(unit, _LONGEST_TITLE)})" if unit else title


def _of_fact(voice: Voice, need: FactNeed, title: str, judged: tuple[int, ...]) -> Iterator[PlannedColumn]:
    note = shortened("\n".join(_note(voice, need)), _LONGEST_NOTE)
    for year in sorted({asked for one in judged for asked in need.years(one)}):
        heading = f"{title}\n{voice.say('Year {year}', year=year)}"
        column = FormColumn(normal_identifier(heading), need.declaration.name, year)
        yield PlannedColumn(column, heading, note, need.declaration, is_earlier=year not in judged)


def _note(voice: Voice, need: FactNeed) -> Iterator[str]:
    say, declared = voice.say, need.declaration
    yield declared.title.text(voice.language)
    yield say("Write: {what}", what=value_wanted(voice, declared))
    if declared.attested:
        yield say("attested by a competent person")
    if declared.supplier is not None:
        yield say("ask: {supplier}", supplier=declared.supplier.text(voice.language))
    if need.clauses:
        yield say("For: {clauses}", clauses=", ".join(need.clauses))
    if declared.note is not None:
        yield declared.note.text(voice.language)
    yield declared.name


def shortened(text: str, most: int) -> str:
    """A text of at most `most` characters."""
    return text if len(text) <= most else f"{text[: most - 1]}…"
