"""The syntax tree of an expression: frozen nodes, equal when they say the same, whatever their place in a text.

Passes over the tree are functions elsewhere (printing, checking, evaluating), each one exhaustive `match`.
"""

from __future__ import annotations

import datetime
from fractions import Fraction
from functools import lru_cache

from attrs import field

from ncriteria.language.operators import DAY_PARTS as DAY_PARTS  # noqa: PLC0414
from ncriteria.language.operators import ArithmeticOp as ArithmeticOp  # noqa: PLC0414
from ncriteria.language.operators import CompareOp as CompareOp  # noqa: PLC0414
from ncriteria.language.operators import Function as Function  # noqa: PLC0414
from ncriteria.language.operators import Measure as Measure  # noqa: PLC0414
from ncriteria.language.source import Span
from ncriteria.quick_classes import frozen

__all__ = ["DAY_PARTS", "ArithmeticOp", "CompareOp", "Function"]  # what else there is stands here itself


@frozen(cache_hash=True)
class Ago:
    """A period counted back from the assessment year: `Ago(0)` is the year itself, `Ago(1)` the year before."""

    years: int = 0


@frozen
class InYear:
    """A fixed year, such as the base year 2019."""

    year: int


Period = Ago | InYear
THIS_YEAR = Ago(0)


def shift(inner: Period, outer: Period) -> Period:
    """The period of something that is `inner` as seen from `outer`: a year before 2019 is 2018."""
    match inner, outer:
        case InYear(), _:
            return inner
        case Ago(years), Ago(more):
            return Ago(years + more)
        case Ago(years), InYear(year):
            return InYear(year - years)


@frozen(repr=False, cache_hash=True)
class FactKey:
    """A fact and the period it is taken from: one value that can be known or missing; `FactKey.of` makes each once."""

    name: str
    period: Period = THIS_YEAR

    @staticmethod
    @lru_cache(maxsize=4096)
    def of(name: str, period: Period = THIS_YEAR) -> FactKey:
        """The key; mappings find one that is the same object at once."""
        return FactKey(name, period)

    def __str__(self) -> str:
        match self.period:
            case Ago(0):
                return self.name
            case Ago(1):
                return f"prev_year({self.name})" if is_verdict(self.name) else f"prev_year.{self.name}"
            case Ago(years):
                return f"years_ago({years}, {self.name})"
            case InYear(year):
                return f"at({self.name}, {year})"

    def __repr__(self) -> str:
        return f"FactKey({str(self)!r})"


_VERDICT = 'met("', '")'


def verdict_name(path: str) -> str:
    """The name under which a verdict of another year or standard stands among the facts: `met("19.2")`."""
    return f"{_VERDICT[0]}{path}{_VERDICT[1]}"


def is_verdict(name: str) -> bool:
    """Whether a name of a fact is that of a verdict."""
    return name.startswith(_VERDICT[0])


def path_of_verdict(name: str) -> str:
    """The path of a verdict that stands among the facts, perhaps after its standard and a colon."""
    return name.removeprefix(_VERDICT[0]).removesuffix(_VERDICT[1])


@frozen
class Node:
    """What all nodes have: the span of text they were read from, which does not count for equality."""

    span: Span | None = field(default=None, eq=False, repr=False, kw_only=True)


@frozen
class Number(Node):
    """A number that is not negative and has a finite decimal form; `percent` when it is written with `%`.

    `decimals` is how many digits stand after the point, as written: 3 in `1.500`. It does not count for equality.
    """

    value: Fraction
    percent: bool = False
    decimals: int = field(default=0, eq=False, repr=False, kw_only=True)


@frozen
class Boolean(Node):
    """`true` or `false`."""

    value: bool


@frozen
class Text(Node):
    """A value of an enumeration, in quotes."""

    value: str


@frozen
class Date(Node):
    """A calendar day, `@"2024-03-18"`."""

    value: datetime.date


@frozen
class FactRef(Node):
    """A fact of the unit that is judged, in the assessment year or in an earlier one."""

    name: str
    period: Period = THIS_YEAR

    @property
    def key(self) -> FactKey:
        """The fact and its period, without the place."""
        return FactKey.of(self.name, self.period)


@frozen
class Parameter(Node):
    """`param.name`: a dated value of the criteria set."""

    name: str


@frozen
class ParameterBy(Node):
    """`param.name[fact]`: its value for the option of a fact, or for one in quotes.

    Each of `options` has its own of `values`, once the set that declares them is known.
    """

    name: str
    by: Expr
    options: tuple[str, ...] = field(default=(), eq=False, kw_only=True)
    values: tuple[Expr, ...] = field(default=(), eq=False, kw_only=True)


@frozen
class AssessmentYear(Node):
    """`assessment_year`: the year that is judged, as a number."""


