"""A word of Vietnamese stands for a word that the files know: of a key, of a value, or of a rule."""

from __future__ import annotations

import pytest

from ncriteria.language.hints.near_misses import did_you_mean
from ncriteria.language.hints.vietnamese import WORDS_MEANT
from ncriteria.language.hints.words import RESERVED_NAMES
from ncriteria.sets.keys import heading, tables
from ncriteria.sets.model import Encodes, FactType, Level, Verdict
from ncriteria.sets.sources import OverlayVerb


def test_each_stands_for_words_that_there_are():
    shapes = (heading.HEADER, heading.INSTRUMENT, heading.YEARS, tables.FACT, tables.PARAMETER, tables.CLAUSE)
    keys = {key for shape in (*shapes, tables.GROUP, tables.TEST, tables.GRADE) for key in shape.keys} | {*tables.FILE}
    values = {one.value for kind in (Encodes, FactType, Level, Verdict, OverlayVerb) for one in kind}
    known = keys | values | RESERVED_NAMES
    assert {one for meant in WORDS_MEANT.values() for one in meant} <= known


@pytest.mark.parametrize(
    ("written", "known", "meant"),
    [
        ("xã", [one.value for one in Level], "commune"),
        ("Đạt", [one.value for one in Verdict], "met"),
        ("không_đạt", [one.value for one in Verdict], "not_met"),
        ("quy tắc", [*tables.CLAUSE.keys], "rule"),
        ("căn_cứ", [*tables.CLAUSE.keys], "cite"),
    ],
)
def test_what_is_meant(written, known, meant):
    assert str(did_you_mean(written, known)) == f"did you mean `{meant}`?"
