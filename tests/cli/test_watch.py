"""`ncriteria watch`: who is told what, what changed since the last time, and what is refused."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

CRITERIA = """\
format: ncriteria/1
set:
  id: test.watch
  standard: test
  title: {vi: "Thử", en: "Trial"}
  instrument: {number: "1/TEST", issuer: "Người thử"}
  years: {from: 2020}
  level: commune
facts:
  crimes: {title: {vi: "Số vụ", en: "Crimes"}, type: count, aggregate: sum, supplier: {vi: CA, en: Police}}
  fires: {title: {vi: "Số vụ cháy", en: "Fires"}, type: count, aggregate: sum}
  patrols: {title: {vi: "Số lần tuần tra", en: "Patrols"}, type: count, aggregate: sum}
  plan: {title: {vi: "Kế hoạch", en: "Plan"}, type: boolean}
clauses:
  crime: {title: {vi: "Giảm", en: "Falls"}, rule: crimes <= prev_year, encodes: exact, cite: [{instrument: "1/TEST"}]}
  fire: {title: {vi: "Không cháy", en: "No fire"}, rule: fires = 0, encodes: exact, cite: [{instrument: "1/TEST"}]}
  patrol: {title: {vi: "Tuần tra", en: "Patrols"}, rule: patrols >= 12, encodes: exact, cite: [{instrument: "1/TEST"}]}
  plan: {title: {vi: "Kế hoạch", en: "A plan"}, rule: plan, encodes: exact, cite: [{instrument: "1/TEST"}]}
"""
HEADINGS = "unit,name,level,year,crimes,prev_year.crimes,fires,patrols,plan"
ROWS = {
    "lost": "lost,Xã Mất,commune,2024,11,10,0,20,x",
    "plan": "plan,Xã Không,commune,2024,1,10,0,20,Không",
    "full": "full,Xã Hết,commune,2024,5,5,0,20,x",
    "pace": "pace,Xã Nhanh,commune,2024,8,10,0,20,x",
    "slow": "slow,Xã Chậm,commune,2024,0,10,0,7,x",
    "open": "open,Xã Mở,commune,2024,1,10,0,20,",
    "zero": "zero,Xã Không Vụ,commune,2024,0,0,0,20,x",
    "past": "past,Xã Cũ,commune,2023,1,10,0,20,x",
}


@pytest.fixture
def watch(run, tmp_path):
    """Run `ncriteria watch` on rows of a table under the set above."""

    def run_watch(rows, *options, as_of="2024-08", headings=HEADINGS, language="en"):
        (tmp_path / "set.yaml").write_text(CRITERIA, encoding="utf-8")
        (tmp_path / "facts.csv").write_text("\n".join((headings, *rows)) + "\n", encoding="utf-8")
        fixed = ("--criteria", tmp_path / "set.yaml", "--as-of", as_of, "--lang", language)
        return run("watch", tmp_path / "facts.csv", *fixed, *options, COLUMNS="80")

    return run_watch


def standings(result):
    return {row["unit"]: row["standing"] for row in json.loads(result.stdout)["rows"]}


TOLD = """\
Watched to the end of 2024-08
test · 2024 · 8 of 12 months passed · 7 units: 2 already lost, 3 at risk, 2
  still open, 0 already certain

  ✗ Already lost: Xã Mất
      Crimes: so far 11; at most 10; 1 too many
  ✗ Already lost: Xã Không
      not met: A plan
  ! At risk: Xã Hết
      Crimes: so far 5; at most 5; no room left; projection for the year 7.5
  ! At risk: Xã Nhanh
      Crimes: so far 8; at most 10; 2 left; projection for the year 12
  ! At risk: Xã Chậm
      Patrols: so far 7; at least 12; 5 too few; projection for the year 10.5
  ○ Still open, 9 left: Xã Mở
  ○ Still open: Xã Không Vụ
  Figures still to come:
    - Plan: Xã Mở

Not one case of these may happen, and none has: Fires
  nor of these: Crimes: Xã Không Vụ
No row of the year that runs, only of earlier years: Xã Cũ (2023)
A projection is what the year comes to if it goes on as so far. It is no
  verdict, and none rests on it.
