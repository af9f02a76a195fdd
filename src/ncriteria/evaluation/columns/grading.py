"""Grades in columns: what each scale gives, read from the verdicts on its grades."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import narwhals as nw

from ncriteria.evaluation.columns.expressions import Columns, condition_expr
from ncriteria.evaluation.program.assembling import Epoch, Program, applies_name, years_of_epoch
from ncriteria.evaluation.program.logic import is_simple
from ncriteria.evaluation.program.tree import TRUE, Named
from ncriteria.quick_classes import frozen
from ncriteria.sets.grades.grade import Grade
from ncriteria.sets.grades.scales import path_of_grade
from ncriteria.sets.model import Verdict


@frozen
class GradeColumns:
    """What grades are read from: the program, the columns of its conditions, and those of the verdicts by path."""

    program: Program
    conditions: Columns
    verdicts: Mapping[str, str]

    def exprs(self) -> Iterator[tuple[str, nw.Expr]]:
        """The grade of each path that has a scale in some year: a text, null where it is open or does not apply."""
        for path in dict.fromkeys(path for epoch in self.program.epochs for path in epoch.lowered.scales):
            yield path, self._in_its_years(path, self.program.epochs)

    def _in_its_years(self, path: str, epochs: Sequence[Epoch]) -> nw.Expr:
        found: nw.Expr = nw.lit(None, dtype=nw.String())
        for epoch in epochs:
            scale = epoch.lowered.scales.get(path, ())
            if scale:
                years, given = years_of_epoch(epoch), self._given(path, scale)
                held = condition_expr(self.conditions, years)
                found = given if years == TRUE else nw.when(held).then(given).otherwise(found)
        applies = next(step.status.applies for step in self.program.steps if step.path == path)
        if applies == TRUE:
            return found
        named = applies if is_simple(applies) else Named(applies_name(path))
        return nw.when(condition_expr(self.conditions, named)).then(found)

    def _given(self, path: str, scale: Sequence[Grade]) -> nw.Expr:
        """The first grade whose condition holds, where none before it is open."""
        nothing = nw.lit(None, dtype=nw.String())
        found: nw.Expr = nothing
        for grade in reversed(scale):
            verdict = nw.col(self.verdicts[path_of_grade(path, grade.id)]).cast(nw.String())
            passed_over = nw.when(verdict == Verdict.NOT_MET.value).then(found).otherwise(nothing)
            found = nw.when(verdict == Verdict.MET.value).then(nw.lit(grade.id)).otherwise(passed_over)
        return found
