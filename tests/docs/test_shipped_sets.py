"""The pages of the shipped sets say what the files say, in both languages."""

from __future__ import annotations

import pytest

import ncriteria as nc
from ncriteria.sets.model import Clause, Encodes
from ncriteria.words import Language
from tests.docs.shipped_sets import PAGES, between_marks, coverage, told

SETS = {one.id: one for one in nc.catalog().sets.sets}


@pytest.mark.parametrize("language", ["en", "vi"])
def test_a_page_says_of_each_set_what_its_file_says(language: Language) -> None:
    _, inside, _ = between_marks(PAGES[language].read_text("utf-8"))
    assert inside.strip() == told(language).strip(), "run `python -m tests.docs.shipped_sets`"


def test_the_coverage_of_a_set_is_one_line() -> None:
    guidance = SETS["vn.bca.hd04-2024.commune"]
    assert coverage(guidance, "en") == "4 of 13 contents as read, 7 approximated, 1 attested, 1 not encoded"
    assert coverage(guidance, "vi") == "4 trên 13 nội dung đúng như văn bản, 7 gần đúng, 1 theo xác nhận, 1 chưa mã hóa"
    assert coverage(SETS["vn.bca.hd04-2024.district"], "en") == "0 of 1 contents as read, 1 not encoded"


@pytest.mark.parametrize("identifier", SETS)
def test_what_is_not_encoded_says_what_is_missing_and_where_it_could_be_read(identifier: str) -> None:
    for clause in SETS[identifier].members():
        if isinstance(clause, Clause) and clause.encodes is Encodes.NOT_ENCODED:
            assert clause.note is not None
            assert "Có thể đọc ở" in clause.note.vi
            assert "could be read in" in clause.note.en
