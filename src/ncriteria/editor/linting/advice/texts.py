"""Advice on the texts of a file: citations, titles, tests."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ncriteria.errors import Problem, TextPlace
from ncriteria.sets.loader import LocatedSet
from ncriteria.sets.model import EmbeddedTest
from ncriteria.sets.sources import Bilingual
from ncriteria.words import joined, phrase


def citations_without_place(located: LocatedSet) -> Iterator[Problem]:
    """A finding for each clause, group and parameter that cites an act without the place in it."""
    criteria = located.criteria
    for declared, name in (
        *((member, f'"{member.path}"') for member in criteria.members()),
        *((parameter, f"`{parameter.name}`") for parameter in criteria.parameters.values()),
    ):
        acts = dict.fromkeys(one.instrument for one in declared.cite if one.at is None)
        if acts:
            message = phrase(
                "{name} cites {acts} without the place in it",
                name=name,
                acts=joined(", ", (f"`{act}`" for act in acts)),
            )
            yield Problem("NC153", message, declared.place, phrase("add `at`: the article, the clause, the point"))


def texts_in_one_language(located: LocatedSet) -> Iterator[Problem]:
    """A finding for the set, and for each fact, parameter, clause and group, with a text that has no translation."""
    criteria = located.criteria
    whole: list[tuple[str, Bilingual | None]] = [("title", criteria.title), ("note", criteria.note)]
    yield from _untranslated(phrase("the set"), whole, TextPlace(1, 1, file=criteria.source))
    for fact in criteria.facts.values():
        said = (("title", fact.title), ("unit", fact.unit), ("note", fact.note))
        yield from _untranslated(f"`{fact.name}`", said, fact.place)
    for parameter in criteria.parameters.values():
        said_of_it = (("title", parameter.title), ("note", parameter.note))
        yield from _untranslated(f"`{parameter.name}`", said_of_it, parameter.place)
    for member in criteria.members():
        yield from _untranslated(f'"{member.path}"', (("title", member.title), ("note", member.note)), member.place)


def _untranslated(
    whose: str, said: Iterable[tuple[str, Bilingual | None]], place: TextPlace | None
) -> Iterator[Problem]:
    keys = [key for key, text in said if text is not None and text.vi == text.en and any(map(str.isalpha, text.vi))]
    if keys:
        message = phrase(
            "of {whose} one text stands for both languages: {keys}",
            whose=whose,
            keys=joined(", ", (f"`{key}`" for key in keys)),
        )
        yield Problem("NC157", message, place, phrase("write `{{vi: ..., en: ...}}`"))


def repeated_tests(located: LocatedSet) -> Iterator[Problem]:
    """A finding for each test that is given the same as one before it and expects no more."""
    before: list[EmbeddedTest] = []
    for test in located.criteria.tests:
        same = next((one for one in before if _is_told_by(one, test)), None)
        if same is not None:
            message = phrase("the test `{test}` says nothing that `{other}` does not", test=test.id, other=same.id)
            yield Problem("NC158", message, test.place, phrase("leave it out, or try another case"))
        before.append(test)


def _is_told_by(one: EmbeddedTest, other: EmbeddedTest) -> bool:
    """Whether `one` is of the same case as `other` and expects all that it expects."""
    is_same_case = (one.given, one.year, one.parameters, one.shares, one.attested) == (
        other.given,
        other.year,
        other.parameters,
        other.shares,
        other.attested,
    )
    return (
        is_same_case
        and other.expect.items() <= one.expect.items()
        and all(one.grades.get(path) == grades for path, grades in other.grades.items())
        and other.missing in (None, one.missing)
        and other.residual in (None, one.residual)
    )
