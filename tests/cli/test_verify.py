"""A receipt goes with every answer, and `verify` judges again what it was made from."""

from __future__ import annotations

import datetime
import json
from pathlib import Path

import attrs
import click
import openpyxl
import pytest
from attrs import evolve
from click.testing import CliRunner

import ncriteria as nc
from ncriteria.cli import program
from ncriteria.cli.inputs.recorded_calls import JudgingCall, call_again
from ncriteria.cli.options.judged_table import GivenTable
from ncriteria.facts.lineage.model import NATIONAL_REFORM
from ncriteria.facts.lineage.reading import read as read_lineage
from ncriteria.facts.options import ReadingOptions
from ncriteria.report.receipts.reading import read_receipt
from ncriteria.sets.model import Level
from tests.cli.conftest import ROOT

DISTRICT = ROOT / "examples" / "invented_district"
CARRIERS = (".json", ".jsonl", ".xlsx", ".html", ".docx")
ONE_DAY = ("--day", "2026-01-02")


@pytest.fixture
def office(tmp_path, monkeypatch):
    """A folder with a table of facts and what is attested beside it, in which the commands run."""
    for name in ("facts.csv", "attestations.csv"):
        (tmp_path / name).write_bytes((DISTRICT / name).read_bytes())
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def verified(run):
    """What `verify` says of a file: its status and its lines."""

    def verify(*arguments):
        result = run("verify", *arguments, "--lang", "en", COLUMNS="300")
        return result.exit_code, result.stdout.splitlines(), result.stderr

    return verify


def receipt_of(run, *arguments):
    result = run(*arguments, "--json", *ONE_DAY)
    return json.loads(result.stdout)["receipt"]


def replaced(path, before, after):
    text = path.read_text(encoding="utf-8")
    assert before in text
    path.write_text(text.replace(before, after), encoding="utf-8")


@pytest.mark.parametrize("suffix", CARRIERS)
@pytest.mark.parametrize("command", [("evaluate", "--unit", "m6"), ("explain", "--unit", "m6", "--year", "2024")])
def test_every_answer_carries_its_receipt_and_is_found_the_same(run, office, verified, suffix, command):
    name, *rest = command
    target = f"answer{suffix}"
    call = (name, "facts.csv", "--attestations", "attestations.csv", "--standard", "ntm-19.2", *rest, *ONE_DAY)
    assert run(*call, "-o", target).exit_code == 0
    assert read_receipt(Path(target)).rows[0].unit == "m6"
    assert verified(target) == (
        0,
        [
            "Receipt of 2026-01-02, made with ncriteria 0.1.0",
            "THE SAME RESULT",
            "The file is, byte for byte, what is written again",
            "Verdicts of the receipt: 1 not met",
            "  Xã Mẫu 6 (giả định) (m6), 2024, New rural indicator 19.2 (ntm-19.2): Not met",
        ],
        "",
    )


@pytest.mark.parametrize("suffix", CARRIERS)
def test_what_differs_is_told_for_every_answer(run, office, verified, suffix):
    target = f"answer{suffix}"
    run("evaluate", "facts.csv", "--standard", "ntm-19.2", "--unit", "m1", *ONE_DAY, "-o", target)
    before = read_receipt(Path(target)).files[0].sha256[:12]
    replaced(office / "facts.csv", "04/06", "07/06")
    status, lines, _ = verified(target)
    now = json.loads(run("verify", target, "--json").stdout)["again"]["files"][0]["sha256"][:12]
    assert (status, lines) == (
        1,
        [
            "Receipt of 2026-01-02, made with ncriteria 0.1.0",
            f"facts.csv has changed: {before} was its digest, {now} is",
            "NOT THE SAME RESULT",
            "The file was not compared byte for byte: its receipt would now be another",
            "- Xã Mẫu 1 (giả định) (m1), 2024, New rural indicator 19.2 (ntm-19.2): was Undetermined, is Not met",
            "Verdicts of the receipt: 1 undetermined",
            "  Xã Mẫu 1 (giả định) (m1), 2024, New rural indicator 19.2 (ntm-19.2): Undetermined",
        ],
    )


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("further", [(), ("--unit", "m7"), ("--keep-going", "--blank", "x")])
def test_what_is_printed_for_programs_is_what_is_written_again(run, office, verified, language, further):
    call = ("evaluate", "facts.csv", "--standard", "ntm-19.2", *further, *ONE_DAY, "--json", "--lang", language)
    Path("printed.json").write_text(run(*call).stdout, encoding="utf-8")
    assert "The file is, byte for byte, what is written again" in verified("printed.json")[1]


