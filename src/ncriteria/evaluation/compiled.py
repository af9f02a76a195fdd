"""Criteria compiled to one Python function, for programs that judge one record at a time.

The function is built from the integer form of the rules. What it does not foresee (bounds, decimals, a wrong type, a
division by zero) goes to the reference evaluator.
"""

from __future__ import annotations

import ast
import datetime
from collections.abc import Callable, Iterable, Mapping, Sequence
from fractions import Fraction
from typing import Final, assert_never

from attrs import field

from ncriteria.errors import expect
from ncriteria.evaluation.criteria import Criteria
from ncriteria.evaluation.inside.form import sum_scale
from ncriteria.evaluation.lowering import lower
from ncriteria.evaluation.program.assembling import Epoch, Program, program_of
from ncriteria.evaluation.program.body import Body, built
from ncriteria.evaluation.program.functions import add_steps, total
from ncriteria.evaluation.program.slots import looked_up, slots_of
from ncriteria.evaluation.program.tree import DayNumberKey, DayPartKey, JudgedYearKey, ShareKey, SlotKey
from ncriteria.evaluation.records.arguments import expect_record_arguments, expect_year
from ncriteria.evaluation.records.attesting import Decided, with_decided
from ncriteria.evaluation.records.inputs import Facts, Shares
from ncriteria.evaluation.result import Verdicts
from ncriteria.facts.attestations.model import Attestation
from ncriteria.facts.values import MOST_NUMERATOR
from ncriteria.language.tree import Ago, FactKey
from ncriteria.language.values import bounds
from ncriteria.quick_classes import frozen
from ncriteria.sets.model import WHOLE_SET, FactDeclaration, FactType, FactValue, Rolled, RollUp
from ncriteria.sets.structure import verdicts_leaned_on
from ncriteria.words import phrase

_NO_FACTS: Final[Facts] = {}
_NO_YEARS: Final[Mapping[int, Facts]] = {}
_NO_SHARES: Final[Shares] = {}
Inside = Mapping[tuple[str, str], Rolled]
_NOTHING_INSIDE: Final[Inside] = {}
_QUICK: Final = 2**30 - 1
"""Up to where Python compares whole numbers fastest: those of one digit in memory."""


@frozen
class CompiledCriteria:
    """Criteria of one assessment year as a function from facts to verdicts; made by `compile_criteria`.

    `by_reference` is empty where the function judges by itself; otherwise it has the conditions that keep it from that,
    with the reason of each, and the reference evaluator judges every record.
    """

    criteria: Criteria
    year: int | None
    by_reference: Mapping[str, str]
    _judge: Callable[[Facts, Facts, Mapping[int, Facts], Inside], Verdicts] = field(repr=False, eq=False)

    def __call__(
        self,
        facts: Facts,
        prev_year: Facts = _NO_FACTS,
        earlier: Mapping[int, Facts] = _NO_YEARS,
        shares: Shares = _NO_SHARES,
        attestations: Sequence[Attestation] = (),
    ) -> Verdicts:
        """The verdicts on one unit; arguments and errors are those of `Criteria.evaluate`.

        A record with attestations is judged by the reference.

        To be quick, it looks at what the verdicts need and no more: a wrong value of a fact that cannot change them is
        passed over, and names that the set does not know are looked for only where a fact is missing.
        """
        if attestations:
            return self.criteria.evaluate(
                facts, prev_year=prev_year, earlier=earlier, year=self.year, shares=shares, attestations=attestations
            ).verdicts
        try:
            if shares:
                return self._judge(facts, prev_year, earlier, self.criteria.record({}, shares=shares).shares)
            return self._judge(facts, prev_year, earlier, _NOTHING_INSIDE)
        except (AttributeError, TypeError):
            # Facts that are no mapping are told in our words; an error of the caller's own mapping stays as it is.
            expect_record_arguments(facts, prev_year, earlier, self.year, shares)
            raise

    def __reduce__(self) -> tuple[object, ...]:
        """Criteria are carried to other processes as they are, and compiled again there."""
        return compile_criteria, (self.criteria, self.year)


def compile_criteria(criteria: Criteria, year: int | None = None) -> CompiledCriteria:
    """`criteria` as they hold in the assessment `year`, as one function of a record.

    Raises `EvaluationError` where the set does not hold in `year`, or needs a year and none is given.
    """
    expect("`criteria`", criteria, Criteria, phrase("what `load`, `loads` or a catalog gives"))
    expect_year(year)
    program = program_of([Epoch(lower(criteria.definition, year))], {})
    reference = _reference(criteria, year)
    if by_reference := {**program.opaque, **_leaning(criteria)}:
        return CompiledCriteria(criteria, year, by_reference, reference)
    function: _Judge = _function(criteria, program, _Door(criteria.definition.facts, year, reference))  # type: ignore[assignment]
    return CompiledCriteria(criteria, year, {}, function)


