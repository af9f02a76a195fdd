"""A receipt says what a result was made from, comes back as it was, and tells what differs."""

import datetime
import json
from pathlib import Path

import pytest
from attrs import evolve

import ncriteria as nc
from ncriteria.report.receipts.comparing import checked
from ncriteria.report.receipts.document import receipt_document
from ncriteria.report.receipts.reading import read_receipt
from ncriteria.report.receipts.receipt import FileRole, file_seen, receipt_of

FACTS = "examples/tan_hung/facts.csv"
DAY = datetime.date(2026, 1, 2)


def _judged(text=None, tmp_path=None):
    path = Path(FACTS)
    if text is not None:
        path = tmp_path / "facts.csv"
        path.write_text(text(Path(FACTS).read_text(encoding="utf-8")), encoding="utf-8")
    criteria = nc.catalog()
    table = nc.read_facts(path, nc.load("criteria/hd06-2022.commune.yaml").facts)
    return list(nc.evaluate_rows(table, criteria, standards=["ntm-19.2"]))


def _receipt(judgements, name=FACTS):
    return receipt_of(judgements, [name, "--standard", "ntm-19.2"], [file_seen(FileRole.FACTS, name)], DAY)


def test_a_receipt_comes_back_as_it_was(tmp_path):
    receipt = _receipt(_judged())
    target = tmp_path / "r.json"
    target.write_text(json.dumps(receipt_document(receipt), ensure_ascii=False), encoding="utf-8")
    assert read_receipt(target) == receipt
    assert [one.id for one in receipt.sets] == ["vn.bca.hd04-2024.commune", "vn.bca.hd06-2022.commune"]
    assert sum(receipt.verdicts.values()) == len(receipt.rows) > 0


def test_the_same_result_is_the_same(tmp_path):
    found = checked(_receipt(_judged()), _receipt(_judged()))
    assert found.same
    assert found.differences == ()


def test_the_order_of_rows_and_the_version_change_no_result():
    judged = _judged()
    again = evolve(_receipt(judged[::-1]), version="9")
    found = checked(_receipt(judged), again)
    assert found.same
    assert [str(one) for one in found.differences] == [f"judged by version {nc.__version__}; this is version 9"]


def test_what_differs_is_told(tmp_path):
    before = _judged()
    after = _judged(lambda text: text.replace("01/02", "03/02"), tmp_path)
    copied = tmp_path / "facts.csv"
    one = _receipt(before)
    other = evolve(_receipt(after, str(copied)), files=(evolve(file_seen(FileRole.FACTS, str(copied)), name=FACTS),))
    found = checked(one, other)
    assert not found.same
    was, now = one.files[0].sha256[:12], other.files[0].sha256[:12]
    assert [str(one) for one in found.differences] == [
        f"{FACTS} has changed: {was} was its digest, {now} is",
        "vinh-buu, 2023, ntm-19.2: was Undetermined, is Not met",
    ]


def test_files_sets_and_rows_that_came_or_went_are_told():
    whole = _receipt(_judged())
    part = evolve(whole, files=(), sets=whole.sets[:1], rows=whole.rows[1:], result="other")
    row = whole.rows[0]
    key = f"{row.unit}, {row.year}, {row.standard}"
    assert [str(one) for one in checked(whole, part).differences] == [
        f"{FACTS} was used, and is no more",
        f"the set {whole.sets[1].id} ({whole.sets[1].instrument}) judged, and does no more",
        f"{key}: was judged, and is no more",
    ]
    assert [str(one) for one in checked(part, whole).differences] == [
        f"{FACTS} is used, and was not",
        f"the set {whole.sets[1].id} ({whole.sets[1].instrument}) judges, and did not",
        f"{key}: is judged, and was not",
    ]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("no", "the text is no JSON"),
        ("{}", "its schema is not `ncriteria-receipt/1`"),
        ('{"schema": "ncriteria-receipt/1"}', "`receipt` is null; expected an object"),
        ('{"schema": "ncriteria-receipt/1", "receipt": {}}', "`receipt` has no `version`"),
    ],
)
def test_what_is_no_receipt_is_refused(tmp_path, text, why):
    target = tmp_path / "r.json"
    target.write_text(text, encoding="utf-8")
    with pytest.raises(nc.NCriteriaError, match="NC327") as error:
        read_receipt(target)
    assert error.value.problems[0].message == f"this is no receipt that can be read: {why}"