def test_an_answer_whose_words_were_changed_is_told_from_one_as_it_was_written(run, office, verified):
    run("evaluate", "facts.csv", "--standard", "ntm-19.2", "--unit", "m5", *ONE_DAY, "-o", "a.json", "--lang", "en")
    replaced(Path("a.json"), '"title": "Crime is contained and reduced"', '"title": "All is well"')
    status, lines, _ = verified("a.json")
    assert (status, lines[1:4]) == (
        0,
        [
            "THE SAME RESULT",
            "The file is not, byte for byte, what is written again",
            "It was saved again, or changed: hold what it says against the verdicts below",
        ],
    )
    assert json.loads(run("verify", "a.json", "--json").stdout)["as_written"] is False


CRITERIA_GIVEN = {
    "file": ("--criteria", "rules/hd04.yaml"),
    "folder": ("--criteria", "rules"),
    "project": (),
}


@pytest.mark.parametrize("suffix", CARRIERS)
@pytest.mark.parametrize("given", CRITERIA_GIVEN)
def test_an_answer_is_compared_whatever_files_it_was_made_from(run, office, verified, suffix, given):
    (office / "rules").mkdir()
    criteria = (ROOT / "criteria" / "hd04-2024.commune.yaml").read_bytes()
    (office / "rules" / "hd04.yaml").write_bytes(criteria)
    if given == "project":
        (office / "ncriteria.yaml").write_text("format: ncriteria-project/1\ncriteria: rules/hd04.yaml\n")
    (office / "lineage.csv").write_text("from,to,share,day\nold,m6,whole,2020-07-01\n", encoding="utf-8")
    further = ("--lineage", "lineage.csv", "--unit", "m6", *ONE_DAY)
    call = ("evaluate", "facts.csv", *CRITERIA_GIVEN[given], "--attestations", "attestations.csv", *further)
    assert run(*call, "-o", f"a{suffix}").exit_code == 0
    assert "The file is, byte for byte, what is written again" in verified(f"a{suffix}")[1]


def test_an_answer_that_cannot_be_compared_says_so_with_the_reason(run, office, verified, monkeypatch):
    call = ("evaluate", "facts.csv", "--standard", "ntm-19.2", "--unit", "m1", *ONE_DAY)
    run(*call, "-o", "a.json")
    run(*call, "-o", "a.xlsx")
    (office / "moved").mkdir()
    (office / "facts.csv").rename(office / "moved" / "facts.csv")
    replaced(Path("a.json"), '"title": "', '"title": "So: ')
    told = "The file was not compared byte for byte: "
    moved = "its files were found elsewhere, and it names places"
    assert f"{told}{moved}" not in verified("a.json", "--folder", "moved")[1]
    (office / "in").mkdir()
    (office / "in" / "facts.csv").write_bytes((office / "moved" / "facts.csv").read_bytes())
    run("evaluate", "in/facts.csv", *call[2:], "-o", "b.json")
    replaced(Path("b.json"), '"title": "', '"title": "So: ')
    assert f"{told}{moved}" in verified("b.json", "--folder", "in")[1]
    monkeypatch.setattr("ncriteria.cli.inputs.written_again.is_installed", lambda _: False)
    assert f"{told}`xlsxwriter` is not installed" in verified("a.xlsx", "--folder", "moved")[1]
    replaced(office / "moved" / "facts.csv", "HUYỆN MẪU", "HUYỆN  MẪU")
    differs = "its receipt would now be another"
    status, lines, _ = verified("a.json", "--folder", "moved")
    assert (status, lines[2:4]) == (0, ["THE SAME RESULT", f"{told}{differs}"])
    assert json.loads(run("verify", "a.json", "--folder", "moved", "--json").stdout)["not_compared"] is not None


