"""Which cells of a sheet of .xlsx hold something, read from its XML: what a reader of values must not pass over."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import Final

from ncriteria.errors import CellPlace
from ncriteria.facts.formats.grid import Merged
from ncriteria.facts.formats.workbook.joining.sheet_cells import (
    COLUMNS,
    LAST_ROW,
    MOST_CELLS,
    Position,
    SheetCells,
    column_number,
)
from ncriteria.facts.formats.workbook.markup import Attributes, SeenEnoughError, local, walk
from ncriteria.facts.formats.workbook.number_formats import PercentSign
from ncriteria.facts.formats.workbook.refusing import damaged, too_large
from ncriteria.patterns import compiled_later
from ncriteria.quick_classes import frozen
from ncriteria.words import phrase

_MOST_OF_A_FORMULA: Final = 100_000
_TRUE: Final = ("1", "true")
_COLUMN = compiled_later("[A-Z]{1,3}")
_ROW = compiled_later("[1-9][0-9]{0,6}")
_RANGE = compiled_later("([A-Z]{1,3})([1-9][0-9]{0,6}):([A-Z]{1,3})([1-9][0-9]{0,6})")


@frozen
class CellText:
    """What stands in the XML of a cell: its kind, its formula, and the text of its value; `None` where it has none."""

    kind: str | None = None
    formula: str | None = None
    value: str | None = None


class _Course:
    """Where in a sheet a pass over its XML is: the row, the column, and how many cells have gone by."""

    def __init__(self, place: CellPlace) -> None:
        self.place = place
        self.row, self.column = 0, -1
        self.row_text = ""
        self.columns: dict[str, int] = {}
        self.count = 0

    def start_row(self, attributes: Attributes) -> None:
        """Go on to the row that begins; without a number it is the next."""
        given = attributes.get("r")
        if given is not None and not _ROW.fullmatch(given):
            raise self._wrong(phrase("a row says that its number is `{number}`", number=given))
        self.row = self.row + 1 if given is None else int(given)
        self.count += self.column + 1
        if self.row > LAST_ROW or self.count > MOST_CELLS * 2:
            reason = phrase("it goes on after row {row}", row=self.row - 1)
            raise too_large(reason, self.place.file, self.place.sheet)
        self.row_text, self.column = str(self.row), -1

    def start_cell(self, attributes: Attributes) -> None:
        """Go on to the cell that begins; without a name it is the next."""
        given = attributes.get("r")
        if given is None:
            self.column += 1
        else:
            letters = given.removesuffix(self.row_text)
            if not _COLUMN.fullmatch(letters) or given != letters + self.row_text:
                raise self._wrong(phrase("a cell of row {row} says that it is `{name}`", row=self.row, name=given))
            self.column = self.columns[letters] = column_number(letters)
        if self.column >= COLUMNS:
            raise self._wrong(phrase("row {row} has a cell after the last column", row=self.row))

    def _wrong(self, reason: str) -> Exception:
        return damaged(reason, self.place.file, self.place.sheet)


def has_cells(part: bytes, name: str, file: str | None) -> bool:
    """Whether any cell of a sheet holds something."""
    found = False

    def start(tag: str, _: Attributes) -> None:
        nonlocal found
        if local(tag) in ("v", "f", "is"):
            found = True
            raise SeenEnoughError

    walk(part, name, file, start)
    return found


def sheet_cells(part: bytes, name: str, percents: Mapping[str, PercentSign], place: CellPlace) -> SheetCells:
    """What the part `name` says of the cells of a sheet; raises `FactsError` where it cannot be sure."""
    found = SheetCells(place)
    course = _Course(place)
    filled: list[int] = []

    def row(attributes: Attributes) -> None:
        nonlocal filled
        course.start_row(attributes)
        filled = found.columns.setdefault(course.row, [])
        if attributes.get("hidden") in _TRUE:
            found.hidden_rows.add(course.row)

    def formula(attributes: Attributes) -> None:
        found.formulas.add((course.row, course.column))
        if "ref" in attributes and attributes.get("t") == "array":
            found.formulas |= _cells_of(attributes["ref"], place)

    def column(attributes: Attributes) -> None:
        if attributes.get("hidden") in _TRUE:
            first, last = (int(attributes.get(key, "0")) for key in ("min", "max"))
            found.hidden_columns.update(range(max(first, 1) - 1, min(last, COLUMNS)))

    def merge(attributes: Attributes) -> None:
        if match := _RANGE.fullmatch(attributes.get("ref", "")):
            first, last = column_number(match[1]), column_number(match[3])
            found.merge(Merged(int(match[2]), int(match[4]), first, last))

    handlers = {"row": row, "is": lambda _: filled.append(course.column), "f": formula}
    handlers |= {"col": column, "mergeCell": merge, "extLst": _over}
    columns, known_percents = course.columns, percents.get

    def start(tag: str, attributes: Attributes) -> None:
        # Nearly all elements are these two.
        if tag == "v":
            filled.append(course.column)
        elif tag == "c":
            try:
                course.column = columns[attributes["r"].removesuffix(course.row_text)]
            except KeyError:
                course.start_cell(attributes)
            if percents and (sign := known_percents(attributes.get("s", "0"))) is not None:
                found.signs.setdefault(course.row, {})[course.column] = sign
        elif (handle := handlers.get(tag)) is not None:
            handle(attributes)
        elif ":" in tag:
            start(local(tag), attributes)

    walk(part, name, place.file, start, is_plain=True)
    found.check()
    return found


def cell_texts(part: bytes, name: str, place: CellPlace, wanted: Collection[Position]) -> dict[Position, CellText]:
    """What stands in the XML of the cells that are `wanted`."""
    course = _Course(place)
    found: dict[Position, dict[str, str]] = {}
    inside: dict[str, str] | None = None
    key: str | None = None

    def cell(attributes: Attributes) -> None:
        nonlocal inside, key
        course.start_cell(attributes)
        at = (course.row, course.column)
        inside, key = None, None
        if at in wanted:
            inside = found[at] = {"kind": attributes["t"]} if "t" in attributes else {}

    def into(name: str) -> Callable[[Attributes], None]:
        def handle(_: Attributes) -> None:
            nonlocal key
            if inside is not None:
                key = name
                inside.setdefault(name, "")

        return handle

    def text(characters: str) -> None:
        if inside is not None and key is not None:
            inside[key] += characters

    handlers: dict[str, Callable[[Attributes], None]] = {"row": course.start_row, "c": cell, "extLst": _over}
    handlers |= {"v": into("value"), "is": into("value"), "f": into("formula")}
    walk(part, name, place.file, _dispatching(handlers), text=text, is_plain=True)
    return {at: CellText(**one) for at, one in found.items()}


def _cells_of(reference: str, place: CellPlace) -> set[Position]:
    """The cells whose values one formula gives."""
    if not (match := _RANGE.fullmatch(reference)):
        return set()
    rows = range(int(match[2]), int(match[4]) + 1)
    columns = range(column_number(match[1]), column_number(match[3]) + 1)
    if len(rows) * len(columns) > _MOST_OF_A_FORMULA:
        reason = phrase("a formula gives the values of {cells}", cells=reference)
        raise too_large(reason, place.file, place.sheet)
    return {(row, column) for row in rows for column in columns}


def _over(_: Attributes) -> None:
    """What comes with the extensions of a sheet, at its end, are no cells."""
    raise SeenEnoughError


def _dispatching(handlers: Mapping[str, Callable[[Attributes], None]]) -> Callable[[str, Attributes], None]:
    """A handler of all elements, which asks the one of an element by its name; whatever its prefix."""
    by_tag: dict[str, Callable[[Attributes], None] | None] = {}

    def start(tag: str, attributes: Attributes) -> None:
        try:
            handle = by_tag[tag]
        except KeyError:
            handle = by_tag[tag] = handlers.get(local(tag))
        if handle is not None:
            handle(attributes)

    return start
