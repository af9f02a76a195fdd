"""The call of an answer that tells more than verdicts, as a receipt records it: what it was made by, in one order."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from attrs import field

from ncriteria.cli.inputs.recorded_calls import JudgingCall, file_name
from ncriteria.facts.project import Project
from ncriteria.quick_classes import frozen
from ncriteria.report.receipts.receipt import FileRole, FileSeen, file_seen


@frozen
class AnswerCall:
    """What an answer was made by: the sets as they were named, the table and how it is judged, and all else.

    `options` are those of the command alone: one that is `True` stands without a value, one that is `None` or `False`
    not at all, and of several values each. `beside` are files that an option names.
    """

    command: str
    sets: tuple[str, ...] = ()
    table: JudgingCall | None = None
    options: Mapping[str, object] = field(factory=dict)
    beside: Mapping[str, tuple[FileRole, Path]] = field(factory=dict)

    def arguments(self, project: Project | None) -> Iterator[str]:
        """The arguments of the call, in one order, with those that the project file stands for."""
        yield from (self.command, *(name for name, _ in self._sets(project)))
        if self.table is not None:
            _, *rest = self.table.arguments(self.command, project)
            yield from rest
        for option, value in self.options.items():
            yield from _told(option, value)
        for option, (_, path) in self.beside.items():
            yield from (option, file_name(path, project))

    def seen(self, project: Project | None) -> list[FileSeen]:
        """The files that the answer comes from as they are now; a shipped set is told by its digest alone."""
        sets = [file_seen(FileRole.CRITERIA, name, path) for name, path in self._sets(project) if path is not None]
        beside = [file_seen(role, file_name(path, project), path) for role, path in self.beside.values()]
        return [*sets, *beside, *([] if self.table is None else self.table.seen(project))]

    def _sets(self, project: Project | None) -> Iterator[tuple[str, Path | None]]:
        for name in self.sets:
            path = Path(name)
            yield (file_name(path, project), path) if path.is_file() else (name, None)


def _told(option: str, value: object) -> Iterator[str]:
    match value:
        case None | False:
            return
        case True:
            yield option
        case tuple():
            for one in value:
                yield from (option, str(one))
        case float():
            yield from (option, f"{value:g}")
        case _:
            yield from (option, str(value))
