"""What a limit or a formula is made of, in words: the figures, the parameters, and which percentage of a figure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from fractions import Fraction

from ncriteria.evaluation.explanation.values import Voice, leaf_value_teller, period_text, value_teller
from ncriteria.evaluation.explanation.wording import leaf_text, share_and_base, worded
from ncriteria.evaluation.records.comparisons import NamedLeaf, Place, leaf_places, value_at
from ncriteria.evaluation.records.tracing import Step, has_branches, taken
from ncriteria.language import tree as t
from ncriteria.language.queries import parts
from ncriteria.language.values import Value
from ncriteria.quick_classes import frozen

Text = Callable[[Step], str]


@frozen(eq=False)
class _ToldFigure:
    """A leaf of a formula, or what a percentage is taken of: its name, its place in a trace, how its value is told.

    `shown` tells the whole, of a value that is told already.
    """

    name: str
    place: Place
    told: Callable[[Value], str]
    shown: Callable[[str, Step], str]

    def text(self, step: Step) -> str:
        """Such as `Crimes: 20 cases`, or `95% of the year before (20 cases)`."""
        return self.shown(self.told(value_at(step, self.place)), step)


def bases(voice: Voice, subject: t.FactRef, limit: t.Expr) -> Text:
    """The figures and parameters that a limit was made of; the `subject` of earlier years is told by the year alone."""
    figures = list(_figures(voice, limit, subject.name))
    return lambda step: "".join([f"; {figure.text(step)}" for figure in figures])


def grounds(voice: Voice, expr: t.Expr) -> Text:
    """What a formula that is told itself is made of: the values, and in the end the names of what is not known.

    Where nothing of it is known there is nothing to add.
    """
    return _known_and_missing(voice, [_leaf(voice, leaf, place) for leaf, place in leaf_places(expr)])


def grounds_of_limit(voice: Voice, limit: t.Expr) -> Text:
    """The same of a limit whose formula is not told: percentages are."""
    return _known_and_missing(voice, list(_figures(voice, limit)))


def _known_and_missing(voice: Voice, figures: Sequence[_ToldFigure]) -> Text:
    not_known = voice.say("not known")

    def text(step: Step) -> str:
        each = [(figure, figure.told(value_at(step, figure.place))) for figure in figures]
        known = [f"; {figure.shown(said, step)}" for figure, said in each if said != not_known]
        missing = "; ".join(figure.name for figure, said in each if said == not_known)
        return "".join([*known, f"; {not_known}: {missing}" if known and missing else ""])

    return text


def by_branch_taken(voice: Voice, expr: t.Expr, made: Callable[[Voice, t.Expr], Text]) -> Text:
    """What `made` tells of `expr` with the branches that were taken in place of conditionals, and what chose them."""
    if not has_branches(expr):
        return made(voice, expr)
    ready: dict[t.Expr, Text] = {}

    def text(step: Step) -> str:
        whole, chosen_by = taken(step)
        if whole.expr not in ready:
            ready[whole.expr] = made(voice, whole.expr)
        named = {leaf for leaf, _ in leaf_places(whole.expr)}
        others = {
            figure.name: figure.text(one)
            for one in chosen_by
            for leaf, place in leaf_places(one.expr)
            if leaf not in named
            for figure in (_leaf(voice, leaf, place),)
        }
        return "".join([ready[whole.expr](whole), *(f"; {said}" for said in others.values())])

    return text


def _figures(voice: Voice, expr: t.Expr, subject: str | None = None) -> Iterable[_ToldFigure]:
    """What `expr` is made of, in the order of the text, each once: leaves, and percentages of them."""
    found = dict[tuple[t.Expr, bool], _ToldFigure]()
    for part, is_percentage, figure in _each(voice, expr, subject, ()):
        found.setdefault((part, is_percentage), figure)
    return found.values()


def _each(voice: Voice, expr: t.Expr, subject: str | None, place: Place) -> Iterator[tuple[t.Expr, bool, _ToldFigure]]:
    """The figures of `expr`, which stands at `place`, and whether each is a percentage."""
    inner, sides = parts(expr), share_and_base(voice, expr)
    if sides is not None:
        share, base = sides
        yield expr, True, _percentage(voice, inner[base], subject, (*place, share), (*place, base))
        yield from _each(voice, inner[share], subject, (*place, share))
        yield from _below(voice, inner[base], subject, (*place, base))
    elif isinstance(expr, NamedLeaf):
        yield expr, False, _leaf(voice, expr, place, subject)
        yield from _below(voice, expr, subject, place)
    else:
        for number, part in enumerate(inner):
            yield from _each(voice, part, subject, (*place, number))


def _below(voice: Voice, base: t.Expr, subject: str | None, place: Place) -> Iterator[tuple[t.Expr, bool, _ToldFigure]]:
    """The figures of what is named already: of a parameter by an option, the fact that has the option."""
    if isinstance(base, t.ParameterBy):
        yield from _each(voice, base.by, subject, (*place, 0))
    elif not isinstance(base, NamedLeaf):
        yield from _each(voice, base, subject, place)


def _leaf(voice: Voice, leaf: NamedLeaf, place: Place, subject: str | None = None) -> _ToldFigure:
    name, told = leaf_text(voice, leaf), leaf_value_teller(voice, leaf)
    if isinstance(leaf, t.FactRef) and leaf.name == subject:
        period = period_text(voice.say, voice.as_written(leaf.key).period)
        return _ToldFigure(name, place, told, lambda said, _: f"{period} {said}")
    return _ToldFigure(name, place, told, lambda said, _: f"{name}: {said}")


def _percentage(voice: Voice, base: t.Expr, subject: str | None, share: Place, place: Place) -> _ToldFigure:
    say, plain = voice.say, value_teller(voice.say)
    if isinstance(base, NamedLeaf):
        figure = _leaf(voice, base, place, subject)
        name, told, otherwise, called = figure.name, figure.told, figure.shown, f"«{figure.name}»"
    else:
        name, told, called = worded(voice, base), plain, f"({worded(voice, base)})"
        otherwise = lambda said, _: f"{name}: {said}"  # noqa: E731
    if isinstance(base, t.FactRef) and base.name == subject:
        called = _year_called(voice, voice.as_written(base.key).period) or called

    def shown(said: str, step: Step) -> str:
        percent = value_at(step, share)
        if not isinstance(percent, Fraction):
            return otherwise(said, step)
        return say("{share} of {base} ({value})", share=say.percent(percent), base=called, value=said)

    return _ToldFigure(name, place, told, shown)


def _year_called(voice: Voice, period: t.Period) -> str:
    """A year as one that a percentage is taken of."""
    if isinstance(period, t.InYear):
        return voice.say("the year {year}", year=period.year)
    return period_text(voice.say, period)
