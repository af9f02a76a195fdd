"""The columns of a matrix: the clauses and groups of the sets that judged its rows, in order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from ncriteria.report.summary.overview import MatrixColumn
from ncriteria.sets.model import WHOLE_SET, Clause, CriteriaSet, Group


def columns_of(sets: Iterable[CriteriaSet]) -> tuple[MatrixColumn, ...]:
    """The members of all `sets`, from the earliest on: each as the latest set has it, each group before its members.

    A member that only an earlier set has stands after the one that it follows there.
    """
    members: dict[str, Clause | Group] = {}
    inside: dict[str, list[str]] = {}
    for definition in sets:
        for group in (definition.whole, *definition.members()):
            members[group.path] = group
            if isinstance(group, Group):
                paths = [member.path for member in group.members]
                inside[group.path] = _with_earlier(paths, inside.get(group.path, ()))
    return tuple(_column(members[path]) for path in _in_order(WHOLE_SET, inside))


def _with_earlier(paths: Iterable[str], earlier: Sequence[str]) -> list[str]:
    order = list(paths)
    for place, path in enumerate(earlier):
        if path not in order:
            order.insert(order.index(earlier[place - 1]) + 1 if place else 0, path)
    return order


def _in_order(path: str, inside: Mapping[str, Sequence[str]]) -> Iterator[str]:
    for inner in inside.get(path, ()):
        yield inner
        yield from _in_order(inner, inside)


def _column(member: Clause | Group) -> MatrixColumn:
    encodes = member.encodes if isinstance(member, Clause) else None
    return MatrixColumn(member.path, member.title, isinstance(member, Group), encodes, member.cite)
