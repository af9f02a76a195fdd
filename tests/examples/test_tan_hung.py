"""The Tân Hưng example: the table says what was published and no more, the demo shows all that follows from it."""

from __future__ import annotations

import json

import pytest

import ncriteria as nc
from ncriteria.cli.inputs.tables import table_of
from tests.case_files import cases
from tests.examples.demonstration import KEPT, LANGUAGES, ROOT, demonstration

QUANTITATIVE = ("19.2/crime", "19.2/social_evils", "19.2/traffic")
PUBLISHED = cases(__file__, "published")
YEARS = (2021, 2022, 2023, 2024)


COMMUNE = {"vi": "Chỉ tiêu 19.2 xã nông thôn mới (ntm-19.2)", "en": "New rural indicator 19.2 (ntm-19.2)"}
DISTRICT = {
    "vi": "Mục tiêu của huyện Tân Hưng (tan-hung-targets)",
    "en": "Targets of Tân Hưng district (tan-hung-targets)",
}


@pytest.fixture(scope="module")
def table():
    return table_of(ROOT / "examples" / "tan_hung" / "facts.csv", nc.catalog(), nc.ReadingOptions(), show=None)


@pytest.fixture(scope="module")
def judged():
    found = json.loads(demonstration("--json"))["judgements"]
    return {(one["unit"], one["year"]): one for one in found}


@pytest.fixture(scope="module", params=LANGUAGES)
def pages(request):
    """The printed judgements by heading, what stands before under the empty one; lines joined, as they are broken."""
    blocks = demonstration("--details", "--lang", request.param).split("\n\n")
    found, heading = {}, ""
    for block in blocks:
        first = block.split("\n")[0]
        heading = first if first.count(" · ") == 2 else heading
        found[heading] = found.get(heading, "") + " " + " ".join(block.split())
    return request.param, found


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_demo_prints_what_was_kept(language):
    assert demonstration("--lang", language) == (KEPT / f"demo.{language}.txt").read_text(encoding="utf-8")


def test_the_demo_is_in_vietnamese_unless_asked_otherwise():
    assert demonstration() == demonstration("--lang", "vi")


def test_the_table_has_the_communes_of_the_report_and_the_district_in_each_year_and_no_other_row(table):
    communes = [(case.values[0]["unit"], case.values[0]["year"]) for case in PUBLISHED]
    rows = [(row.unit.id, row.year) for row in table.rows]
    assert sorted(rows) == sorted([*communes, *(("tan-hung", year) for year in YEARS)])


@pytest.mark.parametrize("case", PUBLISHED)
def test_a_row_holds_the_published_figures_and_is_blank_elsewhere(case, table):
    (row,) = [row for row in table.rows if (row.unit.id, row.year) == (case["unit"], case["year"])]
    assert {str(key): value for key, value in row.values.items()} == case["figures"]
    assert (row.unit.name, row.published, row.child_counts) == (case["name"], "Đạt", {})


def test_the_district_has_its_number_of_communes_and_no_figure_and_no_published_verdict(table):
    rows = [row for row in table.rows if row.unit.id == "tan-hung"]
    assert [(dict(row.values), row.published) for row in rows] == [({}, None)] * len(YEARS)
    assert {number for row in rows for number in row.child_counts.values()} == {11}


@pytest.mark.parametrize("case", PUBLISHED)
def test_every_clause_that_has_figures_agrees_with_the_published_result(case, judged):
    result = judged[case["unit"], case["year"]]["result"]
    verdicts = {clause["path"]: clause["verdict"] for clause in result["clauses"]}
    assert {path for path, verdict in verdicts.items() if verdict == "met"} == set(QUANTITATIVE)
    assert set(verdicts.values()) == {"met", "undetermined"}
    assert judged[case["unit"], case["year"]]["published"] == "Đạt"


@pytest.mark.parametrize("case", PUBLISHED)
def test_the_verdict_is_undetermined_for_facts_that_were_not_published_and_text_that_is_not_known(case, judged):
    result = judged[case["unit"], case["year"]]["result"]
    assert (result["criteria"], result["verdict"]) == (case["sets"], "undetermined")
    assert result["missing"]
    assert result["not_encoded"]
    assert set(result["missing"]) & set(case["figures"]) == set()
    for name in (*result["missing"], *(f'met("{path}")' for path in result["not_encoded"])):
        assert name in result["residual"]


