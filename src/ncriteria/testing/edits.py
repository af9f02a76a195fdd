"""Generated edits of a criteria set: the slips that an author makes, one at a time."""

from __future__ import annotations

from hypothesis import strategies as st

from ncriteria.analysis.rule_testing.mutation import mutation
from ncriteria.analysis.rule_testing.mutation.mutation import Edit
from ncriteria.evaluation.criteria import Criteria, definition_of
from ncriteria.sets.loader import LocatedSet
from ncriteria.sets.model import CriteriaSet


def edits_of(criteria: Criteria | CriteriaSet) -> st.SearchStrategy[Edit]:
    """Edited sets, each with what the edit was: operators, thresholds, parameters, groups, dropped conditions.

    `edit.criteria` is the edited set. Edits shrink towards the beginning of the file.
    """
    found = st.sampled_from(list(mutation.edits_of(LocatedSet(definition_of(criteria), {}))))

    @st.composite
    def edits(draw: st.DrawFn) -> Edit:
        return draw(found)

    return edits()