SHARES = """\
format: ncriteria/1
set:
  id: test.shares
  standard: shares
  title: Shares
  instrument: {number: 1/TEST, issuer: Test}
  years: {from: 2020}
  level: commune
facts: {a: {title: A, type: count}, b: {title: B, type: count}}
clauses:
  share: {title: Share, rule: a / b >= 2, encodes: exact, cite: [{instrument: 1/TEST}]}
"""


@pytest.mark.parametrize("suffix", CARRIERS)
def test_an_answer_that_names_places_is_as_it_was_written_from_wherever_it_is_verified(
    run, tmp_path, monkeypatch, suffix
):
    office, elsewhere = tmp_path / "office", tmp_path / "elsewhere"
    for folder in (office / "in", elsewhere):
        folder.mkdir(parents=True)
    (office / "in" / "sets.yaml").write_text(SHARES, encoding="utf-8")
    (office / "in" / "facts.csv").write_text(
        "unit,level,year,a,b\nu,commune,2024,1,0\nv,commune,2024,2,1\n", encoding="utf-8"
    )
    monkeypatch.chdir(office)
    run("evaluate", "in/facts.csv", "--criteria", "in/sets.yaml", *ONE_DAY, "-o", f"a{suffix}")

    def as_written(*arguments):
        return json.loads(run("verify", *arguments, "--json").stdout)["as_written"]

    assert as_written(f"a{suffix}") is True
    monkeypatch.chdir(elsewhere)
    assert as_written(f"../office/a{suffix}") is True
    (office / f"a{suffix}").rename(elsewhere / f"a{suffix}")
    assert as_written(f"a{suffix}", "--folder", "../office") is True
    assert as_written(f"a{suffix}", "--folder", "../office/in") is None


