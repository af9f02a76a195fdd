"""How a clause of one set stands to a clause of another: which of the two asks for more, and a record that shows it.

Over all records that both can judge, the truth "met or not applicable" of the new clause is set against that of the
old one, in the order false < unknown < true. The new clause is *equivalent* where the verdicts are the same for every
record; *stricter* where its truth is never higher and for some record lower, so that whoever passes under it passed
before, and whoever failed still fails; *looser* the other way round; *neither* where each holds for some records, or
where the truths are the same everywhere but one verdict is "met" and the other "not applicable".
"""

from __future__ import annotations

from enum import Enum

from ncriteria.analysis.cases import Row
from ncriteria.evaluation.graded import Graded
from ncriteria.language.values import UNKNOWN, Truth
from ncriteria.quick_classes import frozen
from ncriteria.sets.model import Verdict

WHOLE = ""
"""The path that stands for the whole set."""


class Relation(Enum):
    """How the new stands to the old."""

    EQUIVALENT = "equivalent"
    STRICTER = "stricter"
    LOOSER = "looser"
    NEITHER = "neither"


@frozen
class Outcome:
    """What a clause says of a record: its verdict, and whether the record passes it (met or not applicable).

    Of the level of a grade, `graded` is the grade that the record has.
    """

    verdict: Verdict
    passes: Truth
    graded: Graded | None = None


def rank(truth: Truth) -> int:
    """The place of a truth in the order false, unknown, true."""
    return 1 if truth is UNKNOWN else 2 * int(truth)


class Way(Enum):
    """A way in which a record shows a difference."""

    STRICTER = "stricter"
    """The record passes less surely under the new clause."""
    LOOSER = "looser"
    """The record passes more surely under the new clause."""
    OTHERWISE = "otherwise"
    """The record passes as surely under both, and the verdicts differ all the same."""


def way(old: Outcome, new: Outcome) -> Way | None:
    """The way in which two outcomes of one record differ."""
    if rank(new.passes) != rank(old.passes):
        return Way.STRICTER if rank(new.passes) < rank(old.passes) else Way.LOOSER
    return None if new.verdict is old.verdict else Way.OTHERWISE


@frozen
class Witness:
    """A record for which the evaluator gives two outcomes; `smallest` where it was shown that no smaller one does.

    Of two records the one with fewer known facts is smaller, then the one with the lesser sum of values.
    """

    row: Row
    old: Outcome
    new: Outcome
    smallest: bool = False

    @property
    def way(self) -> Way:
        """The way in which the outcomes differ."""
        found = way(self.old, self.new)
        assert found is not None, "a witness shows a difference"
        return found


@frozen
class ClauseRelation:
    """How the clause at `new_path` of the new set stands to that at `old_path` of the old one.

    `witnesses` has at most one record for each way in which the two differ. `ruled_out` are the ways that were proved
    to occur for no record; a way that is in neither was searched for without being found. `when_complete` is the
    relation over the records of which every fact is known, where that was asked and decided. `unlike_fact` is a fact
    that the two sets declare with another type or unit, so that they cannot be compared at all. `narrowed` are the
    facts of which the sets allow different values; records have only those that both allow. `searched` counts the
    records that a search tried. `in_time` is false where the time was up before the relation was decided or all
    records of the search were tried.
    """

    old_path: str
    new_path: str
    witnesses: tuple[Witness, ...] = ()
    ruled_out: frozenset[Way] = frozenset()
    when_complete: Relation | None = None
    unlike_fact: str | None = None
    narrowed: tuple[str, ...] = ()
    searched: int = 0
    in_time: bool = True

    @property
    def relation(self) -> Relation | None:
        """The relation, as far as it is known.

        `None` where the two cannot be compared, or where no difference was found in a time too short to look for one.
        """
        if self.unlike_fact is not None or not (self.in_time or self.witnesses):
            return None
        return relation_of({witness.way for witness in self.witnesses})

    @property
    def proved(self) -> bool:
        """Whether the relation is certain; otherwise it only holds for the records that were tried."""
        if self.unlike_fact is not None:
            return False
        shown = {witness.way for witness in self.witnesses}
        directions = {Way.STRICTER, Way.LOOSER}
        settled = directions if shown & directions else set(Way)
        return settled <= shown | self.ruled_out

    def witness(self, wanted: Way) -> Witness | None:
        """The witness of one way, if there is one."""
        return next((witness for witness in self.witnesses if witness.way is wanted), None)


def relation_of(ways: set[Way]) -> Relation:
    """The relation where records show just these differences."""
    match Way.STRICTER in ways, Way.LOOSER in ways:
        case True, False:
            return Relation.STRICTER
        case False, True:
            return Relation.LOOSER
        case False, False if not ways:
            return Relation.EQUIVALENT
        case _:
            return Relation.NEITHER


IDENTICAL = frozenset(Way)
"""All ways ruled out: the two are the same."""
