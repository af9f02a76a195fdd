"""How large an integer form may grow: that of a small rule can be more than a computer holds."""

from __future__ import annotations

from typing import Final

import attrs

from ncriteria.evaluation.program.ends import Ends
from ncriteria.evaluation.program.tree import Condition, Flag, NoIntegerForm, Slot

MOST_NODES: Final = 4000
"""Nodes of the integer form of a rule or of a part of it; each place where a part is used counts."""


def check_size(*parts: Condition | Ends) -> None:
    """Raise `NoIntegerForm` where `parts` have too many nodes together."""
    pending: list[object] = list(parts)
    count = 0
    while pending:
        part = pending.pop()
        if isinstance(part, tuple):
            pending.extend(part)
        elif attrs.has(kind := type(part)):
            count += 1
            if count > MOST_NODES:
                raise NoIntegerForm("its integer form is too large")
            if not isinstance(part, (Slot, Flag)):
                pending.extend(getattr(part, field.name) for field in attrs.fields(kind))
