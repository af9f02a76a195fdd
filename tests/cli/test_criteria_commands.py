"""`check`, `test` and `catalog`."""

from __future__ import annotations

import json

import pytest

from tests.cli.conftest import CRITERIA
from tests.overlay_sets import PROVINCE, written

SET_KEYS = (
    *(
        "id",
        "standard",
        "title",
        "years",
        "level",
        "territory",
        "window",
        "instrument",
        "supersedes",
        "only_when_named",
        "after_end",
    ),
    *("clauses", "tests", "digest", "source"),
)
SHIPPED = sorted(CRITERIA.glob("*.yaml"))


@pytest.fixture
def broken(tmp_path):
    """A shipped set with a misspelt fact in a rule."""
    path = tmp_path / "broken.yaml"
    text = (CRITERIA / "hd06-2022.commune.yaml").read_text(encoding="utf-8")
    assert text.count("rule: grave_crime_cases = 0") == 1
    path.write_text(text.replace("rule: grave_crime_cases = 0", "rule: grave_crime_casse = 0"), encoding="utf-8")
    return path


@pytest.fixture
def failing(tmp_path):
    """A shipped set in which grave crimes may be committed, which its own tests notice."""
    path = tmp_path / "failing.yaml"
    text = (CRITERIA / "hd06-2022.commune.yaml").read_text(encoding="utf-8")
    path.write_text(text.replace("rule: grave_crime_cases = 0", "rule: grave_crime_cases >= 0"), encoding="utf-8")
    return path


@pytest.mark.usefixtures("english")
def test_the_shipped_sets_have_no_errors_and_pass_their_tests(run):
    checked, tested = run("check"), run("test")
    assert (checked.exit_code, tested.exit_code) == (0, 0)
    assert checked.stdout.splitlines()[-1].startswith(f"{len(SHIPPED)} files checked: 0 errors, ")
    assert tested.stdout.splitlines()[-1].endswith(" passed, 0 failed")
    assert not tested.stdout.splitlines()[-1].startswith("0 ")


@pytest.mark.usefixtures("english")
def test_a_set_without_tests_is_named(run, tmp_path):
    path = tmp_path / "untested.yaml"
    text = (CRITERIA / "hd06-2022.commune.yaml").read_text(encoding="utf-8")
    path.write_text(text[: text.index("\ntests:") + 1], encoding="utf-8")
    result = run("test", path)
    assert result.exit_code == 0
    assert result.stdout == "vn.bca.hd06-2022.commune carries no tests\n0 passed, 0 failed\n"


@pytest.mark.usefixtures("english")
def test_an_error_in_a_file_is_a_finding_with_its_place_and_a_hint(run, broken):
    result = run("check", broken)
    assert (result.exit_code, result.stderr) == (1, "")
    line = broken.read_text(encoding="utf-8").splitlines().index("        rule: grave_crime_casse = 0") + 1
    assert result.stdout.startswith(f"error {broken}:{line}:15: NC")
    assert "did you mean `grave_crime_cases`?" in result.stdout
    assert result.stdout.endswith("1 file checked: 1 error, 0 warnings\n")


def test_check_tells_programs_code_message_place_and_hint(run, broken):
    result = run("check", broken, "--json")
    found = json.loads(result.stdout)
    assert result.exit_code == 1
    kinds = ("errors", "warnings", "notices", "advice")
    assert list(found) == ["ncriteria", "schema", "command", *kinds, "mended", "problems"]
    (error,) = found["errors"]
    assert list(error) == ["code", "message", "place", "hint"]
    assert error["hint"] == "did you mean `grave_crime_cases`?"


def test_a_broken_file_is_bad_input_for_every_other_command(run, broken):
    for call in (["test", broken], ["catalog", broken.parent]):
        result = run(*call)
        assert (result.exit_code, result.stdout) == (2, "")
        assert f"{broken}:" in result.stderr