_Judge = Callable[[Facts, Facts, Mapping[int, Facts], Inside], Verdicts]
_ARGUMENTS = ("facts", "prev_year", "earlier", "shares")

Said = Mapping[str, FactValue]
"""What a table says of a unit in one year, by fact."""
TableJudge = Callable[[Said, Said, Mapping[int, Said], Inside], Verdicts | None]


def compile_for_tables(criteria: Criteria, year: int, decided: Decided = frozenset()) -> TableJudge | None:
    """`criteria` in the assessment `year` as a function of what a table says: of the year, the year before, every year.

    Facts of a table are checked when it is read, and may be of other sets too. The function gives `None` for a record
    that the reference has to judge, such as one with bounds. There is none for a set that the reference judges always.
    `decided` are clauses that attestations decide.
    Raises `EvaluationError` as `compile_criteria` does.
    """
    scales = {name: 10**declared.decimals for name, declared in criteria.facts.items() if declared.decimals}
    lowered = with_decided(lower(criteria.definition, year), decided)
    program = program_of([Epoch(lowered)], scales)
    if program.opaque:
        return None
    return _function(criteria, program, _Door(criteria.definition.facts, year, None, scales))  # type: ignore[return-value]


def _leaning(criteria: Criteria) -> dict[str, str]:
    """The verdicts of other years and standards that rules lean on, which the reference judges."""
    reason = phrase("a verdict of another year or standard, which is judged from the facts of that year")
    return {str(key): reason for key in verdicts_leaned_on(criteria.definition)}


def _reference(criteria: Criteria, year: int | None) -> _Judge:
    def judge(facts: Facts, prev_year: Facts, earlier: Mapping[int, Facts], shares: Inside) -> Verdicts:
        return criteria.evaluate(facts, prev_year=prev_year, earlier=earlier, year=year, shares=shares).verdicts

    return judge


def _function(criteria: Criteria, program: Program, door: _Door) -> Callable[..., object]:
    body = Body(door.look_up)
    if door.reference is not None:
        door.open(body, program)
    verdicts = add_steps(body, program, door.otherwise(body))
    order = [member.path for member in criteria.definition.members()]
    clauses = ast.Dict([ast.Constant(path) for path in order], [verdicts[path] for path in order])
    # As `Verdicts(verdict, clauses)`, without the call of a function of Python.
    outcome = body.assign(ast.Call(body.constant(object.__new__), [body.constant(Verdicts)], []))
    for part, found in (("verdict", verdicts[WHOLE_SET]), ("clauses", clauses)):
        body.statements.append(ast.Assign([ast.Attribute(outcome, part, ast.Store())], found))
    body.statements.append(ast.Return(outcome))
    return built(_ARGUMENTS, body, criteria.id)


