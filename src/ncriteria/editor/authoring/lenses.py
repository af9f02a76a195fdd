"""What stands above the lines of a file: how its embedded tests came out, and what they see; it runs them too."""

from __future__ import annotations

from collections.abc import Iterator

from ncriteria.editor.authoring.naming import NameKind, names_in
from ncriteria.editor.authoring.trying import WHOLE_FILE, TriedTests, numbers_of_tests
from ncriteria.editor.shaped import ShapedNode, shaped_nodes
from ncriteria.quick_classes import frozen
from ncriteria.sets.loader import ReadText
from ncriteria.sets.model import CriteriaSet
from ncriteria.sets.reading.nodes import Node, Scalar, Table
from ncriteria.words import Words


@frozen
class TestLens:
    """A text above the line of the character `start`.

    It runs the tests of `clause`, or all of them; where there are none to run, `number` is 0.
    """

    start: int
    text: str
    number: int
    clause: str | None = WHOLE_FILE


def lenses_of(read: ReadText, known: TriedTests | None, say: Words) -> Iterator[TestLens]:
    """One for all tests, above `tests`, and one for each clause and group that a test looks at, or should.

    `known` is what came of those that were run. Nothing of a file that has errors.
    """
    criteria, root = read.criteria, read.root
    if criteria is None or not isinstance(root, Table):
        return
    numbers = numbers_of_tests(criteria, WHOLE_FILE)
    if numbers:
        start = next((entry.key.start for entry in root.entries if entry.key.text == "tests"), 0)
        yield TestLens(start, _told(known, numbers, say), len(numbers))
    paths = {member.path for member in criteria.members()}
    for path, start in _clauses_at(root):
        if path in paths:
            yield from _of_clause(criteria, known, path, start, say)


def _clauses_at(root: Node) -> Iterator[tuple[str, int]]:
    """The paths of the clauses and groups that a file writes, and where: those too that replace one of another file."""
    for place in names_in(root):
        if place.kind is NameKind.CLAUSE and place.is_declared:
            yield place.name, place.start
    for one in shaped_nodes(root):
        match one:
            case ShapedNode(node=Scalar(text=path, start=start), keys=("changes", _, "replace"), is_key=False):
                yield path, start
            case _:
                pass


def _of_clause(
    criteria: CriteriaSet, known: TriedTests | None, path: str, start: int, say: Words
) -> Iterator[TestLens]:
    numbers = numbers_of_tests(criteria, path)
    seen, wanted = (0, 0) if known is None else known.seen_of(path)
    if not numbers and wanted:
        yield TestLens(start, say("no test expects anything of it"), 0, path)
    if numbers:
        told = _told(known, numbers, say)
        is_run = known is not None and known.outcomes(numbers) is not None
        if is_run and wanted:
            told = f"{told}; {say('they see {seen} of {wanted}', seen=seen, wanted=wanted)}"
        yield TestLens(start, told, len(numbers), path)


def run_told(found: TriedTests, clause: str | None, say: Words) -> str:
    """How the tests of a clause, or all, came out."""
    return _told(found, numbers_of_tests(found.criteria, clause), say)


def _told(known: TriedTests | None, numbers: tuple[int, ...], say: Words) -> str:
    outcomes = None if known is None else known.outcomes(numbers)
    if outcomes is None:
        return say.plural("Run {count} test", "Run {count} tests", count=len(numbers))
    failed = sum(not one.passed for one in outcomes)
    told = say.plural("{count} test", "{count} tests", count=len(outcomes))
    came = say("all pass") if not failed else say.plural("{count} fails", "{count} fail", count=failed)
    return f"{told}: {came}"
