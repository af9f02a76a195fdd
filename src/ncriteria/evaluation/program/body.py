"""A Python function in the making: its statements as a syntax tree, and the names of what it has computed."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import count
from types import CodeType, FunctionType

from attrs import evolve, field

from ncriteria.evaluation.program.tree import Certain, Condition, Flag, Named, SlotKey, Whole
from ncriteria.quick_classes import frozen

_NONE = ast.Constant(None)


@frozen
class Body:
    """A function body in the making: its statements, and the local names of what it has computed.

    `look_up` adds the statements that look up a slot, and returns its local name; `globals` is what the function sees
    beside its arguments.
    """

    look_up: Callable[[Body, SlotKey], str]
    statements: list[ast.stmt] = field(factory=list)
    named: dict[str, ast.expr] = field(factory=dict)
    globals: dict[str, object] = field(factory=dict)
    _computed: dict[Condition | Whole, ast.expr] = field(factory=dict)
    _slots: dict[SlotKey, str] = field(factory=dict)
    _verdicts: dict[str, ast.expr] = field(factory=dict)
    _numbers: Iterator[int] = field(factory=count)

    def branch(self) -> Body:
        """A body for statements that are run in some cases only: what it computes is not known outside."""
        return evolve(self, statements=[], computed=dict(self._computed), slots=dict(self._slots))

    def slot(self, key: SlotKey) -> str:
        """The local name of the value of a slot, looked up where it is first needed."""
        if key not in self._slots:
            self._slots[key] = self.look_up(self, key)
        return self._slots[key]

    def is_at_hand(self, part: Condition) -> bool:
        """Whether the truth of `part` has been computed already, or takes nothing to compute."""
        return isinstance(part, (Certain, Flag, Named)) or part in self._computed

    def assign(self, value: ast.expr, to: ast.Name | None = None) -> ast.Name:
        """A new local name for `value`, or the name that is given."""
        name = to.id if to is not None else f"t{next(self._numbers)}"
        self.statements.append(ast.Assign([ast.Name(name, ast.Store())], value))
        return ast.Name(name, ast.Load())

    def new_name(self) -> ast.Name:
        """A local name that is not assigned yet."""
        return ast.Name(f"t{next(self._numbers)}", ast.Load())

    def once(self, part: Condition | Whole, build: Callable[[], ast.expr]) -> ast.expr:
        """The local name of `part`, which `build` computes where it has not been computed yet."""
        if part not in self._computed:
            built = build()
            self._computed[part] = built if isinstance(built, ast.Name) else self.assign(built)
        return self._computed[part]

    def verdict(self, decided: ast.expr) -> ast.expr:
        """The local name of a verdict; one that is decided in the same way has the same name."""
        text = ast.dump(decided)
        if text not in self._verdicts:
            self._verdicts[text] = self.assign(decided)
        return self._verdicts[text]

    def constant(self, value: object) -> ast.Name:
        """A global name for `value`."""
        for name, known in self.globals.items():
            if known is value:
                return ast.Name(name, ast.Load())
        name = f"g{len(self.globals)}"
        self.globals[name] = value
        return ast.Name(name, ast.Load())

    def constant_set(self, values: Iterable[object]) -> ast.Name:
        """A global name for the set of `values`."""
        wanted = frozenset(values)
        known = (value for value in self.globals.values() if isinstance(value, frozenset) and value == wanted)
        return self.constant(next(known, wanted))


def built(arguments: Sequence[str], body: Body, name: str) -> Callable[..., object]:
    """The function of `arguments` with the statements of `body`."""
    # What the function sees beside its arguments are defaults of further ones, which Python looks up fastest.
    names = [ast.arg(one) for one in (*arguments, *body.globals)]
    parameters = ast.arguments([], names, None, [], [], None, [_NONE for _ in body.globals])
    function = ast.FunctionDef("judge", parameters, list(body.statements), [], None, None)
    module = ast.fix_missing_locations(ast.Module([function], []))
    code = compile(module, f"<{name}>", "exec")
    (inner,) = (constant for constant in code.co_consts if isinstance(constant, CodeType))
    return FunctionType(inner, {"__builtins__": {}}, name, tuple(body.globals.values()))