def test_a_file_within_the_folder_has_one_name_however_it_is_given(run, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("sets.yaml").write_text(SHARES, encoding="utf-8")
    Path("facts.csv").write_text("unit,level,year,a,b\nu,commune,2024,1,0\nv,commune,2024,2,1\n", encoding="utf-8")
    run("evaluate", "facts.csv", "--criteria", "sets.yaml", *ONE_DAY, "-o", "a.json")
    whole = tmp_path.absolute()
    run("evaluate", whole / "facts.csv", "--criteria", whole / "sets.yaml", *ONE_DAY, "-o", "b.json")
    assert Path("a.json").read_bytes() == Path("b.json").read_bytes()
    assert json.loads(run("verify", "b.json", "--json").stdout)["as_written"] is True


def test_an_answer_made_of_files_of_every_kind_is_found_as_it_was_written(run, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    texts = {
        "sets.yaml": SHARES.replace("rule: a / b >= 2, encodes: exact", "encodes: not_encoded"),
        "facts.csv": "unit,level,year,a,b\nu,commune,2024,1,1\n",
        "attested.csv": "unit,year,clause,value,by,document,date\nu,2024,share,met,Police,1/X,2025-01-02\n",
        "lineage.csv": "from,to,share,day\nt,u,whole,2024-01-01\n",
    }
    for name, text in texts.items():
        Path(name).write_text(text, encoding="utf-8")
    files = ("--lineage", "lineage.csv", "--criteria", "sets.yaml", "--attestations", "attested.csv")
    run("evaluate", "facts.csv", *files, *ONE_DAY, "-o", "a.json")
    assert json.loads(run("verify", "a.json", "--json").stdout)["as_written"] is True


def test_an_answer_under_a_project_file_names_places_from_the_working_folder(run, tmp_path, monkeypatch):
    (tmp_path / "in").mkdir()
    (tmp_path / "sets.yaml").write_text(SHARES, encoding="utf-8")
    (tmp_path / "ncriteria.yaml").write_text("format: ncriteria-project/1\ncriteria: sets.yaml\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path / "in")
    Path("facts.csv").write_text("unit,level,year,a,b\nu,commune,2024,1,0\nv,commune,2024,2,1\n", encoding="utf-8")
    run("evaluate", "facts.csv", *ONE_DAY, "-o", "a.json")
    (problem,) = json.loads(Path("a.json").read_text(encoding="utf-8"))["problems"]
    assert problem["place"] == "../sets.yaml:11:10"
    assert json.loads(run("verify", "a.json", "--json").stdout)["as_written"] is True


def test_a_receipt_alone_has_nothing_around_it_that_could_differ(run, office):
    run("evaluate", "facts.csv", "--standard", "ntm-19.2", "--unit", "m5", *ONE_DAY, "--receipt", "r.json")
    assert json.loads(run("verify", "r.json", "--json").stdout)["as_written"] is None


def test_a_changed_file_that_changes_no_result_is_told_and_the_result_is_the_same(run, office, verified):
    run("evaluate", "facts.csv", "--standard", "ntm-19.2", "--unit", "m1", *ONE_DAY, "--receipt", "r.json")
    replaced(office / "facts.csv", "HUYỆN MẪU", "HUYỆN  MẪU")
    status, lines, _ = verified("r.json")
    assert (status, lines[1][:21], lines[2]) == (0, "facts.csv has changed", "THE SAME RESULT")


def test_a_changed_file_is_told_although_it_can_no_more_be_judged(run, office, verified):
    run("evaluate", "facts.csv", "--standard", "ntm-19.2", *ONE_DAY, "--receipt", "r.json")
    replaced(office / "facts.csv", "04/06", "-4")
    status, lines, told = verified("r.json")
    assert status == 2
    assert lines[1].startswith("facts.csv has changed: ")
    assert "NC203" in told


def test_files_are_found_from_this_folder_then_beside_the_receipt_then_in_the_folder_that_is_named(
    run, office, verified, monkeypatch
):
    (office / "in").mkdir()
    (office / "facts.csv").rename(office / "in" / "facts.csv")
    run("evaluate", "in/facts.csv", "--standard", "ntm-19.2", "--unit", "m1", *ONE_DAY, "--receipt", "r.json")
    sent, elsewhere = office / "sent", office / "elsewhere"
    for folder in (sent, elsewhere):
        folder.mkdir()
    (office / "r.json").rename(sent / "r.json")
    assert verified("sent/r.json")[0] == 0
    monkeypatch.chdir(elsewhere)
    status, _, told = verified("../sent/r.json")
    assert (status, told) == (
        2,
        f"../sent/r.json:1:1: NC328 `in/facts.csv` is not in `{elsewhere}` or `{elsewhere}/../sent`\n"
        "  hint: say where the files of the receipt are: --folder FOLDER\n",
    )
    assert verified("../sent/r.json", "--folder", "..")[0] == 0
    (office / "in" / "facts.csv").rename(sent / "facts.csv")
    assert verified("../sent/r.json")[0] == 0


def test_the_receipt_has_every_argument_that_decides_what_is_judged_and_no_other(run, office):
    call = ("evaluate", "facts.csv", "--standard", "ntm-19.2", "--attestations", "attestations.csv", "--unit", "m1")
    further = ("--year", "2024", "--blank", "-", "--ignore-column", "Ghi chú", "--level", "xã", "--keep-going")
    shown = ("--lang", "en", "--details", "--missing", "-o", "a.json")
    assert receipt_of(run, *call, *further, *shown)["arguments"] == [
        *call,
        *("--year", "2024", "--ignore-column", "ghi chú", "--blank", "-", "--level", "commune", "--keep-going"),
    ]


def test_every_way_of_reading_a_table_has_its_argument(office):
    (office / "units.csv").write_text("from,to,share,day\na,b,whole,2020-01-01\n", encoding="utf-8")
    told = ReadingOptions(
        columns={"Mã = số": "unit"}, ignore=["--x"], ignore_unknown=True, blanks=["-", "--"], sheet="s",
        encoding="tcvn3", header_row=2, level=Level.COMMUNE, year=2024, month=3, months_end=15, unit="u",
        territory="t", series="--pphs", known_on=datetime.date(2024, 3, 1), lineage=read_lineage("units.csv"),
        reforms=[
            nc.Reform(day=datetime.date(2026, 3, 1), levels=NATIONAL_REFORM.levels, instrument="9=NQ"),
            nc.Reform(day=datetime.date(2027, 3, 1), levels=NATIONAL_REFORM.levels),
        ],
    )  # fmt: skip
    defaults = ReadingOptions()
    fields = [one.name for one in attrs.fields(ReadingOptions)]
    assert [one for one in fields if getattr(told, one) == getattr(defaults, one)] == ["keep_going"]
    given = GivenTable(Path("facts.csv"), (), nc.catalog(), None, (), told, None)
    call = JudgingCall(given, ("m1", "--m2"), (2023, 2024), keep_going=True, format="csv")
    with click.Context(click.Command("verify")):
        again = call_again([*call.arguments("evaluate", None)], lambda name, _: Path(name))
    assert evolve(again, given=given) == call
    assert again.given.reading == told
    assert again.given.file == Path("facts.csv")


def test_what_a_project_file_says_is_resolved_and_the_file_is_recorded(run, office, verified):
    (office / "ncriteria.yaml").write_text(
        "format: ncriteria-project/1\nstandards: [ntm-19.2]\ncriteria: rules\nlineage: units.csv\n"
        "facts: {blanks: ['-'], level: xã}\n",
        encoding="utf-8",
    )
    (office / "units.csv").write_text("from,to,share,day\na,b,whole,2020-01-01\n", encoding="utf-8")
    (office / "rules").mkdir()
    for one in (ROOT / "criteria").glob("hd0[46]*.commune.yaml"):
        (office / "rules" / one.name).write_bytes(one.read_bytes())
    run("evaluate", "facts.csv", "--unit", "m1", *ONE_DAY, "--receipt", "r.json")
    told = json.loads(Path("r.json").read_text(encoding="utf-8"))["receipt"]
    assert told["arguments"] == [
        *("evaluate", "facts.csv", "--criteria", "rules", "--standard", "ntm-19.2", "--unit", "m1"),
        *("--blank", "-", "--level", "commune", "--lineage", "units.csv"),
    ]
    assert [(one["role"], one["name"]) for one in told["files"]] == [
        ("facts", "facts.csv"),
        ("lineage", "units.csv"),
        ("criteria", "rules/hd04-2024.commune.yaml"),
        ("criteria", "rules/hd06-2022.commune.yaml"),
        ("project", "ncriteria.yaml"),
    ]
    (office / "ncriteria.yaml").unlink()
    status, lines, _ = verified("r.json")
    assert (status, lines[1:3]) == (0, ["ncriteria.yaml was used, and is no more", "THE SAME RESULT"])


def test_criteria_that_say_something_else_are_told(run, office, verified):
    rules = office / "rules.yaml"
    rules.write_bytes((ROOT / "criteria" / "hd04-2024.commune.yaml").read_bytes())
    run("evaluate", "facts.csv", "--criteria", "rules.yaml", "--unit", "m1", *ONE_DAY, "--receipt", "r.json")
    replaced(rules, "Chỉ tiêu 19.2", "Chỉ tiêu số 19.2")
    status, lines, _ = verified("r.json")
    assert status == 0
    assert [line.partition(":")[0] for line in lines[1:4]] == [
        "rules.yaml has changed",
        "THE SAME RESULT",
        "- the set vn.bca.hd04-2024.commune (04/HD-BCA-V05) says something else",
    ]


def test_the_same_input_gives_the_same_receipt(run, office):
    call = ("evaluate", "facts.csv", "--standard", "ntm-19.2", *ONE_DAY, "--force", "--receipt", "r.json")
    found = []
    for name in (1, 2):
        run(*call, "--lang", "vi" if name == 1 else "en")
        found.append(Path("r.json").read_bytes())
    assert found[0] == found[1]


def test_the_day_is_today_where_none_is_given(run, office):
    import datetime

    told = json.loads(run("evaluate", "facts.csv", "--unit", "m1", "--json").stdout)["receipt"]["day"]
    assert abs(datetime.date.fromisoformat(told) - datetime.date.today()) <= datetime.timedelta(1)


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"arguments": ["evaluate"]}, "its arguments are those of no call that judges a table"),
        ({"arguments": ["form", "facts.csv"]}, "its arguments are those of no call that gives an answer"),
        (
            {"arguments": ["evaluate", "facts.csv", "--output", "facts.csv"]},
            "its arguments have `--output`, which no receipt has",
        ),
        ({"arguments": ["evaluate", "facts.csv", "--unit"]}, "its arguments have `--unit`, which no receipt has"),
        ({"arguments": "evaluate"}, '`receipt.arguments` is "evaluate"; expected a list'),
        ({"verdicts": {"met": 9}}, "its counts of verdicts are not those of its rows"),
        ({"result": "0" * 64}, "its digest of the result is not that of its rows"),
        ({"day": "2026-13-01"}, '`receipt.day` is "2026-13-01"; expected a day'),
        (
            {"files": [{"role": "facts", "name": 1, "sha256": ""}]},
            "`receipt.files[0].name` is 1; expected a text",
        ),
    ],
    ids=str,
)
def test_a_damaged_receipt_is_refused_with_what_is_wrong(run, office, verified, change, why):
    run("evaluate", "facts.csv", "--standard", "ntm-19.2", "--unit", "m1", *ONE_DAY, "--receipt", "r.json")
    told = json.loads(Path("r.json").read_text(encoding="utf-8"))
    Path("r.json").write_text(json.dumps({**told, "receipt": told["receipt"] | change}), encoding="utf-8")
    before = (office / "facts.csv").read_bytes()
    status, _, said = verified("r.json")
    hint = "give a file that `--receipt` wrote, or a result that carries a receipt"
    assert (status, said) == (2, f"r.json:1:1: NC327 this is no receipt that can be read: {why}\n  hint: {hint}\n")
    assert (office / "facts.csv").read_bytes() == before


