"""Criteria compiled to one Python function, for programs that judge one record at a time.

The function is built from the integer form of the rules. What it does not foresee (bounds, decimals, a wrong type, a
division by zero) goes to the reference evaluator.
"""

from __future__ import annotations

import ast
import datetime
from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Final

from attrs import field, frozen

from ncriteria.evaluation.criteria import Criteria
from ncriteria.evaluation.inputs import Facts
from ncriteria.evaluation.lowering import lower
from ncriteria.evaluation.program.assembling import WHOLE_SET, Epoch, Program, program_of
from ncriteria.evaluation.program.functions import Body, add_steps, built
from ncriteria.evaluation.program.slots import slots_of
from ncriteria.evaluation.program.tree import ShareKey
from ncriteria.language.tree import Ago, FactKey
from ncriteria.sets.model import FactDeclaration, FactType, RollUp, Verdict

Shares = Mapping[tuple[str, str], RollUp]
_NO_FACTS: Final[Facts] = {}
_NO_YEARS: Final[Mapping[int, Facts]] = {}
_NO_SHARES: Final[Shares] = {}


class Verdicts:
    """The verdicts of one record: `verdict` of the whole set, and `verdicts["19.2/crime"]` of each clause and group."""

    __slots__ = ("clauses", "verdict")

    def __init__(self, verdict: Verdict, clauses: dict[str, Verdict]) -> None:
        self.verdict = verdict
        self.clauses = clauses

    def __getitem__(self, path: str) -> Verdict:
        return self.clauses[path]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Verdicts) and (self.verdict, self.clauses) == (other.verdict, other.clauses)

    def __hash__(self) -> int:
        return hash((self.verdict, tuple(self.clauses.items())))

    def __repr__(self) -> str:
        return f"Verdicts({self.verdict}, {self.clauses})"


@frozen
class CompiledCriteria:
    """Criteria of one assessment year as a function from facts to verdicts; made by `Criteria.compiled`.

    `by_reference` is empty where the function judges by itself; otherwise it has the conditions that keep it from that,
    with the reason of each, and the reference evaluator judges every record.
    """

    criteria: Criteria
    year: int | None
    by_reference: Mapping[str, str]
    _judge: Callable[[Facts, Facts, Mapping[int, Facts], Shares], Verdicts] = field(repr=False, eq=False)

    def __call__(
        self,
        facts: Facts,
        prev_year: Facts = _NO_FACTS,
        earlier: Mapping[int, Facts] = _NO_YEARS,
        shares: Shares = _NO_SHARES,
    ) -> Verdicts:
        """The verdicts on one unit; arguments and errors are those of `Criteria.evaluate`."""
        return self._judge(facts, prev_year, earlier, shares)


def compile_criteria(criteria: Criteria, year: int | None = None) -> CompiledCriteria:
    """`criteria` as they hold in the assessment `year`, as one function of a record.

    Raises `EvaluationError` where the set does not hold in `year`, or needs a year and none is given.
    """
    program = program_of([Epoch(lower(criteria.definition, year))], {})
    reference = _reference(criteria, year)
    if program.opaque:
        return CompiledCriteria(criteria, year, program.opaque, reference)
    return CompiledCriteria(criteria, year, {}, _function(criteria, year, program, reference))


_Judge = Callable[[Facts, Facts, Mapping[int, Facts], Shares], Verdicts]
_ARGUMENTS = ("facts", "prev_year", "earlier", "shares")


def _reference(criteria: Criteria, year: int | None) -> _Judge:
    def judge(facts: Facts, prev_year: Facts, earlier: Mapping[int, Facts], shares: Shares) -> Verdicts:
        result = criteria.evaluate(facts, prev_year=prev_year, earlier=earlier, year=year, shares=shares)
        return Verdicts(result.verdict, {path: outcome.verdict for path, outcome in result.clauses.items()})

    return judge


def _function(criteria: Criteria, year: int | None, program: Program, reference: _Judge) -> _Judge:
    body = Body()
    arguments: list[ast.expr] = [ast.Name(name, ast.Load()) for name in _ARGUMENTS]
    otherwise = ast.Call(body.constant(reference), arguments, [])
    _Door(body, criteria.facts, year, otherwise).admit(program)
    verdicts = add_steps(body, program, otherwise)
    order = [member.path for member in criteria.definition.members()]
    clauses = ast.Dict([ast.Constant(path) for path in order], [verdicts[path] for path in order])
    outcome = ast.Call(body.constant(Verdicts), [verdicts[WHOLE_SET], clauses], [])
    body.statements.append(ast.Return(outcome))
    function: _Judge = built(_ARGUMENTS, body, criteria.id)  # type: ignore[assignment]
    return function


