"""The page as a file: what it says is what Python says, and nothing that it holds is anything but data."""

from __future__ import annotations

import datetime
import re
from base64 import b64encode
from fractions import Fraction
from hashlib import sha256
from unittest.mock import patch

import pytest
from attrs import frozen
from hypothesis import given
from hypothesis import strategies as st

from ncriteria.analysis.room.rooms import room
from ncriteria.evaluation.errors import EvaluationError
from ncriteria.evaluation.explanation.values import Voice, fact_text
from ncriteria.evaluation.lowering import resolve
from ncriteria.evaluation.records.record import Record
from ncriteria.facts.table import FactRow, Unit
from ncriteria.language.queries import facts_of
from ncriteria.language.tree import THIS_YEAR
from ncriteria.report.page import PageError, page_html
from ncriteria.report.page.cells import Section
from ncriteria.report.receipts.reading import read_receipt
from ncriteria.report.receipts.receipt import receipt_of
from ncriteria.sets.model import RollUp
from ncriteria.words import words
from tests.evaluation.knowledge import knowledge
from tests.evaluation.sets import YEAR, clause, with_clauses
from tests.report.page.judged import HOSTILE, attested, district, example, hamlets, made_anew
from tests.report.page.opened import explanation, opened
from tests.strategies import expressions

TABLES = {one.__name__: one for one in (district, example, attested, hamlets, made_anew)}


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize(("number", "language"), [(0, "vi"), (1, "en")])
def test_the_page_says_of_every_row_what_its_explanation_says(table, number, language):
    judged = TABLES[table]()
    page = opened(page_html(judged))
    assert list(page.rows) == list(range(len(judged)))
    for row, judgement in enumerate(judged):
        if judgement.result is not None:
            assert explanation(page, row, number) == judgement.result.explain(language)
        else:
            problems = "\n".join(problem.text(language) for problem in judgement.problems)
            assert problems
            assert "\n".join(text for part, text in page.lines(row, "", number) if part is Section.PROBLEM) == problems


ROW = FactRow(Unit("a"), YEAR, {})


@frozen
class OfRecord:
    """A judgement that no table has: of a record that was judged by itself."""

    result: object
    row: FactRow = ROW
    standard: str = "test"
    standard_title: object = None
    verdicts: object = True
    problems: tuple = ()


@given(expressions, st.data())
def test_every_construct_of_a_rule_is_told_on_the_page_as_in_its_explanation(rule, data):
    criteria = with_clauses(clause("19.2/crime", "crimes = 0"), clause("19.2", "true"), clause("c", rule))
    keys = facts_of(resolve(rule, THIS_YEAR, YEAR))
    known = data.draw(knowledge(keys, most=10**9))
    shares = {("commune", "ntm-19.2:19.2"): RollUp(7, 2, data.draw(st.integers(0, 2)))}
    try:
        result = criteria.judge(Record(known, YEAR, shares))
    except EvaluationError:
        return
    page = opened(page_html([OfRecord(result)]))
    for number, language in enumerate(("vi", "en")):
        assert explanation(page, 0, number) == result.explain(language)


def test_what_is_left_is_told_with_titles_and_as_the_rules_write_it():
    criteria = with_clauses(clause("c", "crimes <= 1.5 and (resolution or số_vụ > prev_year * 0.5)"))
    page = opened(page_html([OfRecord(criteria.evaluate({}, year=YEAR))]))
    left = {section: [] for section in (Section.LEFT_IN_WORDS, Section.LEFT)}
    for section, text in page.lines(0, "c", 1):
        left.setdefault(section, []).append(text)
    assert left[Section.LEFT_IN_WORDS] == [
        "Crimes: at most 1 allowed",
        "At least one of:",
        "  Has a resolution: yes",
        "  Số vụ: must be more than 50% of «Số vụ (the year before)»",
    ]
    assert left[Section.LEFT] == ["crimes <= 1.5 and (resolution or số_vụ > prev_year.số_vụ * 0.5)"]


def test_a_plot_has_the_number_the_limit_and_the_years_before_that_have_no_row():
    page = opened(page_html(district()))
    row = next(row for row in page.rows if page.form(row, "safe/crime")[3] and page.data["rows"]["year"][row] == 2024)
    judgement = district()[row]
    (ground,) = [one for one in judgement.result["safe/crime"].comparisons if one.type.is_numeric]
    (fact, relation, value, limit, earlier, continued), *_ = page.form(row, "safe/crime")[3]
    numbers = page.numbers(row, "safe/crime")
    told = [None if place < 0 else numbers[place] for place in (value, limit)]
    assert page.data["facts"][fact][0] == ["Số vụ xâm phạm trật tự xã hội", "Social-order crime cases"]
    assert relation == ground.relation.value
    assert told == [
        words("vi").number(one) if isinstance(one, Fraction) else None for one in (ground.value, ground.limit)
    ]
    assert (earlier, continued) == ([], 1), "each year before has a row of its own"


def test_a_plot_begins_anew_with_a_unit_that_was_made_anew():
    page = opened(page_html(made_anew()))
    plots = {
        year: page.form(row, "safe/crime")[3][0][-1]
        for row, year in enumerate(page.data["rows"]["year"])
        if page.data["rows"]["unit"][row] == "x0"
    }
    assert plots == {2021: 1, 2022: 1, 2023: 1, 2024: 1, 2025: 0}


