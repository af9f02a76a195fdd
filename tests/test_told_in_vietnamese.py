"""Whatever is told of a criteria file, of a rule and of a call is told in Vietnamese too, nothing in English alone."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

import ncriteria as nc
from ncriteria.cli import SUMMARIES, program
from ncriteria.language.parser import parse
from tests.case_files import document
from tests.language.test_checking import SET
from tests.messages import untold_in
from tests.sets import test_slips
from tests.sets.writing import file_text

ROOT = Path(__file__).parents[1]
FACTS = str(ROOT / "examples" / "tan_hung" / "facts.csv")


def told_of_file(case: Any) -> Iterable[nc.Problem]:
    try:
        return nc.lint(nc.loads(file_text(case)).definition)
    except nc.CriteriaError as refused:
        return refused.problems


def told_of_text(case: Any) -> Iterable[nc.Problem]:
    with pytest.raises(nc.NCriteriaError) as refused:
        parse(case["text"])
    return refused.value.problems


def told_of_rule(case: Any) -> Iterable[nc.Problem]:
    try:
        nc.loads(SET.replace("RULE", case["rule"].replace("'", "''")))
    except nc.NCriteriaError as refused:
        return refused.problems
    return ()


def told_of_slip(case: Any) -> Iterable[nc.Problem]:
    with pytest.raises(nc.CriteriaError) as refused:
        nc.loads(test_slips._FILE.replace(case["replaces"], case["by"]))
    return refused.value.problems


def told_of_yaml(case: Any) -> Iterable[nc.Problem]:
    with pytest.raises(nc.CriteriaError) as refused:
        nc.loads(case["text"])
    return refused.value.problems


CASES = {
    "tests/sets/cases/refused.yaml": told_of_file,
    "tests/sets/cases/near_misses.yaml": told_of_file,
    "tests/sets/cases/warnings.yaml": told_of_file,
    "tests/sets/cases/slips.yaml": told_of_slip,
    "tests/sets/cases/yaml_complaints.yaml": told_of_yaml,
    "tests/language/cases/invalid.yaml": told_of_text,
    "tests/language/cases/check.yaml": told_of_rule,
}


@pytest.mark.parametrize(("file", "told"), CASES.items(), ids=CASES)
def test_whatever_is_told_of_a_file_or_a_rule_is_in_the_catalogue(
    file: str, told: Callable[[Any], Iterable[nc.Problem]]
) -> None:
    found = [problem for case in document(ROOT / file) for problem in told(case)]
    assert untold_in(found) == []
    assert found


def test_a_file_is_refused_in_vietnamese_from_its_place_to_the_hint() -> None:
    with pytest.raises(nc.CriteriaError) as refused:
        nc.loads(SET.replace("RULE", "crime_case <= 3"))
    assert refused.value.problems[0].text("vi") == (
        "dòng 26, cột 12: NC012 không có số liệu `crime_case`\n"
        "      rule: 'crime_case <= 3'\n"
        "             ^^^^^^^^^^\n"
        "  gợi ý: có phải là `crime_cases` không?"
    )


@pytest.mark.parametrize("command", SUMMARIES)
def test_the_help_of_a_command_is_told_in_the_language_that_is_asked_for(command: str) -> None:
    told = {
        language: CliRunner().invoke(program, [command, "--help", "--lang", language], prog_name="ncriteria").output
        for language in ("vi", "en")
    }
    assert told["en"].startswith(f"Usage: ncriteria {command} [OPTIONS]")
    assert "Show this message and exit." in told["en"]
    assert told["vi"].startswith(f"Cách dùng: ncriteria {command} [TÙY_CHỌN]")
    assert "Hiện hướng dẫn này rồi kết thúc." in told["vi"]


WRONG_CALLS = [
    ([], "Lỗi: Thiếu tham số 'BẢNG'."),
    ([FACTS, "--standrd", "x"], "Lỗi: Không có tùy chọn '--standrd'. Có phải là '--standard' không?"),
    (
        [FACTS, "--header-row", "0"],
        "Lỗi: Giá trị của '--header-row' không hợp lệ: 0 không nằm trong khoảng x>=1.",
    ),
    ([FACTS, "--unit", "vinh-bu"], "Lỗi: bảng không có đơn vị `vinh-bu`; có phải là `vinh-buu` không?"),
    ([FACTS, "--year", "2031"], "Lỗi: bảng không có năm 2031; bảng có 2021, 2022, 2023, 2024"),
]


def last_line(*call: str, language: str | None = None) -> str:
    environment = {"NCRITERIA_LANG": language}
    found = CliRunner().invoke(program, call, env=environment, prog_name="ncriteria")
    assert found.exit_code == 2
    return found.stderr.splitlines()[-1]


@pytest.mark.parametrize(("call", "told"), WRONG_CALLS)
def test_a_wrong_call_is_told_in_vietnamese(call: list[str], told: str) -> None:
    assert last_line("evaluate", *call) == told


def test_the_language_of_a_call_is_that_of_the_option_the_environment_or_the_project_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    english = "Error: Missing argument 'FACTS'."
    assert last_line("evalute") == "Lỗi: Không có lệnh 'evalute'. (có phải là `evaluate` không?)"
    assert last_line("evaluate", language="en") == english
    assert last_line("--lang", "en", "evaluate") == english
    assert last_line("evaluate", "--lang", "vi", language="en") == "Lỗi: Thiếu tham số 'BẢNG'."
    (tmp_path / "ncriteria.yaml").write_text("format: ncriteria-project/1\nlanguage: en\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert last_line("evaluate") == english
    assert last_line("evaluate", language="vi") == "Lỗi: Thiếu tham số 'BẢNG'."
