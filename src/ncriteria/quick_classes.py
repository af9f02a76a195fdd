"""`attrs.frozen` and `attrs.define` for classes that come into being quickly.

attrs writes and compiles the methods that compare, hash and show an object for every class anew. With more than two
hundred classes that was a seventh of the time in which the command line starts. Here they are made without compiling
anything, and do the same; what is asked of attrs beyond that (an order, a hash that is kept) it does itself.
"""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING, Any

import attrs

if TYPE_CHECKING:
    from collections.abc import Callable

    # Type checkers know these two of attrs, and what they make of a class.
    from attrs import define, frozen
else:

    def frozen(cls=None, **options):
        """As `attrs.frozen`."""
        return _decorator(attrs.frozen, options, hashed=True)(cls)

    def define(cls=None, **options):
        """As `attrs.define`."""
        return _decorator(attrs.define, options, hashed=False)(cls)


__all__ = ["define", "frozen"]

_OF_ATTRS = frozenset({"cache_hash", "order", "unsafe_hash"})
"""What is asked of attrs with the methods that compare."""


def _decorator(make: Any, options: dict[str, Any], *, hashed: bool) -> Callable[[type | None], Any]:
    """What makes a class of its body, or what does so once it is given the body."""

    def made(body: type) -> type:
        shows = options.get("repr", True) and "__repr__" not in vars(body)
        compares = options.get("eq", True) and not _OF_ATTRS & {*options} and not {"__eq__", "__hash__"} & {*vars(body)}
        left_out = {"repr": False} if shows else {}
        left_out |= {"eq": False} if compares else {}
        cls: Any = make(**{**options, **left_out})(body)
        if shows:
            cls.__repr__ = _shown
        if compares:
            _compare(cls, hashed=hashed)
        return cls  # type: ignore[no-any-return]

    return lambda body: made if body is None else made(body)


def _shown(self: Any) -> str:
    """The class and the fields, as attrs shows them."""
    values = (
        f"{one.name}={(repr if one.repr is True else one.repr)(getattr(self, one.name))}"
        for one in self.__attrs_attrs__
        if one.repr
    )
    return f"{type(self).__qualname__.rsplit('>.', 1)[-1]}({', '.join(values)})"


def _compare(cls: Any, *, hashed: bool) -> None:
    """Let objects of `cls` be equal where their fields are; the hash is that of the fields, or there is none."""
    fields = cls.__attrs_attrs__
    compared = _values([one.name for one in fields if one.eq])

    def equal(self: object, other: object) -> bool:
        return compared(self) == compared(other) if other.__class__ is self.__class__ else NotImplemented

    cls.__eq__ = equal
    cls.__hash__ = None
    if hashed:
        counted = _values([one.name for one in fields if (one.eq if one.hash is None else one.hash)])
        cls.__hash__ = lambda self: hash(counted(self))


def _values(names: list[str]) -> Callable[[Any], tuple[object, ...]]:
    """The values of the fields called `names`."""
    match names:
        case []:
            return lambda self: ()
        case [name]:
            return lambda self: (getattr(self, name),)
        case _:
            return attrgetter(*names)
