"""What each tool tells of each slip in a draft, set against the reviewed file: `python -m tests.rule_slips.drafts`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import yaml
from attrs import field, frozen

from ncriteria.analysis.comparison.compare import compare
from ncriteria.analysis.deadline import deadline_in
from ncriteria.analysis.lint.warnings import findings_around, lint
from ncriteria.analysis.rule_testing.coverage import coverage_of
from ncriteria.analysis.rule_testing.mutation.proofs import solver_prover
from ncriteria.analysis.rule_testing.mutation.survivors import mutations_of
from ncriteria.analysis.slicing import sliced
from ncriteria.errors import NCriteriaError
from ncriteria.evaluation.self_tests import run_tests
from ncriteria.language.printer import show
from ncriteria.sets.loader import LocatedSet, load_located
from ncriteria.sets.model import Clause, CriteriaSet, Group
from ncriteria.sets.structure import expressions
from tests.case_files import document
from tests.rule_slips.catching import is_clause_the_same
from tests.rule_slips.seeding import Kind, kinds, kinds_of, slips_in

HERE = Path(__file__).parent
REVIEWED = HERE.parents[1] / "examples" / "drafting" / "reviewed.yaml"
TABLE = HERE / "drafts-told.yaml"
TOOLS = ("check", "tests", "mutation", "prove", "compare")
"""The tools in the order in which a draft is held to them; `mutation` is coverage and mutation."""

NONE = "none"
"""Of how many places no tool tells."""


@frozen
class Told:
    """Of how many slips of a kind each tool tells, and which codes `check` gives."""

    kind: Kind
    places: int
    by: Mapping[str, int] = field(repr=False)
    codes: tuple[str, ...]


def draft_kinds() -> list[Kind]:
    """The kinds of slips of drafts, and those of hands that have a place in the reviewed file."""
    return [*kinds_of(HERE / "drafting.yaml"), *(kind for kind in kinds() if slips_in(kind, REVIEWED))]


@cache
def _reviewed() -> CriteriaSet:
    return load_located(REVIEWED).criteria


def told_of(text: str, folder: Path) -> dict[str, str]:
    """What each tool says of a draft, by tool; one that says nothing is left out.

    A file that is refused is told of by `check` alone. Coverage and mutation are asked where `check` and the tests say
    nothing.
    """
    path = folder / "draft.yaml"
    path.write_text(text, encoding="utf-8")
    try:
        located = load_located(path)
    except NCriteriaError as error:
        return {"check": f"refused {error.problems[0].code}"}
    found: dict[str, str] = {}
    warned = [*lint(located.criteria, located.places), *findings_around(located, [located.criteria])]
    if warned:
        found["check"] = f"warned {warned[0].code}"
    if not all(outcome.passed for outcome in run_tests(located.criteria)):
        found["tests"] = "failed"
    elif not warned and not _judges_and_tests_alike(located.criteria) and _leaves_untried(located):
        found["mutation"] = "not full"
    if not compare(_reviewed(), located.criteria, timeout=0).same:
        found["compare"] = "differs"
    if _means_otherwise(_reviewed(), located.criteria):
        found["prove"] = "differs"
    return found


def _leaves_untried(located: LocatedSet) -> bool:
    return not coverage_of(located).is_full or not mutations_of(located, solver_prover()).is_full


def _judges_and_tests_alike(draft: CriteriaSet) -> bool:
    """Whether nothing differs that decides a verdict, nor any test, so that the tests are as full as before."""
    reviewed = _reviewed()
    return _touched(reviewed, draft) == [] and (reviewed.years, reviewed.tests) == (draft.years, draft.tests)


def _means_otherwise(reviewed: CriteriaSet, draft: CriteriaSet) -> bool:
    """Whether a clause or group is not proved to have the same verdict for every record, or stands in one set only."""
    touched = _touched(reviewed, draft)
    if touched is None:
        return True
    slices = ((sliced(reviewed, [path]), sliced(draft, [path]), path) for path in touched)
    return not all(is_clause_the_same(*one, deadline_in(_SECONDS)) for one in slices)


_SECONDS = 10
"""How long one clause is set against the other: what is the same is proved at once, and what is not may take long."""


def _touched(reviewed: CriteriaSet, draft: CriteriaSet) -> list[str] | None:
    """The members of which something differs that decides verdicts; `None` where these are not the same members."""
    before, after = ({member.path: member for member in one.members()} for one in (reviewed, draft))
    if reviewed.level is not draft.level or list(before) != list(after):
        return None
    declared = {name for name in reviewed.facts if _domain(reviewed, name) != _domain(draft, name)}
    values = {name for name in reviewed.parameters if _values(reviewed, name) != _values(draft, name)}
    declared |= {name.partition("[")[0] for name in values}
    return [
        path
        for path, member in before.items()
        if _shape(member) != _shape(after[path]) or declared & set(_WORD.findall(str(_shape(member))))
    ]


_WORD = re.compile(r"\w+")


def _shape(member: Clause | Group) -> tuple[object, ...]:
    """All of a member that decides verdicts, as texts."""
    said = tuple((role, show(expr)) for role, expr in expressions(member))
    if isinstance(member, Clause):
        return said
    members = tuple(inner.path for inner in member.members)
    return (*said, member.combination, member.minimum, member.counts_not_applicable, members)


def _domain(criteria: CriteriaSet, name: str) -> object:
    one = criteria.facts.get(name)
    return None if one is None else (one.type, one.minimum, one.maximum, one.decimals, one.options, one.ordered)


def _values(criteria: CriteriaSet, name: str) -> object:
    one = criteria.parameters.get(name)
    return None if one is None else one.values


def told(kind: Kind, folder: Path) -> Told:
    """What the tools tell of all slips of a kind."""
    found = [told_of(slip.text, folder) for slip in slips_in(kind, REVIEWED)]
    by = {tool: sum(tool in one for one in found) for tool in TOOLS} | {NONE: found.count({})}
    return Told(kind, len(found), by, tuple(sorted({one["check"] for one in found if "check" in one})))


def table() -> list[dict[str, Any]]:
    """The table as it is kept."""
    return list(document(TABLE))


def row(one: Told) -> dict[str, Any]:
    """A kind as a row of the table."""
    says = re.sub(r"\s+", " ", one.kind.says)
    told_by = {"places": one.places, **one.by, "codes": list(one.codes)}
    return {"id": one.kind.id, "group": one.kind.group, "says": says, **told_by}


def main() -> None:
    """Work the table out anew, which takes some minutes."""
    with TemporaryDirectory() as folder:
        rows = [row(told(kind, Path(folder))) for kind in draft_kinds()]
    lines = [
        yaml.safe_dump(one, allow_unicode=True, sort_keys=False, default_flow_style=True, width=400) for one in rows
    ]
    TABLE.write_text(_HEAD + "".join(f"- {line}" for line in lines), encoding="utf-8")


_HEAD = """\
# Of how many places of each kind each tool tells: written by `python -m tests.rule_slips.drafts`. `mutation` is
# coverage and mutation, which are asked where `check` and the tests say nothing.
"""

if __name__ == "__main__":
    main()
