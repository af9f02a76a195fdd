"""What a long command is doing, on a bar on the terminal with a line for each of its stages."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Final

from ncriteria.cli.console.progress import progress_bar
from ncriteria.report.dossier.gathering import DossierStage
from ncriteria.words import Language, Message, words

_STAGES: Final[Mapping[DossierStage, Message]] = {
    DossierStage.IMPACT: Message("Counting the table"),
    DossierStage.PROOF: Message("Proving"),
    DossierStage.COMPARISON: Message("Comparing"),
    DossierStage.TESTS: Message("Trying slips in the rules"),
}


@contextmanager
def stages(language: Language) -> Iterator[Callable[[DossierStage, int, int | None], None]]:
    """What hears how much of a stage is done, and shows it until the block ends."""
    say = words(language)
    with progress_bar() as bar:
        yield lambda stage, done, total: bar.show(say.this(_STAGES[stage]), done, total)
