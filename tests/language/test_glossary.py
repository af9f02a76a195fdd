"""Every function and form of the language is told of in a sentence, once."""

from __future__ import annotations

import pytest

from ncriteria.language.hints.glossary import GLOSSARY
from ncriteria.language.hints.words import ASSESSMENT_YEAR, FORMS, FUNCTIONS


def test_the_glossary_has_every_name_that_is_called_or_stands_for_a_value_and_no_other() -> None:
    assert set(GLOSSARY) == {*FUNCTIONS, *FORMS, ASSESSMENT_YEAR, "prev_year", "param"}


@pytest.mark.parametrize("name", GLOSSARY)
def test_a_form_begins_with_its_name(name: str) -> None:
    assert GLOSSARY[name].form.startswith(name)
