"""The digest of a set: the same where the same is said, another where anything else is."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import ncriteria as nc
from ncriteria.sets.files.digest import digest_of
from ncriteria.sets.files.files import shipped_folder

TEXT = Path(__file__).with_name("every_fact.yaml").read_text(encoding="utf-8")


def digest(text: str) -> str:
    return digest_of(nc.loads(text).definition)


def test_a_digest_has_64_hexadecimal_digits() -> None:
    assert re.fullmatch("[0-9a-f]{64}", digest(TEXT))


def test_the_digest_of_a_set_stays_the_same_from_one_version_of_the_library_to_the_next() -> None:
    assert digest(TEXT) == "93a7278fe5da99e813a8aa629c222c8bd50b3e04c4ccd037f5155eee6cd9c631"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("# A set", "# Another comment"),
        (
            "{number: 01/EXAMPLE, issuer: Example, issued: 2024-01-05}",
            "{issuer: Example, number: '01/EXAMPLE', issued: 2024-01-05}",
        ),
        ("rule: cases <= prev_year and", "rule: (cases<=prev_year(cases)) and"),
        ("given: {plan: false}, expect: {order: not_applicable}", "given: {}, expect: {order: undetermined}"),
        ("min: 0, max: 1}", "min: 0.0, max: 1.0}"),
        ("  level: commune\n", ""),
    ],
)
def test_layout_comments_and_tests_do_not_change_it(old: str, new: str) -> None:
    changed = TEXT.replace(old, new)
    changed = changed if new else changed.replace("set:\n", "set:\n  level: commune\n")
    assert changed != TEXT
    assert digest(changed) == digest(TEXT)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("id: example.every.commune", "id: example.other.commune"),
        ("to: 2025", "to: 2026"),
        ("issued: 2024-01-05", "issued: 2024-01-06"),
        ("vi: Số vụ,", "vi: Số vụ việc,"),
        ("min: 0, max: 1}", "max: 1}"),
        ("max: 9}", "max: 10}"),
        ("decimals: 3", "decimals: 2"),
        (", attested: true", ""),
        ('"a, b"]', '"a,b"]'),
        ("en: the commune police", "en: the police"),
        ("cases <= prev_year and", "cases < prev_year and"),
        ("applies_when: plan\n", "applies_when: not plan\n"),
        ("    all:\n", "    any:\n"),
        ("encodes: exact", "encodes: approximated"),
        ("type: count, min: 1", "type: number, min: 1"),
    ],
)
def test_all_that_a_set_says_changes_it(old: str, new: str) -> None:
    changed = TEXT.replace(old, new, 1)
    assert changed != TEXT
    assert digest(changed) != digest(TEXT)


def test_a_shipped_set_has_one_digest_however_it_is_read() -> None:
    for path in shipped_folder().glob("*.yaml"):
        loaded = nc.load(path).definition
        assert digest_of(loaded) == digest_of(nc.catalog()[loaded.id].definition)