def test_a_verdict_that_was_changed_in_the_receipt_is_found(run, office, verified):
    run("evaluate", "facts.csv", "--standard", "ntm-19.2", "--unit", "m5", *ONE_DAY, "--receipt", "r.json")
    replaced(Path("r.json"), '"not_met": 1', '"met": 1')
    replaced(Path("r.json"), '"verdict": "not_met"', '"verdict": "met"')
    assert "its digest of the result is not that of its rows" in verified("r.json")[2]


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("a.csv", b"unit\n", "its name does not end in .json or .jsonl or .html or .xlsx or .docx"),
        ("a.html", b"<p>", "it is an answer that carries none"),
        (
            "a.html",
            b'<script type="application/octet-stream" id="receipt">eJzz</script>',
            "the text is no JSON",
        ),
        ("a.xlsx", b"PK\x03\x04", "the workbook is damaged: it is no whole zip file"),
        ("a.docx", b"PK\x03\x04", "it is damaged, or no document of Word"),
        ("a.jsonl", b"\xff\xfe", "the text is no JSON"),
    ],
)
def test_files_that_carry_no_receipt_are_refused(office, verified, name, content, why):
    Path(name).write_bytes(content)
    status, _, said = verified(name)
    assert status == 2
    assert said.startswith(f"{name}:1:1: NC327 this is no receipt that can be read: {why}\n")


