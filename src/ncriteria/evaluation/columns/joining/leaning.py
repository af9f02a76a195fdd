"""Verdicts of other years and standards beside each row of a frame, judged row by row under the sets of their years."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from importlib import import_module

import narwhals as nw
from attrs import evolve

from ncriteria.evaluation.columns.door.admission import Admitted
from ncriteria.evaluation.columns.door.fact_rows import fact_rows
from ncriteria.evaluation.columns.door.frames import Frame
from ncriteria.evaluation.columns.joining.left_joins import left_join
from ncriteria.evaluation.columns.joining.succession import UNIT, YEAR, unit_text
from ncriteria.evaluation.columns.lines import Line
from ncriteria.evaluation.columns.naming import PREFIX
from ncriteria.evaluation.criteria import Catalog, Criteria
from ncriteria.evaluation.leaning.asked import VerdictLeanedOn
from ncriteria.evaluation.program.tree import SlotKey
from ncriteria.evaluation.records.record import in_view
from ncriteria.evaluation.tables import verdicts_of_rows
from ncriteria.facts.lineage.model import Lineage
from ncriteria.facts.table import FactRow, FactTable
from ncriteria.language.tree import FactKey
from ncriteria.quick_classes import frozen
from ncriteria.sets.model import FactDeclaration


@frozen
class LeaningFrame:
    """The rows of a frame with the facts of all sets that may judge them, and which of these sets judge the frame.

    `around` are the units that the whole frame lies in, the nearest first. `besides` are rows of further years, of
    which something is attested.
    """

    admitted: Admitted
    declarations: Mapping[str, FactDeclaration]
    catalog: Catalog | None
    line: Line
    around: tuple[str, ...]
    lineage: Lineage
    besides: tuple[FactRow, ...] = ()

    def beside(self, frame: Frame, asked: Sequence[FactKey], *, ordered: bool) -> tuple[Frame, Mapping[SlotKey, str]]:
        """`frame` with a column of truths for each verdict that is `asked`, and these columns."""
        columns: dict[SlotKey, str] = {key: f"{PREFIX}verdict_{number}" for number, key in enumerate(asked)}
        found: dict[str, list[object]] = {name: [] for name in (UNIT, YEAR, *columns.values())}
        for row, verdicts in self._verdicts():
            found[UNIT].append(row.unit.id)
            found[YEAR].append(row.year)
            for key in asked:
                one = verdicts.get(FactKey.of(key.name, in_view(key.period, row.year)))
                found[columns[key]].append(None if one is None else one.truth)
        polars = import_module("polars")
        kinds = {UNIT: polars.String, YEAR: polars.Int64, **dict.fromkeys(columns.values(), polars.Boolean)}
        truths: Frame = nw.from_native(polars.DataFrame(found, schema=kinds).lazy())
        matched = self.admitted.matched
        keys = (unit_text(frame, matched).alias(UNIT), nw.col(matched.year).cast(nw.Int64()).alias(YEAR))
        return left_join(frame.with_columns(*keys), truths, [UNIT, YEAR], ordered=ordered).drop(UNIT, YEAR), columns

    def _verdicts(self) -> Iterator[tuple[FactRow, Mapping[FactKey, VerdictLeanedOn]]]:
        """What the sets of the line lean on, for each row that they judge."""
        rows = (self._with_level(row) for row in fact_rows(self.admitted, self.declarations))
        table = FactTable(tuple(rows), lineage=self.lineage, beside=tuple(map(self._with_level, self.besides)))
        criteria = Criteria(self.line.sets[0]) if self.catalog is None else self.catalog
        return verdicts_of_rows(table, criteria, self._chosen, self.around)

    def _with_level(self, row: FactRow) -> FactRow:
        """A row that does not say its level is of the one that is judged."""
        return row if row.unit.level is not None else evolve(row, unit=evolve(row.unit, level=self.line.level))

    def _chosen(self, row: FactRow) -> Criteria | None:
        sets = (turn.criteria for turn in self.line.turns if row.year in turn.years)
        found = next(sets, None) if row.unit.level is self.line.level else None
        return None if found is None else Criteria(found)
