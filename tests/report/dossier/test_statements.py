"""What a dossier says may be relied on, what it only searched, and what it does not know."""

from __future__ import annotations

from pathlib import Path

import pytest

from ncriteria.analysis.proof.prove import ProofError
from ncriteria.report.dossier.gathering import refuse_unlike
from ncriteria.report.dossier.statements import has_findings, verdict_of
from ncriteria.sets.loader import loads_set
from tests.report.dossier.edits import HARD, LOOSER, OLD, STRICTER, TITLE, dossier, edited, said

NO_TABLE = "Which units flip, for no table was given."
TESTED = [
    "All 7 tests of the new set pass.",
    "The tests try 2 of 2 conditions of the rules in full.",
    "Slips in the rules that the tests notice: 12 of 13.",
]
HARMLESS = "Slips in the rules that change no verdict: 1 of 13."
SOLVER = (
    "ncriteria.analysis.proof.prove.solver_installed",
    "ncriteria.report.dossier.gathering.solver_installed",
    "ncriteria.analysis.rule_testing.mutation.proofs.solver_installed",
)


@pytest.fixture
def no_solver(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in SOLVER:
        monkeypatch.setattr(name, lambda: False)


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "facts.csv"
    path.write_text(
        "unit,name,level,year,fires,floods\na,A,commune,2024,2,0\nb,B,commune,2024,1,0\n"
        "a,A,commune,2025,2,1\nb,B,commune,2026,0,0\n",
        encoding="utf-8",
    )
    return path


def test_an_edit_that_changes_nothing_says_so() -> None:
    pytest.importorskip("z3")
    found = dossier(())
    assert verdict_of(found, "en").text == "The two sets say the same. Nothing was found that is to be mended."
    assert not has_findings(found)
    assert said(found) == {
        "proved": ["The two sets say the same.", "Years 2024-2025: 2 contents mean the same as before.", HARMLESS],
        "counted": TESTED,
        "unknown": [NO_TABLE],
    }


def test_an_edit_of_a_title_changes_no_rule() -> None:
    pytest.importorskip("z3")
    found = dossier(TITLE)
    assert (
        verdict_of(found, "en").text == "It is proved that no verdict changes. Nothing was found that is to be mended."
    )
    assert said(found)["proved"][0] == (
        "No rule says anything else than before: only titles, citations, notes and the like do."
    )


def test_a_stricter_rule_flips_units_and_is_told_with_what_it_rests_on(table: Path) -> None:
    pytest.importorskip("z3")
    found = dossier(STRICTER, table)
    assert verdict_of(found, "en").text == (
        "What the edit means is proved for every possible record. Nothing was found that is to be mended."
    )
    assert said(found) == {
        "proved": [
            "Years 2024-2025: stricter: The whole set; Few fires (fire).",
            "Years 2024-2025: 1 content means the same as before.",
            HARMLESS,
        ],
        "counted": [
            "Rows of communes that come out otherwise as a whole: 1 of 3; in single clauses only: 1 "
            "(Met → Not met: 1).",
            *TESTED,
        ],
        "unknown": ["What becomes of 1 row of the table, which the sets do not both judge."],
    }


def test_a_test_that_fails_is_a_finding_and_then_nothing_is_said_of_what_tests_leave_untried() -> None:
    found = dossier(LOOSER)
    assert has_findings(found)
    assert said(found)["finding"] == ["1 of 7 tests of the new set fail: too-many."]
    assert "What the tests leave untried: that is told once they pass." in said(found)["unknown"]
    assert verdict_of(found, "en").text.endswith("1 thing is to be looked at before signing.")


def test_a_set_without_tests_is_a_finding() -> None:
    text = OLD[OLD.index("tests:") :]
    found = dossier(((text, ""),))
    assert said(found)["finding"] == [
        "The new set carries no tests, so nothing tries its rules.",
        "The tests try 0 of 2 conditions of the rules in full.",
        "Slips in the rules that change a verdict and that no test notices: 12 of 13.",
    ]


def test_without_the_solver_relations_are_searched_and_the_proofs_are_told_as_not_made(no_solver: None) -> None:
    found = dossier(STRICTER)
    assert found.proof is None
    assert not has_findings(found)
    assert verdict_of(found, "en").text == (
        "What the edit means was only searched, not proved, in some parts. Nothing was found that is to be mended."
    )
    told = said(found)
    assert [one.partition("search of")[0] for one in told["searched"]] == [
        "Years 2024-2025: stricter (unproved; only a "
    ] * 2
    assert "No proofs were made, for z3 is not installed: pip install 'ncriteria[prove]'" in told["unknown"]


def test_what_is_not_decided_in_time_is_named() -> None:
    found = dossier(STRICTER, seconds=1e-9)
    assert has_findings(found)
    assert verdict_of(found, "en").text.startswith("What the edit means is not known in all parts. ")
    late = [one for one in said(found)["unknown"] if "in time" in one]
    assert late[0] == "Years 2024-2025: not decided in time: The whole set; Few fires (fire)."
    assert any(one.startswith("Slips in the rules of which it was not decided in time: ") for one in late)


def test_a_rule_that_cannot_be_proved_is_told_as_searched_or_not_decided() -> None:
    pytest.importorskip("z3")
    found = dossier(HARD, seconds=1.0)
    assert verdict_of(found, "en").text.partition(". ")[0] in (
        "What the edit means was only searched, not proved, in some parts",
        "What the edit means is not known in all parts",
    )
    told = said(found)
    assert not [one for one in told["proved"] if "Few fires" in one]
    assert [one for kind in ("searched", "unknown") for one in told.get(kind, ()) if "Few fires (fire)" in one]


def test_no_table_of_which_a_row_is_judged_is_a_finding(tmp_path: Path) -> None:
    path = tmp_path / "facts.csv"
    path.write_text("unit,name,level,year,fires,floods\na,A,commune,2030,2,0\n", encoding="utf-8")
    found = dossier(STRICTER, path)
    assert has_findings(found)
    assert said(found)["finding"] == ["Both sets judge no row of the table."]


@pytest.mark.parametrize(
    ("edit", "message"),
    [
        (
            ("standard: example", "standard: other"),
            "example.old is of the standard example, example.old of other: the one is no edit of the other",
        ),
        (
            ("level: commune", "level: hamlet"),
            "example.old judges a commune, example.old a hamlet: the one is no edit of the other",
        ),
    ],
)
def test_sets_of_two_standards_or_levels_are_no_edit(edit: tuple[str, str], message: str) -> None:
    with pytest.raises(ProofError) as refused:
        refuse_unlike(loads_set(OLD), loads_set(edited((edit,))))
    (problem,) = refused.value.problems
    assert (problem.code, problem.message, problem.hint) == (
        "NC402",
        message,
        "take two sets of one standard and one level",
    )


def test_every_statement_has_its_vietnamese(table: Path) -> None:
    english, vietnamese = (said(dossier(STRICTER, table), language) for language in ("en", "vi"))
    assert {kind: len(told) for kind, told in english.items()} == {kind: len(told) for kind, told in vietnamese.items()}
    assert vietnamese["counted"][0] == (
        "Số dòng về xã đổi kết quả cả bộ: 1 trên 3; chỉ đổi ở từng nội dung: 1 (Đạt → Chưa đạt: 1)."
    )