def test_an_answer_of_before_receipts_is_refused_by_name(run, office, verified):
    run("evaluate", "facts.csv", "--standard", "ntm-19.2", "--unit", "m1", "-o", "a.json")
    told = json.loads(Path("a.json").read_text(encoding="utf-8"))
    Path("a.json").write_text(json.dumps({key: told[key] for key in told if key != "receipt"}), encoding="utf-8")
    assert "it is an answer that carries none" in verified("a.json")[2]
    run("evaluate", "facts.csv", "--standard", "ntm-19.2", "--unit", "m1", "-o", "a.xlsx")
    book = openpyxl.load_workbook("a.xlsx")
    del book["Phiếu kiểm chứng"]
    book.save("a.xlsx")
    assert "it is an answer that carries none" in verified("a.xlsx")[2]


def test_a_call_that_the_files_no_more_allow_is_told(run, office, verified):
    rules = office / "rules.yaml"
    rules.write_bytes((ROOT / "criteria" / "hd04-2024.commune.yaml").read_bytes())
    call = ("evaluate", "facts.csv", "--criteria", "rules.yaml", "--standard", "ntm-19.2", "--unit", "m1")
    run(*call, *ONE_DAY, "--receipt", "r.json")
    replaced(rules, "id: ntm-19.2", "id: ntm-19.3")
    status, _, said = verified("r.json")
    assert (status, said) == (
        2,
        "NC329 the call of the receipt cannot be made again: there is no standard `ntm-19.2`; "
        "did you mean `ntm-19.3`?\n",
    )


