"""Laws of whole sets: nested groups, conditions of application, zero bases and references, against every completion."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

from hypothesis import given, note
from hypothesis import strategies as st

from ncriteria.evaluation.errors import EvaluationError
from ncriteria.evaluation.lowering import resolve
from ncriteria.evaluation.records.residuals import residual
from ncriteria.evaluation.statuses import groups_around
from ncriteria.language.parser import parse
from ncriteria.language.printer import show
from ncriteria.language.queries import facts_of
from ncriteria.language.tree import THIS_YEAR, Boolean
from ncriteria.language.values import Undefined
from ncriteria.sets.model import Clause, Combination, Encodes, Group, Verdict
from ncriteria.sets.sources import Bilingual
from ncriteria.sets.structure import expressions, references
from tests.evaluation.completions import NO_VALUE, completions
from tests.evaluation.judges import Judge
from tests.evaluation.knowledge import allowed, knowledge, record, tightened
from tests.evaluation.sets import YEAR, with_clauses

TITLE = Bilingual("Tên", "Title")
DECIDED = (Verdict.MET, Verdict.NOT_MET, Verdict.NOT_APPLICABLE)
CONDITIONS = tuple(
    map(
        parse,
        (
            "resolution",
            "not has_border",
            "crimes < 2",
            "crimes = 0",
            "accidents <= prev_year",
            "accidents / crimes <= 1",
            "has_border or crimes > 2",
            'status = "đạt"',
            "count_true(resolution, has_border, crimes > 1) >= 2",
            "true",
            "false",
        ),
    )
)
RATIOS = tuple(map(parse, ("crimes <= prev_year * 0.95", "crimes / prev_year.crimes < 1")))


@st.composite
def members(draw, path, depth, earlier):
    """A clause or a group, whose rules may refer to the clauses in `earlier`; adds itself to them."""
    fields = {"cite": (), "applies_when": draw(st.none() | st.none() | st.sampled_from(CONDITIONS))}
    if depth == 0 or draw(st.booleans()):
        member = draw(clauses(path, fields, earlier))
    else:
        member = draw(groups(path, fields, depth, earlier))
    earlier.append(path)
    return member


@st.composite
def clauses(draw, path, fields, earlier):
    kind = draw(st.sampled_from(("rule", "rule", "rule", "ratio", "reference", "not_encoded")))
    if kind == "not_encoded":
        return Clause(path, TITLE, None, Encodes.NOT_ENCODED, **fields)
    if kind == "ratio":
        rule = draw(st.sampled_from(RATIOS))
        return Clause(path, TITLE, rule, Encodes.EXACT, zero_base=parse("crimes = 0"), **fields)
    if kind == "reference" and earlier:
        target = draw(st.sampled_from(earlier))
        form = draw(st.sampled_from(('met("{}")', 'not met("{}")', 'met("{}") or has_border')))
        return Clause(path, TITLE, parse(form.format(target)), Encodes.EXACT, **fields)
    return Clause(path, TITLE, draw(st.sampled_from(CONDITIONS)), Encodes.EXACT, **fields)


@st.composite
def groups(draw, path, fields, depth, earlier):
    size = draw(st.integers(1, 3))
    inner = tuple(draw(members(f"{path}/{number}", depth - 1, earlier)) for number in range(size))
    combination = draw(st.sampled_from(Combination))
    if combination is Combination.AT_LEAST:
        minimum, counts = draw(st.integers(1, size)), draw(st.booleans())
        return Group(path, TITLE, combination, inner, minimum, counts, **fields)
    return Group(path, TITLE, combination, inner, **fields)


@st.composite
def judged_sets(draw):
    """A set, and what is known of its facts."""
    earlier: list[str] = []
    top = [draw(members(str(number), 2, earlier)) for number in range(draw(st.integers(1, 3)))]
    criteria = with_clauses(*top)
    for member in criteria.definition.members():
        note(f"{member.path}: {type(member).__name__} {getattr(member, 'combination', '')} {_shown(member)}")
    known = draw(knowledge(keys_of(criteria), most=128))
    note(str(known))
    return criteria, known


def _shown(member):
    return {role: show(expr) for role, expr in expressions(member)}


def keys_of(criteria):
    rules = [expr for member in criteria.definition.members() for _, expr in expressions(member)]
    return tuple(dict.fromkeys(key for rule in rules for key in facts_of(resolve(rule, THIS_YEAR, YEAR))))


def judges(criteria, known) -> Iterator[Judge | str]:
    """The verdicts in every world that `known` allows; `NO_VALUE` for a world in which a rule has no value."""
    open_paths = [
        member.path for member in criteria.definition.members() if isinstance(member, Clause) and member.rule is None
    ]
    for facts in completions(allowed(known, keys_of(criteria)), YEAR):
        for choice in product((False, True), repeat=len(open_paths)):
            try:
                yield Judge(criteria.definition, facts, dict(zip(open_paths, choice, strict=True)), YEAR)
            except ZeroDivisionError:
                yield NO_VALUE


@given(judged_sets())
def test_a_decided_verdict_of_a_set_holds_in_every_completion(case):
    criteria, known = case
    try:
        result = criteria.judge(record(known))
    except EvaluationError:
        return
    possible = list(judges(criteria, known))
    worlds = [world for world in possible if world != NO_VALUE]
    for path, found in result.clauses.items():
        verdicts = {world.verdict(path) for world in worlds}
        if found.verdict in DECIDED:
            assert verdicts <= {found.verdict}
            assert found.residual == Boolean(found.verdict is not Verdict.NOT_MET)
            assert found.missing == ()
            assert found.open.clauses == ()
        if len(possible) == len(worlds) == 1:
            assert verdicts == {found.verdict}


@given(judged_sets())
def test_what_is_left_of_a_set_decides_its_verdict(case):
    criteria, known = case
    try:
        result = criteria.judge(record(known))
    except EvaluationError:
        return
    for world in judges(criteria, known):
        if world == NO_VALUE:
            continue
        for path, found in result.clauses.items():
            if found.verdict is Verdict.UNDETERMINED:
                _assert_left(world, found, world.verdict(path))


def _assert_left(world, found, verdict):
    """Where what is left is false the clause is not met, or does not apply; where it is true, it is not unmet."""
    try:
        left = world.holds(found.residual)
    except ZeroDivisionError:
        return
    if verdict is Verdict.MET:
        assert left is True
    if verdict is Verdict.NOT_MET:
        assert left is False


@given(judged_sets())
def test_nothing_that_a_verdict_does_not_wait_for_can_change_it(case):
    criteria, known = case
    try:
        result = criteria.judge(record(known))
    except EvaluationError:
        return
    found: dict[tuple, set] = {}
    for world in judges(criteria, known):
        if world == NO_VALUE:
            continue
        for path, outcome in result.clauses.items():
            facts = tuple(world.facts[key.name, YEAR - key.period.years] for key in outcome.missing)
            choices = tuple(world.decided[waiting] for waiting in outcome.open.clauses)
            found.setdefault((path, facts, choices), set()).add(world.verdict(path))
    assert all(len(verdicts) == 1 for verdicts in found.values())


@given(judged_sets(), st.data())
def test_further_knowledge_never_overturns_a_verdict_of_a_set(case, data):
    criteria, known = case
    more = data.draw(tightened(known, keys_of(criteria)))
    try:
        before, after = criteria.judge(record(known)), criteria.judge(record(more))
    except EvaluationError:
        return
    # A divisor that turns out to be 0 decides nothing, where it is not known whether the clause applies.
    lost = {path for path, found in after.clauses.items() if _has_no_value_in_a_part(found)}
    for path, found in before.clauses.items():
        below = _rests_on(criteria, path)
        if not lost & below:
            assert found.verdict is Verdict.UNDETERMINED or after[path].verdict is found.verdict
            assert set(after[path].missing) <= set(found.missing)
            continue
        if found.verdict in DECIDED:
            assert after[path].verdict in (found.verdict, Verdict.UNDETERMINED)
        # What the lost value had made idle may matter again: never more than what the rules below look at.
        assert set(after[path].missing) <= {key for part in below for key in _waited_for(before, part)}


def _has_no_value_in_a_part(found):
    pending = [step for step in (found.rule, found.applies_when) if step is not None]
    for step in pending:
        pending += step.parts
    return any(isinstance(step.value, Undefined) for step in pending)


def _rests_on(criteria, path):
    """The members that a verdict rests on, itself among them, and the groups around each, for their conditions."""
    members = {member.path: member for member in criteria.definition.members()}
    found, pending = set(), [path]
    while pending:
        current = pending.pop()
        if current not in found:
            found.add(current)
            pending += references(members[current], criteria.definition.years)
    return found


def _waited_for(result, path):
    """The facts that a member waited for, and those that its conditions waited for."""
    condition = result[path].applies_when
    conditions = [result[outer].applies_when for outer in groups_around(path)] + [condition]
    left = [residual(one) for one in conditions if one is not None]
    return {*result[path].missing, *(key for one in left for key in facts_of(one))}


@given(judged_sets())
def test_every_set_is_explained_in_both_languages(case):
    criteria, known = case
    try:
        result = criteria.judge(record(known))
    except EvaluationError:
        return
    for language in ("vi", "en"):
        text = result.explain(language)
        assert all(path in text for path in result.clauses)
