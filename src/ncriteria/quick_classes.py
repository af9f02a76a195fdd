"""`attrs.frozen` and `attrs.define` for classes that come into being quickly.

attrs writes and compiles methods for a class where the class stands. The command line loads more than two hundred
classes, half of which a call never makes an object of, and that was a quarter of the time in which it starts. Here a
frozen class has its slots at once, and what attrs makes of it, such as its `__init__` and its fields, when it is first
asked for any of it. What compares, hashes and shows an object is made without compiling anything. What is asked of
attrs beyond that (an order, a hash that is kept) it does itself, where the class stands.
"""

from __future__ import annotations

from functools import cached_property
from inspect import get_annotations
from operator import attrgetter
from types import FunctionType
from typing import TYPE_CHECKING, Any

import attrs

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    # Type checkers know these two of attrs, and what they make of a class.
    from attrs import define, frozen
else:

    def frozen(cls=None, **options):
        """As `attrs.frozen`."""
        return _decorator(attrs.frozen, options, is_frozen=True)(cls)

    def define(cls=None, **options):
        """As `attrs.define`."""
        return _decorator(attrs.define, options, is_frozen=False)(cls)


__all__ = ["define", "frozen"]

_OF_ATTRS = frozenset({"cache_hash", "order", "unsafe_hash"})
"""What is asked of attrs with the methods that compare."""
_MADE_LATER = ("__init__", "__attrs_attrs__", "__attrs_props__", "__match_args__")
"""What a class has of attrs once it was asked for."""


def _decorator(make: Any, options: dict[str, Any], *, is_frozen: bool) -> Callable[[type | None], Any]:
    """What makes a class of its body, or what does so once it is given the body."""

    def made(body: type) -> type:
        shows = options.get("repr", True) and "__repr__" not in vars(body)
        compares = options.get("eq", True) and not _OF_ATTRS & {*options} and not {"__eq__", "__hash__"} & {*vars(body)}
        left_out = {"repr": False} if shows else {}
        left_out |= {"eq": False} if compares else {}

        def by_attrs() -> Any:
            return make(**{**options, **left_out})(body)

        if not is_frozen or _OF_ATTRS & {*options} or not _is_plain(body):
            cls = by_attrs()
            if compares:
                _compare(cls, hashed=is_frozen)
        else:
            cls = _made_later(body, by_attrs, compares=compares)
        if shows:
            cls.__repr__ = _shown
        return cls  # type: ignore[no-any-return]

    return lambda body: made if body is None else made(body)


def _is_plain(body: type) -> bool:
    """Whether the slots of a class are all that it needs at once."""
    own = {"__init__", "__getstate__", "__setstate__", "__setattr__", "__attrs_pre_init__"}
    has_cached = any(isinstance(one, cached_property) for one in vars(body).values())
    return not (has_cached or own & {*vars(body)} or issubclass(body, BaseException))


def _made_later(body: type, by_attrs: Callable[[], Any], *, compares: bool) -> Any:
    """The class of a body with its slots, which becomes what `by_attrs` gives of the body when it is first used."""

    def finish() -> Any:
        if not isinstance(vars(cls).get("__init__"), _Later):
            return cls
        for base in cls.__mro__[1:]:
            attrs.has(base)  # the fields of which are its own too
        given = vars(by_attrs())
        for name in _MADE_LATER:
            setattr(cls, name, given[name]) if name in given else delattr(cls, name)
        if compares:
            _compare(cls, hashed=True)
        return cls

    def first_compared(self: object, other: object) -> bool:
        finish()
        return cls.__eq__(self, other)  # type: ignore[no-any-return]

    def first_hashed(self: object) -> int:
        finish()
        return cls.__hash__(self)  # type: ignore[no-any-return]

    inherited = [name for base in body.__mro__[:0:-1] for name in getattr(base, "__slots__", ())]
    fields = [name for name, kind in get_annotations(body).items() if "ClassVar" not in str(kind)]
    slots = [name for name in fields if name not in inherited]
    slots += [] if any("__weakref__" in vars(base) for base in body.__mro__[1:]) else ["__weakref__"]
    content = {name: one for name, one in vars(body).items() if name not in (*fields, "__dict__", "__weakref__")}
    content |= {"__slots__": tuple(slots), **_state([name for name in (*inherited, *slots) if name != "__weakref__"])}
    content |= {"__setattr__": _refused, "__delattr__": _refused}
    content |= {"__eq__": first_compared, "__hash__": first_hashed} if compares else {}
    content |= {name: _Later(name, finish) for name in _MADE_LATER}
    cls: Any = type(body)(body.__name__, body.__bases__, content)
    for function in _functions(content):
        for cell in function.__closure__ or ():
            if _content_of(cell) is body:
                cell.cell_contents = cls  # for `super()`
    return cls


class _Later:
    """What a class has of attrs, until it is first asked for."""

    def __init__(self, name: str, finish: Callable[[], Any]) -> None:
        self._name, self._finish = name, finish

    def __get__(self, one: object, owner: Any) -> Any:
        made = getattr(self._finish(), self._name)
        return made if one is None or not isinstance(made, FunctionType) else made.__get__(one)


def _refused(self: object, *_: object) -> None:
    """In the place of what sets or deletes a field."""
    raise attrs.exceptions.FrozenInstanceError


def _state(names: list[str]) -> dict[str, Any]:
    """What gives and takes the values of the fields called `names`, as attrs does."""

    def state(self: object) -> dict[str, Any]:
        return {name: getattr(self, name) for name in names}

    def take(self: object, given: dict[str, Any] | tuple[Any, ...]) -> None:
        values = given if isinstance(given, dict) else dict(zip(names, given, strict=False))
        put = object.__setattr__.__get__(self)
        for name, value in values.items():
            put(name, value)

    return {"__getstate__": state, "__setstate__": take}


def _functions(content: dict[str, Any]) -> Iterator[FunctionType]:
    """The functions that stand in the body of a class."""
    for one in content.values():
        inside = (one.fget, one.fset, one.fdel) if isinstance(one, property) else (getattr(one, "__func__", one),)
        yield from (function for function in inside if isinstance(function, FunctionType))


def _content_of(cell: Any) -> object:
    try:
        return cell.cell_contents
    except ValueError:  # it is still empty
        return None


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