@pytest.mark.usefixtures("english")
def test_a_failed_test_is_a_finding_that_says_what_came_out_and_where_the_test_stands(run, failing):
    result = run("test", failing)
    assert (result.exit_code, result.stderr) == (1, "")
    failed = [line for line in result.stdout.splitlines() if line.startswith("FAILED")]
    assert failed
    assert result.stdout.count(f"at {failing}:") == len(failed)
    assert f", {len(failed)} failed" in result.stdout.splitlines()[-1]


def test_test_tells_programs_each_test_with_what_failed(run, failing):
    outcomes = json.loads(run("test", failing, "--json").stdout)["tests"]
    assert {tuple(outcome) for outcome in outcomes} == {("criteria", "test", "passed", "failures", "place")}
    assert {bool(outcome["failures"]) == outcome["passed"] for outcome in outcomes} == {False}
    assert {outcome["passed"] for outcome in outcomes} == {True, False}


@pytest.mark.usefixtures("english")
@pytest.mark.parametrize("command", ["check", "test", "catalog"])
def test_a_folder_without_criteria_files_is_bad_input(command, run, tmp_path):
    result = run(command, tmp_path)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "NC101 the folder holds no criteria files" in result.stderr


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_catalog_names_each_set_with_standard_years_and_level(language, run):
    result = run("catalog", "--lang", language)
    assert (result.exit_code, result.stderr) == (0, "")
    level = {"vi": "huyện (tan-hung)", "en": "district (tan-hung)"}[language]
    for words in ("vn.bca.hd06-2022.commune", "ntm-19.2", "2021-2023", level, "06/HD-BCA-V05"):
        assert words in result.stdout


def test_the_catalog_says_what_judges_after_a_set_of_a_territory(run, tmp_path):
    ended = PROVINCE.replace("{from: 2025}", "{from: 2025, to: 2026}")
    for said, told in (("extended", "after 2026 judged by the"), ("none", "nothing judges after 2026, as it says")):
        text = ended.replace("changes:", f"after_end: {said}\nchanges:")
        folder = written(tmp_path, province=text)
        assert told in run("catalog", folder, "--lang", "en").stdout
        found = json.loads(run("catalog", folder, "--json").stdout)["sets"]
        assert {one["id"]: one["after_end"] for one in found} == {"calm.national": None, "calm.long-an": said}


def test_the_catalog_as_json_holds_every_shipped_set(run):
    found = json.loads(run("catalog", "--json").stdout)["sets"]
    assert len(found) == len(SHIPPED)
    assert {tuple(key for key in one if key != "in_force") for one in found} == {SET_KEYS}
    assert [one["id"] for one in found if "in_force" in one] == ["vn.ttg.qd51-2025.commune"]
    by_id = {one["id"]: one for one in found}
    assert by_id["vn.bca.hd06-2022.commune"]["years"] == {"from": 2021, "to": 2023}
    assert "19.2/crime" in by_id["vn.bca.hd06-2022.commune"]["clauses"]
    assert by_id["vn.bca.hd04-2024.commune"]["supersedes"] == "vn.bca.hd06-2022.commune"


_NOWHERE = '"ntm-19.2:19.3"'


def _line(path):
    """The line of the roll-up in the file."""
    return next(number for number, line in enumerate(path.read_text("utf-8").splitlines(), 1) if _NOWHERE in line)


@pytest.fixture
def of_nothing(tmp_path):
    """A shipped set that rolls up a clause that no set has."""
    path = tmp_path / "district.yaml"
    text = (CRITERIA / "tan-hung.district.yaml").read_text(encoding="utf-8")
    assert text.count('share_met(commune, "ntm-19.2:19.2")') == 1
    path.write_text(text.replace('share_met(commune, "ntm-19.2:19.2")', f"share_met(commune, {_NOWHERE})"), "utf-8")
    return path


