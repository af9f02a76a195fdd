"""`ncriteria prove`: what it prints, its JSON and its exit statuses."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from ncriteria.analysis.cases import Row
from ncriteria.analysis.proof.relation import ClauseRelation, Outcome, Witness
from ncriteria.analysis.proof.relation_text import relation_text
from ncriteria.cli import program
from ncriteria.sets.model import Verdict

pytest.importorskip("z3")

BASE = (Path(__file__).parent / "cases" / "compare_base.yaml").read_text(encoding="utf-8")


def _invoke(folder: Path, edit: tuple[str, str], *options: str) -> Result:
    (folder / "old.yaml").write_text(BASE, encoding="utf-8")
    assert edit[0] in BASE
    (folder / "new.yaml").write_text(BASE.replace(*edit), encoding="utf-8")
    arguments = [str(folder / "old.yaml"), str(folder / "new.yaml"), *options]
    return CliRunner(env={"COLUMNS": "100", "NO_COLOR": "1"}).invoke(program, ["prove", *map(str, arguments)])


STRICTER = ("fires <= 2", "fires <= 1")
WITNESS = Witness(Row({}, 2024), Outcome(Verdict.MET, True), Outcome(Verdict.NOT_MET, False))
LATE = ClauseRelation("a", "a", in_time=False, searched=7)
SAME_MEANING = ("fires <= 2", "fires < 3")


def test_what_is_not_reached_in_time_is_named_clause_by_clause(tmp_path: Path) -> None:
    result = _invoke(tmp_path, STRICTER, "--lang", "en", "--timeout", "0.000000001", "--require", "stricter")
    assert result.exit_code == 1
    assert result.stdout.partition("Years 2024-2025\n")[2] == (
        """\
  The whole set: not decided in time
  Main (main): not decided in time
  Fire (main/fire): not decided in time
  Order (main/order): not decided in time
  Safe (main/order/safe): not decided in time
  Equivalent (proved): Crime (main/crime); Good (main/order/good)
  Worth a second look in 1/HD (new):
    not decided in time: Main (main); Crime (main/crime); Fire (main/fire); Order (main/order); Good
      (main/order/good); Safe (main/order/safe)
"""
    )


@pytest.mark.parametrize(
    ("relation", "text"),
    [
        (ClauseRelation("a", "a", in_time=False), "not decided in time"),
        (
            ClauseRelation("a", "a", in_time=False, searched=7),
            "not decided in time: no difference found on 7 records so far",
        ),
        (ClauseRelation("a", "a", (WITNESS,), in_time=False, searched=7), "stricter (so far; not decided in time)"),
        (ClauseRelation("a", "a", (WITNESS,), searched=7), "stricter (unproved; only a search of 7 records)"),
        (ClauseRelation("a", "a", searched=7), "equivalent (unproved; only a search of 7 records)"),
    ],
)
def test_a_relation_that_is_not_proved_says_what_it_rests_on(relation: ClauseRelation, text: str) -> None:
    assert relation_text(relation, "en", str) == text


def test_it_prints_the_relations_and_the_records_that_show_them(tmp_path: Path) -> None:
    result = _invoke(tmp_path, STRICTER, "--lang", "en")
    assert result.stdout == (
        """\
Old: A trial set (1/HD, 2024-2025; test.old)
New: A trial set (1/HD, 2024-2025; test.old)
Over every way in which each fact is known or not; but for facts known within bounds, and records
  that cannot be judged (such as a division by zero).

Years 2024-2025
  The whole set: stricter (proved)
      stricter for Fires: 2 cases; State: good; Crimes: 0 cases
        old: met; new: not met
        as a test: given: {fires: 2, state: good, crimes: 0}
  Main (main): stricter (proved)
      stricter for Fires: 2 cases; State: good; Crimes: 0 cases
        old: met; new: not met
        as a test: given: {fires: 2, state: good, crimes: 0}
  Fire (main/fire): stricter (proved)
      stricter for Fires: 2 cases
        old: met; new: not met
        as a test: given: {fires: 2}
  Order (main/order): stricter (proved)
      stricter for Fires: 2 cases; State: fair
        old: met; new: not met
        as a test: given: {fires: 2, state: fair}
  Safe (main/order/safe): stricter (proved)
      stricter for Fires: 2 cases; State: good
        old: met; new: not met
        as a test: given: {fires: 2, state: good}
  Equivalent (proved): Crime (main/crime); Good (main/order/good)
  Worth a second look in 1/HD (new):
    Good (main/order/good): is redundant: without it the set judges alike once every fact is known
"""
    )


@pytest.mark.parametrize(
    ("edit", "required", "status"),
    [
        (STRICTER, [], 0),
        (STRICTER, ["stricter"], 0),
        (STRICTER, ["equivalent"], 1),
        (STRICTER, ["equivalent", "stricter"], 0),
        (SAME_MEANING, ["equivalent"], 0),
        (SAME_MEANING, ["looser"], 1),
    ],
)
def test_the_exit_status_is_1_where_what_is_required_is_not_proved(
    tmp_path: Path, edit: tuple[str, str], required: list[str], status: int
) -> None:
    options = [option for one in required for option in ("--require", one)]
    assert _invoke(tmp_path, edit, *options, "--clause", "main/fire").exit_code == status


def test_json_has_the_relations_by_years(tmp_path: Path) -> None:
    found = json.loads(_invoke(tmp_path, STRICTER, "--json", "--clause", "main/fire", "--year", "2025").stdout)
    (years,) = found["years"]
    assert years["years"] == {"from": 2025, "to": 2025}
    assert years["set"]["relation"] == "stricter"
    (clause,) = years["clauses"]
    assert (clause["new_path"], clause["relation"], clause["proved"]) == ("main/fire", "stricter", True)
    assert clause["witnesses"][0]["facts"] == {"fires": "2"}
    assert years["new_remarks"]["found"] == [{"kind": "redundant", "path": "main/order/good", "implied_by": []}]


@pytest.mark.usefixtures("english")
def test_a_clause_that_there_is_not_is_bad_input(tmp_path: Path) -> None:
    result = _invoke(tmp_path, STRICTER, "--clause", "main/fires")
    assert result.exit_code == 2
    assert "NC403" in result.stderr
    assert "did you mean" in result.stderr


def test_a_call_with_one_set_says_how_its_years_are_related(tmp_path: Path) -> None:
    (tmp_path / "old.yaml").write_text(BASE, encoding="utf-8")
    result = CliRunner().invoke(program, ["prove", str(tmp_path / "old.yaml"), "--lang", "en"])
    assert result.exit_code == 2
    assert result.stderr.splitlines()[-1] == (
        "Error: Missing argument 'NEW'. To relate the dated values of one file, give a copy of it that has the later "
        "value alone, and the year before with --year."
    )
