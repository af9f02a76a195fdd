"""One grade of a scale, such as "completed well", and when it is given."""

from __future__ import annotations

from attrs import field

from ncriteria.errors import TextPlace
from ncriteria.language.tree import Expr
from ncriteria.quick_classes import frozen
from ncriteria.sets.sources import Bilingual, Citation


@frozen
class Grade:
    """A grade: it is given where the condition `when` holds and those of no grade before it do.

    The last grade of a scale may be for the `rest`: its condition is then that no other one holds.
    """

    id: str
    title: Bilingual
    when: Expr
    rest: bool = False
    cite: tuple[Citation, ...] = ()
    note: Bilingual | None = None
    place: TextPlace | None = field(default=None, eq=False, repr=False)