def test_a_year_that_only_a_neighbour_tells_is_plotted_too():
    criteria = with_clauses(clause("c", "crimes <= prev_year"))
    page = opened(page_html([OfRecord(criteria.evaluate({"crimes": 1}, prev_year={"crimes": 2}, year=YEAR))]))
    ((_, relation, value, limit, earlier, _),) = page.form(0, "c")[3]
    numbers = page.numbers(0, "c")
    assert relation == "<="
    assert [numbers[place] for place in (value, limit)] == ["1", "2"]
    assert earlier[0] == 1
    assert numbers[earlier[1]] == "2"


def test_a_limit_that_holds_in_one_of_two_open_cases_is_not_plotted():
    criteria = with_clauses(clause("c", "crimes <= prev_year * 0.95", zero_base="crimes = 0"))
    known, open_ = (
        opened(page_html([OfRecord(criteria.evaluate({"crimes": 1}, prev_year=before, year=YEAR))])).form(0, "c")[3]
        for before in ({"crimes": 0}, None)
    )
    assert [(relation, limit >= 0) for _, relation, _, limit, *_ in known] == [("=", True)]
    assert [(relation, limit >= 0) for _, relation, _, limit, *_ in open_] == [("<=", False)]


def test_what_is_missing_stands_with_who_supplies_it():
    page = opened(page_html(example()))
    suppliers = {supplier[1] for _, supplier in page.data["figures"]}
    expected = {
        "" if supplier is None else supplier.en
        for judgement in example()
        if (result := judgement.result) is not None
        for key in result.missing
        for supplier in [result.criteria.facts[key.name].supplier]
    }
    assert suppliers == expected
    for row, judgement in enumerate(example()):
        told = [page.data["figures"][number][0][0] for number in page.form(row, "")[5]]
        result = judgement.result
        voice = None if result is None else Voice("vi", result.criteria)
        assert told == ([] if result is None else [fact_text(voice, key) for key in result.missing])


def test_room_is_told_where_it_is_given():
    judgement = next(one for one in district() if one.result is not None)
    found = room(judgement.criteria, judgement.record)
    page = opened(
        page_html([judgement], rooms={(judgement.row.unit.id, judgement.row.year, judgement.standard): found})
    )
    of_crime = found["safe/crime"].facts
    assert of_crime
    told = [text for section, text in page.lines(0, "safe/crime", 0) if section is Section.ROOM]
    voice = Voice("vi", judgement.criteria.definition)
    assert told == [
        f"{fact_text(voice, key)}: {one.text(judgement.criteria.definition, 'vi')}" for key, one in of_crime.items()
    ]


def test_the_same_judgements_give_the_same_page():
    assert page_html(district(), "en", invented=True) == page_html(district(), "en", invented=True)


def test_only_the_style_and_the_script_of_the_page_are_let_in():
    page = page_html(district())
    (policy,) = re.findall(r'http-equiv="Content-Security-Policy" content="(.*?)"', page)
    (style,) = re.findall(r"<style>(.*?)</style>", page, re.DOTALL)
    *_, script = re.findall(r"<script>(.*?)</script>", page, re.DOTALL)
    digests = [f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'" for text in (style, script)]
    assert policy.replace("&#39;", "'") == (
        f"default-src 'none'; style-src {digests[0]}; script-src {digests[1]}; base-uri 'none'; form-action 'none'"
    )
    assert not re.search(r"\b(src|href)=|url\(|@import|https?:", re.sub("http://www.w3.org/2000/svg", "", page))


def test_hostile_names_are_data_and_nothing_else():
    page = page_html(district(names=HOSTILE))
    assert opened(page).data["rows"]["name"][::4] == list(HOSTILE)
    assert not any(name in page for name in HOSTILE)
    assert page.count("<script") == page_html(district()).count("<script")


def test_a_standard_has_a_table_of_its_own_for_each_level():
    page = opened(page_html(hamlets()))
    rows, levels = page.data["rows"], [level[1] for _, level, _ in page.data["standards"]]
    assert {name: levels[number] for name, number in zip(rows["name"], rows["standard"], strict=True)} == {
        "Ấp 1": "hamlet",
        "Xã An": "commune",
    }


def test_half_a_letter_in_a_name_does_not_break_the_page():
    assert opened(page_html(district(names=("Xã \ud800 A",), years=1))).data["rows"]["name"] == ["Xã ? A"]


@pytest.mark.parametrize(
    ("name", "given", "marked"), [("Xã A", False, False), ("Xã A", True, True), ("Xã Mẫu (Giả định)", False, True)]
)
def test_a_page_is_marked_where_it_is_said_or_a_name_says_it(name, given, marked):
    judged = district(names=(name, "Xã B"), years=1)
    assert opened(page_html(judged, invented=given)).data["invented"] is marked


def test_many_units_take_little_room_each():
    few, many = (len(page_html(district(names=("Xã",) * number, years=1))) for number in (100, 400))
    assert (many - few) / 300 < 5_000_000 / 11_000


def test_a_page_names_the_receipt_that_it_carries_and_only_then(tmp_path):
    judged, path = example(), tmp_path / "page.html"
    made = receipt_of(judged, ["evaluate", "facts.csv"], [], datetime.date(2026, 1, 2))
    path.write_text(page_html(judged, receipt=made), encoding="utf-8")
    assert read_receipt(path) == made
    named = opened(path.read_text(encoding="utf-8")).data["receipt"]
    assert named == {"day": "2026-01-02", "result": made.result}
    assert "receipt" not in opened(page_html(judged)).data


def test_without_jinja2_the_page_says_what_to_install():
    with patch.dict("sys.modules", jinja2=None), pytest.raises(PageError) as caught:
        page_html(district())
    assert str(caught.value) == (
        'NC360 pages are written with Jinja2, which is not there\n  hint: install it: pip install "ncriteria[report]"'
    )
