"""What clauses of other sets are called where rules ask for them: by title and standard, in both languages."""

from __future__ import annotations

import pytest

import ncriteria as nc
from ncriteria.evaluation.explanation.text import waiting_lines
from ncriteria.evaluation.explanation.values import Voice
from ncriteria.evaluation.explanation.wording import worded
from ncriteria.language.parser import parse
from ncriteria.sets.catalog import set_catalog
from ncriteria.sets.files.digest import digest_of

SET = """format: ncriteria/1
set:
  id: {standard}.{level}.{first}
  standard: {{id: {standard}, title: {{vi: Chuẩn {standard}, en: Standard {standard}}}}}
  title: {{vi: Bộ {standard}, en: Set {standard}}}
  instrument: {{number: 1/VD, issuer: {{vi: Ví dụ, en: Example}}}}
  years: {{from: {first}, to: {first}}}
  level: {level}
facts:
  fires: {{title: {{vi: Số vụ cháy, en: Fires}}, type: count}}
clauses:
  {path}:
    title: {{vi: {vi}, en: {en}}}
    rule: {rule}
    encodes: exact
    cite: [{{instrument: 1/VD, at: "1"}}]
"""


def of(
    rule="fires = 0", *, standard="an-toàn", level="commune", first=2024, path="fire", vi="Không cháy", en="No fire"
):
    """A set of one clause."""
    texts = {"standard": standard, "level": level, "first": first, "path": path, "vi": vi, "en": en}
    return nc.loads(SET.format(rule=rule, **texts)).definition


SAFE, OLDER = of(), of(first=2023, vi="Ít cháy", en="Few fires")
OWN = of(standard="nếp-sống", vi="Không cháy theo nếp sống", en="No fire by the way of life")


def asking(rule, level="district", first=2024, others=(OLDER, SAFE, OWN)):
    """A set of another standard that asks for clauses of these sets, from a catalog of all."""
    asks = of(f"'{rule}'", standard="nếp-sống", level=level, first=first, path="asks", vi="Hỏi", en="Asks")
    return next(one for one in set_catalog([*others, asks]).sets if one.id == asks.id)


@pytest.mark.parametrize(
    ("level", "rule", "vi", "en"),
    [
        (
            "district",
            'share_met(commune, "an-toàn:fire") >= 1/2',
            "«tỷ lệ đơn vị cấp xã đạt Không cháy – Chuẩn an-toàn [an-toàn:fire]» ≥ 1 / 2",
            "«share of communes that meet No fire – Standard an-toàn [an-toàn:fire]» ≥ 1 / 2",
        ),
        (
            "district",
            'count_met(commune, "fire") >= 2',
            "«số đơn vị cấp xã đạt Không cháy theo nếp sống [fire]» ≥ 2",
            "«number of communes that meet No fire by the way of life [fire]» ≥ 2",
        ),
        (
            "commune",
            'met("an-toàn:fire")',
            "đạt «Kết quả Không cháy – Chuẩn an-toàn [an-toàn:fire]»",
            "«Verdict on No fire – Standard an-toàn [an-toàn:fire]» is met",
        ),
        (
            "commune",
            'prev_year(met("an-toàn:fire"))',
            "đạt «Kết quả Không cháy – Chuẩn an-toàn [an-toàn:fire] (năm trước)»",
            "«Verdict on No fire – Standard an-toàn [an-toàn:fire] (the year before)» is met",
        ),
    ],
)
def test_a_clause_of_another_set_is_told_by_its_title_and_its_standard(level, rule, vi, en):
    criteria = asking(rule, level, others=(OLDER, SAFE, *([OWN] if level == "district" else [])))
    asked = criteria.clauses[0].rule
    assert (worded(Voice("vi", criteria), asked), worded(Voice("en", criteria), asked)) == (vi, en)


def test_where_the_other_set_is_not_known_the_clause_is_told_by_its_path():
    rule = 'share_met(commune, "an-toàn:fire") >= 1/2'
    criteria = of(f"'{rule}'", standard="nếp-sống", level="district", path="asks")
    assert worded(Voice("en", criteria), parse(rule)) == "«share of communes that meet an-toàn:fire» ≥ 1 / 2"


def test_the_title_is_that_of_the_set_of_the_same_years():
    criteria = asking('share_met(commune, "an-toàn:fire") >= 1/2', first=2023)
    assert criteria.elsewhere["commune", "an-toàn:fire"].title.vi == "Ít cháy"


def test_what_the_others_are_called_changes_neither_the_set_nor_its_digest():
    rule = 'share_met(commune, "an-toàn:fire") >= 1/2'
    alone = of(f"'{rule}'", standard="nếp-sống", level="district", path="asks", vi="Hỏi", en="Asks")
    known = asking(rule)
    assert known.elsewhere
    assert (known == alone, digest_of(known) == digest_of(alone)) == (True, True)


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("vi", "Còn chờ kết quả các đơn vị cấp dưới: Không cháy – Chuẩn an-toàn [an-toàn:fire] (xã)"),
        ("en", "Waiting for the units inside: No fire – Standard an-toàn [an-toàn:fire] (communes)"),
    ],
)
def test_what_a_result_waits_for_of_units_inside_is_told_so(language, expected):
    criteria = asking('share_met(commune, "an-toàn:fire") >= 1/2')
    result = nc.Criteria(criteria).evaluate({})
    assert [*waiting_lines(Voice(language, criteria), result, {})] == [expected]