"""


def test_units_stand_by_the_care_that_they_need(watch):
    result = watch(ROWS.values())
    assert result.exit_code == 0
    assert result.stdout == TOLD


def test_many_units_with_few_figures_are_told_in_about_sixty_lines(watch):
    figures = ["", *map(str, range(12))]
    drawn = [[figures[number * step % 13] for step in (3, 5, 7, 11)] for number in range(150)]
    rows = [
        f"u{number},Xã số {number},commune,2024,{','.join(one)},{'x' * (number % 2)}"
        for number, one in enumerate(drawn)
    ]
    told = watch(rows).stdout.splitlines()
    assert len(told) <= 60
    assert [line for line in told if "and 1" in line and "more" in line]
    everything = watch(rows, "--details").stdout
    assert " more" not in everything
    assert all(f"Xã số {number}" in everything for number in range(150))


def test_no_line_is_wider_than_the_terminal(watch, tmp_path):
    members = "Người phụ trách,Xã\n" + "".join(f"Nguyễn Văn {unit},{unit}\n" for unit in ROWS)
    (tmp_path / "m.csv").write_text(members, encoding="utf-8")
    for language in ("vi", "en"):
        result = watch(ROWS.values(), "--assignments", tmp_path / "m.csv", "--details", language=language)
        assert result.exit_code == 0
        assert max(map(len, result.stdout.splitlines())) <= 80


def test_each_member_is_told_of_the_units_assigned(watch, tmp_path):
    (tmp_path / "m.csv").write_text("member,unit\nAn,Mất; Mở\nBình,Xã Cũ; Xã Lạ\nAn,full\n", encoding="utf-8")
    result = watch(ROWS.values(), "--assignments", tmp_path / "m.csv")
    blocks = re.split(r"\n\n", result.stdout)
    assert blocks[1].splitlines()[0] == "An · 3 units"
    assert [unit for unit in ("Xã Mất", "Xã Hết", "Xã Mở", "Xã Nhanh") if unit in blocks[1]] == [
        *("Xã Mất", "Xã Hết", "Xã Mở"),
    ]
    assert blocks[2] == ("Bình · 1 unit\n  No figures of the year that runs: Xã Cũ\n  Not in the table: Xã Lạ")
    assert blocks[3].splitlines()[0] == "Without a member in charge"
    assert 'row 3, column "unit": NC393 "Xã Lạ" is no unit of the table of facts' in result.stderr
    charges = json.loads(watch(ROWS.values(), "--assignments", tmp_path / "m.csv", "--json").stdout)["charges"]
    assert [[row["unit"] for row in one["rows"]] for one in charges["members"]] == [["lost", "full", "open"], []]
    assert charges["members"][1]["unknown"] == ["Xã Lạ"]
    assert {row["unit"] for row in charges["without_member"]} == {"plan", "pace", "slow", "zero"}


def test_what_changed_since_the_last_time_is_told(watch, tmp_path):
    first = watch([ROWS["full"], ROWS["open"], ROWS["pace"], ROWS["zero"]], "--json", as_of="2024-07")
    (tmp_path / "last.json").write_text(first.stdout, encoding="utf-8")
    now = [ROWS["full"].replace(",5,5,", ",6,5,"), f"{ROWS['open']}x", ROWS["pace"], ROWS["slow"]]
    result = watch(now, "--since", tmp_path / "last.json")
    assert result.stdout.split("\n\n")[1] == (
        "Since 2024-07\n"
        "  ✗ Already lost, was: at risk: Xã Hết\n"
        "  Figures arrived: Xã Mở: Plan\n"
        "  Not there the last time: Xã Chậm\n"
        "  No longer there: Xã Không Vụ"
    )
    changes = json.loads(watch(now, "--since", tmp_path / "last.json", "--json").stdout)["changes"]
    assert [(one["row"]["unit"], one["before"], one["now"]) for one in changes["turned"]] == [
        ("full", "at_risk", "lost")
    ]
    assert [(one["row"]["unit"], one["facts"]) for one in changes["arrived"]] == [("open", ["plan"])]


def test_nothing_changed_is_said_too(watch, tmp_path):
    (tmp_path / "last.json").write_text(watch([ROWS["open"]], "--json").stdout, encoding="utf-8")
    result = watch([ROWS["open"]], "--since", tmp_path / "last.json")
    assert "  nothing changed where units stand, and no missing figure arrived" in result.stdout


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("no", "NC394 this is no answer of `watch` that can be read: the text is no JSON"),
        ("{}", "NC394 this is no answer of `watch` that can be read: its schema is not `ncriteria-result/1`"),
        (
            '{"schema": "ncriteria-result/1", "command": "room"}',
            "NC394 this is no answer of `watch` that can be read: it is of another command: room",
        ),
        (
            '{"schema": "ncriteria-result/1", "command": "watch", "rows": []}',
            "NC394 this is no answer of `watch` that can be read: `document` has no `as_of`",
        ),
        (
            '{"schema": "ncriteria-result/1", "command": "watch", "as_of": "2024-13", "rows": []}',
            'NC394 this is no answer of `watch` that can be read: `document.as_of` is "2024-13"; expected a month',
        ),
        (
            '{"schema": "ncriteria-result/1", "command": "watch", "as_of": "2024-09", "rows": []}',
            "NC395 the last time, 9/2024, comes after 8/2024",
        ),
    ],
)
def test_a_file_of_something_else_is_no_last_time(watch, tmp_path, content, told):
    (tmp_path / "last.json").write_text(content, encoding="utf-8")
    result = watch([ROWS["open"]], "--since", tmp_path / "last.json")
    assert result.exit_code == 2
    assert f"last.json:1:1: {told}" in result.stderr


def test_months_are_added_up_and_absent_ones_are_told(watch):
    headings = "unit,name,level,year,month,crimes,fires,patrols,plan"
    months = [f"a,Xã An,commune,2024,{month},1,0,2,x" for month in (1, 2, 4, 5, 6)]
    before = ["a,Xã An,commune,2023,,10,0,20,x"]
    result = watch([*before, *months], as_of="2024-06", headings=headings)
    told = " ".join(result.stdout.split())
    assert "- Plan: Xã An - no figure of 3/2024: Crimes; Fires; Patrols: Xã An" in told
    (row,) = json.loads(watch([*before, *months], "--json", as_of="2024-06", headings=headings).stdout)["rows"]
    (crimes,) = [one for one in row["counts"] if one["fact"] == "crimes"]
    assert (crimes["now"], crimes["projection"], crimes["is_least"], crimes["left"]) == ("5", "10", True, "5")
    assert {"fact": "crimes", "months": ["2024-03"], "is_left_out": False} in row["absent"]


def test_a_figure_that_the_table_gives_as_a_bound_is_the_least_so_far(watch):
    result = watch([ROWS["full"].replace(",5,5,", ",>=5,5,")])
    assert "Crimes: so far at least 5; at most 5; no room left; projection for the" in result.stdout


def test_a_table_without_a_row_of_the_year_is_refused(watch):
    result = watch([ROWS["past"]])
    assert result.exit_code == 2
    assert "the table has no row of a year that runs in 2024-08" in result.output


def test_rows_that_come_later_are_refused(watch):
    result = watch([ROWS["open"]], as_of="2023-08")
    assert result.exit_code == 2
    assert "the row of `open` in 2024 comes after 2023-08" in result.output


def test_a_great_many_units_are_named_and_not_told_one_by_one(watch):
    rows = [f"u{number},Xã {number},commune,2024,{number % 12},10,0,20,x" for number in range(200)]
    result = watch(rows)
    assert len(result.stdout.splitlines()) <= 60
    assert sum(standing == "lost" for standing in standings(watch(rows, "--json")).values()) == 16
    assert len(watch(rows, "--details").stdout.splitlines()) > 200


def test_a_unit_that_went_into_another_is_not_missed(watch, tmp_path):
    (tmp_path / "lineage.csv").write_text("from,to,share,day\npast,open,whole,2024-07-01\n", encoding="utf-8")
    rows = [ROWS["past"], ROWS["open"].replace(",1,10,", ",1,,")]
    assert "No row of the year that runs" in watch(rows).stdout
    assert "No row of the year that runs" not in watch(rows, "--lineage", tmp_path / "lineage.csv").stdout


def test_names_that_turn_the_writing_are_made_visible(watch, tmp_path):
    (tmp_path / "m.csv").write_text("member,unit\nA\u202en,lost\n", encoding="utf-8")
    result = watch([ROWS["lost"].replace("Mất", "M\u202eất")], "--assignments", tmp_path / "m.csv")
    assert "\u202e" not in result.stdout
    assert "✗ Already lost: Xã M\ufffdất" in result.stdout


def test_what_has_not_happened_is_said_of_all_units_only_where_it_holds_of_all(watch):
    lost = ROWS["lost"].replace(",10,0,", ",10,1,")
    result = watch([lost, ROWS["open"], ROWS["zero"]])
    assert result.stdout.splitlines()[-2:] == [
        "Not one case of these may happen, and none has: Fires: Xã Mở",
        "Not one case of these may happen, and none has: Crimes; Fires: Xã Không Vụ",
    ]
    assert "none has: Fires\n" in watch([ROWS["lost"], ROWS["open"]]).stdout


def test_what_has_a_month_without_a_figure_is_not_said_to_have_not_happened(watch):
    headings = "unit,name,level,year,month,crimes,prev_year.crimes,fires,patrols,plan"
    rows = ["a,Xã An,commune,2024,1,1,,0,3,x", "a,Xã An,commune,2024,2,1,,,3,x"]
    assert "none has" not in watch(rows, as_of="2024-02", headings=headings).stdout
    rows[1] = rows[1].replace(",1,,,3", ",1,,0,3")
    assert "none has: Fires" in watch(rows, as_of="2024-02", headings=headings).stdout


STOCKS = (
    CRITERIA[: CRITERIA.index("clauses:")]
    + """\
  cameras: {title: {vi: "Số camera", en: "Cameras"}, type: count, aggregate: sum, over_months: alike}
  posts: {title: {vi: "Số chốt", en: "Posts"}, type: count}
