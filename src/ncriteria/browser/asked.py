"""What a page asks: plain data of JSON, made into the library's own."""

from __future__ import annotations

import json
from typing import cast

from ncriteria.evaluation.criteria import Catalog, Criteria, catalog, loads
from ncriteria.facts.options import ReadingOptions
from ncriteria.quick_classes import frozen
from ncriteria.sets.model import Level
from ncriteria.words import Language


@frozen
class CriteriaText:
    """The text of a criteria file, and what messages call it."""

    text: str
    file: str


@frozen
class PageAsked:
    """What is to be judged, and how.

    `criteria` is the identifier of a shipped set, the text of a set, or `None`, which is all shipped sets, each for the
    rows that it holds for. Empty `standards` and `years` are all of them. `facts`, `attestations` and `lineage` name
    files; of a path, messages show the name alone.
    `original` is the shipped set that a text takes the place of; `tries_all_years` tries both on years outside of their
    own, too. `is_invented` says that the figures are made up, which is then told wherever they are shown. `ending` is
    that of a file to take away, such as `.xlsx`.
    """

    language: Language
    facts: str
    attestations: tuple[str, ...]
    lineage: str | None
    criteria: str | CriteriaText | None
    standards: tuple[str, ...]
    years: tuple[int, ...]
    reading: ReadingOptions
    original: str
    tries_all_years: bool
    is_invented: bool
    ending: str


def asked_in(request: str) -> PageAsked:
    """What a request asks: the JSON of an object with the fields of `PageAsked`, of which only `language` is needed."""
    given = json.loads(request)
    reading = dict(given.get("reading", {}))
    if reading.get("level") is not None:
        reading["level"] = Level(reading["level"])
    criteria = given.get("criteria")
    return PageAsked(
        language=cast("Language", given["language"]),
        facts=given.get("facts", ""),
        attestations=tuple(given.get("attestations", ())),
        lineage=given.get("lineage"),
        criteria=CriteriaText(**criteria) if isinstance(criteria, dict) else criteria,
        standards=tuple(given.get("standards", ())),
        years=tuple(given.get("years", ())),
        reading=ReadingOptions(**reading),
        original=given.get("original", ""),
        tries_all_years=bool(given.get("tries_all_years", False)),
        is_invented=bool(given.get("is_invented", False)),
        ending=given.get("ending", ""),
    )


def criteria_asked(asked: PageAsked) -> Catalog | Criteria:
    """The criteria that are asked for; raises `CriteriaError` with every problem of a text."""
    match asked.criteria:
        case None:
            return catalog()
        case CriteriaText(text=text, file=file):
            return loads(text, file=file)
        case identifier:
            return catalog()[identifier]
