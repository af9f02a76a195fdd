"""What is told of the words of a file and of its rules."""

from __future__ import annotations

import pytest

from ncriteria.editor.authoring.hovering import told_at
from ncriteria.sets.loader import read_text
from tests.editor.test_server import SET


@pytest.mark.parametrize(
    ("part", "told"),
    [
        ("exact\n", "`exact`\n\nđúng theo văn bản\n\nas the text says"),
        ("commune\n\nparam", "`commune`\n\nxã\n\ncommune"),
        ("count,", "`count`\n\nsố nguyên\n\nwhole number"),
    ],
)
def test_a_word_under_a_key_is_told_in_both_languages(part, told):
    read = read_text(SET)
    found = told_at(read, read.criteria, SET.index(part))
    assert found is not None
    assert found.text == told
