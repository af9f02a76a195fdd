"""The domain of integer forms: conditions and ends of whole numbers, for the compiled function and for columns.

It says of `ncriteria.language.meaning` what its operations are in whole numbers. What has no such form, or one that
would grow too large, raises `NoIntegerForm`.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from typing import assert_never, cast

from attrs import evolve, field

from ncriteria.evaluation.inside.form import inside_form
from ncriteria.evaluation.program import ends as numbers
from ncriteria.evaluation.program import forms, rounding
from ncriteria.evaluation.program.ends import Ends, RationalEnd
from ncriteria.evaluation.program.extents import Extent
from ncriteria.evaluation.program.logic import all_of, any_of, choice, count, decided, opposite, same_truth, settled
from ncriteria.evaluation.program.sizes import check_size
from ncriteria.evaluation.program.tree import (
    FALSE,
    UNKNOWN,
    Certain,
    ComparedTerms,
    Condition,
    Constant,
    DayNumberKey,
    DayPartKey,
    Filled,
    Flag,
    JudgedYearKey,
    Literal,
    NoIntegerForm,
    Slot,
    SlotKey,
)
from ncriteria.language import tree as t
from ncriteria.language.meaning import Composite, Domain, Leaf, Rounding, evaluate
from ncriteria.language.tree import CompareOp, Expr, FactKey
from ncriteria.language.values import FIRST_DAY, LAST_DAY, DayPart, Unknown
from ncriteria.quick_classes import frozen
from ncriteria.sets.model import FactDeclaration, FactType, ParameterDeclaration, ParameterValue
from ncriteria.words import phrase


@frozen(eq=False)
class Integers(Domain[forms.Form]):
    """What the names of rules stand for, and what operations make of them.

    `scales` has, for each number, the factor that makes its values whole; one without a scale and without declared
    decimals may be any rational. `met` says of clauses that they are met or not applicable, by path. The forms of rules
    are `limited` in size; what members of a set make of them is not.
    """

    facts: Mapping[str, FactDeclaration]
    parameters: Mapping[str, ParameterDeclaration]
    values: Mapping[str, ParameterValue]
    scales: Mapping[str, int]
    met: Mapping[str, forms.Form]
    limited: bool = True
    _declared: dict[SlotKey, Extent] = field(factory=dict, init=False)
    """What the declarations allow for the slots that were looked up."""

    def condition_of(self, expr: Expr) -> forms.TruthForm:
        """The integer form of the condition `expr`; raises `NoIntegerForm`."""
        return forms.truth_of(evaluate(self, expr, self.look_up))

    def look_up(self, leaf: Leaf) -> forms.Form:
        """The form of a fact, a parameter, the verdict of a clause or a roll-up."""
        match leaf:
            case t.FactRef(key=key):
                return self._fact(key)
            case t.Parameter(name=name):
                given = self.values[name]
                return (
                    self.constant(given)
                    if not isinstance(given, Unknown)
                    else forms.open_form(self.parameters[name].type)
                )
            case t.AssessmentYear():
                return self._between_ends(JudgedYearKey(), DayPart.YEAR)
            case t.Met(path=path):
                if path not in self.met:
                    raise NoIntegerForm(phrase("it rests on a clause that rests on it in another set of the line"))
                return self.met[path]
            case t.Within():
                return inside_form(leaf, self.facts, self.scales)
            case _:
                assert_never(leaf)

    def _fact(self, key: FactKey) -> forms.Form:
        declaration = self.facts[key.name]
        match declaration.type:
            case FactType.BOOLEAN:
                return forms.TruthForm(Flag(key))
            case FactType.ENUMERATION | FactType.DATE:
                return forms.PlainForm(Slot(key))
            case FactType.COUNT | FactType.NUMBER:
                return self._number(key, declaration)
            case _:
                assert_never(declaration.type)

    def _number(self, key: FactKey, declaration: FactDeclaration) -> Ends:
        scale = self.scales.get(key.name, 1)
        is_whole = declaration.type is FactType.COUNT or declaration.decimals is not None or key.name in self.scales
        low, high = declaration.minimum, declaration.maximum
        self._declared[key] = Extent(_scaled(low, scale), _scaled(high, scale))
        slot = Slot(key, not is_whole)
        return Ends(_bound(slot, low, scale), _bound(slot, high, scale), RationalEnd(slot, scale))

    def _between_ends(self, key: SlotKey, part: DayPart) -> Ends:
        """The value of a slot that is such a part of a day."""
        self._declared[key] = Extent(part.least, part.greatest)
        slot = Slot(key)
        low, high = (RationalEnd(Filled(slot, end)) for end in (part.least, part.greatest))
        return Ends(low, high, RationalEnd(slot))

    def day_part(self, day: forms.Form, part: DayPart) -> forms.Form:
        """The year, month or quarter of a day: between its ends where the day is unknown."""
        match day:
            case forms.PlainForm(operand=Literal(value=datetime.date() as value)):
                return numbers.exactly(Fraction(part.of(value)))
            case forms.PlainForm(operand=Slot(key=FactKey() as key)):
                return self._between_ends(DayPartKey(key, part), part)
            case forms.PlainForm(operand=None):
                low, high = (numbers.exactly(Fraction(end)).low for end in (part.least, part.greatest))
                return Ends(low, high, RationalEnd(numbers.NOTHING), partial=True)
            case _:
                raise NoIntegerForm(phrase("a part of a day that is computed"))

    def constant(self, value: object) -> forms.Form:
        """A number, truth, text or day that is the same for every record."""
        match value:
            case bool():
                return forms.TruthForm(Certain(value))
            case Fraction():
                return numbers.exactly(value)
            case _:
                return forms.PlainForm(Literal(cast("str | datetime.date", value)))

    def strict(self, compute: Callable[..., forms.Form], expr: Composite) -> Callable[..., forms.Form]:
        """`compute`, without a value as soon as an operand has none."""

        def computed(*values: forms.Form) -> forms.Form:
            found = compute(*values)
            return self._undefined_where(found, any_of([found.undefined, *(value.undefined for value in values)]))

        return computed

    def negation(self, truth: forms.Form) -> forms.Form:
        """Not."""
        form = forms.truth_of(truth)
        return forms.TruthForm(opposite(form.truth), form.undefined)

    def all_of(self, *truths: forms.Form) -> forms.Form:
        """And."""
        return self._joined([forms.truth_of(truth) for truth in truths], conjunction=True)

    def any_of(self, *truths: forms.Form) -> forms.Form:
        """Or."""
        return self._joined([forms.truth_of(truth) for truth in truths], conjunction=False)

    def at_least(self, minimum: int, *truths: forms.Form) -> forms.Form:
        """That `minimum` or more are true, as `and` or `or` where that says the same, which is shorter."""
        if minimum == 1:
            return self.any_of(*truths)
        if minimum == len(truths):
            return self.all_of(*truths)
        conditions, least = [forms.truth_of(truth).truth for truth in truths], Constant(minimum)
        enough, possible = count(conditions, False), count(conditions, True)
        form = decided(ComparedTerms(CompareOp.GE, enough, least), ComparedTerms(CompareOp.LT, possible, least))
        return forms.TruthForm(form, any_of([truth.undefined for truth in truths]))

    def settled(self, truth: forms.Form) -> tuple[forms.Form, forms.Form]:
        """`truth`, unknown where it is undefined, and whether it is undefined."""
        return forms.TruthForm(forms.truth_of(truth).truth), forms.TruthForm(truth.undefined)

    def certain(self, truth: forms.Form) -> forms.Form:
        """Whether `truth` is true."""
        return forms.TruthForm(settled(forms.truth_of(truth).truth))

    def count_true(self, *truths: forms.Form) -> forms.Form:
        """How many are true."""
        return numbers.counted([forms.truth_of(truth).truth for truth in truths], FALSE)

    def chosen(self, condition: forms.Form, consequence: forms.Form, alternative: forms.Form) -> forms.Form:
        """If: where the condition is unknown, what both branches agree on."""
        asked = forms.truth_of(condition).truth
        match consequence, alternative:
            case forms.TruthForm(), forms.TruthForm():
                found: forms.Form = forms.TruthForm(choice(asked, consequence.truth, alternative.truth))
            case Ends(), Ends():
                found = numbers.hull_where(asked, consequence, alternative)
            case _:
                raise NoIntegerForm(phrase("a choice between days or values of an enumeration"))
        undefined = [
            condition.undefined,
            all_of([settled(asked), consequence.undefined]),
            all_of([settled(opposite(asked)), alternative.undefined]),
            all_of([consequence.undefined, alternative.undefined]),
        ]
        return self._undefined_where(found, any_of(undefined))

    def coalesced(self, value: forms.Form, default: forms.Form) -> forms.Form:
        """`value` where it is known exactly, otherwise `default`."""
        exact = forms.is_known(value)
        undefined = any_of([value.undefined, all_of([opposite(exact), default.undefined])])
        match value, default:
            case forms.TruthForm(), forms.TruthForm():
                kept, used = all_of([exact, value.truth]), all_of([opposite(exact), default.truth])
                return self._undefined_where(forms.TruthForm(any_of([kept, used])), undefined)
            case Ends(), Ends():
                low = numbers.picked(exact, value.low, default.low)
                high = numbers.picked(exact, value.high, default.high)
                return self._checked(Ends(low, high, RationalEnd(numbers.NOTHING), undefined, True))
            case _:
                raise NoIntegerForm(phrase("a choice between days or values of an enumeration"))

    def known(self, value: forms.Form) -> forms.Form:
        """Whether `value` is known exactly."""
        return forms.TruthForm(forms.is_known(value))

    def compared(self, op: CompareOp, one: forms.Form, other: forms.Form) -> forms.Form:
        """The comparison; each has a form of its own, which is shorter than that of another one negated."""
        match one, other:
            case Ends(), Ends():
                return forms.TruthForm(numbers.compared(op, one, other, self._declared))
            case forms.TruthForm(), forms.TruthForm():
                same = same_truth(one.truth, other.truth)
                return forms.TruthForm(same if op is CompareOp.EQ else opposite(same))
            case (forms.DayForm(), _) | (_, forms.DayForm()):
                days = self._day_number(one), self._day_number(other)
                return forms.TruthForm(numbers.compared(op, *days, self._declared))
            case forms.PlainForm(), forms.PlainForm():
                return forms.TruthForm(forms.plain_comparison(op, one.operand, other.operand))
            case _:
                raise AssertionError("the static check has made sure that both sides are of one type")

    def less(self, one: forms.Form, other: forms.Form) -> forms.Form:
        """Whether `one` comes before `other`."""
        return self.compared(CompareOp.LT, one, other)

    def equal(self, one: forms.Form, other: forms.Form) -> forms.Form:
        """Whether two values of one type are the same."""
        return self.compared(CompareOp.EQ, one, other)

    def negate(self, value: forms.Form) -> forms.Form:
        """The number with the other sign."""
        return numbers.scale(forms.ends_of(value), Fraction(-1))

    def add(self, one: forms.Form, other: forms.Form) -> forms.Form:
        """The sum; of a day and a whole number, the day so many days later, at most the last of the calendar."""
        if isinstance(one, Ends) and isinstance(other, Ends):
            return numbers.add(one, other)
        return self._later(other, one) if isinstance(one, Ends) else self._later(one, forms.ends_of(other))

    def subtract(self, one: forms.Form, other: forms.Form) -> forms.Form:
        """The difference; of two days, the number of days from the second to the first."""
        if isinstance(other, Ends):
            return self.add(one, self.negate(other))
        return numbers.add(self._day_number(one), numbers.scale(self._day_number(other), Fraction(-1)))

    def _later(self, day: forms.Form, days: Ends) -> forms.Form:
        if numbers.constant_value(days) is None:
            return forms.PlainForm(None)
        first, last = (numbers.exactly(Fraction(end)) for end in (FIRST_DAY, LAST_DAY))
        reached = numbers.extreme(False, [last, numbers.add(self._day_number(day), days)])
        # Nothing is known of a day that is unknown, not even that it lies within the calendar.
        known = numbers.extreme(True, [first, reached]).known
        return forms.DayForm(Ends(known, known, known))

    def _day_number(self, day: forms.Form) -> Ends:
        """The number of a day, without bounds where the day is unknown."""
        match day:
            case forms.DayForm(number=number):
                return number
            case forms.PlainForm(operand=Literal(value=datetime.date() as value)):
                return numbers.exactly(Fraction(value.toordinal()))
            case forms.PlainForm(operand=Slot(key=FactKey() as key)):
                slot = Slot(DayNumberKey(key))
                self._declared[slot.key] = Extent(FIRST_DAY, LAST_DAY)
                return Ends(RationalEnd(slot), RationalEnd(slot), RationalEnd(slot))
            case _:
                return numbers.UNBOUNDED

    def total(self, *values: forms.Form) -> forms.Form:
        """The sum, put together from halves, for each addition goes through all that it adds."""
        if len(values) == 1:
            return values[0]
        half = len(values) // 2
        return self._checked(self.add(self.total(*values[:half]), self.total(*values[half:])))

    def multiply(self, one: forms.Form, other: forms.Form) -> forms.Form:
        """The product."""
        return numbers.multiply(forms.ends_of(one), forms.ends_of(other), self._declared)

    def divide(self, one: forms.Form, other: forms.Form) -> forms.Form:
        """The quotient."""
        return numbers.divide(forms.ends_of(one), forms.ends_of(other), self._declared)

    def absolute(self, value: forms.Form) -> forms.Form:
        """The number without its sign."""
        return numbers.absolute(forms.ends_of(value))

    def least(self, *values: forms.Form) -> forms.Form:
        """The least of the numbers."""
        return numbers.extreme(False, [forms.ends_of(value) for value in values])

    def greatest(self, *values: forms.Form) -> forms.Form:
        """The greatest of the numbers."""
        return numbers.extreme(True, [forms.ends_of(value) for value in values])

    def rounded(self, value: forms.Form, digits: forms.Form | None = None, *, to: Rounding) -> forms.Form:
        """The number rounded to `digits` decimal places, a constant."""
        places = 0 if digits is None else int(numbers.constant_value(forms.ends_of(digits)) or 0)
        match to:
            case Rounding.DOWN:
                shifted = numbers.scale(forms.ends_of(value), Fraction(10) ** places)
                return numbers.scale(rounding.rounded_down(shifted), Fraction(10) ** -places)
            case Rounding.UP:
                return self.negate(self.rounded(self.negate(value), digits, to=Rounding.DOWN))
            case Rounding.HALF_UP | Rounding.HALF_EVEN:
                return rounding.rounded(forms.ends_of(value), places, half_to_even=to is Rounding.HALF_EVEN)
            case _:
                assert_never(to)

    def _checked(self, form: forms.Form) -> forms.Form:
        match form:
            case forms.TruthForm() if self.limited:
                check_size(form.truth, form.undefined)
            case Ends() if self.limited:
                check_size(form)
            case _:
                pass
        return form

    def _undefined_where(self, form: forms.Form, undefined: Condition) -> forms.Form:
        """The form, unknown where it is undefined."""
        match form:
            case forms.TruthForm(truth=truth) if undefined != FALSE:
                masked = any_of([all_of([truth, opposite(undefined)]), all_of([undefined, UNKNOWN])])
                return self._checked(forms.TruthForm(masked, undefined))
            case _:
                return self._checked(evolve(form, undefined=undefined))

    def _joined(self, parts: Sequence[forms.TruthForm], *, conjunction: bool) -> forms.Form:
        """And, or: undefined where nothing decides, nothing is unknown, and something is undefined."""
        truths = [part.truth for part in parts]
        joined = all_of(truths) if conjunction else any_of(truths)
        undefined = any_of([part.undefined for part in parts])
        if undefined == FALSE:
            return self._checked(forms.TruthForm(joined))
        neutral = [part.truth if conjunction else opposite(part.truth) for part in parts]
        passed = [any_of([settled(truth), part.undefined]) for truth, part in zip(neutral, parts, strict=True)]
        return self._checked(forms.TruthForm(joined, all_of([*passed, undefined])))


def _scaled(bound: Fraction | None, scale: int) -> int | None:
    return None if bound is None or (bound * scale).denominator != 1 else int(bound * scale)


def _bound(slot: Slot, bound: Fraction | None, factor: int) -> RationalEnd:
    """The value of a slot whose values are multiplied by `factor`, or the declared bound where it is missing."""
    if bound is None:
        return RationalEnd(slot, factor)
    scaled = bound * factor
    if scaled.denominator == 1:
        return RationalEnd(Filled(slot, int(scaled)), factor)
    raise NoIntegerForm(
        phrase("the declared range of `{key}` ends in {bound}, which its values cannot be", key=slot.key, bound=bound)
    )
