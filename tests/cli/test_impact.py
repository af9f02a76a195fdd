"""`ncriteria impact`: what it prints of real changes and of made-up ones, what it counts, and what it refuses."""

from __future__ import annotations

import json

import polars as pl
import pytest

from tests.case_files import cases
from tests.cli.conftest import FACTS, ROOT

HD06, HD04 = "vn.bca.hd06-2022.commune", "vn.bca.hd04-2024.commune"
DRAFT = ROOT / "examples" / "stricter_reduction" / "ten-percent.yaml"
COMMUNES = """\
unit,name,level,parent,year,crime_cases
huyen-a,Huyện A,district,,2023,
a1,Xã A1,commune,huyen-a,2023,19/20
a2,Xã A2,commune,huyen-a,2023,18/20
b1,Xã B1,commune,,2023,10/11
"""
SET = """\
format: ncriteria/1
set:
  id: {name}
  standard: test
  title: {{vi: "Thử", en: "Trial"}}
  instrument: {{number: "{name}/TEST", issuer: "Người thử"}}
  years: {{from: 2020}}
  level: commune
facts:
  crimes: {{title: {{vi: "Số vụ", en: "Crimes"}}, type: count, unit: {{vi: vụ, en: cases}}}}
  solved: {{title: {{vi: "Khám phá", en: "Solved"}}, type: count, unit: {{vi: vụ, en: cases}}}}
clauses:
  g:
    title: {{vi: "Nhóm", en: "Group"}}
    {group}:
      - id: few
        title: {{vi: "Ít", en: "Few"}}
        rule: crimes <= {most}
        encodes: exact
        cite: [{{instrument: "{name}/TEST", at: "1"}}]
      - id: solved
        title: {{vi: "Khám phá", en: "Solved"}}
        rule: {solved}
        encodes: exact
        cite: [{{instrument: "{name}/TEST", at: "2"}}]
"""
OLD = {"name": "old", "group": "any", "most": 3, "solved": "solved >= crimes"}
NEW = {"name": "new", "group": "all", "most": 3, "solved": "solved >= crimes"}


@pytest.fixture
def impact(run, tmp_path, table):
    """Run `ncriteria impact` on rows under two made-up sets."""

    def run_impact(rows, *options, old=OLD, new=NEW):
        for name, filled in (("old.yaml", old), ("new.yaml", new)):
            (tmp_path / name).write_text(SET.format(**filled), encoding="utf-8")
        facts = table("\n".join(("unit,name,parent,year,crimes,solved", *rows)) + "\n")
        return run("impact", tmp_path / "old.yaml", tmp_path / "new.yaml", facts, *options, COLUMNS="100")

    return run_impact


@pytest.mark.parametrize("case", cases(__file__, "impact"))
def test_a_change_is_told_whole(case, run, table):
    places = {"HD06": HD06, "HD04": HD04, "DRAFT": DRAFT, "FACTS": FACTS, "COMMUNES": table(COMMUNES)}
    result = run("impact", *(places.get(one, one) for one in case["arguments"]), COLUMNS="100")
    assert (result.exit_code, result.stderr) == (case.get("status", 0), "")
    assert result.stdout == case["says"]


def test_a_group_that_is_put_together_otherwise_shows_its_members(impact):
    result = impact(["x,Xã X,h,2024,3,2"], "--flips-only", "--lang", "en")
    assert result.exit_code == 0
    assert result.stdout.split("\n\n")[1].splitlines() == [
        "Units that flip (Met ↔ Not met: 1)",
        "  h — 1 row; Met ↔ Not met: 1",
        "    Xã X · 2024: Met → Not met",
        "      g  Group",
        "        old: Met",
        "             group: at least one must be met",
        "               Few (g/few): Met",
        "               Solved (g/solved): Not met",
        "        new: Not met",
        "             group: all must be met",
        "               Few (g/few): Met",
        "               Solved (g/solved): Not met",
    ]


ROWS = [f"x{number},,h{number % 2},2024,{number},0" for number in range(1, 6)]


def test_the_limit_cuts_flips_and_parents_and_says_how_many_are_left(impact):
    result = impact(ROWS, "--limit", "1", "--lang", "en")
    assert result.stdout.count(" · 2024: ") == 1
    assert result.stdout.count("... and 1 more; see them with `--limit`") == 1
    assert result.stdout.endswith("  ... and 2 more; see them with `--limit`\n")
    assert ["Total", "5", "3", "0", "3"] in [line.split() for line in result.stdout.splitlines()]


