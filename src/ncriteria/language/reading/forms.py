"""Calls: the functions, and the period and knowledge forms, which become nodes of their own."""

from __future__ import annotations

from ncriteria.language import tree as t
from ncriteria.language.hints.slips import function_meant
from ncriteria.language.hints.words import FORMS, FUNCTIONS
from ncriteria.language.operators import DECIMAL_ROUNDINGS
from ncriteria.language.printer import show
from ncriteria.language.queries import facts_of, walk
from ncriteria.language.reading.limits import MAX_YEARS
from ncriteria.language.reading.literals import read_date
from ncriteria.language.reading.sums import sum_over
from ncriteria.language.source import Finding, FindingsError, Span
from ncriteria.words import phrase

_ONE_ARGUMENT = {
    t.Function.ABS,
    t.Function.FLOOR,
    t.Function.CEILING,
    t.Function.YEAR,
    t.Function.MONTH,
    t.Function.QUARTER,
}
_EARLIER_INSIDE = "sum_of(hamlet, prev_year.crime_cases)"


def call(name: str, arguments: list[t.Expr], name_span: Span, span: Span) -> t.Expr:
    """The node of `name(arguments)`; raises `FindingsError`."""
    if name in FUNCTIONS:
        return _function(FUNCTIONS[name], arguments, span)
    match name, arguments:
        case "years_ago", [years, operand]:
            return period_form(operand, t.Ago(_whole(years, 1, MAX_YEARS, phrase("a number of years"))), span)
        case "at", [operand, year]:
            return period_form(operand, t.InYear(_whole(year, 1, 9999, phrase("a year"))), span)
        case "sum_years", [operand, years]:
            return _years_form(t.SumYears(operand, _whole(years, 1, MAX_YEARS, phrase("a number of years")), span=span))
        case "decreasing", [operand, years]:
            return _years_form(
                t.Decreasing(operand, _whole(years, 2, MAX_YEARS, phrase("a number of years")), span=span)
            )
        case "known", [operand]:
            return t.Known(operand, span=span)
        case "coalesce", [operand, default]:
            return t.Coalesce(operand, default, span=span)
        case "met", [t.Text(path)]:
            return t.verdict_in(path, t.THIS_YEAR, span)
        case "met_years", [t.Text(path), years]:
            return t.MetYears(path, _whole(years, 2, MAX_YEARS, phrase("a number of years")), span=span)
        case "share_met" | "count_met", [t.FactRef(level, t.Ago(0)) | t.Text(level), t.Text(path)]:
            return t.Within(t.Measure(name), level, path, span=span)
        case "share_of" | "count_of" | "sum_of", [t.FactRef(level, t.Ago(0)) | t.Text(level), inner]:
            return within(t.Measure(name), level, inner, span)
        case "date", [t.Text(day)]:
            return read_date(day, span)
        case _:
            raise _no_such_call(name, name_span, span)


def _no_such_call(name: str, name_span: Span, span: Span) -> FindingsError:
    if name in FORMS:
        message = phrase("`{name}` does not take these arguments", name=name)
        return FindingsError([Finding("NC009", message, span, phrase("write it as in `{form}`", form=FORMS[name]))])
    return FindingsError(
        [Finding("NC008", phrase("there is no function `{name}`", name=name), name_span, function_meant(name))]
    )


def _is_verdict(node: t.Expr) -> bool:
    return isinstance(node, (t.Met, t.MetYears)) or (isinstance(node, t.FactRef) and t.is_verdict(node.name))


def within(measure: t.Measure, level: str, inner: t.Expr, span: Span | None = None) -> t.Expr:
    """What is told of a condition or of facts of units of a level; raises `FindingsError` where they have no such."""
    if any(map(_is_verdict, walk(inner))):
        message = phrase("`met` names a clause of this unit, and a condition of the units inside cannot rest on it")
        hint = phrase('to count units that meet a clause of theirs, write `count_met({level}, "19.2")`', level=level)
        raise FindingsError([Finding("NC405", message, inner.span, hint)])
    if measure is not t.Measure.SUM_OF:
        return t.Within(measure, level, f"({show(inner)})", inner, span=span)
    return sum_over(level, inner, span)


