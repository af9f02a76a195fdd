"""What is told of cells, of columns and of units is told in Vietnamese too, and nothing of it is in English alone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from string import Formatter
from typing import Any

import pytest

import ncriteria as nc
from ncriteria.words import Phrase
from tests import messages
from tests.case_files import cases
from tests.facts.declared import FACTS
from tests.facts.test_cells import read_one
from tests.facts.test_layouts import options_of

_SAID = {one.id for one in messages.catalogue("vi") if isinstance(one.id, str)}


def told_of(case: Any) -> Iterable[nc.Problem]:
    """What is told of the table of a case, whether it is read or refused."""
    try:
        return nc.read_facts_text(case["text"], case["kind"], FACTS, options=options_of(case)).warnings
    except nc.NCriteriaError as refused:
        return refused.problems


def untold_in(problems: Iterable[nc.Problem]) -> list[str]:
    """What of the messages and hints no catalogue can tell."""
    return [text for one in problems for said in (one.message, one.hint) for text in _untold(said)]


def _untold(text: str | None) -> Iterator[str]:
    match text:
        case None:
            return
        case Phrase(text=english, values=values):
            letters = filter(str.isalpha, "".join(piece for piece, *_ in Formatter().parse(english)))
            if english not in _SAID and any(letters):
                yield english
            yield from (part for value in values.values() if isinstance(value, Phrase) for part in _untold(value))
        case _:
            yield text


@pytest.mark.parametrize("case", cases(__file__, "told_of_cells"))
def test_what_is_told_of_cells_is_told_in_vietnamese(case: Any) -> None:
    assert "\n".join(problem.text("vi") for problem in told_of(case)) == case["error"]


@pytest.mark.parametrize("case", cases(__file__, "refused_cells"))
def test_whatever_is_told_of_a_cell_is_in_the_catalogue(case: Any) -> None:
    with pytest.raises(nc.NCriteriaError) as refused:
        read_one(case["fact"], case["cell"])
    assert untold_in(refused.value.problems) == []