def test_a_limit_of_zero_shows_totals_only(impact):
    result = impact(ROWS, "--limit", "0", "--lang", "en")
    assert " · 2024: " not in result.stdout
    assert "... and 3 more" in result.stdout


def test_json_has_all_flips_with_exact_values_and_both_citations(impact):
    result = impact(ROWS, "--json", "--lang", "en", new={**NEW, "group": "any", "most": 2})
    told = json.loads(result.stdout)
    assert told["whole"] == {"met": {"met": 2, "not_met": 1}, "not_met": {"not_met": 2}}
    assert told["kinds"] == {"turned": 1, "changed": 0, "clause_turned": 0, "clause_changed": 0}
    assert sum(parent["rows"] for parent in told["parents"]) == told["judged"] == 5
    (flip,) = told["flips"]
    (cause,) = flip["causes"]
    assert (flip["unit"], flip["year"], flip["old"], flip["new"]) == ("x3", 2024, "met", "not_met")
    assert cause["facts"] == [{"fact": "crimes", "title": "Crimes", "value": "3"}]
    assert cause["old"]["grounds"] == ["✓ Crimes: 3 cases; at most 3 allowed (exactly at the limit)"]
    assert cause["new"]["grounds"] == ["✗ Crimes: 3 cases; at most 2 allowed (1 too many)"]
    assert [cause[end]["cite"][0]["instrument"] for end in ("old", "new")] == ["old/TEST", "new/TEST"]


def test_json_of_flips_only_has_nothing_else_and_keeps_the_limit(impact):
    told = json.loads(impact(ROWS, "--json", "--flips-only", "--limit", "2").stdout)
    assert list(told) == ["ncriteria", "schema", "command", "flips", "problems"]
    assert len(told["flips"]) == 2


def test_a_parquet_file_is_judged_as_the_same_rows_in_csv_are(impact, run, tmp_path):
    by_rows = impact(ROWS, "--lang", "en")
    frame = pl.DataFrame(
        [(f"x{number}", f"h{number % 2}", 2024, number, 0) for number in range(1, 6)],
        schema=["unit", "parent", "year", "crimes", "solved"],
        orient="row",
    )
    frame.write_parquet(tmp_path / "facts.parquet")
    sets = tmp_path / "old.yaml", tmp_path / "new.yaml"
    in_columns = run("impact", *sets, tmp_path / "facts.parquet", "--lang", "en", COLUMNS="100")
    assert in_columns.exit_code == 0
    assert in_columns.stdout == by_rows.stdout


def test_a_row_without_a_value_is_shown_apart_and_the_status_is_2(impact):
    result = impact(["x,,,2024,0,3", "y,,,2024,1,3"], "--lang", "en", new={**NEW, "solved": "solved / crimes >= 1"})
    assert result.exit_code == 2
    assert "x · 2024: Met → No value" in result.stdout
    matrix = [line.split() for line in result.stdout.splitlines()]
    assert ["Met", "1", "0", "0", "0", "1", "2"] in matrix
    assert ["Total", "1", "0", "0", "0", "1", "2"] in matrix
    assert "NC303" in result.stderr


@pytest.mark.usefixtures("english")
@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--year", "2023"), "the table has no row of the year 2023 for a commune"),
        (("--limit", "-1"), "-1 is not in the range x>=0"),
        (("--years", "some"), "'some' is not one of 'as-law', 'all'"),
    ],
)
def test_bad_usage_is_told(impact, options, said):
    result = impact(ROWS, *options)
    assert result.exit_code == 2
    assert said in result.stderr


def test_a_table_for_other_shipped_sets_too_is_read_whole(run, table):
    facts = table("unit,level,year,crime_cases,anti_state_activities\nx,commune,2023,18/20,0\n")
    result = run("impact", HD06, DRAFT, facts, "--lang", "en")
    assert (result.exit_code, result.stderr) == (0, "")


def test_a_file_that_is_no_table_is_told(run, tmp_path):
    (tmp_path / "facts.parquet").write_text("no parquet", encoding="utf-8")
    result = run("impact", HD06, HD04, tmp_path / "facts.parquet")
    assert result.exit_code == 2
    assert "NC220" in result.stderr
    assert "Traceback" not in result.stderr


TERRITORY = """\
unit,name,level,parent,year,crimes,solved
h,Huyện H,huyện,,2024,,
x,Xã X,xã,h,2024,3,0
k,Huyện K,huyện,,2024,,
y,Xã Y,xã,k,2024,3,0
"""


