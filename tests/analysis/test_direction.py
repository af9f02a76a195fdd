"""The direction that an overlay declares is proved, or searched; a record that breaks it is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from ncriteria.analysis.lint import direction
from ncriteria.analysis.lint.direction import direction_findings
from ncriteria.analysis.proof import prove
from ncriteria.sets.loader import extended_set, load_set
from tests.overlay_sets import PROVINCE, written

LOOSER_CHANGE = '  - {remove: calm/plan, cite: [{instrument: 2/LONG-AN, at: "Điều 4"}]}\n'
STRICTER = PROVINCE.replace(LOOSER_CHANGE, "").replace("changes:", "direction: stricter\nchanges:")
MIXED = PROVINCE.replace("changes:", "direction: stricter\nchanges:")
PLACE = "province.yaml:11:12: "
EXCERPT = "\n  direction: stricter\n             ^^^^^^^^"


@pytest.fixture(params=[True, False], ids=["solver", "search"])
def has_solver(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> bool:
    if request.param:
        pytest.importorskip("z3")
    for module in (prove, direction):
        monkeypatch.setattr(module, "solver_installed", lambda: request.param)
    return bool(request.param)


def found(folder: Path, text: str) -> list[str]:
    written(folder, province=text)
    criteria = load_set(folder / "province.yaml")
    base = extended_set(criteria, folder)
    assert base is not None
    return [one.text("en").replace(f"{folder}/", "") for one in direction_findings(base, criteria)]


def test_a_direction_that_holds_is_proved_or_said_to_be_searched_only(tmp_path: Path, *, has_solver: bool) -> None:
    (told,) = found(tmp_path, STRICTER)
    if has_solver:
        assert told == (
            f"{PLACE}NC441 `direction: stricter` is proved: whoever passes under calm.long-an passes under "
            f"calm.national{EXCERPT}"
        )
    else:
        message, _, number = told.removesuffix(EXCERPT).partition("none of ")
        assert message == f"{PLACE}NC441 `direction: stricter` is not proved (z3 is not installed): "
        count, _, rest = number.partition(" ")
        assert (int(count) > 100, rest) == (True, "records that were tried breaks it")


def test_a_record_that_breaks_a_direction_is_told(tmp_path: Path, *, has_solver: bool) -> None:
    (told,) = found(tmp_path, MIXED)
    record, outcome = (
        ("given: {plan: false, patrol: true, cases: 0, cameras: true}", "Met")
        if has_solver
        else ("given: {plan: false}", "Undetermined")
    )
    assert told == (
        f"{PLACE}NC440 `direction` is stricter, but the record {record} of 2025 comes out as “Not met” under "
        f"calm.national, and as “{outcome}” under calm.long-an{EXCERPT}\n"
        "  hint: mend the changes, or leave `direction` out"
    )


def test_the_other_direction(tmp_path: Path) -> None:
    pytest.importorskip("z3")
    changes = f"direction: looser\nchanges:\n{LOOSER_CHANGE}"
    (told,) = found(tmp_path, f"{PROVINCE.partition('changes:')[0]}{changes}")
    assert "NC441 `direction: looser` is proved: whoever passes under calm.national passes under calm.long-an" in told
    (told,) = found(tmp_path, STRICTER.replace("direction: stricter", "direction: looser"))
    assert "NC440 `direction` is looser, but the record" in told


def test_a_set_without_a_direction_has_none_to_show(tmp_path: Path) -> None:
    assert found(tmp_path, PROVINCE) == []
