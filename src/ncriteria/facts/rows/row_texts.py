"""The cells of a row that are no facts: which unit it is of, as the row says it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from ncriteria.facts.cells.raw_cells import raw_text
from ncriteria.facts.cells.refusals import Refusal, quoted
from ncriteria.facts.formats.raw import NumberText, RawRow
from ncriteria.facts.layout.columns import Reserved
from ncriteria.facts.units.identifiers import shown_identifier, shows_nothing, stands_for_none
from ncriteria.patterns import compiled_later
from ncriteria.quick_classes import frozen
from ncriteria.words import phrase

_WHOLE = compiled_later(r"(-?[0-9]+)\.0+")
_FILL_IN = phrase("fill in the identifier of the unit, or leave the row out")
Texts = Mapping[Reserved, str]
"""The cells of a row in the columns that are no facts."""


def texts_of(columns: Mapping[str, Reserved], raw: RawRow) -> dict[Reserved, str]:
    """The cells of a row that are no facts, by their column; a number that names a unit is whole where it can be."""
    found: dict[Reserved, str] = {}
    for heading, value in raw.cells.items():
        column = columns.get(heading)
        if column is not None:
            number = _WHOLE.fullmatch(value.text) if isinstance(value, NumberText) else None
            found[column] = number[1] if number and column in (Reserved.UNIT, Reserved.PARENT) else raw_text(value)
    return found


@frozen
class Identifiers:
    """The identifiers that the rows of a table give, by the name beside them; a row without a name counts too."""

    by_name: Mapping[str | None, str]

    @classmethod
    def of(cls, rows: Iterable[Texts]) -> Identifiers:
        """Those of these rows; what stands for none is no identifier."""
        found: dict[str | None, str] = {}
        for texts in rows:
            unit = texts.get(Reserved.UNIT)
            if unit is not None and not stands_for_none(unit):
                found.setdefault(texts.get(Reserved.NAME), unit)
        return cls(found)

    def column(self, texts: Texts) -> Reserved:
        """The column that says which unit a row is of: the name where no row has an identifier."""
        return Reserved.UNIT if self.by_name or Reserved.UNIT in texts else Reserved.NAME

    def read(self, texts: Texts) -> str | Refusal:
        """The identifier of the unit of a row, or why it has none."""
        found, name = texts.get(self.column(texts)), texts.get(Reserved.NAME)
        if found is not None and not stands_for_none(found):
            return found
        if found is not None and shows_nothing(found):
            message = phrase("the identifier holds nothing that can be seen: {found}", found=shown_identifier(found))
            return Refusal("NC213", message)
        if found is not None:
            message = phrase("{found} is no identifier; it stands for none", found=quoted(found))
            return Refusal("NC213", message, _FILL_IN)
        if not self.by_name:
            return Refusal("NC213", phrase("the row does not say which unit it is of"))
        known = None if name is None else self.by_name.get(name)
        hint = None if known is None else phrase('in another row "{name}" is `{known}`', name=name, known=known)
        return Refusal("NC213", phrase("the identifier is blank, and other rows have one"), hint)
