"""What the commands that judge a table are asked of it: the file, the criteria, and how it is read, in one argument."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any, TypeVar

from ncriteria.cli.inputs.criteria import criteria_of, paths_of
from ncriteria.cli.inputs.tables import attested, table_of
from ncriteria.cli.inputs.wanted import refuse_unknown_standards
from ncriteria.cli.options.reading import reading_options
from ncriteria.cli.options.shared import attestations_option, criteria_option, facts_argument, standard_option
from ncriteria.evaluation.attesting.attested_tables import sets_of
from ncriteria.evaluation.criteria import Catalog, Criteria
from ncriteria.facts.options import ReadingOptions
from ncriteria.facts.table import FactTable
from ncriteria.quick_classes import frozen
from ncriteria.words import Language

F = TypeVar("F", bound=Callable[..., Any])


@frozen
class GivenTable:
    """A file of facts, and what its rows are judged under: all `standards` of the criteria where none are named.

    `rules` are the names of the criteria, where they are given.
    """

    file: Path
    rules: tuple[str, ...]
    criteria: Catalog | Criteria
    standards: tuple[str, ...] | None
    attestations: tuple[Path, ...]
    reading: ReadingOptions
    show: Language | None

    @property
    def inputs(self) -> tuple[Path, ...]:
        """The files that an answer comes from."""
        return (self.file, *self.attestations, *paths_of(self.rules))

    def read(self, *, keep_going: bool = False) -> FactTable:
        """The table in the file, with what is attested beside it."""
        table = table_of(self.file, self.criteria, self.reading, show=self.show, keep_going=keep_going)
        return attested(table, sets_of(self.criteria), self.attestations, self.reading)


def judged_table(command: F) -> F:
    """The argument FACTS and the options around it, gathered into the argument `given`."""

    @wraps(command)
    def gathered(
        *,
        facts: Path,
        rules: tuple[str, ...],
        standards: tuple[str, ...],
        attestations: tuple[Path, ...],
        reading: ReadingOptions,
        show: Language | None,
        **values: Any,
    ) -> Any:
        chosen = criteria_of(rules)
        refuse_unknown_standards(standards, chosen)
        given = GivenTable(facts, rules, chosen, standards or None, attestations, reading, show)
        return command(given=given, **values)

    found: Any = reading_options(gathered)
    for option in (attestations_option, standard_option, criteria_option, facts_argument):
        found = option(found)
    return found  # type: ignore[no-any-return]
