"""Kinds of values that stand in a criteria file: single ones, lists, mappings by name, mappings of known keys."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import Enum

from attrs import field

from ncriteria.quick_classes import frozen


class ScalarKind(Enum):
    """What a single value is."""

    TEXT = "text"
    IDENTIFIER = "identifier"
    RULE = "rule"
    TRUTH = "truth"
    WHOLE = "whole"
    NUMBER = "number"
    YEAR = "year"
    DAY = "day"
    MONTH_AND_DAY = "month_and_day"
    ADDRESS = "address"
    DIGEST = "digest"
    VALUE = "value"


@frozen
class ScalarShape:
    """One value; a rule is an expression, a value is of the type that a declaration says."""

    kind: ScalarKind


@frozen
class WordShape:
    """One of some words."""

    words: tuple[str, ...]


@frozen
class ListShape:
    """A list of values, `least` of them or more."""

    item: Shape
    least: int = 0


@frozen
class NamesShape:
    """A mapping of names that the author chooses; one with `may_be_empty` may be left empty."""

    value: Shape
    may_be_empty: bool = False


@frozen
class EntryShape:
    """What stands under one known key, and what it says."""

    shape: Shape
    told: str
    required: bool = False


@frozen
class KeysShape:
    """A mapping of known keys; of each group in `one_of` at least one key must stand there."""

    name: str
    keys: Mapping[str, EntryShape]
    one_of: tuple[tuple[str, ...], ...] = ()

    @property
    def required(self) -> tuple[str, ...]:
        """The keys that must stand there."""
        return tuple(key for key, entry in self.keys.items() if entry.required)


@frozen
class EitherShape:
    """One of several kinds of value."""

    shapes: tuple[Shape, ...]


@frozen
class ChosenShape:
    """A mapping whose kind is told by the first of the keys of `by` that stands there."""

    name: str
    by: Mapping[str, Shape]
    otherwise: Shape | None = None


@frozen
class LaterShape:
    """A kind of value that holds itself, named before it is there."""

    find: Callable[[], Shape] = field(repr=False, eq=False)


Shape = ScalarShape | WordShape | ListShape | NamesShape | KeysShape | EitherShape | ChosenShape | LaterShape
