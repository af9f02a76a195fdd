"""How the embedded tests of a file come out, and what they see of each clause, for the lines where these stand."""

from __future__ import annotations

from collections.abc import Iterator

from ncriteria.analysis.rule_testing.coverage import coverage_of
from ncriteria.editor.authoring.naming import NameKind, names_in
from ncriteria.evaluation.self_tests import run_tests
from ncriteria.quick_classes import frozen
from ncriteria.sets.loader import ReadText
from ncriteria.sets.reading.nodes import Table
from ncriteria.words import Words


@frozen
class LensText:
    """A text that stands above the line of the character `start`."""

    start: int
    text: str


def lens_texts(read: ReadText, say: Words) -> Iterator[LensText]:
    """How many tests pass, above `tests`; each failure, above its test; what the tests see, above each clause.

    Nothing of a file that has errors.
    """
    located, root = read.located, read.root
    if located is None or not isinstance(root, Table):
        return
    key = next((entry.key for entry in root.entries if entry.key.text == "tests"), None)
    outcomes = run_tests(located.criteria)
    coverage = coverage_of(located)
    if key is not None:
        failed = sum(not one.passed for one in outcomes)
        told = say.plural("{count} test", "{count} tests", count=len(outcomes))
        came = say("all pass") if not failed else say.plural("{count} fails", "{count} fail", count=failed)
        yield LensText(key.start, f"{told}: {came}")
    for one in outcomes:
        if one.failures and one.place is not None and one.place.file == read.document.file:
            yield LensText(read.document.starts[one.place.line - 1], "; ".join(map(say.again, one.failures)))
    for place in names_in(root):
        if place.kind is NameKind.CLAUSE and place.is_declared:
            seen = [one for one in coverage.conditions if one.condition.path == place.name]
            wanted = sum(len(one.wanted) for one in seen)
            if wanted:
                count = sum(len(one.seen) for one in seen)
                yield LensText(place.start, say("tests see {seen} of {wanted}", seen=count, wanted=wanted))
