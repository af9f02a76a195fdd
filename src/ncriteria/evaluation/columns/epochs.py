"""The spans of years in which criteria stay the same, so that one program judges a table of many years."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from ncriteria.evaluation.lowering import lower_from
from ncriteria.evaluation.program.assembling import Epoch
from ncriteria.sets.model import CriteriaSet, Years


def epochs_of(sets: Sequence[CriteriaSet]) -> tuple[Epoch, ...]:
    """Each set of a line of successive sets, split where a parameter of it takes a new value."""
    return tuple(Epoch(lower_from(criteria, years.first), years) for criteria in sets for years in _spans(criteria))


def _spans(criteria: CriteriaSet) -> list[Years]:
    years = criteria.years
    turns = {
        dated.since
        for parameter in criteria.parameters.values()
        for dated in parameter.values
        if dated.since is not None and dated.since > years.first and dated.since in years
    }
    starts = [years.first, *sorted(turns)]
    spans = [Years(first, following - 1) for first, following in pairwise(starts)]
    return [*spans, Years(starts[-1], years.last)]
