"""What `watch` finds as a file: the same as JSON, and sheets with numbers as numbers."""

from __future__ import annotations

import json

import openpyxl
import pytest

from tests.cli.test_watch import CRITERIA, HEADINGS, ROWS


@pytest.fixture
def written(run, tmp_path):
    """Run `ncriteria watch` with an output, and give the result with the file."""

    def run_watch(name, *options):
        (tmp_path / "set.yaml").write_text(CRITERIA, encoding="utf-8")
        (tmp_path / "facts.csv").write_text("\n".join((HEADINGS, *ROWS.values())) + "\n", encoding="utf-8")
        (tmp_path / "m.csv").write_text("member,unit\n=An,Mất; Mở\nBình,Mở\n", encoding="utf-8")
        fixed = ("--criteria", tmp_path / "set.yaml", "--as-of", "2024-08", "--lang", "en")
        members = ("--assignments", tmp_path / "m.csv")
        result = run("watch", tmp_path / "facts.csv", *fixed, *members, "-o", tmp_path / name, *options)
        assert result.exit_code == 0, result.output
        return result, tmp_path / name

    return run_watch


def test_a_file_of_json_is_what_is_printed_and_is_a_last_time(written):
    result, path = written("last.json", "--json")
    assert json.loads(path.read_text(encoding="utf-8")) == json.loads(result.stdout)
    again, _ = written("now.json", "--since", path)
    assert "nothing changed where units stand" in again.stdout


def test_a_workbook_has_units_counts_figures_and_changes(written):
    _, last = written("last.json")
    _, path = written("watch.xlsx", "--since", last)
    book = openpyxl.load_workbook(path)
    assert [sheet.title for sheet in book] == [
        *("Where units stand", "Counts of the year", "Figures still to come"),
        *("Changes since the last time", "Problems", "Receipt"),
    ]
    units = {row[1]: row for row in book["Where units stand"].iter_rows(min_row=2, values_only=True)}
    assert units["lost"][:7] == ("=An", "lost", "Xã Mất", 2024, "test", None, "Already lost")
    assert (units["open"][0], units["open"][7], units["open"][9]) == ("=An, Bình", 9, "Plan")
    told = "Crimes: so far 5; at most 5; no room left; projection for the year 7.5"
    assert units["full"][6:9] == ("At risk", 0, told)
    counts = {(row[0], row[6]): row for row in book["Counts of the year"].iter_rows(min_row=2, values_only=True)}
    assert counts["full", "Crimes"][7:10] == (5, "no", 5)
    assert counts["full", "Crimes"][13] == 7.5
    figures = list(book["Figures still to come"].iter_rows(min_row=2, values_only=True))
    assert [(row[1], row[6], row[8]) for row in figures] == [("open", "Plan", None)]


def test_a_table_of_assignments_is_not_written_over(written, run, tmp_path):
    written("watch.csv")
    call = ("--criteria", tmp_path / "set.yaml", "--as-of", "2024-08", "--assignments", tmp_path / "m.csv")
    result = run("watch", tmp_path / "facts.csv", *call, "-o", tmp_path / "m.csv", "--force")
    assert result.exit_code == 2
    assert "NC353" in result.stderr


def test_the_sheet_of_units_says_of_a_figure_to_come_which_months_or_that_it_is_left_out(run, tmp_path):
    (tmp_path / "set.yaml").write_text(CRITERIA, encoding="utf-8")
    months = "".join(f"a,Xã An,commune,2025,{month},1,0,2,x\n" for month in (5, 6, 7))
    text = f"unit,name,level,year,month,crimes,fires,patrols,plan\na,Xã An,commune,2024,,10,0,20,x\n{months}"
    (tmp_path / "facts.csv").write_text(text, encoding="utf-8")
    call = ("--criteria", tmp_path / "set.yaml", "--as-of", "2025-08", "--lang", "en", "-o", tmp_path / "w.xlsx")
    assert run("watch", tmp_path / "facts.csv", *call).exit_code == 0
    sheet = openpyxl.load_workbook(tmp_path / "w.xlsx")["Where units stand"]
    figures = sheet.cell(2, 10).value.splitlines()
    why = "not counted, for nothing says that it is the same unit (give --lineage)"
    assert figures[:4] == [
        f"Crimes (the year before): given, but {why}",
        "Plan",
        "Crimes: 1–4/2025, 8/2025",
        f"Crimes: figures of 5–6/2025 {why}",
    ]
