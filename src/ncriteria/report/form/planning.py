"""Which columns and rows the form of a set has, and what is said of each.

A unit has one row, and a fact a column for each year that the rules ask for. So every cell is one that is needed: the
rules ask few facts of earlier years, and rows for those years would be blank but for these. In a form with months a
unit has rows for the months of each year that is assessed, too; what adds up over them has one column.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Final

from attrs import field

from ncriteria import __version__
from ncriteria.errors import NCriteriaError, Problem
from ncriteria.evaluation.explanation.values import Voice
from ncriteria.facts.cells.cells import folded
from ncriteria.facts.forms.form import Form, FormColumn
from ncriteria.facts.layout.columns import Reserved
from ncriteria.facts.month_windows import WindowMonths, months_of
from ncriteria.facts.units.identifiers import normal_identifier
from ncriteria.language.queries import year_of
from ncriteria.quick_classes import frozen
from ncriteria.report.needs.describing import value_wanted
from ncriteria.sets.catalog import SetCatalog
from ncriteria.sets.files.digest import digest_of
from ncriteria.sets.model import CriteriaSet, FactDeclaration
from ncriteria.sets.needs import FactNeed, needs_of
from ncriteria.sets.needs_behind import needs_behind
from ncriteria.words import Language, Message, Words, phrase

_LONGEST_TITLE: Final = 200
_LONGEST_NOTE: Final = 1500
_BEFORE: Final[Mapping[Reserved, tuple[Message, Message]]] = {
    Reserved.UNIT: (Message("Unit code"), Message("The identifier of the unit: the same from year to year")),
    Reserved.NAME: (Message("Name"), Message("The name of the unit; it is the identifier where no row has one")),
}
_AROUND: Final[Mapping[Reserved, tuple[Message, Message]]] = {
    Reserved.PARENT: (Message("Parent"), Message("The identifier of the unit around it")),
}
_WHEN: Final[Mapping[Reserved, tuple[Message, Message]]] = {
    Reserved.MONTH: (Message("Month"), Message("The month that the row is of, or the whole year")),
    Reserved.DAYS: (Message("First and last day"), Message("The days whose figures the row has")),
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
    """A form that is to be made; with `months` it asks for what adds up month by month."""

    criteria: CriteriaSet
    form: Form
    columns: tuple[PlannedColumn, ...]
    months: WindowMonths | None = None

    @property
    def voice(self) -> Voice:
        """The language of the form."""
        return Voice(self.form.language, self.criteria)


def plan_of(
    criteria: CriteriaSet,
    years: Collection[int],
    language: Language,
    *,
    by_month: bool = False,
    sets: SetCatalog | None = None,
) -> FormPlan:
    """The form for the assessment `years`, with the facts behind verdicts of earlier years where `sets` judge these.

    Raises `NCriteriaError` where months are asked for, and the set has none.
    """
    voice, judged = Voice(language, criteria), tuple(sorted(set(years)))
    months = _months(criteria) if by_month else None
    of_facts = [column for need in _with_titles(voice) for column in _of_fact(voice, *need, judged, by_month=by_month)]
    columns = (
        *_beside(voice.say, _BEFORE),
        *(_beside(voice.say, _WHEN) if by_month else ()),
        *_beside(voice.say, _AROUND),
        *of_facts,
        *(() if sets is None else _behind_verdicts(voice, sets, judged, of_facts)),
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
        months_end=None if months is None else months.months_end,
    )
    return FormPlan(criteria, form, columns, months)


def _months(criteria: CriteriaSet) -> WindowMonths:
    """The months of the assessment years of a set."""
    window = criteria.months_of_year
    months = months_of(window)
    if months is None:
        reason = phrase("no months make up its assessment year, which is {window}", window=str(window))
        raise unwritten(reason, WITHOUT_MONTHS)
    if not any(_is_by_month(criteria, declared) for declared in criteria.facts.values()):
        raise unwritten(phrase("no fact of `{criteria}` adds up over months", criteria=criteria.id), WITHOUT_MONTHS)
    return months


def _is_by_month(criteria: CriteriaSet, declared: FactDeclaration) -> bool:
    """Whether a fact is asked for month by month; one that is counted over other months is asked for whole years."""
    return declared.adds_up_over_months and criteria.window_of(declared.name).has_days_of(criteria.months_of_year)


WITHOUT_MONTHS: Final = phrase("make a form of whole years, without --months")


def unwritten(reason: str, hint: str) -> NCriteriaError:
    """The error that a form cannot be written."""
    return NCriteriaError(Problem("NC295", phrase("the form cannot be written: {reason}", reason=reason), None, hint))


def _beside(say: Words, columns: Mapping[Reserved, tuple[Message, Message]]) -> Iterator[PlannedColumn]:
    for column, (heading, note) in columns.items():
        yield PlannedColumn(FormColumn(say.this(heading), column.value), say.this(heading), say.this(note))


def _with_titles(voice: Voice) -> Iterator[tuple[FactNeed, str]]:
    """Each fact with its title and unit of measure; where two have the same, with their names as well."""
    needs = [need for need in needs_of(voice.criteria) if need.asked or not need.inside]
    titles = [_title(voice, need.declaration) for need in needs]
    times = Counter(map(folded, titles))
    for need, title in zip(needs, titles, strict=True):
        yield need, title if times[folded(title)] == 1 else f"{title} [{need.declaration.name}]"


def _title(voice: Voice, declared: FactDeclaration) -> str:
    title = shortened(declared.title.text(voice.language), _LONGEST_TITLE)
    unit = "" if declared.unit is None else declared.unit.text(voice.language)
    return f"{title} ({shortened(unit, _LONGEST_TITLE)})" if unit else title


def _of_fact(
    voice: Voice, need: FactNeed, title: str, judged: tuple[int, ...], *, by_month: bool
) -> Iterator[PlannedColumn]:
    note = shortened("\n".join(_note(voice, need)), _LONGEST_NOTE)
    years = {asked for one in judged for asked in need.years(one)}
    in_months = years.intersection(judged if by_month and _is_by_month(voice.criteria, need.declaration) else ())
    for year in sorted(years - in_months):
        heading = f"{title}\n{voice.say('Year {year}', year=year)}"
        column = FormColumn(normal_identifier(heading), need.declaration.name, year)
        yield PlannedColumn(column, heading, note, need.declaration, is_earlier=year not in judged)
    if in_months:
        heading = f"{title}\n{voice.say('Month by month')}"
        column = FormColumn(normal_identifier(heading), need.declaration.name, by_month=True)
        yield PlannedColumn(column, heading, note, need.declaration)


def _behind_verdicts(
    voice: Voice, sets: SetCatalog, judged: tuple[int, ...], own: Sequence[PlannedColumn]
) -> Iterator[PlannedColumn]:
    """The facts behind verdicts of other years and standards that are asked for, and that no column holds yet."""
    asked: dict[tuple[str, int], tuple[CriteriaSet, FactNeed]] = {}
    for need in needs_behind(voice.criteria, sets):
        for year in (one for one in judged if year_of(need.verdict.period, one) in need.years):
            for fact in need.facts:
                for of_year in fact.years(year):
                    asked.setdefault((fact.declaration.name, of_year), (need.criteria, fact))
    there = {(one.column.name, one.column.year) for one in own}
    by_month = {one.column.name for one in own if one.column.by_month}
    titles = {folded(_title(voice, one.fact)): one.fact.name for one in own if one.fact is not None}
    for (name, year), (criteria, fact) in asked.items():
        if (name, year) in there or (name in by_month and year in judged):
            continue
        of_set = Voice(voice.language, criteria)
        title = _title(of_set, fact.declaration)
        if titles.setdefault(folded(title), name) != name:
            title = f"{title} [{name}]"
        heading = f"{title}\n{voice.say('Year {year}', year=year)}"
        note = shortened("\n".join(_note(of_set, fact)), _LONGEST_NOTE)
        column = FormColumn(normal_identifier(heading), name, year)
        yield PlannedColumn(column, heading, note, fact.declaration, is_earlier=year not in judged)


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
