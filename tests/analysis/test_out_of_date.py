"""What may be out of date on a day: texts awaited, values and sets that end, and sources that have changed."""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Mapping
from pathlib import Path

import pytest
from click.testing import CliRunner

import ncriteria as nc
from ncriteria.analysis.staleness.out_of_date import out_of_date
from ncriteria.cli import program
from ncriteria.sets.model import CriteriaSet
from tests.sets.writing import PARTS, file_text

OLD, NEW = (hashlib.sha256(text).hexdigest() for text in (b"old", b"new"))
ACT = "instrument: {number: 01/EXAMPLE, issuer: Example%s}"
DAY = datetime.date(2026, 3, 1)


def written(name: str, years: str, act: str = "", **parts: str) -> str:
    header = PARTS["set"].replace("example.commune", name).replace("years: {from: 2024}", years)
    header = header.replace("instrument: {number: 01/EXAMPLE, issuer: Example}", ACT % act)
    return file_text({"set": header, **parts})


def source(name: str, url: str, sha256: str, years: str = "years: {from: 2024}") -> CriteriaSet:
    text = written(name, years, f', url: "https://example.org/{url}", retrieved: 2026-01-05, sha256: {sha256}')
    return nc.loads(text).definition


def with_values(values: str) -> dict[str, str]:
    return {
        "parameters": f"parameters:\n  most: {{title: Most, values: {values}, cite: [{{instrument: A}}]}}",
        "clauses": "clauses:\n  crime: {title: C, rule: cases <= param.most, encodes: exact, cite: [{instrument: A}]}",
    }


def told(*sets: CriteriaSet, on: datetime.date = DAY, copies: Mapping[str, str] | None = None) -> list[tuple[str, ...]]:
    found = out_of_date(sets, on, copies).findings
    return [
        (
            one.kind.value,
            one.criteria,
            one.name,
            *([one.last.isoformat()] if one.last else []),
            *filter(None, [one.file]),
        )
        for one in found
    ]


@pytest.mark.parametrize(
    ("years", "expected"),
    [
        ("years: {from: 2024}", []),
        ("years: {from: 2024, to: 2028}", []),
        ("years: {from: 2024, to: 2026}", [("set_ends", "a", "01/EXAMPLE", "2026-12-31")]),
        ("years: {from: 2024, to: 2025}", [("set_ended", "a", "01/EXAMPLE", "2025-12-31")]),
        ("in_force: {from: 2024-01-01, to: 2026-02-28}", [("set_ended", "a", "01/EXAMPLE", "2026-02-28")]),
    ],
)
def test_a_set_that_ends_is_told_within_a_year_of_it(years: str, expected: list[tuple[str, ...]]) -> None:
    assert told(nc.loads(written("a", years)).definition) == expected


def test_a_set_that_another_follows_is_not_out_of_date() -> None:
    sets = [
        nc.loads(written(*one)).definition
        for one in (("a", "years: {from: 2024, to: 2025}"), ("b", "years: {from: 2026}"))
    ]
    assert told(*sets) == []


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ("[{from: 2024, value: 3}, {from: 2026, value: 5}]", []),
        ("[{from: 2024, to: 2025, value: 3}]", [("parameter_ended", "a", "most", "2025-12-31")]),
        ("[{from: 2024, value: 3}, {from: 2027, value: unknown}]", [("parameter_ends", "a", "most", "2026-12-31")]),
        ("[{from: 2024, to: 2025, value: 3}, {from: 2026, value: 4}]", []),
        ("[{from: 2024, to: 2030, value: 3}]", []),
    ],
)
def test_a_value_that_ends_before_its_set_is_told(values: str, expected: list[tuple[str, ...]]) -> None:
    text = written("a", "years: {from: 2024}", **with_values(values))
    assert told(nc.loads(text).definition) == expected


def test_a_value_is_unknown_after_its_last_year() -> None:
    criteria = nc.loads(file_text(with_values("[{from: 2024, to: 2024, value: 3}, {from: 2026, value: 5}]")))
    verdicts = {year: criteria.evaluate({"cases": 4}, year=year).verdict.value for year in (2024, 2025, 2026)}
    assert verdicts == {2024: "not_met", 2025: "undetermined", 2026: "met"}
    assert criteria.evaluate({"cases": 4}, year=2025).open.parameters == ("most",)


def test_values_end_after_they_begin() -> None:
    with pytest.raises(nc.CriteriaError, match="NC119 the years end in 2023, before they begin in 2024"):
        nc.loads(file_text(with_values("[{from: 2024, to: 2023, value: 3}]")))


def test_a_text_that_is_awaited_is_told() -> None:
    clauses = (
        "clauses:\n  crime: {title: C, encodes: not_encoded, awaits: {document: D, from: M}, cite: [{instrument: A}]}"
    )
    (found,) = out_of_date([nc.loads(file_text({"clauses": clauses})).definition], DAY).findings
    assert (found.kind.value, found.name, found.awaits and found.awaits.document.en) == ("awaited", "crime", "D")


def test_one_address_with_two_texts_has_changed_and_one_text_at_two_addresses_has_moved() -> None:
    first = source("a", "act.pdf", OLD)
    assert told(first, source("b", "act.pdf", NEW)) == [("source_changed", "b", "01/EXAMPLE")]
    assert told(first, source("b", "moved.pdf", OLD)) == [("source_moved", "b", "01/EXAMPLE")]
    assert told(first, source("b", "act.pdf", OLD)) == []


def test_the_copies_at_hand_are_compared_with_the_hashes() -> None:
    sets = source("a", "act.pdf", OLD), source("b", "other.pdf", NEW)
    assert told(*sets, copies={"one.pdf": OLD, "two.pdf": NEW}) == []
    assert told(*sets, copies={"sub/act.pdf": NEW}) == [("source_changed", "a", "01/EXAMPLE", "sub/act.pdf")]
    assert told(*sets, copies={"act.pdf": OLD}) == [("source_absent", "b", "01/EXAMPLE")]


def test_the_command_ends_with_1_only_where_a_source_has_changed(tmp_path: Path) -> None:
    sets, copies = tmp_path / "sets", tmp_path / "copies"
    sets.mkdir()
    copies.mkdir()
    text = written("a", "years: {from: 2024, to: 2025}", f', url: "https://example.org/act.txt", sha256: {OLD}')
    (sets / "a.yaml").write_text(text, encoding="utf-8")
    for content, status in ((b"old", 0), (b"new", 1)):
        (copies / "act.txt").write_bytes(content)
        call = ["catalog", str(sets), "--stale", "--on", "2026-03-01", "--sources", str(copies), "--lang", "en"]
        outcome = CliRunner().invoke(program, call)
        assert (outcome.exit_code, "Sources that have changed" in outcome.output) == (status, bool(status))
    assert CliRunner().invoke(program, ["catalog", str(sets), "--on", "2026-03-01"]).exit_code == 2


def test_a_text_without_an_address_is_looked_for_by_its_hash() -> None:
    cite = f"cite: [{{instrument: 02/EXAMPLE, sha256: {OLD}}}]"
    clauses = f"clauses:\n  crime: {{title: C, rule: cases = 0, encodes: exact, {cite}}}"
    criteria = nc.loads(file_text({"clauses": clauses})).definition
    assert told(criteria) == told(criteria, copies={"any name.pdf": OLD}) == []
    assert told(criteria, copies={"act.pdf": NEW}) == [("source_absent", "example.commune", "02/EXAMPLE")]