def test_a_receipt_goes_to_a_file_of_its_own(run, office):
    call = ("evaluate", "facts.csv", "--unit", "m1", "--lang", "en")
    assert run(*call, "--receipt", "r.json").stderr.endswith("Receipt written to r.json\n")
    assert "NC354" in run(*call, "--receipt", "r.json").stderr
    assert "the receipt and the answer need a file each" in run(*call, "--receipt", "a.json", "-o", "a.json").stderr
    assert "a receipt is written as JSON" in run(*call, "--receipt", "r.txt").stderr
    assert run(*call).stderr == ""


def test_the_sheet_of_the_receipt_says_in_words_what_it_says(run, office):
    run("evaluate", "facts.csv", "--standard", "ntm-19.2", "--unit", "m1", *ONE_DAY, "--lang", "en", "-o", "a.xlsx")
    told = json.loads(run("evaluate", "facts.csv", "--unit", "m1", "--standard", "ntm-19.2", *ONE_DAY, "--json").stdout)
    sheet = openpyxl.load_workbook("a.xlsx")["Receipt"]
    rows = list(sheet.iter_rows(min_row=2, max_col=3, values_only=True))
    assert [sheet.column_dimensions[letter].hidden for letter in "ABCD"] == [False, False, False, True]
    (facts,), (used,) = told["receipt"]["files"], told["receipt"]["sets"]
    assert rows == [
        ("Made on", "2026-01-02 with ncriteria 0.1.0", None),
        ("Call", "ncriteria evaluate facts.csv --standard ntm-19.2 --unit m1", None),
        ("File of facts", "facts.csv", facts["sha256"]),
        ("Criteria set", "vn.bca.hd04-2024.commune (04/HD-BCA-V05)", used["digest"]),
        ("Verdicts", "1 undetermined", None),
        ("Result as a whole", "1 row", told["receipt"]["result"]),
    ]


def test_names_of_files_do_nothing(run, office, verified):
    hostile = "=cmd|'<script>.csv"
    (office / "facts.csv").rename(office / hostile)
    for suffix in CARRIERS:
        assert run("evaluate", hostile, "--standard", "ntm-19.2", "--unit", "m1", "-o", f"a{suffix}").exit_code == 0
        assert verified(f"a{suffix}")[0] == 0
    assert b"cmd|'<script>" not in (office / "a.html").read_bytes()


def test_a_shipped_set_that_is_named_needs_no_file(run, office, verified):
    call = ("evaluate", "facts.csv", "--criteria", "vn.bca.hd04-2024.commune", "--unit", "m1", *ONE_DAY)
    told = receipt_of(run, *call, "--receipt", "r.json")
    assert [one["role"] for one in told["files"]] == ["facts"]
    assert verified("r.json")[0] == 0
    assert "vn.bca.hd04-2024.commune" in told["arguments"]


def test_facts_of_the_standard_input_are_verified_from_the_standard_input(office):
    facts = (office / "facts.csv").read_bytes()

    def given(content, *arguments):
        return CliRunner().invoke(program, [*arguments, "--lang", "en"], input=content)

    call = ("evaluate", "-", "--format", "csv", "--standard", "ntm-19.2", "--unit", "m1", "--receipt", "r.json")
    assert given(facts, *call).exit_code == 0
    assert given(facts, "verify", "r.json").exit_code == 0
    again = given(facts.replace(b"04/06", b"07/06"), "verify", "r.json")
    assert again.exit_code == 1
    assert again.stdout.splitlines()[1].startswith("- has changed: ")


@pytest.mark.usefixtures("english")
def test_a_parquet_table_has_a_receipt_where_it_is_judged_row_by_row(run, office, verified):
    polars = pytest.importorskip("polars")
    polars.DataFrame({"unit": ["a"], "year": [2023], "crime_cases": [1]}).write_parquet("facts.parquet")
    call = ("evaluate", "facts.parquet", "--standard", "ntm-19.2", "--receipt", "r.json")
    assert run(*call).exit_code == 0
    assert verified("r.json")[0] == 0
    said = run(*call, "--force", "--engine", "polars").stderr
    assert "--receipt is for tables that are judged row by row" in said