@pytest.mark.usefixtures("english")
def test_a_roll_up_of_nothing_is_a_notice_where_the_file_stands_alone(run, of_nothing):
    result = run("check", of_nothing, "--strict")
    assert result.exit_code == 0
    assert result.stdout.splitlines() == [
        f'notice {of_nothing}:{_line(of_nothing)}:15: NC142 `share_met` in the rule of "targets/communes": '
        'no set of "ntm-19.2" for the level `commune` has a clause "19.3"',
        '          rule: share_met(commune, "ntm-19.2:19.3") > param.commune_share',
        "                ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^",
        "  hint: did you mean `19.2`?",
        "1 file checked: 0 errors, 0 warnings, 1 notice",
    ]
    found = json.loads(run("check", of_nothing, "--json").stdout)
    assert [len(found[kind]) for kind in ("errors", "warnings", "notices")] == [0, 0, 1]


@pytest.mark.usefixtures("english")
def test_a_roll_up_of_nothing_is_a_warning_where_other_sets_lie_beside_it(run, of_nothing):
    (of_nothing.parent / "hamlet.yaml").write_bytes((CRITERIA / "tt124-2021.hamlet.yaml").read_bytes())
    for asked in (of_nothing, of_nothing.parent):
        result = run("check", asked, "--strict")
        assert result.exit_code == 1
        assert result.stdout.startswith(f"warning {of_nothing}:{_line(of_nothing)}:15: NC142 ")


@pytest.mark.usefixtures("english")
def test_a_file_beside_it_that_cannot_be_read_leaves_a_roll_up_open(run, of_nothing):
    (of_nothing.parent / "other.yaml").write_text("services: {}\n", encoding="utf-8")
    assert run("check", of_nothing, "--strict").stdout.startswith("notice ")


@pytest.mark.usefixtures("english")
@pytest.mark.parametrize(
    ("named", "told"),
    [
        ("ntm-19.3:19.2", 'there is no standard "ntm-19.3"\n'),
        ("antt-save:safe", 'there is no standard "antt-save"\n'),
        ("19.3", 'no set for the level `commune` has a clause "19.3"\n'),
        ("tan-hung-targets:targets", 'there is no set of "tan-hung-targets" for the level `commune`\n'),
    ],
)
def test_a_roll_up_of_nothing_says_what_there_is_not(named, told, run, of_nothing):
    of_nothing.write_text(of_nothing.read_text("utf-8").replace(_NOWHERE, f'"{named}"'), encoding="utf-8")
    assert told in run("check", of_nothing).stdout


def test_a_roll_up_of_a_set_that_is_checked_too_is_found(run, of_nothing, tmp_path):
    text = (CRITERIA / "hd06-2022.commune.yaml").read_text(encoding="utf-8")
    other = tmp_path / "commune.yaml"
    other.write_text(
        text.replace('"19.2":', '"19.3":').replace("19.2/", "19.3/").replace('"19.2": ', '"19.3": '), "utf-8"
    )
    assert "NC142" not in run("check", of_nothing, other).stdout


@pytest.mark.usefixtures("english")
@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        (
            "supersedes: vn.bca.hd06-2022",
            "supersedes: vn.bca.hd06-2021",
            "`vn.bca.hd04-2024.commune` supersedes `vn.bca.hd06-2021.commune`, which is no set",
        ),
        (
            "id: ntm-19.2",
            "id: ntm-19.3",
            '`vn.bca.hd04-2024.commune` ("ntm-19.3" for a commune) supersedes `vn.bca.hd06-2022.commune` '
            '("ntm-19.2" for a commune), a set of another line',
        ),
    ],
)
def test_a_set_that_follows_none_of_its_line_is_told(before, after, told, run, tmp_path):
    path = tmp_path / "next.yaml"
    path.write_text((CRITERIA / "hd04-2024.commune.yaml").read_text("utf-8").replace(before, after), "utf-8")
    assert run("check", path).stdout.splitlines()[0] == f"notice {path}:20:15: NC147 {told}"
    (tmp_path / "hamlet.yaml").write_bytes((CRITERIA / "tt124-2021.hamlet.yaml").read_bytes())
    assert run("check", path, "--strict").stdout.splitlines()[0] == f"warning {path}:20:15: NC147 {told}"
