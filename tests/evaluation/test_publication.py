"""Computed verdicts beside published ones."""

from __future__ import annotations

import unicodedata

import pytest

from ncriteria.evaluation.publication import Agreement, agreement, published_verdict
from ncriteria.sets.model import Verdict


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("Đạt", Verdict.MET),
        (" đạt ", Verdict.MET),
        ("ĐẠT", Verdict.MET),
        (unicodedata.normalize("NFD", "đạt"), Verdict.MET),
        ("Met", Verdict.MET),
        ("Chưa đạt", Verdict.NOT_MET),
        ("chưa  đạt", Verdict.NOT_MET),
        ("Không đạt", Verdict.NOT_MET),
        ("not met", Verdict.NOT_MET),
        ("", None),
        ("đang xét", None),
        ("đạt 17/19", None),
    ],
)
def test_a_published_verdict_is_read_only_where_it_is_plain(text, verdict):
    assert published_verdict(text) is verdict


@pytest.mark.parametrize(
    ("computed", "published", "expected"),
    [
        (Verdict.MET, "Đạt", Agreement.AGREES),
        (Verdict.NOT_MET, "Đạt", Agreement.DIFFERS),
        (Verdict.NOT_APPLICABLE, "Đạt", Agreement.DIFFERS),
        (Verdict.UNDETERMINED, "Đạt", Agreement.OPEN),
        (Verdict.UNDETERMINED, "Chưa đạt", Agreement.OPEN),
        (Verdict.NOT_MET, "Chưa đạt", Agreement.AGREES),
        (Verdict.MET, "đang xét", None),
        (Verdict.MET, None, None),
    ],
)
def test_an_undetermined_verdict_contradicts_nothing(computed, published, expected):
    assert agreement(computed, published) is expected
