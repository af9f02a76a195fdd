"""Hints for names and texts of a rule that do not fit what its set declares."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from ncriteria.language.hints.lookalikes import skeleton, told_apart
from ncriteria.language.hints.near_misses import nearest
from ncriteria.language.hints.slips import word_meant
from ncriteria.language.reading.literals import day_meant
from ncriteria.language.types import EnumerationType, ValueType
from ncriteria.patterns import compiled_later
from ncriteria.quick_classes import frozen
from ncriteria.words import phrase

_NUMERAL = compiled_later(r"-?[0-9]+(\.[0-9]+)?%?")
_NULLS = frozenset({"null", "none", "nil"})
_TRUTHS = frozenset({"true", "false", "yes", "no", "có", "không"})


@frozen
class Declared:
    """What a set declares, by kind."""

    facts: Collection[str]
    parameters: Collection[str]
    options: Collection[str]

    def written(self) -> dict[str, str]:
        """Every name, with how a rule writes it: a parameter after `param.`, a text in quotes."""
        options = {option: f'"{option}"' for option in self.options}
        parameters = {name: f"param.{name}" for name in self.parameters}
        return {**options, **parameters, "prev_year": "prev_year", **{name: name for name in self.facts}}


def declared(
    facts: Mapping[str, ValueType], parameters: Mapping[str, ValueType], passed_over: Collection[str]
) -> Declared:
    """The names of `facts` and `parameters`, and the options of their enumerations."""
    kinds = (*facts.values(), *parameters.values())
    options = [option for kind in kinds if isinstance(kind, EnumerationType) for option in sorted(kind.options)]
    return Declared((*facts, *passed_over), tuple(parameters), options)


def fact_meant(name: str, known: Declared) -> str | None:
    """What may have been meant by the name of a fact that is not declared."""
    if name.casefold() in _NULLS:
        return phrase("there is no null: a fact that is not known is unknown by itself; ask with `known(fact)`")
    if name.casefold() in _TRUTHS:
        return phrase("write `true` or `false`")
    if name in known.parameters:
        return phrase("`{name}` is a parameter: write `param.{name}`", name=name)
    option = next((option for option in known.options if skeleton(option) == skeleton(name)), None)
    if option is not None and skeleton(name) not in map(skeleton, known.facts):
        return phrase('a text stands in quotes: write `"{option}"`', option=option)
    return word_meant(name) or _near(name, known)


def parameter_meant(name: str, known: Declared) -> str | None:
    """What may have been meant by the name of a parameter that is not declared."""
    if name in known.facts:
        return phrase("`{name}` is a fact: write it without `param.`", name=name)
    apart = told_apart(name, known.parameters)
    if apart is not None:
        return apart
    near = nearest(name, known.parameters)
    return _near(name, known) if near is None else phrase("did you mean `{name}`?", name=near)


def _near(name: str, known: Declared) -> str | None:
    written = known.written()
    apart = told_apart(name, written)
    if apart is not None:
        return apart
    near = nearest(name, written)
    return None if near is None else phrase("did you mean `{name}`?", name=written[near])


def text_meant(text: str, known: Declared) -> str | None:
    """What may have been meant by a text in quotes, where the rule takes none."""
    if text in known.facts or text in ("true", "false") or _NUMERAL.fullmatch(text):
        return phrase("write `{value}` without quotes", value=text)
    if text in known.parameters:
        return phrase("write `param.{value}` without quotes", value=text)
    day = day_meant(text)
    return None if day is None else phrase('write a day as `@"{day}"`', day=day)
