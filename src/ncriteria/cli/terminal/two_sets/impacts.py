"""Impacts on the terminal: matrices of verdicts, totals by parent unit, and the units that flip with the causes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby

import click

from ncriteria.analysis.impact.causes import deciding_citations
from ncriteria.analysis.impact.counts import FLIP_KINDS, FlipKind, Outcome, ParentImpact, Transitions
from ncriteria.analysis.impact.flips import Flip
from ncriteria.analysis.impact.impact import Impact
from ncriteria.analysis.proof.relation_text import grade_text
from ncriteria.cli.console.layout import VERDICT_COLOURS, fitted, terminal_width
from ncriteria.cli.terminal.two_sets.relations import print_line, print_sets
from ncriteria.evaluation.explanation.grounds import ground_lines
from ncriteria.evaluation.explanation.sources import awaited_lines, citation_text
from ncriteria.evaluation.explanation.text import combination_text
from ncriteria.evaluation.explanation.values import Voice
from ncriteria.evaluation.result import ClauseResult, Result
from ncriteria.quick_classes import frozen
from ncriteria.report.sheets.edits.coverage import coverage_lines, kinds_text
from ncriteria.report.sheets.edits.edit_words import EditVoice
from ncriteria.sets.model import WHOLE_SET, Encodes, Group, Verdict
from ncriteria.sets.names import ENCODES, LEVELS, VERDICTS, named_standard
from ncriteria.words import Language, Words

_NO_VALUE_COLOUR = "magenta"


@frozen
class _ImpactPage:
    """What the lines are written in: the words, the columns of the terminal, and how many units are shown."""

    voice: EditVoice
    width: int
    limit: int

    @property
    def language(self) -> Language:
        return self.voice.language

    @property
    def say(self) -> Words:
        return self.voice.say

    def clause(self, path: str) -> str:
        return self.say("The whole set") if path == WHOLE_SET else self.voice.clause(path)

    def name(self, outcome: Outcome) -> str:
        return self.say("No value") if outcome is None else self.say.this(VERDICTS[outcome])

    def coloured(self, outcome: Outcome) -> str:
        return click.style(self.name(outcome), fg=_NO_VALUE_COLOUR if outcome is None else VERDICT_COLOURS[outcome])

    def transition(self, old: Outcome, new: Outcome) -> str:
        return f"{self.name(old)} → {self.name(new)}"


def print_impact(found: Impact, language: Language, limit: int, *, flips_only: bool) -> None:
    """Print an impact, with at most `limit` flips and parents; with `flips_only` the units that flip alone."""
    page = _ImpactPage(EditVoice(language, found.old, found.new), terminal_width(), limit)
    print_sets(page.voice)
    for line in coverage_lines(found, page.voice):
        print_line(line)
    if found.judged and not flips_only:
        _print_matrix(page, found.whole)
        _print_clauses(page, found)
        _print_grades(page, found)
        _print_of_year(page, found)
        _print_parents(page, found.parents)
    if found.judged:
        _print_flips(page, found)
        _print_above(page, found, flips_only=flips_only)
    elif not found.rows_by_year:
        print_line(page.say("There are no rows to judge"))


def _print_grades(page: _ImpactPage, found: Impact) -> None:
    """The rows that are graded otherwise, scale by scale."""
    say = page.say
    if found.grades:
        _heading(say("Grades"))
    for one in found.grades:
        of = page.clause(one.path)
        moved = say.plural(
            "{count} row of {rows} is graded otherwise",
            "{count} rows of {rows} are graded otherwise",
            count=len(one.moves),
            rows=one.rows,
        )
        print_line(f"{of}: {moved}", 2)
        for move in one.moves[: page.limit]:
            grades = f"{grade_text(move.old, say)} → {grade_text(move.new, say)}"
            print_line(f"{move.unit.name or move.unit.id} · {move.year}: {grades}", 4)
        if (left := len(one.moves) - page.limit) > 0:
            print_line(say.plural("and {count} more", "and {count} more", count=left), 4)


def _print_of_year(page: _ImpactPage, found: Impact) -> None:
    """What the year does to the old set, where both sets have the values of one year."""
    of_year = found.of_year
    if of_year is None:
        return
    _heading(
        page.say(
            "Of the year alone: {set}, with the values of each row's own year → with those of {year}",
            set=page.voice.short(found.old),
            year=of_year.year,
        )
    )
    changed = {path: one for path, one in of_year.clauses.items() if one.changed}
    if not of_year.whole.changed and not changed:
        print_line(page.say("No verdict changes."), 2)
        return
    print_line(f"{page.clause(WHOLE_SET)}: {_transitions_text(page, of_year.whole)}", 2)
    for path, one in changed.items():
        print_line(f"{page.clause(path)}: {_transitions_text(page, one)}", 2)


def _print_above(page: _ImpactPage, found: Impact, *, flips_only: bool) -> None:
    """The larger units whose verdicts rest on the rows: how many change, and which."""
    for above in found.above:
        level = page.say.this(LEVELS[above.level])
        _heading(
            page.say(
                "Units above whose verdicts rest on these rows: {standard}, level {level}",
                standard=named_standard(above.standard, above.standard_title, page.language),
                level=level,
            )
        )
        if not flips_only:
            told = page.say.plural(
                "The whole set, {count} row: {changes}",
                "The whole set, {count} rows: {changes}",
                count=above.whole.total,
                changes=_transitions_text(page, above.whole),
            )
            print_line(told, 2)
            for path, one in above.clauses.items():
                if one.changed:
                    print_line(f"{above.titles[path].text(page.language)} ({path}): {_transitions_text(page, one)}", 2)
        for flip in above.flips[: page.limit]:
            _print_flip(page, flip)
        if len(above.flips) > page.limit:
            print_line(_more(page, len(above.flips) - page.limit), 2)
        if not above.flips:
            print_line(page.say("No unit flips."), 2)


def _more(page: _ImpactPage, number: int) -> str:
    return page.say("... and {count} more; see them with `--limit`", count=number)


def _heading(text: str) -> None:
    click.echo()
    print_line(text, bold=True)


def _print_table(columns: Sequence[str], rows: Iterable[Sequence[str]], width: int) -> None:
    """A table whose first column is text and whose others are numbers."""
    from rich.console import Console
    from rich.table import Table

    table = Table(box=None, padding=(0, 2, 0, 0), header_style="bold")
    for number, column in enumerate(columns):
        table.add_column(column, justify="right" if number else "left", overflow="fold")
    for row in rows:
        table.add_row(*row)
    console = Console(highlight=False, width=width - 2, markup=False)
    with console.capture() as captured:
        console.print(table)
    for line in captured.get().splitlines():
        click.echo(f"  {line}".rstrip())


def _print_matrix(page: _ImpactPage, whole: Transitions) -> None:
    _heading(page.say("The whole set"))
    total = page.say("Total")
    outcomes: list[Outcome] = list(Verdict)
    if whole.before(None) or whole.after(None):
        outcomes.append(None)
    rows = [[page.name(old), *(str(whole[old, new]) for new in outcomes), str(whole.before(old))] for old in outcomes]
    rows.append([total, *(str(whole.after(new)) for new in outcomes), str(whole.total)])
    _print_table([page.say("old ↓  new →"), *map(page.name, outcomes), total], rows, page.width)


def _print_clauses(page: _ImpactPage, found: Impact) -> None:
    say = page.say
    if found.clauses:
        _heading(say("Clauses that both sets have"))
    for path, transitions in found.clauses.items():
        print_line(f"{page.clause(path)}: {_transitions_text(page, transitions)}", 2)
    for heading, members in ((say("Only in the old set"), found.removed), (say("Only in the new set"), found.added)):
        if members:
            _heading(heading)
        for path, counts in members.items():
            print_line(f"{page.clause(path)}: {_counts_text(page, counts)}", 2)


def _transitions_text(page: _ImpactPage, transitions: Transitions) -> str:
    """The whole matrix in one line: what changes, then what does not, without what is 0."""
    outcomes: list[Outcome] = [*Verdict, None]
    pairs = [(old, new) for old in outcomes for new in outcomes if old is not new and transitions[old, new]]
    changes = [f"{transitions[pair]} {page.transition(*pair)}" for pair in pairs]
    same = _counts_text(page, {one: transitions[one, one] for one in outcomes})
    return "; ".join([*changes, *([f"{page.say('unchanged')}: {same}"] if same else [])])


def _counts_text(page: _ImpactPage, counts: Mapping[Outcome, int]) -> str:
    outcomes: list[Outcome] = [*Verdict, None]
    return ", ".join(f"{counts[one]} {page.name(one)}" for one in outcomes if counts.get(one))


def _parent_text(page: _ImpactPage, parent: ParentImpact) -> str:
    return parent.name or parent.parent or page.say("(no unit around is given)")


def _print_parents(page: _ImpactPage, parents: Sequence[ParentImpact]) -> None:
    say = page.say
    _heading(say("By the unit around"))
    kinds = [kind for kind in FlipKind if any(parent.kinds.get(kind) for parent in parents)]
    columns = [
        say("Unit"),
        say("Total"),
        say("Met, old"),
        say("Met, new"),
        *(say.this(FLIP_KINDS[kind]) for kind in kinds),
    ]
    rows = [
        [
            _parent_text(page, parent),
            *map(str, (parent.whole.total, parent.whole.before(Verdict.MET), parent.whole.after(Verdict.MET))),
            *(str(parent.kinds.get(kind, 0)) for kind in kinds),
        ]
        for parent in parents[: page.limit]
    ]
    totals = [
        sum(parent.whole.total for parent in parents),
        sum(parent.whole.before(Verdict.MET) for parent in parents),
        sum(parent.whole.after(Verdict.MET) for parent in parents),
        *(sum(parent.kinds.get(kind, 0) for parent in parents) for kind in kinds),
    ]
    _print_table(columns, [*rows, [say("Total"), *map(str, totals)]], page.width)
    if len(parents) > page.limit:
        print_line(_more(page, len(parents) - page.limit), 2)


def _print_flips(page: _ImpactPage, found: Impact) -> None:
    counted = {kind: count for kind, count in found.kinds.items() if count}
    if not counted:
        click.echo()
        print_line(page.say("No unit flips."))
        return
    _heading(f"{page.say('Units that flip')} ({kinds_text(counted, page.say)})")
    order = {parent.parent: number for number, parent in enumerate(found.parents)}
    shown = sorted(found.flips(page.limit), key=lambda flip: order[flip.unit.parent])
    for parent, flips in groupby(shown, key=lambda flip: flip.unit.parent):
        around = found.parents[order[parent]]
        total = page.say.plural("{count} row", "{count} rows", count=around.whole.total)
        print_line(f"{_parent_text(page, around)} — {total}; {kinds_text(around.kinds, page.say)}", 2, bold=True)
        for flip in flips:
            _print_flip(page, flip)
    if sum(counted.values()) > len(shown):
        print_line(_more(page, sum(counted.values()) - len(shown)), 2)


def _print_flip(page: _ImpactPage, flip: Flip) -> None:
    old, new = (None if result is None else result.verdict for result in (flip.old, flip.new))
    verdicts = page.coloured(old) if old is new else f"{page.coloured(old)} → {page.coloured(new)}"
    click.echo(f"    {flip.unit.name or flip.unit.id} · {flip.year}: {verdicts}")
    if flip.old is None or flip.new is None:
        print_line(page.say("One of the sets gives no verdict, so no clause can be named."), 6)
        return
    for cause in flip.causes:
        known = cause.new or cause.old
        assert known is not None
        print_line(f"{cause.path}  {known.clause.title.text(page.language)}", 6)
        for result, outcome, end in (
            (flip.old, cause.old, page.say("old")),
            (flip.new, cause.new, page.say("new")),
        ):
            _print_side(page, result, outcome, end)


def _print_side(page: _ImpactPage, result: Result, outcome: ClauseResult | None, end: str) -> None:
    """What one set says of a clause: the verdict, then its grounds and citations, hanging below."""
    label = f"{end}:"
    gutter = 8 + max(len(page.say("old")), len(page.say("new"))) + 2
    start = f"{' ' * 8}{label.ljust(gutter - 8)}"
    if outcome is None:
        click.echo(f"{start}{page.say('does not have this clause')}")
        return
    click.echo(f"{start}{page.coloured(outcome.verdict)}")
    for text in _side_lines(page, result, outcome):
        for line in fitted(text, page.width, indent=" " * gutter):
            click.echo(line)


def _side_lines(page: _ImpactPage, result: Result, outcome: ClauseResult) -> Iterator[str]:
    say, voice = page.say, Voice(page.language, result.criteria)
    clause = outcome.clause
    if isinstance(clause, Group):
        yield say("group: {combination}", combination=combination_text(voice, clause))
        for member in clause.members:
            verdict = page.name(result.clauses[member.path].verdict)
            yield f"  {member.title.text(page.language)} ({member.path}): {verdict}"
    elif clause.encodes is Encodes.NOT_ENCODED and not outcome.attestations:
        yield f"? {say.this(ENCODES[Encodes.NOT_ENCODED])}"
        yield from awaited_lines(say, clause)
    yield from ground_lines(result, outcome, page.language)
    for name, citation in deciding_citations(result, outcome):
        text = citation_text(voice, citation)
        if name is not None:
            text = f"{result.criteria.parameters[name].title.text(page.language)}: {text}"
        yield say("Source: {source}", source=text)
