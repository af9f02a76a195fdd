"""A receipt of a result: which version judged which files under which sets, how, and what came out."""

from __future__ import annotations

import datetime
import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from enum import Enum
from pathlib import Path
from typing import Final

from ncriteria import __version__
from ncriteria.errors import Problem
from ncriteria.evaluation.errors import EvaluationError
from ncriteria.evaluation.table_years.judgement import Judgement
from ncriteria.language.printer import show
from ncriteria.quick_classes import frozen
from ncriteria.report.structure import record
from ncriteria.sets.files.digest import digest_of
from ncriteria.sets.model import CriteriaSet, Verdict
from ncriteria.words import phrase

SCHEMA: Final = "ncriteria-receipt/1"
"""The schema of a receipt and its version."""
JUDGING: Final = ("evaluate", "explain")
"""The commands whose receipts tell each row that was judged; those of others have a digest of all that was found."""
_BLOCK: Final = 1 << 20


class FileRole(Enum):
    """What a file was for."""

    FACTS = "facts"
    ATTESTATIONS = "attestations"
    LINEAGE = "lineage"
    ASSIGNMENTS = "assignments"
    LAST_TIME = "last_time"
    CRITERIA = "criteria"
    PROJECT = "project"


_ROLES: Final = tuple(FileRole)


@frozen
class FileSeen:
    """A file as it was: its name as it was given, and the SHA-256 of its bytes (64 hexadecimal digits)."""

    role: FileRole
    name: str
    sha256: str


@frozen
class SetUsed:
    """A criteria set that judged, with the digest of what it says."""

    id: str
    digest: str
    instrument: str


@frozen
class RowSeen:
    """What came out for a unit and year under a standard; `digest` is of its verdicts and of all that they wait for."""

    unit: str
    year: int
    standard: str
    verdict: Verdict | None
    digest: str


@frozen
class Receipt:
    """What a result was made from.

    `arguments` are those of the command that made it, without those that say where and how it is shown. `day` is when
    it was made. The same files judged in the same way by the same version give the same receipt on the same day.
    """

    version: str
    day: datetime.date
    arguments: tuple[str, ...]
    files: tuple[FileSeen, ...]
    sets: tuple[SetUsed, ...]
    verdicts: Mapping[Verdict | None, int]
    rows: tuple[RowSeen, ...]
    result: str

    @property
    def is_of_rows(self) -> bool:
        """Whether it tells each row that was judged."""
        return self.arguments[:1] in [(command,) for command in JUDGING]


for _each in (FileSeen, SetUsed, RowSeen, Receipt):
    record(_each)


def file_seen(role: FileRole, name: str, path: Path | None = None) -> FileSeen:
    """The file of that name, which stands at `path`, as it is now; raises `EvaluationError` where it cannot be read."""
    return FileSeen(role, name, file_sha256(Path(name) if path is None else path))


def file_sha256(path: Path) -> str:
    """The SHA-256 of a file; raises `EvaluationError` where it cannot be read."""
    digest = hashlib.sha256()
    try:
        with path.open("rb") as stream:
            while block := stream.read(_BLOCK):
                digest.update(block)
    except OSError as error:
        message = phrase("{file} cannot be read: {reason}", file=str(path), reason=error.strerror or str(error))
        raise EvaluationError(Problem("NC326", message)) from None
    return digest.hexdigest()


def content_seen(role: FileRole, name: str, content: bytes) -> FileSeen:
    """What was read as one, such as the standard input."""
    return FileSeen(role, name, hashlib.sha256(content).hexdigest())


def receipt_of(
    judgements: Sequence[Judgement], arguments: Iterable[str], files: Iterable[FileSeen], day: datetime.date
) -> Receipt:
    """The receipt of `judgements` that a call with these `arguments` gave on that `day`.

    The `files` stand in it by what they were for and by their names, in whatever order they come.
    """
    used = {one.criteria.definition.id: one.criteria.definition for one in judgements if one.criteria is not None}
    rows = tuple(sorted(map(_row, judgements), key=lambda row: (row.unit, row.year, row.standard)))
    return Receipt(
        __version__,
        day,
        tuple(arguments),
        in_order(files),
        tuple(SetUsed(name, digest_of(one), one.instrument.number) for name, one in sorted(used.items())),
        Counter(row.verdict for row in rows),
        rows,
        result_digest(rows),
    )


def in_order(files: Iterable[FileSeen]) -> tuple[FileSeen, ...]:
    """Files by what they were for, and then by their names."""
    return tuple(sorted(files, key=lambda file: (_ROLES.index(file.role), file.name)))


def result_digest(rows: Iterable[RowSeen]) -> str:
    """The digest of a result as a whole, made of all its rows."""
    told = [[row.unit, row.year, row.standard, row.verdict and row.verdict.value, row.digest] for row in rows]
    return _sha256(told)


def found_receipt(
    sets: Iterable[CriteriaSet],
    arguments: Iterable[str],
    files: Iterable[FileSeen],
    day: datetime.date,
    found: Iterable[object],
) -> Receipt:
    """The receipt of all that was `found`, as plain data, under the `sets`; it tells no rows."""
    used = tuple(SetUsed(one.id, digest_of(one), one.instrument.number) for one in sets)
    digest = hashlib.sha256()
    for one in found:
        digest.update(_text(one).encode())
    return Receipt(__version__, day, tuple(arguments), in_order(files), used, {}, (), digest.hexdigest())


def _row(judgement: Judgement) -> RowSeen:
    row, result = judgement.row, judgement.result
    if result is None:
        told: object = [problem.code for problem in judgement.problems]
        return RowSeen(row.unit.id, row.year, judgement.standard, None, _sha256(told))
    told = {
        "verdicts": {path: one.verdict.value for path, one in result.clauses.items()},
        "attested": list(result.attested),
        "missing": list(map(str, result.missing)),
        "residual": show(result.residual),
        "not_encoded": list(result.open.clauses),
        "open_parameters": list(result.open.parameters),
    }
    return RowSeen(row.unit.id, row.year, judgement.standard, result.verdict, _sha256(told))


def _sha256(told: object) -> str:
    return hashlib.sha256(_text(told).encode()).hexdigest()


def _text(told: object) -> str:
    return json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