def _function(function: t.Function, arguments: list[t.Expr], span: Span) -> t.Expr:
    name, given = function.value, len(arguments)
    if function in _ONE_ARGUMENT and given != 1:
        raise _arguments(phrase("`{name}` takes one argument, not {given}", name=name, given=given), span)
    if function in DECIMAL_ROUNDINGS:
        if given not in (1, 2):
            raise _arguments(
                phrase(
                    "`{name}` takes a number and, if wanted, decimal places, not {given} arguments",
                    name=name,
                    given=given,
                ),
                span,
            )
        if given == 2:
            digits = arguments[1]
            _whole(
                digits.operand if isinstance(digits, t.Negate) else digits, 0, 20, phrase("a number of decimal places")
            )
    if not arguments:
        raise _arguments(phrase("`{name}` needs at least one argument", name=name), span)
    return t.Call(function, tuple(arguments), span=span)


def parameter_by(name: str, by: t.Expr, span: Span) -> t.Expr:
    """`param.name[fact]`; raises `FindingsError` where neither a single fact nor a text says the option."""
    if isinstance(by, (t.FactRef, t.Text)):
        return t.ParameterBy(name, by, span=span)
    message = phrase("the option of a parameter is that of one fact, or an option in quotes")
    hint = phrase("write it as in `{form}`", form=f"param.{name}[region]")
    raise FindingsError([Finding("NC009", message, by.span, hint)])


def _whole(expr: t.Expr, least: int, greatest: int, what: str) -> int:
    if (
        isinstance(expr, t.Number)
        and expr.value.denominator == 1
        and least <= expr.value <= greatest
        and not expr.percent
    ):
        return int(expr.value)
    message = phrase(
        "{what} is written as a whole number from {least} to {greatest}", what=what, least=least, greatest=greatest
    )
    raise FindingsError([Finding("NC009", message, expr.span)])


def period_form(operand: t.Expr, period: t.Period, span: Span) -> t.Expr:
    """`operand` taken from `period`; refuses what has no earlier value, and years that lie too far back."""
    if not isinstance(operand, t.Met):
        _refuse_judgements(operand, span)
    form = t.earlier(operand, period, span)
    _refuse_far_years(form, span)
    return form


def _years_form(form: t.SumYears | t.Decreasing) -> t.Expr:
    span = form.span or Span(0, 1)
    _refuse_judgements(form.operand, span)
    if any(isinstance(node, (t.SumYears, t.Decreasing)) for node in walk(form.operand)):
        raise FindingsError(
            [Finding("NC011", phrase("`sum_years` and `decreasing` do not stand inside each other"), span)]
        )
    _refuse_far_years(form, span)
    return form


def _refuse_judgements(operand: t.Expr, span: Span) -> None:
    if any(isinstance(node, t.Within) for node in walk(operand)):
        message = phrase(
            "the units inside are told of as they are in the year judged, and have no value in an earlier year"
        )
        of_facts = any(isinstance(node, t.Within) and node.inner is not None for node in walk(operand))
        hint = phrase("ask the units inside of their earlier years, as in `{form}`", form=_EARLIER_INSIDE)
        raise FindingsError([Finding("NC011", message, span, hint if of_facts else None)])
    if any(isinstance(node, t.Met) for node in walk(operand)):
        message = phrase("`met` stands alone in an earlier year, not inside a larger expression")
        hint = phrase("write each by itself: `{form}`", form='prev_year(met("19.2/crime"))')
        raise FindingsError([Finding("NC011", message, span, hint)])


def _refuse_far_years(form: t.Expr, span: Span) -> None:
    for key in facts_of(form):
        match key.period:
            case t.Ago(years) if years > MAX_YEARS:
                message = phrase(
                    "`{key}` is taken from {years} years ago; at most {most} are looked back",
                    key=key.name,
                    years=years,
                    most=MAX_YEARS,
                )
                raise FindingsError([Finding("NC011", message, span)])
            case t.InYear(year) if year < 1:
                raise FindingsError(
                    [Finding("NC011", phrase("`{key}` is taken from the year {year}", key=key.name, year=year), span)]
                )
            case _:
                pass


def _arguments(message: str, span: Span) -> FindingsError:
    return FindingsError([Finding("NC009", message, span)])
