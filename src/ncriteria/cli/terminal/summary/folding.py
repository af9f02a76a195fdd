"""Which columns of a matrix are shown where there is room for so many: groups fold to one column, the deepest first."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from ncriteria.quick_classes import frozen
from ncriteria.report.summary.overview import MatrixColumn
from ncriteria.sets.model import WHOLE_SET


@frozen
class ShownColumn:
    """A clause, or a group that stands for the `folded` clauses in it."""

    column: MatrixColumn
    folded: int = 0


@frozen
class ShownColumns:
    """The columns that there is room for, and how many clauses there is none for."""

    columns: tuple[ShownColumn, ...]
    left_out: int = 0


def columns_in(columns: Sequence[MatrixColumn], room: int, only: Collection[str] = ()) -> ShownColumns:
    """The clauses, of `only` these groups where any are named, in at most `room` columns."""
    by_path = {column.path: column for column in columns}
    inside = _inside(by_path)
    begun = [path for path in by_path if path in only] or inside[WHOLE_SET]
    while len(begun) == 1 and inside.get(begun[0]):  # one group around all is what the verdict at the end says
        begun = inside[begun[0]]
    folded: set[str] = set()
    shown = _shown(begun, inside, folded)
    while len(shown) > room and (group := _next_to_fold(shown, begun, by_path)) is not None:
        folded.add(group)
        shown = _shown(begun, inside, folded)
    found = [ShownColumn(by_path[path], _clauses_in(path, inside)) for path in shown]
    kept = found[:room]
    return ShownColumns(tuple(kept), sum(max(one.folded, 1) for one in found[room:]))


def _inside(by_path: Mapping[str, MatrixColumn]) -> dict[str, list[str]]:
    """The members of each group, and of the whole set, in order."""
    inside: dict[str, list[str]] = {WHOLE_SET: []}
    for path in by_path:
        outer = path.rpartition("/")[0]
        inside.setdefault(outer if outer in by_path else WHOLE_SET, []).append(path)
    return inside


def _shown(paths: Sequence[str], inside: Mapping[str, Sequence[str]], folded: Collection[str]) -> list[str]:
    found: list[str] = []
    for path in paths:
        found += _shown(inside[path], inside, folded) if path in inside and path not in folded else [path]
    return found


def _next_to_fold(shown: Sequence[str], begun: Sequence[str], by_path: Mapping[str, MatrixColumn]) -> str | None:
    """The deepest group around shown columns, of several the one that saves most."""
    sizes: dict[str, int] = {}
    for path in shown:
        outer = path.rpartition("/")[0]
        if path not in begun and outer in by_path:
            sizes[outer] = sizes.get(outer, 0) + 1
    return max(sizes, key=lambda group: (group.count("/"), sizes[group]), default=None)


def _clauses_in(path: str, inside: Mapping[str, Sequence[str]]) -> int:
    """How many clauses a group has; none where it is no group."""
    return sum(_clauses_in(inner, inside) or 1 for inner in inside.get(path, ()))
