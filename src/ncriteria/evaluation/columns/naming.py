"""What columns are called: those of verdicts, and those of a frame while it is judged."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence

from ncriteria.errors import CellPlace, Problem
from ncriteria.facts.layout.headings import column_of, names_of
from ncriteria.facts.table import FactsError
from ncriteria.sets.grades.scales import graded
from ncriteria.sets.model import WHOLE_SET, CriteriaSet, FactDeclaration
from ncriteria.words import Phrase, all_of, phrase

VERDICT = "verdict"
"""The column of the verdict of the whole set."""
GRADE = "grade"
"""The column of the grade of the whole set, and the beginning of the names of those of clauses."""
MISSING = "missing"
"""The column of the facts that can still change the verdict, where they are asked for."""
PREFIX = "__ncriteria_"
"""Begins the names of columns that do not stay."""


def columns_of_verdicts(sets: Sequence[CriteriaSet], declarations: Mapping[str, FactDeclaration]) -> dict[str, str]:
    """The column of the verdict on each path; the whole set comes first, under the path "".

    A clause or group has its path as the name of its column. Where a table would read that name as the heading of a
    fact or of a unit or year, and where it is `verdict`, `grade` or `missing`, the column is called `verdict:PATH`
    instead: that rests on the criteria alone, not on the columns that a frame happens to have.
    """
    paths = list(dict.fromkeys(member.path for criteria in sets for member in criteria.members()))
    known = names_of(declarations)
    taken = {VERDICT, GRADE, MISSING, *(path for path in paths if column_of(path, known))}
    return {WHOLE_SET: VERDICT, **{path: f"{VERDICT}:{path}" if path in taken else path for path in paths}}


def columns_of_grades(sets: Sequence[CriteriaSet]) -> dict[str, str]:
    """The column of the grade of each path that has a scale: `grade` of the whole set, `grade:PATH` of the others."""
    paths = dict.fromkeys(path for criteria in sets for path in graded(criteria))
    return {path: f"{GRADE}:{path}" if path else GRADE for path in paths}


def plain_names(headings: Iterable[str]) -> dict[str, str]:
    """The heading of each column by the name that it has while it is judged: `c0`, `c1` and so on.

    So no heading can be one of our own names, a pattern, a path into a structure, or another heading in capitals.
    """
    return {f"c{number}": heading for number, heading in enumerate(headings)}


def key_of(column: str) -> str:
    """The column that holds the normal form of a column of units or years."""
    return f"{column}_key"


def heading_of(column: str, names: Mapping[str, str]) -> str:
    """The heading that a column came with, or the column whose normal form it holds."""
    return names.get(column.removesuffix("_key"), column)


def refuse_taken(headings: Collection[str], added: Collection[str], *, is_case_blind: bool) -> None:
    """Raise `FactsError` where a column that is added would have the name of another.

    `is_case_blind` says that the engine takes `K` and `k` for one name.
    """
    hint = phrase("rename or drop it")
    problems = [
        Problem("NC243", phrase("the frame has a column of this name already"), CellPlace(heading=name), hint)
        for name in added
        if name in headings
    ]
    if is_case_blind:
        small = {name.lower(): name for name in added}
        problems += [
            Problem("NC243", _of_one_name(small[heading.lower()]), CellPlace(heading=heading), hint)
            for heading in headings
            if heading.lower() in small and heading not in added
        ]
        problems += _alike(added)
    if problems:
        raise FactsError(problems)


def _of_one_name(verdicts: str) -> Phrase:
    return phrase(
        "this and the verdicts of `{name}` have one name: the engine does not tell capitals from small letters",
        name=verdicts,
    )


def _alike(added: Collection[str]) -> list[Problem]:
    """The columns of verdicts that a case-blind engine takes for one."""
    number = Counter(name.lower() for name in added)
    return [
        Problem(
            "NC243",
            phrase(
                "the columns of verdicts {names} have one name: the engine does not tell capitals from small letters",
                names=all_of(f"`{name}`" for name in added if name.lower() == small),
            ),
            None,
            phrase("judge on Polars, pandas or PyArrow, or rename a clause"),
        )
        for small, times in number.items()
        if times > 1
    ]