@frozen
class _Door:
    """Where facts come in: each is looked up where it is first needed, and what is not plain goes to the reference.

    Without a `reference` they are those of a table, exact and of known names; `scales` makes broken numbers whole.
    """

    declarations: Mapping[str, FactDeclaration]
    year: int | None
    reference: _Judge | None
    scales: Mapping[str, int] = field(factory=dict)

    def otherwise(self, body: Body) -> ast.expr:
        """The call of the reference; for a table, nothing, and who asked calls it."""
        if self.reference is None:
            return ast.Constant(None)
        return ast.Call(body.constant(self.reference), [_local(name) for name in _ARGUMENTS], [])

    def look_up(self, body: Body, key: SlotKey) -> str:
        """Add the statements that look up and check a fact or a part of a roll-up; returns its local name."""
        match key:
            case FactKey(name=name, period=Ago(years=back)) if back in (0, 1) or (back > 1 and self.year is not None):
                return self._fact(body, self._source(body, back), self.declarations[name])
            case FactKey():
                # A year to come, or a fixed year where no assessment year is given, is never known here.
                return body.assign(ast.Constant(None)).id
            case DayPartKey(day=day, part=part):
                return _of_day(body, body.slot(day), part.of)
            case DayNumberKey(day=day):
                return _of_day(body, body.slot(day), datetime.date.toordinal)
            case JudgedYearKey():
                assert self.year is not None
                return body.assign(ast.Constant(self.year)).id
            case ShareKey(fact=""):
                return _share(body, key)
            case ShareKey(fact=fact):
                return _sum_end(body, key, sum_scale(self.declarations[fact], self.scales))
            case _:
                assert_never(key)

    def open(self, body: Body, program: Program) -> None:
        """Leave a record with years that the rules do not use to the reference, which checks them."""
        keys = [looked_up(slot) for slot in slots_of(program)]
        backs = {key.period.years for key in keys if isinstance(key, FactKey) and isinstance(key.period, Ago)}
        earlier = _local("earlier")
        test: ast.expr = earlier
        if self.year is not None and any(back > 1 for back in backs):
            years = [ast.Constant(self.year - back) for back in sorted(backs) if back > 1]
            number = ast.Call(body.constant(len), [earlier], [])
            # Most often these years are given and no others.
            differs: list[ast.expr] = [ast.Compare(year, [ast.NotIn()], [earlier]) for year in years]
            differs.append(ast.Compare(number, [ast.NotEq()], [ast.Constant(len(years))]))
            used = total([ast.Compare(year, [ast.In()], [earlier]) for year in years])
            has_others = ast.Compare(number, [ast.NotEq()], [used])
            test = ast.BoolOp(ast.And(), [test, ast.BoolOp(ast.Or(), differs), has_others])
        body.statements.append(ast.If(test, [ast.Return(self.otherwise(body))], []))
        for source in _ARGUMENTS[:2]:
            _add_known_names(body, source)

    def _source(self, body: Body, back: int) -> ast.Name:
        """The facts of a year."""
        if back <= 1:
            return _local(_ARGUMENTS[back])
        assert self.year is not None
        get = ast.Attribute(_local("earlier"), "get", ast.Load())
        source = body.assign(ast.Call(get, [ast.Constant(self.year - back), body.constant(_NO_FACTS)], []))
        if self.reference is not None:
            _add_known_names(body, source.id)
        return source

    def _fact(self, body: Body, source: ast.Name, declaration: FactDeclaration) -> str:
        """Look up a fact; where it is missing, a name that is not known may be a misspelt one."""
        given, scale = body.assign(_get(body, source, declaration.name)), self.scales.get(declaration.name, 1)
        names_are_wrong: ast.expr = ast.Constant(False)
        if self.reference is not None:
            names_are_wrong = ast.UnaryOp(ast.Not(), _knows_names(body, source, self.declarations))
        elif declaration.type.is_numeric:
            given = body.assign(_whole(body, given, scale))
        is_special, is_wrong = _unforeseen(body, given, declaration, scale)
        is_missing = ast.Compare(given, [ast.Is()], [ast.Constant(None)])
        refusal = ast.IfExp(is_missing, names_are_wrong, is_wrong)
        refused: list[ast.stmt] = [ast.If(refusal, [ast.Return(self.otherwise(body))], [])]
        body.statements.append(ast.If(is_special, refused, []))
        return given.id


def _known_names(source: str) -> str:
    """The local name of whether all names of `source` are known to be names of facts."""
    return f"{source}_known"


def _add_known_names(body: Body, source: str) -> None:
    body.statements.append(ast.Assign([ast.Name(_known_names(source), ast.Store())], ast.Constant(False)))


def _knows_names(body: Body, source: ast.Name, names: Iterable[str]) -> ast.expr:
    """Whether `source` has facts of known names alone, which is looked at once for each record."""
    known = _known_names(source.id)
    knows = ast.Call(ast.Attribute(body.constant_set(names), "issuperset", ast.Load()), [source], [])
    return ast.BoolOp(ast.Or(), [_local(known), ast.NamedExpr(ast.Name(known, ast.Store()), knows)])


def _whole(body: Body, given: ast.Name, scale: int) -> ast.expr:
    """A number of a table times `scale`, as an `int` where that is whole."""
    above, below = (ast.Attribute(given, part, ast.Load()) for part in ("numerator", "denominator"))
    is_fraction = ast.Compare(ast.Attribute(given, "__class__", ast.Load()), [ast.Is()], [body.constant(Fraction)])
    left = ast.BinOp(ast.Constant(scale), ast.Mod(), below)
    fits = ast.BoolOp(ast.And(), [is_fraction, ast.Compare(left, [ast.Eq()], [ast.Constant(0)])])
    scaled = ast.BinOp(above, ast.Mult(), ast.BinOp(ast.Constant(scale), ast.FloorDiv(), below))
    return ast.IfExp(fits, scaled if scale > 1 else above, given)