clauses:
  camera: {title: {vi: "C", en: "C"}, rule: cameras >= 2, encodes: exact, cite: [{instrument: "1/TEST"}]}
  post: {title: {vi: "P", en: "P"}, rule: posts <= 3, encodes: exact, cite: [{instrument: "1/TEST"}]}
"""
)


def test_what_is_there_has_no_projection_and_puts_a_unit_at_risk_only_by_what_it_is(watch, monkeypatch):
    monkeypatch.setattr("tests.cli.test_watch.CRITERIA", STOCKS)
    headings = "unit,name,level,year,cameras,posts"
    rows = ["few,Xã Ít,commune,2024,1,0", "enough,Xã Đủ,commune,2024,2,2"]
    result = watch(rows, "--json", as_of="2024-06", headings=headings)
    assert standings(result) == {"few": "at_risk", "enough": "open"}
    counts = {one["fact"]: one for row in json.loads(result.stdout)["rows"] for one in row["counts"]}
    assert {one["projection"] for one in counts.values()} == {None}
    told = watch(rows, as_of="2024-06", headings=headings).stdout
    assert "      Cameras: so far 1; at least 2; 1 too few\n  ○ Still open, 1 left: Xã Đủ" in told


MONTHS = "unit,name,level,year,month,crimes,fires,patrols,plan"


def test_months_that_follow_each_other_are_told_together_and_figures_with_the_same_months_on_one_line(watch):
    months = ((6, 0), (8, ""))
    rows = [f"{unit},Xã {unit},commune,2024,{month},1,{fires},2,x" for unit in "ab" for month, fires in months]
    lines = watch(rows, headings=MONTHS).stdout.splitlines()
    at = lines.index("  Figures still to come:")
    assert lines[at + 1 : at + 5] == [
        "    - Crimes (the year before) (from: Police); Plan: all that are open",
        "    - no figure of 1–5/2024, 7/2024: Crimes; Patrols: all that are open",
        "    - no figure of 1–5/2024, 7–8/2024: Fires: all that are open",
        "",
    ]


def test_months_before_a_reform_are_said_to_be_left_out_and_not_to_be_missing(watch, tmp_path):
    before = "a,Xã An,commune,2024,,10,0,20,x"
    rows = [before, *(f"a,Xã An,commune,2025,{month},1,0,2,x" for month in (1, 2, 4, 5, 6, 7, 8))]
    result = watch(rows, as_of="2025-08", headings=MONTHS)
    told = " ".join(result.stdout.split())
    assert "- no figure of 3/2025: Crimes; Fires; Patrols: Xã An" in told
    left_out = "figures of 1–2/2025, 4–6/2025 not counted, for nothing says that it is the same unit (give --lineage)"
    assert f"- {left_out}: Crimes; Fires; Patrols: Xã An" in told
    (row,) = json.loads(watch(rows, "--json", as_of="2025-08", headings=MONTHS).stdout)["rows"]
    assert [one["is_left_out"] for one in row["absent"] if one["fact"] == "crimes"] == [False, True]
    given = "given, but not counted, for nothing says that it is the same unit (give --lineage)"
    assert f"- {given}: Crimes (the year before): Xã An" in told
    assert [(one["fact"], one["is_left_out"]) for one in row["missing"]] == [
        ("prev_year.crimes", True),
        ("plan", False),
    ]
    (tmp_path / "same.csv").write_text("from,to,share,day\na,a,whole,2025-07-01\n", encoding="utf-8")
    joined = watch(rows, "--lineage", tmp_path / "same.csv", as_of="2025-08", headings=MONTHS)
    assert "not counted" not in joined.stdout


def test_months_that_arrived_are_told_although_later_ones_are_missing(watch, tmp_path):
    first = [f"{unit},Xã {unit},commune,2024,{month},1,0,2,x" for unit in "ab" for month in (1, 2, 3)]
    last = watch(first, "--json", as_of="2024-05", headings=MONTHS).stdout
    (tmp_path / "last.json").write_text(last, encoding="utf-8")
    later = [f"{unit},Xã {unit},commune,2024,{month},1,,2,x" for unit in "ab" for month in (4, 5)]
    call = ("--since", tmp_path / "last.json")
    result = watch([*first, *later], *call, as_of="2024-06", headings=MONTHS)
    assert "  Figures arrived: Xã a, Xã b: of 4–5/2024: Crimes; Patrols\n" in result.stdout
    changes = json.loads(watch([*first, *later], *call, "--json", as_of="2024-06", headings=MONTHS).stdout)["changes"]
    assert [one["months"][0] for one in changes["arrived"]] == [
        {"fact": "crimes", "months": ["2024-04", "2024-05"]}
    ] * 2


def test_a_larger_unit_is_told_which_units_inside_may_still_fail(run):
    folder = Path(__file__).parents[2] / "examples" / "invented_district" / "levels"
    given = ("watch", folder / "facts.csv", "--criteria", folder, "--standard", "mau-xa", "--as-of", "2024-10")
    told = " ".join(run(*given, "--lang", "en").stdout.split())
    asked = "A quiet hamlet – Quiet hamlets (invented) [mau-ap:quiet]: hamlets still open"
    assert f"! At risk: Xã Mẫu 1 (giả định) {asked}: 3; none may fail: Ấp Mẫu 1A (giả định), " in told
    assert "Waiting for units inside: - Xã Mẫu 1 (giả định): Social-order cases: hamlets still open: 4: Ấp" in told
    assert f"- Xã Mẫu 2 (giả định): {asked}: 4; 1 of them may fail: Ấp Mẫu 2A (giả định), " in told
    rows = {one["unit"]: one for one in json.loads(run(*given, "--json").stdout)["rows"]}
    assert [(one["asked"], one["count"], one["may_fail"]) for one in rows["m2"]["inside"]] == [
        ("mau-ap:quiet", 4, 1),
        ("sum_of(cases)", 4, None),
        ("sum_of(prev_year.cases)", 1, None),
    ]
    assert (rows["m1"]["standing"], rows["m2"]["standing"], "inside" in rows["m3"]) == ("at_risk", "open", False)
