"""From a criteria set to its DMN model."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import Final, assert_never

from ncriteria.evaluation.explanation.values import Voice, fact_text
from ncriteria.evaluation.explanation.wording import leaf_text
from ncriteria.evaluation.lowering import LoweredClause, LoweredSet, lower_from
from ncriteria.language import tree as t
from ncriteria.language.printer import show
from ncriteria.language.queries import walk
from ncriteria.language.values import Unknown
from ncriteria.report.dmn.feel import conjunction, counted, disjunction, feel, met, number, quoted, satisfied
from ncriteria.report.dmn.model import DmnDecision, DmnEntry, DmnInput, DmnModel, DmnSource, NotCarried
from ncriteria.report.dmn.names import YEAR, DmnNames, names_of
from ncriteria.sets.model import (
    WHOLE_SET,
    Clause,
    Combination,
    CriteriaSet,
    Encodes,
    FactType,
    Group,
    ParameterDeclaration,
    ParameterValue,
)
from ncriteria.words import Language, Phrase, phrase

JUDGEMENT: Final = "tJudgement"
VERDICT: Final = "tVerdict"
_TYPES: Final = {
    FactType.COUNT: "number",
    FactType.NUMBER: "number",
    FactType.BOOLEAN: "boolean",
    FactType.ENUMERATION: "string",
    FactType.DATE: "date",
}
_VERDICT_OF_ALL: Final = 'if holds = null then "undetermined" else if holds then "met" else "not_met"'
_VERDICT: Final = (
    'if applies = false then "not_applicable" else if applies = null or holds = null then "undetermined" '
    'else if holds then "met" else "not_met"'
)
"""How the verdict is read from the two truths; the first is for what applies to every unit."""


def dmn_model(criteria: CriteriaSet, language: Language) -> DmnModel:
    """The set as decisions, one for each clause, each group and the whole; labels are in `language`."""
    lowered = lower_from(criteria, criteria.years.first)
    names, voice = names_of(lowered), Voice(language, criteria)
    parameters = (_parameter(criteria.parameters[name], names, voice) for name in names.parameters)
    judged = (_decision(lowered, path, names, voice) for path in (*lowered.paths, WHOLE_SET))
    decisions = _after_required((*parameters, *judged))
    acts = dict.fromkeys(source for decision in decisions for source in decision.sources)
    act = criteria.instrument
    return DmnModel(
        criteria.id,
        criteria.title.text(language),
        "; ".join((act.number, act.issuer.text(language), criteria.years.in_words(voice.say))),
        tuple(_inputs(lowered, names, voice)),
        tuple(DmnSource(one, _address(criteria, one)) for one in acts),
        decisions,
        tuple(_not_carried(lowered)),
    )


def _after_required(decisions: Sequence[DmnDecision]) -> tuple[DmnDecision, ...]:
    """The decisions in their order, but each after those that it requires."""
    by_name = {one.name: one for one in decisions}
    found: dict[str, DmnDecision] = {}
    pending = [(one, False) for one in reversed(decisions)]
    while pending:
        one, entered = pending.pop()
        if entered:
            found[one.name] = one
        elif one.name not in found:
            pending.append((one, True))
            pending.extend((by_name[name], False) for name in reversed(one.requires) if name in by_name)
    return tuple(found.values())


def _address(criteria: CriteriaSet, act: str) -> str | None:
    """Where an act can be read, if the set says so."""
    if act == criteria.instrument.number and criteria.instrument.url is not None:
        return criteria.instrument.url
    citing = (*criteria.members(), *criteria.parameters.values())
    cited = (cite for one in citing for cite in one.cite if cite.instrument == act)
    return next((cite.url for cite in cited if cite.url is not None), None)


def _inputs(lowered: LoweredSet, names: DmnNames, voice: Voice) -> Iterator[DmnInput]:
    for key, name in names.facts.items():
        yield DmnInput(name, _TYPES[lowered.criteria.facts[key.name].type], fact_text(voice, key))
    for rolled, name in names.rolled.items():
        yield DmnInput(name, "number", leaf_text(voice, rolled))
    if _asks_for_the_year(lowered, names):
        yield DmnInput(YEAR, "number", voice.say("assessment year"))


def _asks_for_the_year(lowered: LoweredSet, names: DmnNames) -> bool:
    in_rules = any(isinstance(node, t.AssessmentYear) for expr in lowered.exprs for node in walk(expr))
    return in_rules or any(_is_dated(lowered.criteria.parameters[name]) for name in names.parameters)


def _is_dated(declared: ParameterDeclaration) -> bool:
    return len(declared.values) > 1 or declared.values[0].since is not None


def _parameter(declared: ParameterDeclaration, names: DmnNames, voice: Voice) -> DmnDecision:
    """The value of a parameter: where it changes, by the assessment year."""
    name = names.parameters[declared.name]
    text, requires = _literal(declared.values[-1].value), tuple[str, ...]()
    if _is_dated(declared):
        later = sorted(declared.values, key=lambda dated: -(dated.since or 0))
        chosen = " else ".join(f"if {YEAR} >= {one.since or 0} then {_literal(one.value)}" for one in later)
        text, requires = f"if {YEAR} = null then null else {chosen} else null", (YEAR,)
    entry = DmnEntry(name, _TYPES[declared.type], text)
    sources = tuple(dict.fromkeys(cite.instrument for cite in declared.cite))
    return DmnDecision(name, declared.title.text(voice.language), (entry,), requires, sources)


def _literal(value: ParameterValue) -> str:
    match value:
        case Unknown():
            return "null"
        case bool():
            return "true" if value else "false"
        case str():
            return quoted(value)
        case Fraction():
            return number(value)
        case _:
            return f'date("{value.isoformat()}")'


def _decision(lowered: LoweredSet, path: str, names: DmnNames, voice: Voice) -> DmnDecision:
    """Whether a clause or group applies, whether it holds, and the verdict that this is."""
    member, rules = lowered.members[path], lowered.clauses.get(path, LoweredClause(None, None))
    applies = "true" if rules.applies_when is None else feel(rules.applies_when, names)
    inside: tuple[str, ...] = ()
    if isinstance(member, Group):
        inside = tuple(names.clauses[part.path] for part in member.members)
        applies = _some_apply(inside, applies, names)
        holds = _together(member, inside, names)
    else:
        holds = "null" if rules.rule is None else feel(rules.rule, names)
    requires = dict.fromkeys((*inside, *(name for expr in rules.forms for name in _mentioned(expr, names))))
    entries = (
        DmnEntry("applies", "boolean", applies),
        DmnEntry("holds", "boolean", holds),
        DmnEntry("verdict", VERDICT, _VERDICT_OF_ALL if applies == "true" else _VERDICT),
    )
    note = None if member.note is None else member.note.text(voice.language)
    sources = tuple(dict.fromkeys(cite.instrument for cite in member.cite))
    return DmnDecision(names.clauses[path], member.title.text(voice.language), entries, tuple(requires), sources, note)


def _some_apply(inside: Sequence[str], condition: str, names: DmnNames) -> str:
    """That a group applies: under its own `condition`, and where one of its members does."""
    if names.always.intersection(inside):
        return condition
    some = disjunction([f"{name}.applies" for name in inside])
    return some if condition == "true" else f"({condition}) and ({some})"


def _together(group: Group, inside: Sequence[str], names: DmnNames) -> str:
    """How the members of a group are put together; those that do not apply are passed over."""
    passing = [satisfied(name, names) for name in inside]
    reached = [met(name, names) for name in inside]
    match group.combination:
        case Combination.ALL:
            return conjunction(passing)
        case Combination.ANY:
            return disjunction(reached)
        case Combination.AT_LEAST:
            truths = passing if group.counts_not_applicable else reached
            return counted(truths, t.CompareOp.GE, str(group.minimum or 1))
        case _:
            assert_never(group.combination)


def _mentioned(expr: t.Expr, names: DmnNames) -> Iterator[str]:
    """The inputs and decisions that an expression mentions."""
    for node in walk(expr):
        match node:
            case t.FactRef(key=key):
                yield names.facts[key]
            case t.Parameter(name=name):
                yield names.parameters[name]
            case t.Met(path=path):
                yield names.clauses[path]
            case t.Within():
                yield names.rolled[node]
            case t.AssessmentYear():
                yield YEAR
            case _:
                pass


def _not_carried(lowered: LoweredSet) -> Iterator[NotCarried]:
    """What the model leaves to whoever runs it, or cannot do, clause by clause."""
    for member in lowered.criteria.members():
        if isinstance(member, Clause) and member.encodes is Encodes.NOT_ENCODED:
            what = phrase("its text is not known: it is always undetermined, and no input attests it")
            yield NotCarried(member.path, what, member.place)
        elif isinstance(member, Clause) and member.encodes is Encodes.ATTESTED:
            yield NotCarried(member.path, phrase("no input attests the clause as a whole"), member.place)
        if member.grades:
            yield NotCarried(member.path, phrase("its grades are left out"), member.place)
        rules = lowered.clauses[member.path]
        found = [what for expr in rules.forms for what in _lacking(expr)]
        yield from (NotCarried(member.path, what, member.place) for what in dict.fromkeys(found))
    if lowered.criteria.grades:
        yield NotCarried(lowered.criteria.id, phrase("its grades are left out"))


def _lacking(expr: t.Expr) -> Iterator[Phrase]:
    for node in walk(expr):
        match node:
            case t.FactRef(name=name, key=key) if t.is_verdict(name):
                yield phrase("`{verdict}` is an input: the model does not judge it", verdict=str(key))
            case t.Within(measure=measure, level=level):
                form = f"{measure.value}({level}, ...)"
                yield phrase("`{form}` is an input: the model does not judge the units inside", form=form)
            case t.Known() | t.Coalesce() if not isinstance(node.operand, t.FactRef):
                yield phrase(
                    "`{form}` asks for null here: what its bounds alone decide counts as not known", form=show(node)
                )
            case t.Arithmetic(op=t.ArithmeticOp.DIV, right=divisor) if not isinstance(divisor, t.Number):
                yield phrase("a division by zero is null here and leaves the clause undetermined, where it is an error")
            case _:
                pass
