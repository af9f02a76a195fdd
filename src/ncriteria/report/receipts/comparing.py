"""Whether a result that is made again is the one of a receipt, and what differs where it is not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from ncriteria.evaluation.table_years.judgement import Judgement
from ncriteria.facts.table import Unit
from ncriteria.quick_classes import frozen
from ncriteria.report.receipts.receipt import FileSeen, Receipt, RowSeen, SetUsed
from ncriteria.report.structure import record
from ncriteria.sets.names import VERDICTS, StandardInWords
from ncriteria.words import Phrase, joined, phrase

SHOWN: Final = 12
"""How many digits of a digest are told."""


@frozen
class ReceiptChecked:
    """What `verify` finds: whether the result is the same, and each thing that differs, in words.

    The `version` differs without consequence where the result is the same all the same. `as_written` says whether the
    file around the receipt is, byte for byte, what is written again; it is `None` where that was not compared, and
    `not_compared` says why. A receipt alone has nothing around it: both are `None`.
    """

    same: bool
    receipt: Receipt
    again: Receipt
    differences: tuple[Phrase, ...]
    as_written: bool | None = None
    not_compared: Phrase | None = None


record(ReceiptChecked)


@frozen
class RowNames:
    """What the units and standards of rows are called, where they are judged."""

    units: Mapping[str, Unit]
    standards: Mapping[str, StandardInWords]

    def row(self, row: RowSeen) -> Phrase:
        """A row of a receipt: its unit, its year and its standard."""
        unit = self.units.get(row.unit)
        standard = self.standards.get(row.standard, row.standard)
        return joined(", ", (row.unit if unit is None else unit.named, row.year, standard))


NO_NAMES: Final = RowNames({}, {})
"""Of an answer that tells no rows."""


def row_names(judgements: Iterable[Judgement]) -> RowNames:
    """What the units and standards of judgements are called."""
    units: dict[str, Unit] = {}
    standards: dict[str, StandardInWords] = {}
    for one in judgements:
        units[one.row.unit.id] = one.row.unit
        if one.standard_title is not None or one.standard not in standards:
            standards[one.standard] = StandardInWords(one.standard, one.standard_title)
    return RowNames(units, standards)


def checked(receipt: Receipt, again: Receipt, names: RowNames = NO_NAMES) -> ReceiptChecked:
    """Compare a receipt with the one of the same call made `again`, whose rows are called by `names`."""
    same = receipt.result == again.result
    return ReceiptChecked(same, receipt, again, tuple(_differences(receipt, again, names)))


def _differences(one: Receipt, other: Receipt, names: RowNames) -> Iterator[Phrase]:
    if one.version != other.version:
        yield phrase("judged by version {was}; this is version {now}", was=one.version, now=other.version)
    yield from changed_files(one.files, other.files)
    yield from _of_sets(one, other)
    yield from _of_rows(one, other, names)


def changed_files(before: Sequence[FileSeen], after: Sequence[FileSeen]) -> Iterator[Phrase]:
    """What differs between the files of a receipt and the same files now."""
    now = {(file.role, file.name): file for file in after}
    for file in before:
        found: FileSeen | None = now.pop((file.role, file.name), None)
        if found is None:
            yield phrase("{file} was used, and is no more", file=file.name)
        elif found.sha256 != file.sha256:
            was, is_now = file.sha256[:SHOWN], found.sha256[:SHOWN]
            yield phrase("{file} has changed: {was} was its digest, {now} is", file=file.name, was=was, now=is_now)
    for file in now.values():
        yield phrase("{file} is used, and was not", file=file.name)


def _of_sets(one: Receipt, other: Receipt) -> Iterator[Phrase]:
    now = _in_turn(other.sets)
    for key, used in _in_turn(one.sets).items():
        found = now.pop(key, None)
        if found is None:
            yield phrase("the set {id} judged, and does no more", id=_called(used))
        elif found.digest != used.digest:
            yield phrase(
                "the set {id} says something else: {was} was its digest, {now} is",
                id=_called(used),
                was=used.digest[:SHOWN],
                now=found.digest[:SHOWN],
            )
    for used in now.values():
        yield phrase("the set {id} judges, and did not", id=_called(used))


def _called(used: SetUsed) -> str:
    return f"{used.id} ({used.instrument})"


def _in_turn(sets: Sequence[SetUsed]) -> dict[tuple[str, int], SetUsed]:
    """Sets by their identifier; an edit and what it is made of may have the same, and stand one after the other."""
    seen: Counter[str] = Counter()
    found = {}
    for one in sets:
        found[one.id, seen[one.id]] = one
        seen[one.id] += 1
    return found


def _of_rows(one: Receipt, other: Receipt, names: RowNames) -> Iterator[Phrase]:
    now = {_key(row): row for row in other.rows}
    for row in one.rows:
        found = now.pop(_key(row), None)
        name = names.row(row)
        if found is None:
            yield phrase("{row}: was judged, and is no more", row=name)
        elif found.verdict != row.verdict:
            yield phrase("{row}: was {was}, is {now}", row=name, was=_told(row), now=_told(found))
        elif found.digest != row.digest:
            yield phrase("{row}: the verdict is the same, its clauses or what it waits for are not", row=name)
    for row in now.values():
        name = names.row(row)
        yield phrase("{row}: is judged, and was not", row=name)


def _key(row: RowSeen) -> tuple[str, int, str]:
    return row.unit, row.year, row.standard


def _told(row: RowSeen) -> Phrase:
    return phrase("without a verdict") if row.verdict is None else VERDICTS[row.verdict].as_phrase()
