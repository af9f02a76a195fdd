"""The shipped sets: their tests see every condition true, false and unknown, try every threshold, notice every edit."""

from __future__ import annotations

from pathlib import Path

import pytest

from ncriteria.analysis.rule_testing.coverage import coverage_of
from ncriteria.analysis.rule_testing.mutation.survivors import mutations_of
from ncriteria.language.printer import show
from ncriteria.sets.files.files import criteria_files, shipped_folder
from ncriteria.sets.loader import LocatedSet, load_located
from ncriteria.sets.model import Clause

shipped = pytest.mark.parametrize("path", criteria_files(shipped_folder()), ids=lambda path: path.stem)


def has_rules(located: LocatedSet) -> bool:
    """Whether any clause has a rule: a set whose text is not known has none."""
    return any(isinstance(member, Clause) and member.rule is not None for member in located.criteria.members())


@shipped
def test_every_condition_and_threshold_of_a_shipped_rule_is_tested(path: Path) -> None:
    located = load_located(path)
    covered = coverage_of(located)
    assert bool(covered.conditions) is has_rules(located)
    untested = [f"{one.condition.place}: {show(one.condition.expr)}" for one in covered.conditions if one.missing]
    assert untested == []


@shipped
def test_every_edit_of_a_shipped_rule_is_noticed_or_proved_to_change_nothing(path: Path) -> None:
    located = load_located(path)
    mutations = mutations_of(located)
    assert (mutations.noticed > 0) is has_rules(located)
    assert [f"{one.edit.place}: {one.edit.what}" for one in mutations.survivors] == []
    assert [f"{one.edit.place}: {one.edit.what}" for one in mutations.undecided] == []
    assert mutations.is_full