@pytest.mark.parametrize(
    ("language", "said"),
    [
        (
            "vi",
            [
                "Số dòng cả hai bộ cùng xét: 1 trên 1; mỗi dòng là một đơn vị trong một năm.",
                'Không tính 1 dòng ngoài địa bàn "h", nơi hai bộ cùng áp dụng.',
                "Cả hai bộ lấy giá trị tham số của năm 2019: khác nhau chỉ do sửa đổi.",
                "old/TEST không áp dụng cho năm 2019, nên lấy giá trị của năm gần nhất.",
                "new/TEST không áp dụng cho năm 2019, nên lấy giá trị của năm gần nhất.",
                "Riêng do năm: old/TEST, giá trị của năm từng dòng → giá trị của năm 2019",
                "  Không kết quả nào đổi.",
                "Đơn vị cấp trên có kết quả dựa vào các dòng này: good, cấp huyện",
                "  Cả bộ tiêu chí, 2 dòng: 1 Đạt → Chưa đạt; không đổi: 1 Đạt",
                "  Share (share): 1 Đạt → Chưa đạt; không đổi: 1 Đạt",
            ],
        ),
        (
            "en",
            [
                "Rows that both judge: 1 of 1; a row is one unit in one year.",
                'Not counted: 1 row outside "h", where both sets hold.',
                "Both sets have the values of 2019: what differs comes of the edit alone.",
                "old/TEST does not hold for 2019, so it has the values of its nearest year.",
                "new/TEST does not hold for 2019, so it has the values of its nearest year.",
                "Of the year alone: old/TEST, with the values of each row's own year → with those of 2019",
                "  No verdict changes.",
                "Units above whose verdicts rest on these rows: good, level district",
                "  The whole set, 2 rows: 1 Met → Not met; unchanged: 1 Met",
                "  Share (share): 1 Met → Not met; unchanged: 1 Met",
            ],
        ),
    ],
)
def test_whom_a_change_touches_is_said_in_both_languages(language, said, run, tmp_path, table):
    new = SET.format(**{**NEW, "group": "any", "most": 2}).replace("level: commune", "level: commune\n  territory: h")
    above = SET.format(**{**OLD, "name": "above"}).partition("clauses:")[0].replace("level: commune", "level: district")
    clause = (
        "share: {title: Share, rule: 'share_met(commune, \"test:g\") > 50%', encodes: exact, cite: [{instrument: X}]}"
    )
    (tmp_path / "old.yaml").write_text(SET.format(**OLD), encoding="utf-8")
    (tmp_path / "new.yaml").write_text(new, encoding="utf-8")
    around = tmp_path / "above.yaml"
    around.write_text(above.replace("standard: test", "standard: good") + f"clauses:\n  {clause}\n", encoding="utf-8")
    call = ("impact", tmp_path / "old.yaml", tmp_path / "new.yaml", table(TERRITORY), "--criteria", around)
    result = run(*call, "--as-of-year", "2019", "--lang", language, COLUMNS="100")
    assert (result.exit_code, result.stderr) == (0, "")
    lines = result.stdout.splitlines()
    assert [line for line in lines if line in said] == said
    told = json.loads(run(*call, "--as-of-year", "2019", "--json").stdout)
    assert (told["judged"], told["elsewhere"], told["of_year"]["year"]) == (1, 1, 2019)
    assert told["of_year"]["whole"] == {"met": {"met": 1}}
    (district,) = told["above"]
    assert (district["standard"], district["level"], district["whole"]) == (
        "good",
        "district",
        {"met": {"met": 1, "not_met": 1}},
    )
    assert [flip["unit"] for flip in district["flips"]] == ["h"]


def test_where_no_row_lies_in_the_territory_the_column_that_says_so_is_named_and_the_status_is_1(run, tmp_path, table):
    (tmp_path / "old.yaml").write_text(SET.format(**OLD), encoding="utf-8")
    new = SET.format(**NEW).replace("level: commune", "level: commune\n  territory: elsewhere")
    (tmp_path / "new.yaml").write_text(new, encoding="utf-8")
    result = run("impact", tmp_path / "old.yaml", tmp_path / "new.yaml", table(TERRITORY), "--lang", "en")
    assert result.exit_code == 1
    assert result.stdout.splitlines()[2:5] == [
        "Rows that both judge: 0 of 0; a row is one unit in one year.",
        'Not counted: 2 rows outside "elsewhere", where both sets hold.',
        "Where a unit lies is read from the column `parent`.",
    ]
