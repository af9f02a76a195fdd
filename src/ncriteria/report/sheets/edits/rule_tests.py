"""What the tests of a set leave untried, as sheets: conditions, and small edits of its rules."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from typing import Final

from ncriteria.analysis.rule_testing.coverage import ConditionCoverage, ConditionOutcome, Coverage
from ncriteria.analysis.rule_testing.mutation.mutation import Edit
from ncriteria.analysis.rule_testing.mutation.survivors import Finding, Mutations, Survivor, Unchanged, Undecided
from ncriteria.analysis.telling.boundaries import Side
from ncriteria.errors import Problem
from ncriteria.evaluation.explanation.values import Voice
from ncriteria.evaluation.explanation.wording import leaf_text
from ncriteria.evaluation.records.comparisons import leaf_places
from ncriteria.language.parser import expression_in
from ncriteria.language.printer import show
from ncriteria.report.sheets.edits.edit_words import EditVoice, record_text, rule_read, rule_text
from ncriteria.report.sheets.sheet import Cell, Column, Kind, Row, Sheet, by_option, verdict_column
from ncriteria.sets.model import Combination
from ncriteria.sets.names import COMBINATIONS
from ncriteria.words import Message

OUTCOMES: Final[Mapping[ConditionOutcome, Message]] = {
    ConditionOutcome.TRUE: Message("that it holds"),
    ConditionOutcome.FALSE: Message("that it does not hold"),
    ConditionOutcome.UNKNOWN: Message("that it is not known"),
}
SIDES: Final[Mapping[Side, Message]] = {
    Side.BELOW: Message("just below the limit"),
    Side.AT: Message("at the limit"),
    Side.ABOVE: Message("just above the limit"),
}


_RULES: Final = frozenset({"rule", "when_zero_base", "applies_when"})


class Fate(Enum):
    """What becomes of a small edit that no test notices."""

    UNNOTICED = "unnoticed"
    SEARCHED = "searched"
    NOT_IN_TIME = "not_in_time"
    UNCHANGED = "unchanged"


FATES: Final[Mapping[Fate, Message]] = {
    Fate.UNNOTICED: Message("changes a verdict, and no test notices"),
    Fate.SEARCHED: Message("only searched: no difference found"),
    Fate.NOT_IN_TIME: Message("not decided in time"),
    Fate.UNCHANGED: Message("changes no verdict"),
}


def untried_sheet(coverage: Coverage, voice: EditVoice) -> Sheet:
    """A row for each condition that the tests do not try in full."""
    say = voice.say
    columns = (
        Column("clause", say("Clause"), width=20),
        Column("title", say("What it asks"), width=36),
        Column("condition", say("Condition"), width=56),
        Column("untried", say("What no test shows"), width=40),
    )
    rows = [covered for covered in coverage.conditions if covered.missing]
    title = say("Conditions not tried in full")
    return Sheet("untried", title, columns, lambda: (_condition(one, voice) for one in rows))


def slips_sheet(mutations: Mutations, voice: EditVoice) -> Sheet:
    """A row for each small edit of the rules that no test notices, those that change a verdict first."""
    say = voice.say
    columns = (
        Column("clause", say("Clause"), width=20),
        Column("title", say("What it asks"), width=36),
        Column("slip", say("The slip"), width=36),
        Column("fate", say("What becomes of it"), Kind.NAME, 24, by_option(FATES)),
        Column("record", say("A record that shows it"), width=56),
        verdict_column("verdict", say("Verdict")),
        verdict_column("verdict_with_slip", say("Verdict with the slip")),
        Column("rule", say("The rule with the slip"), width=56),
        Column("reason", say("Why"), width=40),
    )
    order = list(Fate)
    found = sorted(mutations.findings, key=lambda one: order.index(fate_of(one)))
    return Sheet("slips", say("Slips that no test notices"), columns, lambda: (_slip(one, voice) for one in found))


def fate_of(finding: Finding) -> Fate:
    """What becomes of an edit."""
    match finding:
        case Survivor():
            return Fate.UNNOTICED
        case Unchanged():
            return Fate.UNCHANGED
        case Undecided(in_time=in_time):
            return Fate.SEARCHED if in_time else Fate.NOT_IN_TIME


def untried_text(covered: ConditionCoverage, voice: EditVoice) -> str:
    """What no test shows of a condition."""
    say, told = voice.say, []
    for goal in covered.missing:
        if goal.outcome is not None:
            told.append(say.this(OUTCOMES[goal.outcome]))
        elif goal.side is not None:
            told.append(say.this(SIDES[goal.side]))
    return ", ".join(dict.fromkeys(told))


def _condition(covered: ConditionCoverage, voice: EditVoice) -> Row:
    condition = covered.condition
    text = rule_text(voice.new, condition.expr, voice.language)
    return condition.path, voice.titles().get(condition.path), text, untried_text(covered, voice)


def _slip(finding: Finding, voice: EditVoice) -> Row:
    edit = finding.edit
    title = voice.titles().get(edit.path)
    if title is None and edit.path in voice.new.parameters:
        title = voice.new.parameters[edit.path].title.text(voice.language)
    return (
        edit.path,
        title,
        _slip_text(edit, voice),
        fate_of(finding),
        *_shown(finding, voice),
        _with_slip(edit, voice),
        _reason(finding, voice),
    )


def _slip_text(edit: Edit, voice: EditVoice) -> str:
    """What was changed, with what the names in it stand for."""
    rules = [expression_in(text) for text in (edit.before, edit.after) if edit.role in _RULES and text]
    leaves = dict.fromkeys(leaf for rule in rules if rule is not None for leaf, _ in leaf_places(rule))
    names = {show(leaf): leaf_text(Voice(voice.language, edit.criteria), leaf) for leaf in leaves}
    quoted = {f'"{path}"': title for path, title in voice.titles().items()}
    groups = {f"`{one.value}`": voice.say.this(COMBINATIONS[one]) for one in (Combination.ALL, Combination.ANY)}
    stands_for = {**names, **quoted, **(groups if edit.role == "group" else {})}
    told = [f"{name} = {title}" for name, title in stands_for.items() if name in edit.what]
    what = voice.say.again(edit.what)
    return f"{what} ({'; '.join(told)})" if told else what


def _with_slip(edit: Edit, voice: EditVoice) -> str:
    if edit.role in _RULES and edit.after:
        return rule_read(edit.criteria, edit.after, voice.language)
    return edit.after or voice.say("nothing in its place")


def _shown(finding: Finding, voice: EditVoice) -> tuple[Cell, Cell, Cell]:
    """The record that shows an edit, and its verdicts; without a record nothing."""
    if not isinstance(finding, Survivor):
        return None, None, None
    after = None if isinstance(finding.after, Problem) else finding.after
    return record_text(voice, finding.case.row), finding.case.verdict, after


def _reason(finding: Finding, voice: EditVoice) -> str | None:
    match finding:
        case Survivor(after=Problem(message=message)):
            return voice.say.again(message)
        case Survivor():
            return None
        case _:
            return voice.say.again(finding.reason)