@frozen
class _Door:
    """Where facts come in: each is looked up once, and a record that is not plain goes to the reference."""

    body: Body
    declarations: Mapping[str, FactDeclaration]
    year: int | None
    otherwise: ast.expr

    def admit(self, program: Program) -> None:
        """Add the statements that look up and check every fact and roll-up of the program."""
        keys = slots_of(program)
        sources: dict[int, ast.expr] = {0: _local("facts"), 1: _local("prev_year")}
        self._refuse_foreign_names("facts")
        self._refuse_foreign_names("prev_year")
        backs = {key.period.years for key in keys if isinstance(key, FactKey) and isinstance(key.period, Ago)}
        self._admit_years(sorted(back for back in backs if back > 1), sources)
        for key in keys:
            match key:
                case FactKey(name=name, period=Ago(years=back)) if back in sources:
                    self._admit_fact(key, self._get(sources[back], name), self.declarations[name])
                case FactKey():
                    # A year to come, or a fixed year where no assessment year is given, is never known here.
                    self.body.slots[key] = self.body.assign(ast.Constant(None)).id
                case ShareKey():
                    self._admit_share(key)

    def _refuse_foreign_names(self, source: str) -> None:
        names = self.body.constant(frozenset(self.declarations))
        keys = ast.Call(ast.Attribute(_local(source), "keys", ast.Load()), [], [])
        self._refuse(ast.UnaryOp(ast.Not(), ast.Compare(keys, [ast.LtE()], [names])))

    def _refuse(self, condition: ast.expr) -> None:
        self.body.statements.append(ast.If(condition, [ast.Return(self.otherwise)], []))

    def _get(self, source: ast.expr, key: object) -> ast.expr:
        return ast.Call(ast.Attribute(source, "get", ast.Load()), [_constant(self.body, key)], [])

    def _admit_years(self, backs: list[int], sources: dict[int, ast.expr]) -> None:
        """Earlier years that the rules use; any other year goes to the reference, which checks it."""
        if self.year is None or not backs:
            self._refuse(_local("earlier"))
            return
        years = self.body.constant(frozenset(self.year - back for back in backs))
        given = ast.Call(ast.Attribute(_local("earlier"), "keys", ast.Load()), [], [])
        self._refuse(ast.UnaryOp(ast.Not(), ast.Compare(given, [ast.LtE()], [years])))
        for back in backs:
            nothing = self.body.constant(_NO_FACTS)
            get = ast.Attribute(_local("earlier"), "get", ast.Load())
            found = self.body.assign(ast.Call(get, [ast.Constant(self.year - back), nothing], []))
            sources[back] = found
            self._refuse_foreign_names(found.id)

    def _admit_fact(self, key: FactKey, found: ast.expr, declaration: FactDeclaration) -> None:
        given = self.body.assign(found)
        self.body.slots[key] = given.id
        known = ast.Compare(given, [ast.IsNot()], [ast.Constant(None)])
        self._refuse(ast.BoolOp(ast.And(), [known, self._is_unforeseen(given, declaration)]))

    def _is_unforeseen(self, given: ast.Name, declaration: FactDeclaration) -> ast.expr:
        """Whether a value that is given is not a plain value of the fact."""
        match declaration.type:
            case FactType.COUNT | FactType.NUMBER:
                tests = [self._is_no(given, int)]
                if declaration.type is FactType.NUMBER and declaration.decimals is None:
                    tests = [ast.BoolOp(ast.And(), [*tests, self._is_no(given, Fraction)])]
                for operator, bound in ((ast.Lt(), declaration.minimum), (ast.Gt(), declaration.maximum)):
                    if bound is not None:
                        plain = int(bound) if bound.denominator == 1 else bound
                        tests.append(ast.Compare(given, [operator], [_constant(self.body, plain)]))
                return tests[0] if len(tests) == 1 else ast.BoolOp(ast.Or(), tests)
            case FactType.BOOLEAN:
                return self._is_no(given, bool)
            case FactType.ENUMERATION:
                options = self.body.constant(frozenset(declaration.options))
                foreign = ast.Compare(given, [ast.NotIn()], [options])
                return ast.BoolOp(ast.Or(), [self._is_no(given, str), foreign])
            case FactType.DATE:
                return self._is_no(given, datetime.date)

    def _is_no(self, given: ast.Name, kind: type) -> ast.expr:
        return ast.Compare(ast.Attribute(given, "__class__", ast.Load()), [ast.IsNot()], [self.body.constant(kind)])

    def _admit_share(self, key: ShareKey) -> None:
        roll_up = self.body.assign(self._get(_local("shares"), (key.level, key.path)))
        known = ast.Compare(roll_up, [ast.IsNot()], [ast.Constant(None)])
        parts = {"met": ("met",), "may_be_met": ("met", "undetermined"), "judged": ("met", "not_met", "undetermined")}
        total: ast.expr = ast.Attribute(roll_up, "met", ast.Load())
        for part in parts[key.part][1:]:
            total = ast.BinOp(total, ast.Add(), ast.Attribute(roll_up, part, ast.Load()))
        self.body.slots[key] = self.body.assign(ast.IfExp(known, total, ast.Constant(None))).id


def _local(name: str) -> ast.Name:
    return ast.Name(name, ast.Load())


def _constant(body: Body, value: object) -> ast.expr:
    """A constant of the function: in its code where Python has it there, otherwise a global."""
    return ast.Constant(value) if isinstance(value, (str, int)) else body.constant(value)