@frozen
class Negate(Node):
    """Unary minus."""

    operand: Expr


@frozen
class Arithmetic(Node):
    """`left op right`; both numbers, of units that fit."""

    op: ArithmeticOp
    left: Expr
    right: Expr


@frozen
class Compare(Node):
    """A comparison; both sides are numbers of one unit, or both of one enumeration, or both dates, or both booleans.

    `order` has the options of an ordered enumeration, the worst first, once the set that declares it is known.
    """

    op: CompareOp
    left: Expr
    right: Expr
    order: tuple[str, ...] = field(default=(), eq=False, repr=False, kw_only=True)


@frozen
class InRange(Node):
    """`value in [low..high]`; a side that is not closed leaves its end out. `order` is as in a comparison."""

    value: Expr
    low: Expr
    high: Expr
    low_closed: bool = True
    high_closed: bool = True
    order: tuple[str, ...] = field(default=(), eq=False, repr=False, kw_only=True)


@frozen
class InSet(Node):
    """`value in (v1, v2)`: equal to at least one of the options."""

    value: Expr
    options: tuple[Expr, ...]


@frozen
class Not(Node):
    """Negation of a truth."""

    operand: Expr


@frozen
class And(Node):
    """A conjunction of two or more truths."""

    operands: tuple[Expr, ...]


@frozen
class Or(Node):
    """A disjunction of two or more truths."""

    operands: tuple[Expr, ...]


@frozen
class If(Node):
    """`if condition then consequence else alternative`."""

    condition: Expr
    consequence: Expr
    alternative: Expr


@frozen
class Call(Node):
    """A function of one or more arguments."""

    function: Function
    arguments: tuple[Expr, ...]


@frozen
class Earlier(Node):
    """`prev_year(e)`, `years_ago(n, e)` or `at(e, year)` of an expression that is more than one fact.

    Of a single fact, the period stands in the `FactRef` itself; `earlier` builds the right one.
    """

    operand: Expr
    period: Period


@frozen
class SumYears(Node):
    """`sum_years(e, n)`: the sum of e over n years, the assessment year and the n - 1 before it."""

    operand: Expr
    years: int


@frozen
class Decreasing(Node):
    """`decreasing(e, n)`: over n years that end with the assessment year, each is less than the one before."""

    operand: Expr
    years: int


@frozen
class Known(Node):
    """`known(e)`: true when the value of e is known exactly."""

    operand: Expr


@frozen
class Coalesce(Node):
    """`coalesce(e, v)`: e where it is known exactly, otherwise v."""

    operand: Expr
    default: Expr


@frozen
class Met(Node):
    """`met("clause/path")`: true when the clause is met or not applicable, false when it is not met.

    It is of the set itself, in the year that is judged. A verdict of another year, or of another standard, is known or
    missing as a fact is: it is a `FactRef` of the name `met("clause/path")` or `met("standard:clause/path")`.
    """

    path: str


@frozen
class MetYears(Node):
    """`met_years("clause/path", n)`: met in each of n years that end with the assessment year.

    Each is judged under the set of its year.
    """

    path: str
    years: int


@frozen
class Within(Node):
    """A number told of the units of a level inside this unit: `share_met(level, "path")` and its like.

    `path` is the clause that the units are judged by, or what stands for the condition or the fact that is asked of
    them; `inner` is that condition or fact, `None` for a clause. What it mentions is theirs, so it is no part of the
    rule: `ncriteria.sets.inside` makes a set of it.
    """

    measure: Measure
    level: str
    path: str
    inner: Expr | None = None


Expr = (
    Number
    | Boolean
    | Text
    | Date
    | FactRef
    | Parameter
    | ParameterBy
    | AssessmentYear
    | Negate
    | Arithmetic
    | Compare
    | InRange
    | InSet
    | Not
    | And
    | Or
    | If
    | Call
    | Earlier
    | SumYears
    | Decreasing
    | Known
    | Coalesce
    | Met
    | MetYears
    | Within
)


def earlier(operand: Expr, period: Period, span: Span | None = None) -> Expr:
    """`operand` as it was in `period`; the period of a single fact or verdict goes into the fact itself."""
    match operand:
        case FactRef(name=name, period=own):
            return FactRef(name, shift(own, period), span=span)
        case Met(path=path):
            return FactRef(verdict_name(path), period, span=span)
        case _:
            return Earlier(operand, period, span=span)


def verdict_in(path: str, period: Period, span: Span | None = None) -> Met | FactRef:
    """The verdict on `path` in a period: of the set itself this year, or as a fact."""
    if period == THIS_YEAR and ":" not in path:
        return Met(path, span=span)
    return FactRef(verdict_name(path), period, span=span)
