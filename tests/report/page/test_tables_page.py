"""The page of tables: it holds what the sheets say, in both languages, as data alone."""

from __future__ import annotations

import pytest

from ncriteria.report.sheets.sheet import people_text
from ncriteria.report.tables_page.html import tables_html
from ncriteria.words import words
from tests.report.page.judged import HOSTILE
from tests.report.page.opened import data_of
from tests.report.page.watched_tables import MEMBERS, rooms, watched

FOR_RULES = {"fact", "standard"}


def text(data, number, language):
    """A text of a page in a language, 0 for Vietnamese."""
    told = data["texts"][number]
    return told if isinstance(told, str) else told[language]


@pytest.mark.parametrize("answer", [watched, rooms])
@pytest.mark.parametrize(("number", "language"), [(0, "vi"), (1, "en")])
def test_each_table_says_what_its_sheet_says(answer, number, language):
    found, say = answer(language), words(language)
    data = data_of(tables_html(found.tables, "vi"))
    assert data["title"][number] == found.tables.title(language)
    sheets = [one for one in found.sheets if list(one.rows)]
    assert [one["title"][number] for one in data["tables"]] == [one.title for one in sheets]
    for told, sheet in zip(data["tables"], sheets, strict=True):
        named = {column["name"]: place for place, column in enumerate(told["columns"])}
        known = {column.name: place for place, column in enumerate(sheet.columns)}
        for row, cells in zip(sheet.rows, told["rows"], strict=True):
            for name, place in known.items():
                expected = people_text(sheet.columns[place], row[place], say)
                if name in named:
                    assert text(data, cells[named[name]], number) == expected
                elif name not in FOR_RULES and expected:
                    assert expected in [text(data, one, number) for one in told["same"]]


def test_the_sets_are_named_with_what_they_rest_on():
    data = data_of(tables_html(watched().tables, "vi"))
    assert data["sets"] == [[["Thử", "Trial"], ["Căn cứ: 1/TEST (Người thử)", "Source: 1/TEST (Người thử)"]]]


def test_no_name_is_markup_and_nothing_runs_but_the_script_of_the_page():
    page = tables_html(watched().tables, "en")
    assert HOSTILE[0] not in page
    assert MEMBERS[1] not in page
    assert "default-src &#39;none&#39;; style-src" in page
    assert page.count("<script>") == 1
    assert page == tables_html(watched().tables, "en")
