"""How large an integer form may grow: that of a small rule can be more than a computer holds."""

from __future__ import annotations

from itertools import islice
from typing import Final

from ncriteria.evaluation.program.ends import Ends, RationalEnd
from ncriteria.evaluation.program.tree import Condition, Node, NoIntegerForm, nodes_in
from ncriteria.words import phrase

MOST_NODES: Final = 4000
"""Nodes of the integer form of a rule or of a part of it; each place where a part is used counts."""


def check_size(*parts: Condition | Ends) -> None:
    """Raise `NoIntegerForm` where `parts` have too many nodes together."""
    count = 0
    for node in (node for part in parts for node in _nodes_of(part)):
        count += sum(1 for _ in islice(nodes_in(node), MOST_NODES + 1))
        if count > MOST_NODES:
            raise NoIntegerForm(phrase("its integer form is too large"))


def _nodes_of(part: Condition | Ends) -> list[Node]:
    if not isinstance(part, Ends):
        return [part]
    return [part.undefined, *(node for end in (part.low, part.high, part.known) for node in _of_end(end))]


def _of_end(end: RationalEnd) -> list[Node]:
    return [end.over] if end.under is None else [end.over, end.under]
