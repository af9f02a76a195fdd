"""Messages, numbers and days as each language writes them."""

from __future__ import annotations

import datetime
import pickle
from fractions import Fraction

import pytest

import ncriteria as nc
from ncriteria.analysis.proof.relation_text import years_text
from ncriteria.sets.model import Years
from ncriteria.words import Message, all_of, joined, one_of, phrase, words


def test_the_message_in_english_is_the_key():
    assert words("vi")("{gap} to spare", gap=Fraction(3409, 2)) == "còn dư 1.704,5"
    assert words("en")("{gap} to spare", gap=Fraction(3409, 2)) == "1,704.5 to spare"
    assert words("vi").this(Message("Not met")) == "Chưa đạt"


def test_one_english_text_may_mean_two_things():
    say = words("vi")
    assert say("at most {high}", high=3) == "nhiều nhất 3"
    assert say.within("room", "at most {limit}", limit=3) == "tối đa 3"


@pytest.mark.parametrize(("count", "vi", "en"), [(1, "1 dòng", "1 row"), (2, "2 dòng", "2 rows")])
def test_english_tells_one_from_many(count, vi, en):
    assert words("vi").plural("{count} row", "{count} rows", count=count) == vi
    assert words("en").plural("{count} row", "{count} rows", count=count) == en


def test_years_without_an_end_are_said_in_words_wherever_they_stand():
    years = Years(2026)
    told = phrase("{set} holds for {years}", set="a", years=years)
    assert (str(told), words("vi").again(told)) == ("a holds for 2026-", "a có thời gian áp dụng từ năm 2026")
    assert [years_text(years, words(one)) for one in ("vi", "en")] == ["Từ năm 2026", "Years 2026-"]
    assert [years_text(Years(2026, 2026), words(one)) for one in ("vi", "en")] == ["Năm 2026", "Years 2026"]
    assert [one.in_words(words("vi")) for one in (years, Years(2021, 2023))] == ["từ năm 2026", "2021-2023"]


def test_days_are_written_as_the_language_writes_them():
    day = datetime.date(2026, 3, 31)
    assert words("vi")("issued {day}", day=day) == "ban hành ngày 31/03/2026"
    assert words("en")("issued {day}", day=day) == "issued 2026-03-31"
    assert (words("vi").month(2024, 8), words("en").month(2024, 8)) == ("08/2024", "2024-08")


@pytest.mark.parametrize(
    ("value", "vi", "en"),
    [
        ("0", "0", "0"),
        ("1704", "1.704", "1,704"),
        ("-1704.5", "-1.704,5", "-1,704.5"),
        ("1/3", "khoảng 0,33, tức 1/3", "about 0.33 (1/3)"),
        ("-1/3", "khoảng -0,33, tức -1/3", "about -0.33 (-1/3)"),
        ("199/3", "khoảng 66,33, tức 199/3", "about 66.33 (199/3)"),
        ("0.05", "0,05", "0.05"),
        ("1000000", "1.000.000", "1,000,000"),
        ("1/4096", "0,000244140625", "0.000244140625"),
        ("1/8192", "khoảng 0,00012, tức 1/8192", "about 0.00012 (1/8192)"),
    ],
)
def test_numbers_are_written_exactly_and_about_before_what_has_no_decimals(value, vi, en):
    assert words("vi").number(Fraction(value)) == vi
    assert words("en").number(Fraction(value)) == en


def test_a_number_too_long_to_be_written_out_is_told_by_its_length():
    number = Fraction(9**5000)
    assert words("vi").number(number) == "một số có khoảng 4771 chữ số"
    assert words("en").number(1 / number) == "a number of about 4771 digits"


def test_a_phrase_is_its_english_text_and_can_be_said_again() -> None:
    inner = phrase("row {row}", row=3)
    outer = phrase("{place}: x", place=inner)
    assert outer == "row 3: x"
    assert words("en").again(outer) == outer
    assert words("vi").again(outer) == "hàng 3: x"
    assert words("vi").again("no phrase") == "no phrase"
    assert words("vi").again(joined("; ", [inner, "{x}", inner])) == "hàng 3; {x}; hàng 3"
    assert words("vi").again(joined("; ", [])) == ""


def test_a_phrase_stays_as_it_is_in_english_and_tells_its_numbers_as_the_other_language_writes_them() -> None:
    number = phrase("at most {high}", high=Fraction(3409, 2))
    assert (number, words("en").again(number)) == ("at most 3409/2", "at most 3409/2")
    assert words("vi").again(number) == "nhiều nhất 1.704,5"


def test_a_place_and_a_word_of_a_table_are_told_within_a_message() -> None:
    place = nc.CellPlace("f.csv", "S", 2, "{x}")
    assert (str(place), place.as_phrase()) == ('f.csv, sheet S, row 2, column "{x}"',) * 2
    assert words("vi").again(place.as_phrase()) == 'f.csv, trang tính S, hàng 2, cột "{x}"'
    assert (str(nc.CellPlace()), nc.CellPlace().text(words("vi"))) == ("", "")
    assert words("vi").again(Message("Met").as_phrase()) == "Đạt"


def test_a_list_in_words_is_said_again_with_its_parts() -> None:
    parts = [phrase("row {row}", row=1), "x", "y"]
    assert (all_of(parts), one_of(parts)) == ("row 1 and x and y", "row 1 or x or y")
    assert words("vi").again(all_of(parts)) == "hàng 1 và x và y"
    assert words("vi").again(one_of(parts)) == "hàng 1 hoặc x hoặc y"
    assert all_of(parts[:1]) is parts[0]


def test_a_phrase_is_copied_and_pickled_with_what_fills_it() -> None:
    again = pickle.loads(pickle.dumps(phrase("row {row}", row=3)))
    assert (again, words("vi").again(again)) == ("row 3", "hàng 3")


def test_a_problem_is_told_in_either_language() -> None:
    problem = nc.Problem("NC201", phrase("row {row}", row=1), nc.CellPlace("f.csv", row=2, heading="x"), "no phrase")
    assert str(problem) == 'f.csv, row 2, column "x": NC201 row 1\n  hint: no phrase'
    assert problem.text("vi") == 'f.csv, hàng 2, cột "x": NC201 hàng 1\n  gợi ý: no phrase'


@pytest.mark.parametrize(
    ("share", "vi", "en"),
    [
        (Fraction(19, 20), "95%", "95%"),
        (Fraction(1, 8), "12,5%", "12.5%"),
        (Fraction(4, 7), "khoảng 57,1%, tức 400/7%", "about 57.1% (400/7%)"),
        (Fraction(2, 3), "khoảng 66,7%, tức 200/3%", "about 66.7% (200/3%)"),
        (Fraction(-1, 3), "khoảng -33,3%, tức -100/3%", "about -33.3% (-100/3%)"),
    ],
)
def test_a_share_is_told_in_percent_with_its_exact_value_beside(share, vi, en):
    assert (words("vi").percent(share), words("en").percent(share)) == (vi, en)
