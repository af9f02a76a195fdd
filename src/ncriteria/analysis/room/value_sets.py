"""Sets of values: unions of spans of numbers or days, and choices among a few values, with exact membership."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from fractions import Fraction
from math import ceil, floor

from attrs import evolve, field

from ncriteria.quick_classes import frozen


@frozen
class NumberRange:
    """The numbers between `low` and `high`; `None` is no end on that side, an end that is not closed is left out.

    Days are numbered as `datetime.date.toordinal` does.
    """

    low: Fraction | None = None
    high: Fraction | None = None
    low_closed: bool = True
    high_closed: bool = True

    def __contains__(self, value: object) -> bool:
        """Whether a number (`int` or `Fraction`) or a day lies between the ends."""
        if isinstance(value, datetime.date):
            return value.toordinal() in self
        assert isinstance(value, (int, Fraction)), f"a span holds exact numbers and days, not {value!r}"
        above = self.low is None or self.low < value or (self.low_closed and self.low == value)
        below = self.high is None or value < self.high or (self.high_closed and self.high == value)
        return above and below

    @property
    def is_point(self) -> bool:
        """Whether the span holds one number only."""
        return self.low is not None and self.low == self.high


EVERYTHING = NumberRange()


def is_empty(span: NumberRange) -> bool:
    """Whether no number lies between the ends."""
    if span.low is None or span.high is None:
        return False
    return span.low > span.high or (span.low == span.high and not (span.low_closed and span.high_closed))


def overlap(one: NumberRange, other: NumberRange) -> NumberRange | None:
    """What lies in both spans; `None` where nothing does."""
    low, low_closed = max(_low_end(one), _low_end(other), key=_low_key)
    high, high_closed = min(_high_end(one), _high_end(other), key=_high_key)
    both = NumberRange(low, high, low_closed, high_closed)
    return None if is_empty(both) else both


def _low_end(span: NumberRange) -> tuple[Fraction | None, bool]:
    return span.low, span.low_closed


def _high_end(span: NumberRange) -> tuple[Fraction | None, bool]:
    return span.high, span.high_closed


def _low_key(end: tuple[Fraction | None, bool]) -> tuple[int, Fraction, int]:
    """The order of the ends below: no end comes first, and a closed end before an open one at the same number."""
    value, closed = end
    return (0, Fraction(0), 0) if value is None else (1, value, 0 if closed else 1)


def _high_key(end: tuple[Fraction | None, bool]) -> tuple[int, Fraction, int]:
    value, closed = end
    return (1, Fraction(0), 0) if value is None else (0, value, 1 if closed else 0)


def position(span: NumberRange) -> tuple[int, Fraction, int]:
    """The key that orders spans which do not overlap."""
    return _low_key(_low_end(span))


def _touch(one: NumberRange, other: NumberRange, step: Fraction | None) -> bool:
    """Whether `other`, which comes after `one`, begins where `one` ends, with no value of the domain between them."""
    if one.high is None or other.low is None:
        return True
    if step is not None and one.high + step >= other.low:
        return True
    return one.high > other.low or (one.high == other.low and (one.high_closed or other.low_closed))


def united(spans: Iterable[NumberRange], step: Fraction | None = None) -> tuple[NumberRange, ...]:
    """The spans in order, with those that touch made one; `step` is the distance between the values of the domain."""
    found: list[NumberRange] = []
    for span in sorted(spans, key=position):
        if found and _touch(found[-1], span, step):
            high, closed = max(_high_end(found[-1]), _high_end(span), key=_high_key)
            found[-1] = evolve(found[-1], high=high, high_closed=closed)
        else:
            found.append(span)
    return tuple(found)


def gaps(spans: Sequence[NumberRange], domain: NumberRange, step: Fraction | None = None) -> tuple[NumberRange, ...]:
    """What lies in `domain` and in none of the `spans`, which are united and in order."""
    found: list[NumberRange] = []
    low, closed = _low_end(domain)
    for span in spans:
        if span.low is not None:
            found.append(NumberRange(low, span.low, closed, not span.low_closed))
        if span.high is None:
            return _within(found, step)
        low, closed = span.high, not span.high_closed
    return _within([*found, NumberRange(low, domain.high, closed, domain.high_closed)], step)


def _within(spans: Iterable[NumberRange], step: Fraction | None) -> tuple[NumberRange, ...]:
    fitted = (span if step is None else on_grid(span, step) for span in spans)
    return tuple(span for span in fitted if not is_empty(span))


def on_grid(span: NumberRange, step: Fraction) -> NumberRange:
    """The span with its ends moved in to multiples of `step`, so that both are closed."""
    low, high = span.low, span.high
    if low is not None:
        first = low if _is_whole(low, step) else ceil(low / step) * step
        low = first + step if first == low and not span.low_closed else first
    if high is not None:
        last = high if _is_whole(high, step) else floor(high / step) * step
        high = last - step if last == high and not span.high_closed else last
    return NumberRange(low, high)


def _is_whole(number: Fraction, step: Fraction) -> bool:
    """Whether a number is whole where whole numbers are all that there is; this takes no time."""
    return number.denominator == step.denominator == step.numerator == 1


@frozen
class ValueSet:
    """A set of numbers or days: `spans` in order, none touching the next.

    `domain` is what the fact can be at all. `step` is the distance between its values, 1 for counts and days, `None`
    where every rational is a value. With `days` the numbers stand for days. `42 in values` asks for membership.
    """

    spans: tuple[NumberRange, ...]
    domain: NumberRange = EVERYTHING
    step: Fraction | None = None
    days: bool = False

    def __contains__(self, value: object) -> bool:
        if isinstance(value, datetime.date):
            value = value.toordinal()
        assert isinstance(value, (int, Fraction)), f"expected an exact number or a day, found {value!r}"
        if self.step is not None and (value / self.step) % 1:
            return False
        return value in self.domain and any(value in span for span in self.spans)

    def __bool__(self) -> bool:
        """Whether the set holds any value."""
        return bool(self.spans)

    @property
    def is_whole_domain(self) -> bool:
        """Whether the set holds all that the fact can be."""
        return not self.outside.spans

    @property
    def outside(self) -> ValueSet:
        """The values of the domain that are not in the set."""
        return evolve(self, spans=gaps(self.spans, self.domain, self.step))

    def with_values_of(self, other: ValueSet) -> ValueSet:
        """The values of both sets together."""
        return evolve(self, spans=united((*self.spans, *other.spans), self.step))


@frozen
class Choices:
    """A set of truths or of values of an enumeration; `domain` are all values that the fact can have."""

    values: tuple[bool | str, ...]
    domain: tuple[bool | str, ...] = field(factory=tuple)

    def __contains__(self, value: object) -> bool:
        return value in self.values

    def __bool__(self) -> bool:
        """Whether the set holds any value."""
        return bool(self.values)

    @property
    def is_whole_domain(self) -> bool:
        """Whether the set holds all that the fact can be."""
        return set(self.values) == set(self.domain)

    @property
    def outside(self) -> Choices:
        """The values of the domain that are not in the set."""
        return Choices(tuple(value for value in self.domain if value not in self.values), self.domain)

    def with_values_of(self, other: Choices) -> Choices:
        """The values of both sets together, in the order of the domain."""
        return Choices(tuple(value for value in self.domain if value in self or value in other), self.domain)


Values = ValueSet | Choices
