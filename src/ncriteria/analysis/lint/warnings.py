"""All warnings for one criteria set."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ncriteria.analysis.lint.citations import citations_of_look_alikes
from ncriteria.analysis.lint.decided import decided_conditions
from ncriteria.analysis.lint.grades import grade_slips
from ncriteria.analysis.lint.predecessors import predecessors_of_another_line
from ncriteria.analysis.lint.quantities import quantity_slips
from ncriteria.analysis.lint.roll_ups import roll_ups_of_nothing
from ncriteria.analysis.lint.structure import structure_warnings
from ncriteria.analysis.lint.together import decided_together
from ncriteria.analysis.lint.years import year_slips
from ncriteria.errors import Problem, TextPlace, expect
from ncriteria.language.source import Locate
from ncriteria.sets.loader import LocatedSet
from ncriteria.sets.model import CriteriaSet
from ncriteria.words import phrase

Places = Mapping[tuple[str, str], Locate]


def lint(criteria: CriteriaSet, places: Places | None = None) -> list[Problem]:
    """The warnings for `criteria`, in the order of its clauses.

    `places` says where its expressions stand; without it a warning stands at its clause. Of a set that extends another
    only what its own file says is looked at: the rest was, when the other was checked.
    """
    expect(
        "`criteria`", criteria, CriteriaSet, phrase("the definition of criteria"), phrase("give `criteria.definition`")
    )
    located = LocatedSet(criteria, {} if places is None else places)
    slips = list(quantity_slips(located))
    found = (
        *structure_warnings(located),
        *citations_of_look_alikes(criteria),
        *year_slips(located),
        *(slip.problem for slip in slips),
        *decided_conditions(located, {slip.part for slip in slips if slip.part is not None}),
        *decided_together(located),
        *grade_slips(criteria),
    )
    return [problem for problem in dict.fromkeys(found) if _is_own(criteria, problem)]


def _is_own(criteria: CriteriaSet, problem: Problem) -> bool:
    place = problem.place
    return not isinstance(place, TextPlace) or place.file == criteria.source


def findings_around(located: LocatedSet, around: Sequence[CriteriaSet]) -> list[Problem]:
    """What a set names in other sets that is in none of those `around` it: clauses to roll up, the set before it."""
    return [*roll_ups_of_nothing(located, around), *predecessors_of_another_line(located.criteria, around)]
