"""Texts in two languages are taken apart into templates and numbers, and put together again as they were."""

from __future__ import annotations

from hypothesis import example, given
from hypothesis import strategies as st

from ncriteria.report.page.sentences import Sentences, exchanged, filled, taken_apart

texts = st.lists(
    st.sampled_from(["Số vụ: ", "1", "1.704", "0,95", "0.95", "; ", "31/03/2026", "-5", "5%", "{0}", " ", "", "\u202e"])
).map("".join)


@given(texts | st.text(), texts | st.text())
@example("1.704 vụ", "1,704 cases")
@example("31/03/2026", "2026-03-31")
@example("1 và 2", "2 and 1 and 1")
def test_what_was_taken_apart_is_put_together_as_it_was(vi, en):
    (one, other), numbers = taken_apart(vi, en)
    assert filled(one, numbers) == vi
    assert filled(other, [exchanged(number) for number in numbers]) == en


def test_sentences_that_differ_in_numbers_alone_share_a_template():
    said = Sentences()
    one = said.of("Số vụ: 1.704 vụ; năm trước 3", "Cases: 1,704 cases; the year before 3")
    two = said.of("Số vụ: 12 vụ; năm trước 1.800", "Cases: 12 cases; the year before 1,800")
    assert one.template == two.template
    assert (one.numbers, two.numbers) == (("1.704", "3"), ("12", "1.800"))
    assert list(said.templates) == [
        (("Số vụ: ", 0, " vụ; năm trước ", 1), ("Cases: ", 0, " cases; the year before ", 1))
    ]


def test_a_number_of_one_language_alone_is_a_part_of_its_text():
    assert taken_apart("điểm 5.2", "point 5.2") == ((("điểm ", 0), ("point 5.2",)), ("5.2",))
