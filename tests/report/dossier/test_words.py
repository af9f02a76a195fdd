"""What is said of an edit in words: titles beside identifiers, figures of records, and what the names in rules are."""

from __future__ import annotations

from fractions import Fraction

import pytest

from ncriteria.analysis.cases import Row
from ncriteria.analysis.comparison.differences import Aspect, ChangeKind, Difference, Subject
from ncriteria.language.tree import Ago, FactKey
from ncriteria.report.sheets.edits.comparisons import differences_sheet
from ncriteria.report.sheets.edits.edit_words import ASPECTS, EditVoice, aspect_texts, record_text, rule_read
from ncriteria.report.sheets.edits.rule_tests import slips_sheet
from ncriteria.sets.catalog import load_catalog
from ncriteria.sets.loader import loads_set
from ncriteria.sets.model import RollUp, Verdict
from ncriteria.words import Language
from tests.report.dossier.edits import OLD, STRICTER, dossier

LANGUAGES: tuple[Language, ...] = ("vi", "en")
SET = loads_set(OLD)
VOICE = EditVoice("en", SET, SET)


@pytest.mark.parametrize(
    ("row", "text"),
    [
        (Row({}, 2024), "no figure is known"),
        (
            Row({FactKey("fires", Ago(1)): Fraction(3), FactKey("fires"): Fraction(2)}, 2024),
            "Fires: 2 cases; Fires (the year before): 3 cases",
        ),
        (Row({}, 2024, shares={("hamlet", "fire"): RollUp(2, 1, 1)}), "2 of 4 hamlets meet fire"),
        (Row({}, 2024, attested={"flood": Verdict.MET}), "No floods (flood): met"),
    ],
)
def test_a_record_is_told_by_the_titles_of_its_facts(row: Row, text: str) -> None:
    assert record_text(VOICE, row) == text


@pytest.mark.parametrize(
    ("key", "shown", "vi", "en"),
    [
        ("instrument.issued", "2024-03-18", "18/03/2024", "2024-03-18"),
        ("type", "enumeration", "một trong các giá trị (enumeration)", "one of (enumeration)"),
        ("options", ("fail", "pass"), "chưa đạt (fail)\nđạt (pass)", "not enough (fail)\nenough (pass)"),
        (
            "cite",
            ("318/QĐ-TTg, chỉ tiêu 19.2 (not_found)",),
            "318/QĐ-TTg, chỉ tiêu 19.2 (văn bản: chưa tìm được văn bản)",
            "318/QĐ-TTg, chỉ tiêu 19.2 (text: not found)",
        ),
        ("headings", ("Số vụ", "Vụ"), "Số vụ\nVụ", "Số vụ\nVụ"),
    ],
)
def test_what_a_key_says_is_told_in_words(key: str, shown: str | tuple[str, ...], vi: str, en: str) -> None:
    (criteria,) = [one for one in load_catalog().sets if one.id == "vn.bca.hd04-2024.commune"]
    difference, aspect = Difference(Subject.PARAMETER, ChangeKind.ADDED, "equal_count"), Aspect(key, None, shown)
    told = [aspect_texts(EditVoice(language, criteria, criteria), difference, aspect) for language in LANGUAGES]
    assert told == [(None, vi), (None, en)]


def test_the_names_of_a_rule_stand_behind_it() -> None:
    assert rule_read(SET, "fires <= 2 and floods = 0", "en") == (
        "fires <= 2 and floods = 0 (fires = Fires; floods = Floods)"
    )


def test_a_rule_that_is_too_long_to_be_read_again_stays_as_it_is() -> None:
    text = "fires <= " + " + ".join(["1"] * 5000)
    assert rule_read(SET, text, "en") == text


def test_each_key_that_differs_has_words_and_each_name_its_title() -> None:
    comparison = dossier(STRICTER).comparison
    rows = [*differences_sheet(comparison, "en").narrowed(("name", "title", "key", "aspect", "old", "new")).rows]
    assert rows == [
        ("fire", "Few fires", "rule", "rule", "fires <= 2 (fires = Fires)", "fires <= 1 (fires = Fires)"),
    ]


def test_every_key_that_can_differ_is_called_something() -> None:
    from ncriteria.analysis.comparison import differences

    keys = set(differences._header(SET)) | {"in_force"}
    keys |= {key for member in (SET.whole, *SET.members()) for key in differences.member_aspects(member)}
    keys |= {key for declared in SET.facts.values() for key in differences._fact(declared)}
    assert keys <= set(ASPECTS)


def test_a_slip_is_told_with_what_its_names_stand_for() -> None:
    text = OLD[OLD.index("tests:") :]
    mutations = dossier(((text, ""),)).tests.mutations
    assert mutations is not None
    rows = [*slips_sheet(mutations, VOICE).narrowed(("clause", "title", "slip", "rule")).rows]
    assert rows[0] == ("fire", "Few fires", "`<=` becomes `<`", "fires < 2 (fires = Fires)")
