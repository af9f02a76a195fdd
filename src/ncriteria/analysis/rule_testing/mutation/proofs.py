"""Proofs that an edit changes nothing, or a row that shows that it does, by the solver where it is installed."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import islice
from typing import TYPE_CHECKING

from attrs import evolve

from ncriteria.analysis.cases import Row
from ncriteria.analysis.deadline import Deadline
from ncriteria.analysis.proof.common_facts import declared_facts
from ncriteria.analysis.proof.judging import TwoSets
from ncriteria.analysis.proof.prove import solver_installed
from ncriteria.analysis.proof.relation_years import settings
from ncriteria.analysis.rule_testing.mutation.mutation import Edit, parameters_of
from ncriteria.analysis.rule_testing.mutation.survivors import Answer, Prover, Shown
from ncriteria.analysis.slicing import dependents, part_judging
from ncriteria.analysis.telling.row_values import readings
from ncriteria.evaluation.lowering import lower
from ncriteria.sets.grades.scales import written_members
from ncriteria.sets.model import CriteriaSet, DatedValue, ParameterValue
from ncriteria.words import phrase

if TYPE_CHECKING:
    from ncriteria.analysis.proof.solving.edits import EditOutcome

_MOST_READINGS = 60
"""Readings of the parameters that are proved one by one; where there are more, nothing is proved."""
PROVED = phrase("proved the same for every choice of known and unknown facts, by z3")


def solver_prover() -> Prover | None:
    """A prover of edits; `None` where z3 is not installed."""
    return _settled if solver_installed() else None


def _settled(criteria: CriteriaSet, edit: Edit, deadline: Deadline) -> Answer:
    """Why an edit changes no verdict, a row on which it does, or `None` where that is not decided."""
    from ncriteria.analysis.proof.solving.edits import EditOutcome

    alike = True
    for path in edit.paths:
        found = _asked(criteria, edit, path, deadline)
        if not isinstance(found, EditOutcome):
            return None if found is None else Shown(path, found)
        alike = alike and found is EditOutcome.NONE
    if not alike:
        # The verdict is the same, and what rests on it sees a difference all the same.
        for path in sorted(dependents(criteria, edit.paths) - set(edit.paths)):
            found = _asked(criteria, edit, path, deadline)
            if not isinstance(found, EditOutcome):
                return None if found is None else Shown(path, found)
    return PROVED


def _asked(criteria: CriteriaSet, edit: Edit, path: str, deadline: Deadline) -> EditOutcome | Row | None:
    """What the solver says of the clause at `path`, in all years and for all values that tests may set."""
    from ncriteria.analysis.proof.solving.edits import EditOutcome, settle

    before, after = part_judging(criteria, path), part_judging(edit.criteria, path)
    names = parameters_of(*written_members(before), *written_members(after)) - (
        {edit.path} if edit.role == "parameter" else set()
    )
    left = EditOutcome.NONE
    for setting in settings(before, after):
        given = list(islice(readings(lower(before, setting.year), sorted(names)), _MOST_READINGS + 1))
        if len(given) > _MOST_READINGS:
            return None
        for reading in given:
            read = evolve(setting, old=_read(setting.old, reading), new=_read(setting.new, reading))
            both = TwoSets.of(read).pair(path, path)
            found = settle(both, declared_facts(both.old.lowered, both.new.lowered), deadline)
            if isinstance(found, Row):
                return evolve(found, parameters=reading)
            if found is None:
                return None
            left = found if found is EditOutcome.INSIDE else left
    return left


def _read(criteria: CriteriaSet, reading: Mapping[str, ParameterValue]) -> CriteriaSet:
    """The set with other values of parameters."""
    changed = {
        name: evolve(criteria.parameters[name], values=(DatedValue(None, value),)) for name, value in reading.items()
    }
    return evolve(criteria, parameters={**criteria.parameters, **changed})
