"""Classes that are made quickly compare, hash and are shown as attrs makes them."""

from __future__ import annotations

import copy
import inspect
import pickle
import re
import weakref
from pathlib import Path
from typing import get_type_hints

import attrs
import pytest

import ncriteria
from ncriteria import quick_classes
from ncriteria.facts.table import Unit
from ncriteria.sets.model import Level

SOURCE = Path(ncriteria.__file__).parent
KINDS = {"frozen": (attrs.frozen, quick_classes.frozen), "define": (attrs.define, quick_classes.define)}


def made(make, **options):
    """One body with fields of every kind, made into a class."""

    @make(**options)
    class Body:
        number: int
        text: str = "x"
        left_out: object = attrs.field(default=None, eq=False, repr=False)
        shown: object = attrs.field(default=None, repr=lambda value: f"<{value}>")
        not_hashed: object = attrs.field(default=None, hash=False)

    return Body


def told(kind):
    """What there is to see of the objects of a class: how they are shown, which are equal, which hashes are."""
    objects = [kind(1), kind(1), kind(2), kind(1, "y"), kind(1, left_out=3), kind(1, shown=4), kind(1, not_hashed=5)]
    equal = [[one == other for other in objects] for one in objects]
    unequal = [[one != other for other in objects] for one in objects]
    try:
        hashed = [[hash(one) == hash(other) for other in objects] for one in objects]
    except TypeError as error:
        hashed = [str(error)]
    return [repr(one) for one in objects], equal, unequal, hashed


@pytest.mark.parametrize("options", [{}, {"eq": False}, {"repr": False}, {"kw_only": False}, {"cache_hash": True}])
@pytest.mark.parametrize("kind", KINDS)
def test_objects_are_told_apart_and_shown_as_those_of_attrs(kind, options):
    if kind == "define" and "cache_hash" in options:
        options = {**options, "unsafe_hash": True}
    by_attrs, by_us = (told(made(make, **options)) for make in KINDS[kind])
    if options.get("repr", True):
        assert by_us[0] == by_attrs[0]
    assert by_us[1:] == by_attrs[1:]


def test_objects_of_other_classes_are_never_equal():
    one, other = made(quick_classes.frozen), made(quick_classes.frozen)
    assert one(1) != other(1)
    assert one(1) != 1
    assert one.__eq__(one(1), 1) is NotImplemented


@pytest.mark.parametrize("names", [[], ["one"]])
def test_a_class_with_one_field_or_none_is_compared_too(names):
    kind = quick_classes.frozen(type("Small", (), {"__annotations__": dict.fromkeys(names, "int")}))
    values = [3] * len(names)
    assert kind(*values) == kind(*values)
    assert hash(kind(*values)) == hash(kind(*values))
    assert repr(kind(*values)) == f"Small({', '.join(f'{name}=3' for name in names)})"


def test_what_a_class_says_itself_stays():
    @quick_classes.frozen
    class Own:
        value: int

        def __repr__(self):
            return "own"

        def __eq__(self, other):
            return True

        def __hash__(self):
            return 7

    assert (repr(Own(1)), Own(1) == Own(2), hash(Own(3))) == ("own", True, 7)


def test_an_object_is_copied_with_a_change_and_carried_to_other_processes():
    unit = Unit("a", "Xã An", Level.COMMUNE, None)
    assert attrs.evolve(unit, id="b") == Unit("b", "Xã An", Level.COMMUNE, None)
    assert pickle.loads(pickle.dumps(unit)) == unit


def test_every_class_of_the_library_is_made_quickly():
    plain = re.compile(r"^from attrs import .*\b(frozen|define)\b|@attrs\.", re.MULTILINE)
    own = {SOURCE / "quick_classes.py"}
    assert [path for path in SOURCE.rglob("*.py") if path not in own and plain.search(path.read_text("utf-8"))] == []


class Told:
    """A base that asks for more than one class may."""

    __slots__ = ()

    def told(self):
        return "base"


def later():
    """A class and one that has it as its base, of which nothing was asked yet."""

    @quick_classes.frozen
    class First(Told):
        number: int = attrs.field()
        kept: list[int] = attrs.field(factory=list, eq=False)

        @number.validator
        def _is_counted(self, _, value):
            if value < 0:
                raise ValueError("below zero")

        def told(self):
            return f"{super().told()} {self.number}"

    @quick_classes.frozen
    class Second(First):
        text: str = "x"

        def told(self):
            return f"{super().told()} {self.text}"

    return First, Second


FIRST_ASKED = {
    "an object": lambda kind: kind(1, [2], "y"),
    "its fields": lambda kind: [one.name for one in attrs.fields(kind)],
    "whether attrs made it": attrs.has,
    "its signature": lambda kind: [*inspect.signature(kind).parameters],
    "the kinds of what makes an object": lambda kind: list(get_type_hints(kind.__init__)),
    "its places in a pattern": lambda kind: kind.__match_args__,
}
ANSWERS = {
    "an object": "Second(number=1, kept=[2], text='y')",
    "its fields": "['number', 'kept', 'text']",
    "whether attrs made it": "True",
    "its signature": "['number', 'kept', 'text']",
    "the kinds of what makes an object": "['return', 'number', 'kept', 'text']",
    "its places in a pattern": "('number', 'kept', 'text')",
}


@pytest.mark.parametrize("first", FIRST_ASKED)
def test_a_class_is_whole_whatever_is_first_asked_of_it(first):
    _, kind = later()
    for asked in (first, *FIRST_ASKED):
        assert repr(FIRST_ASKED[asked](kind)).replace(f"{kind.__qualname__}(", "Second(") == ANSWERS[asked]


def test_methods_of_a_class_reach_those_of_its_base():
    assert later()[1](1).told() == "base 1 x"


def test_what_a_field_demands_is_seen_to_at_the_first_object():
    first, second = later()
    for kind in (second, first):
        with pytest.raises(ValueError, match="below zero"):
            kind(-1)


def test_an_object_that_is_the_first_of_its_class_may_come_from_another_process():
    _, kind = later()
    one = kind.__new__(kind)
    one.__setstate__({"number": 1, "kept": [], "text": "y"})
    assert one == kind(1, [3], "y")
    assert hash(one) == hash(kind(1, [3], "y"))
    assert one.__getstate__() == {"number": 1, "kept": [], "text": "y"}
    assert copy.deepcopy(one).kept is not one.kept


def test_a_field_is_neither_set_nor_deleted():
    one = later()[0](1)
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        one.number = 2
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        del one.number
    with pytest.raises(AttributeError):
        object.__setattr__(one, "other", 2)
    assert weakref.ref(one)() is one


def test_a_class_that_nothing_is_asked_of_was_not_compiled(monkeypatch):
    made = []
    monkeypatch.setattr(attrs, "frozen", lambda **options: made.append)
    later()
    assert made == []