def _unforeseen(body: Body, given: ast.Name, declaration: FactDeclaration, scale: int) -> tuple[ast.expr, ast.expr]:
    """Whether a value asks for a closer look, and whether, where it is not missing, it is then no plain one."""
    always = ast.Constant(True)
    match declaration.type:
        case FactType.COUNT | FactType.NUMBER:
            low = -MOST_NUMERATOR if declaration.minimum is None else declaration.minimum * scale
            high = MOST_NUMERATOR if declaration.maximum is None else declaration.maximum * scale
            outside = ast.UnaryOp(ast.Not(), _lies_within(body, given, low, high))
            kind = _is_no(body, given, int)
            if declaration.type is FactType.NUMBER and declaration.decimals is None:
                kind = ast.BoolOp(ast.And(), [kind, _is_no_fraction(body, given)])
                return ast.BoolOp(ast.Or(), [kind, outside]), always
            below = ast.Compare(given, [ast.Lt()], [_number(body, max(low, -_QUICK))])
            above = ast.Compare(given, [ast.Gt()], [_number(body, min(high, _QUICK))])
            return ast.BoolOp(ast.Or(), [kind, below, above]), ast.BoolOp(ast.Or(), [kind, outside])
        case FactType.BOOLEAN:
            return _is_no(body, given, bool), always
        case FactType.ENUMERATION:
            foreign = ast.Compare(given, [ast.NotIn()], [body.constant_set(declaration.options)])
            return ast.BoolOp(ast.Or(), [_is_no(body, given, str), foreign]), always
        case FactType.DATE:
            return _is_no(body, given, datetime.date), always


def _lies_within(body: Body, given: ast.expr, low: Fraction | int, high: Fraction | int) -> ast.expr:
    return ast.Compare(_number(body, low), [ast.LtE(), ast.LtE()], [given, _number(body, high)])


def _number(body: Body, number: Fraction | int) -> ast.expr:
    return _constant(body, int(number) if number.denominator == 1 else number)


def _is_no(body: Body, given: ast.Name, kind: type) -> ast.expr:
    return ast.Compare(ast.Attribute(given, "__class__", ast.Load()), [ast.IsNot()], [body.constant(kind)])


def _is_no_fraction(body: Body, given: ast.Name) -> ast.expr:
    """Whether a value is no fraction of as many digits as a fact may have."""
    parts = [ast.Attribute(given, part, ast.Load()) for part in ("numerator", "denominator")]
    ends = (-MOST_NUMERATOR, MOST_NUMERATOR)
    long = [ast.UnaryOp(ast.Not(), _lies_within(body, part, *ends)) for part in parts]
    return ast.BoolOp(ast.Or(), [_is_no(body, given, Fraction), *long])


def _get(body: Body, source: ast.expr, key: object) -> ast.expr:
    return ast.Call(ast.Attribute(source, "get", ast.Load()), [_constant(body, key)], [])


def _end(rolled: Rolled | None, part: str, scale: int) -> int | Fraction | None:
    """An end of a sum, times `scale`."""
    low, high = (None, None) if rolled is None or isinstance(rolled, RollUp) else bounds(rolled)
    end = low if part == "low" else high
    scaled = None if end is None else end * scale
    return scaled.numerator if scaled is not None and scaled.denominator == 1 else scaled


def _sum_end(body: Body, key: ShareKey, scale: int) -> str:
    rolled = _get(body, _local("shares"), (key.level, key.path))
    arguments = [rolled, ast.Constant(key.part), ast.Constant(scale)]
    return body.assign(ast.Call(body.constant(_end), arguments, [])).id


def _share(body: Body, key: ShareKey) -> str:
    roll_up = body.assign(_get(body, _local("shares"), (key.level, key.path)))
    known = ast.Compare(roll_up, [ast.IsNot()], [ast.Constant(None)])
    parts = {"met": ("met",), "may_be_met": ("met", "undetermined"), "judged": ("met", "not_met", "undetermined")}
    total: ast.expr = ast.Attribute(roll_up, "met", ast.Load())
    for part in parts[key.part][1:]:
        total = ast.BinOp(total, ast.Add(), ast.Attribute(roll_up, part, ast.Load()))
    return body.assign(ast.IfExp(known, total, ast.Constant(None))).id


def _of_day(body: Body, day: str, said: Callable[[datetime.date], int]) -> str:
    """A number that is said of a day, where the day is known."""
    known = ast.Compare(_local(day), [ast.IsNot()], [ast.Constant(None)])
    found = ast.Call(body.constant(said), [_local(day)], [])
    return body.assign(ast.IfExp(known, found, ast.Constant(None))).id


def _local(name: str) -> ast.Name:
    return ast.Name(name, ast.Load())


def _constant(body: Body, value: object) -> ast.expr:
    """A constant of the function: in its code where Python has it there, otherwise a global."""
    return ast.Constant(value) if isinstance(value, (str, int)) else body.constant(value)