@pytest.mark.parametrize("case", PUBLISHED)
def test_the_demo_prints_each_commune_with_every_clause_what_is_missing_and_the_residual(case, judged, pages):
    language, found = pages
    result = judged[case["unit"], case["year"]]["result"]
    page = found[f"{case['name']} · {case['year']} · {COMMUNE[language]}"]
    met, open_, published = {
        "vi": ("Đạt", "Chưa xác định", "Đã công bố: Đạt — chưa đủ căn cứ kết luận"),
        "en": ("Met", "Undetermined", "Published: Đạt — not enough to conclude"),
    }[language]
    assert published in page
    for clause in result["clauses"]:
        assert f"{met if clause['path'] in QUANTITATIVE else open_} {clause['path']} " in page
    for name in result["missing"]:
        assert f"[{name}]" in page
    for path in result["not_encoded"]:
        assert f"[{path}]" in page
    assert f"- {result['residual']}" in page


@pytest.mark.parametrize("year", YEARS)
def test_the_district_is_undetermined_with_the_reason_for_each_target(year, judged, pages):
    language, found = pages
    result = judged["tan-hung", year]["result"]
    assert result["verdict"] == "undetermined"
    assert {clause["verdict"] for clause in result["clauses"]} == {"undetermined"}
    assert result["roll_ups"] == [{"level": "commune", "path": "ntm-19.2:19.2"}]
    page = found[f"Huyện Tân Hưng · {year} · {DISTRICT[language]}"]
    reason, waiting = {
        "vi": (
            "từ 0% đến 100%; phải lớn hơn 80%",
            "Chờ kết quả đơn vị cấp dưới: - Bảo đảm an ninh, trật tự – Chỉ tiêu 19.2",
        ),
        "en": (
            "0% to 100%; must be more than 80%",
            "Waiting for the units inside: - Security and public order are assured – New rural indicator 19.2",
        ),
    }[language]
    assert reason in page
    assert waiting in page
    for name in result["missing"]:
        assert f"[{name}]" in page


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_demo_tells_all_verdicts_at_a_glance_on_a_screen_and_a_half(language):
    lines = demonstration("--lang", language).splitlines()
    assert len(lines) <= 66
    assert max(map(len, lines)) <= 80
    verdict = {"vi": "Chưa xác định", "en": "Undetermined"}[language]
    met = {"vi": "đ  đ  đ", "en": "m  m  m"}[language]
    for case in PUBLISHED:
        (row,) = [one for one in lines if one.startswith(case.values[0]["name"]) and str(case.values[0]["year"]) in one]
        assert met in row
        assert row.endswith(verdict)
    counted = {
        "vi": "0 khớp, 5 chưa đủ căn cứ (không trái), 0 khác",
        "en": "0 agree, 5 open (none contradicts), 0 differ",
    }
    assert any(counted[language] in line for line in lines)


@pytest.fixture(scope="module")
def after_the_reform():
    folder, catalog = ROOT / "examples" / "tan_hung", nc.catalog()
    lineage = nc.read_lineage(folder / "lineage.csv")
    reading = nc.ReadingOptions(lineage=lineage)
    table = table_of(folder / "facts_2025.csv", catalog, reading, show=None)
    judged = nc.evaluate_rows(table, catalog, standards=["ntm-19.2"], wanted=lambda row: row.year == 2025)
    return lineage, {one.row.unit.id: one.result for one in judged}


def test_the_lineage_has_the_twelve_old_units_each_whole_in_one_of_four(after_the_reform):
    lineage, results = after_the_reform
    assert len({one.old for one in lineage.changes}) == 12
    assert {one.share for one in lineage.changes} == {nc.Share.WHOLE}
    assert {one.new for one in lineage.changes} == set(results)


@pytest.mark.parametrize(
    ("unit", "lines"),
    [
        (
            "vinh-chau",
            [
                "? + ? + 0: chưa có số liệu (Xã Vĩnh Đại, Xã Vĩnh Bửu, Xã Vĩnh Châu A); "
                "chưa có số liệu của Xã Vĩnh Đại, Xã Vĩnh Bửu",
                "? + 1 + 1: ít nhất 2 vụ (Xã Vĩnh Đại, Xã Vĩnh Bửu, Xã Vĩnh Châu A); chưa có số liệu của Xã Vĩnh Đại",
            ],
        ),
        (
            "vinh-thanh",
            [
                "0 + ? + ?: chưa có số liệu (Xã Thạnh Hưng, Xã Vĩnh Châu B, Xã Hưng Thạnh); "
                "chưa có số liệu của Xã Vĩnh Châu B, Xã Hưng Thạnh"
            ],
        ),
    ],
)
def test_the_bases_of_new_communes_are_told_with_the_predecessors_that_lack_figures(after_the_reform, unit, lines):
    text = after_the_reform[1][unit].explain("vi")
    assert [line for line in lines if line not in text] == []
