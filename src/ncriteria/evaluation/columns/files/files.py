"""Tables in Parquet files, larger than memory if need be: judged by Polars, DuckDB or Spark into another such file.

Polars judges the units in parts that fit in memory, DuckDB spills to disk, Spark keeps the rows where it has them.
"""

from __future__ import annotations

import datetime
import os
import shutil
import tempfile
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from enum import Enum
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Any, TypeAlias

import narwhals as nw
from attrs import evolve, field

from ncriteria.errors import CellPlace, NCriteriaError, Problem, is_installed
from ncriteria.evaluation.columns.asked.families import rests_on_units_around
from ncriteria.evaluation.columns.asked.known_days import SetsOfDay, sets_on
from ncriteria.evaluation.columns.door.doubts import doubts_of
from ncriteria.evaluation.columns.door.frames import Frame, NativeFrame, collected, open_frame
from ncriteria.evaluation.columns.door.keys import first_rows, with_normal_keys
from ncriteria.evaluation.columns.door.matching import Matched, renamed
from ncriteria.evaluation.columns.files.parts import ROWS_AT_ONCE, PartedFile
from ncriteria.evaluation.columns.joining.attesting import unused_attestations
from ncriteria.evaluation.columns.joining.fitting import lineage_doubts
from ncriteria.evaluation.columns.joining.left_territories import left_in_frame
from ncriteria.evaluation.columns.lines import Line, lineage_of
from ncriteria.evaluation.columns.naming import MISSING, columns_of_grades
from ncriteria.evaluation.columns.table import (
    columns_for,
    is_judged,
    is_of_line,
    judge_table,
    verdict_columns,
)
from ncriteria.evaluation.criteria import Catalog, Criteria
from ncriteria.evaluation.errors import EvaluationError
from ncriteria.facts.attestations.model import Attestation
from ncriteria.facts.checks.doubts import limited
from ncriteria.facts.lineage.model import NO_LINEAGE, Lineage, families
from ncriteria.facts.table import FactsError
from ncriteria.quick_classes import frozen
from ncriteria.sets.model import WHOLE_SET, Level, Verdict
from ncriteria.words import all_of, phrase


class Engine(Enum):
    """What computes: the packages are those of the extras `table`, `duckdb` and `spark`."""

    POLARS = "polars"
    DUCKDB = "duckdb"
    SPARK = "spark"


_PACKAGES = {
    Engine.POLARS: ("narwhals", "polars", "pyarrow"),
    Engine.DUCKDB: ("narwhals", "duckdb", "pyarrow"),
    Engine.SPARK: ("narwhals", "pyspark"),
}
_EXTRAS = {Engine.POLARS: "table", Engine.DUCKDB: "duckdb", Engine.SPARK: "spark"}
_DUCKDB_MEMORY = "2GB"
"""What DuckDB takes before it goes on on disk."""


class Stage(Enum):
    """What is being done."""

    SPLITTING = "splitting"
    JUDGING = "judging"
    COUNTING = "counting"


OnProgress: TypeAlias = Callable[[Stage, int, "int | None"], None]
"""Told the stage, how many rows are done in it, and how many there are; `None` where that is not known."""


@frozen
class JudgedBy:
    """What a file is judged by: the arguments of `ncriteria.evaluate_table`, and the engine."""

    criteria: Criteria | Catalog
    standard: str | None = None
    level: Level | None = None
    territory: str | None = None
    missing: bool = False
    ignore: Collection[str] = ()
    engine: Engine = Engine.POLARS
    attestations: Sequence[Attestation] = ()
    lineage: Lineage = NO_LINEAGE
    known_on: datetime.date | None = None

    @property
    def sets(self) -> SetsOfDay:
        """The sets that were in force on the day that is asked about, and what is told of the others."""
        return sets_on(self.criteria, self.standard, self.level, self.territory, self.lineage, self.known_on)

    @property
    def line(self) -> Line:
        """The sets that hold one after the other."""
        return self.sets.line


@frozen
class FileSummary:
    """What came out: the number of `rows`, of those that were `judged`, and of each verdict by path.

    The verdict of the whole set has the path "". `failed` are rows in which a rule has no value, of `failed_rows` the
    first. `reasons` says what was evaluated row by row, `warnings` what may not be meant as it stands in the table.
    `unheld` are the rows of the level in years that no set holds for, by year; all others that were not judged are of
    another level.
    """

    rows: int
    judged: int
    counts: Mapping[str, Mapping[Verdict, int]]
    failed_rows: int = 0
    failed: tuple[tuple[object, object], ...] = ()
    reasons: Mapping[str, str] = field(factory=dict)
    warnings: tuple[Problem, ...] = ()
    unheld: Mapping[int, int] = field(factory=dict)


def refuse_absent(engine: Engine) -> None:
    """Raise `EvaluationError` where a package of the engine is not installed, or Java for Spark."""
    absent, extra = [name for name in _PACKAGES[engine] if not is_installed(name)], _EXTRAS[engine]
    if not absent and engine is Engine.SPARK and os.environ.get("SPARK_REMOTE") and not _has_connect():
        absent, extra = ["pyspark.sql.connect"], "connect"
    if absent:
        message = phrase(
            "judging on {engine} needs {absent}, which cannot be imported",
            engine=engine.value,
            absent=all_of(absent),
        )
        hint = phrase("install the extra: pip install 'ncriteria[{extras}]'", extras=extra)
        raise EvaluationError(Problem("NC245", message, None, hint))
    if engine is Engine.SPARK and not (_has_java() or os.environ.get("SPARK_REMOTE")):
        message = phrase("judging on spark needs Java, and there is no `java` on the path or in JAVA_HOME")
        raise EvaluationError(
            Problem("NC245", message, None, phrase("install Java 17 or newer, or use --engine polars"))
        )


def _has_connect() -> bool:
    """Whether Spark Connect has all that it needs, which rests on its version."""
    try:
        import_module("pyspark.sql.connect.session")
    except ImportError:
        return False
    return True


def _has_java() -> bool:
    home = os.environ.get("JAVA_HOME")
    return shutil.which("java") is not None or (home is not None and (Path(home) / "bin" / "java").exists())


def judge_file(
    source: Path, target: Path, by: JudgedBy, told: OnProgress, *, rows_at_once: int = ROWS_AT_ONCE
) -> FileSummary:
    """Judge the Parquet file `source` and write its rows with the verdicts to `target`, which appears when all is done.

    A row in which a rule has no value has no verdict, and is counted as failed. Spark writes a folder of Parquet files.
    Raises `FactsError` for what is wrong with the table and `EvaluationError` where an engine is absent or stops.
    """
    refuse_absent(by.engine)
    run = _FileJudging(source, by, told, rows_at_once)
    engine = {Engine.POLARS: _on_polars, Engine.DUCKDB: _on_duckdb, Engine.SPARK: _on_spark}[by.engine]
    with _told_with_file(source, by.engine), _appearing(target) as written:
        judged = engine(run, written)
        told(Stage.COUNTING, 0, None)
        return _summary(run, judged)


@frozen
class _FileJudging:
    """One judging of a file; `connections` stay open while it lasts, which a relation of DuckDB 1 does not see to."""

    source: Path
    by: JudgedBy
    told: OnProgress
    rows_at_once: int
    reasons: dict[str, str] = field(factory=dict)
    doubts: list[Problem] = field(factory=list)
    connections: list[Any] = field(factory=list)

    def evaluate(self, frame: NativeFrame) -> NativeFrame:
        """The frame with its verdicts."""
        by, sets = self.by, self.by.sets
        found = judge_table(
            frame,
            sets.criteria,
            sets.line,
            territory=by.territory,
            missing=by.missing,
            ignore=by.ignore,
            attestations=by.attestations,
            lineage=by.lineage,
            known_on=by.known_on,
        )
        self.reasons.update(found.reasons)
        misprints = (_in_file(problem, self.source) for problem in found.misprints)
        self.doubts.extend((*sets.warnings, *found.on_day, *found.stated_otherwise, *misprints))
        return found.frame


@contextmanager
def _told_with_file(source: Path, engine: Engine) -> Iterator[None]:
    """What goes wrong inside is told with the file; what an engine says itself, as an error of the library."""
    try:
        yield
    except FactsError as error:
        raise FactsError([_in_file(problem, source) for problem in error.problems]) from None
    except EvaluationError as error:
        raise EvaluationError([_in_file(problem, source) for problem in error.problems]) from None
    except NCriteriaError:
        raise
    except Exception as error:
        if type(error).__module__.partition(".")[0] not in (*_PACKAGES[engine], "_duckdb", "builtins"):
            raise
        first, *_ = str(error).strip().splitlines() or [type(error).__name__]
        message = phrase("{engine} stopped: {reason}", engine=engine.value, reason=first)
        hint = phrase("see that the file is a whole Parquet file, and that there is room on the disk")
        raise EvaluationError(Problem("NC246", message, CellPlace(str(source)), hint)) from error


def _in_file(problem: Problem, source: Path) -> Problem:
    place = problem.place if isinstance(problem.place, CellPlace) else CellPlace()
    return evolve(problem, place=evolve(place, file=str(source)))


@contextmanager
def _appearing(target: Path) -> Iterator[Path]:
    """A path to write to, beside `target`; what is there in the end takes the place of `target` at once."""
    with tempfile.TemporaryDirectory(prefix=f".{target.name}-", dir=target.parent) as folder:
        written = Path(folder) / target.name
        yield written
        if target.is_dir():
            shutil.rmtree(target)
        written.replace(target)


def _on_polars(run: _FileJudging, written: Path) -> NativeFrame:
    polars, parquet = import_module("polars"), import_module("pyarrow.parquet")
    scanned = polars.scan_parquet(run.source, glob=False)
    if rests_on_units_around(run.by.line, is_catalog=isinstance(run.by.criteria, Catalog)):
        # Units rest on others, inside or around them, so the table cannot be judged in parts.
        run.told(Stage.JUDGING, 0, None)
        run.evaluate(scanned).sink_parquet(written)
        return polars.scan_parquet(written, glob=False)
    found = columns_for(scanned.collect_schema().names(), run.by.criteria, run.by.line, run.by.ignore)
    rows, done, writer = parquet.read_metadata(run.source).num_rows, 0, None
    splitting = partial(run.told, Stage.SPLITTING)
    of_lineage = families(run.by.lineage)
    parted = PartedFile(run.source, found.unit, found.year, written.parent, splitting, run.rows_at_once, of_lineage)
    try:
        for part in parted.parts():
            run.told(Stage.JUDGING, done, rows)
            table = _judged_part(run, part).to_arrow()
            writer = writer or parquet.ParquetWriter(written, table.schema, compression="zstd")
            writer.write_table(table.cast(writer.schema))
            done += part.height
        run.told(Stage.JUDGING, done, rows)
    finally:
        if writer is not None:
            writer.close()
    return polars.scan_parquet(written, glob=False)


def _judged_part(run: _FileJudging, part: Any) -> Any:
    """A part with its verdicts, and without a verdict where a rule has no value."""
    try:
        return run.evaluate(part)
    except EvaluationError as error:
        if any(problem.code != "NC309" for problem in error.problems):
            raise
        return run.evaluate(part.lazy()).collect()


def _on_duckdb(run: _FileJudging, written: Path) -> NativeFrame:
    connection = import_module("duckdb").connect()
    run.connections.append(connection)
    connection.execute(f"SET memory_limit='{_DUCKDB_MEMORY}'")
    connection.execute("SET preserve_insertion_order=false")
    connection.execute("SET temp_directory=?", [str(written.parent / "spilled")])
    run.told(Stage.JUDGING, 0, None)
    run.evaluate(connection.read_parquet(str(run.source))).write_parquet(str(written), compression="zstd")
    return connection.read_parquet(str(written))


def _on_spark(run: _FileJudging, written: Path) -> NativeFrame:
    builder = import_module("pyspark.sql").SparkSession.builder
    session = builder.appName("ncriteria").config("spark.ui.showConsoleProgress", "false").getOrCreate()
    run.told(Stage.JUDGING, 0, None)
    run.evaluate(session.read.parquet(str(run.source))).write.parquet(str(written))
    return session.read.parquet(str(written))


def _summary(run: _FileJudging, judged: NativeFrame) -> FileSummary:
    """What the rows that were written say."""
    by, verdicts = run.by, verdict_columns(run.by.criteria, run.by.line)
    added = {*verdicts.values(), *columns_of_grades(by.line.sets).values(), *([MISSING] if by.missing else [])}

    def own(headings: Sequence[str]) -> Matched:
        return columns_for([name for name in headings if name not in added], by.criteria, by.line, by.ignore)

    opened = open_frame(judged, lambda headings: own(headings).headings())
    frame, at = opened.frame, {heading: column for column, heading in opened.names.items()}
    columns = {path: at[name] for path, name in verdicts.items()}
    found = renamed(own(opened.headings), at)
    expected = is_judged(found, by.line)
    failed = expected & nw.col(columns[WHOLE_SET]).is_null()
    counted = frame.select(
        nw.len().alias("rows"),
        _number(expected).alias("judged"),
        _number(failed).alias("failed"),
        *(
            _number(nw.col(column) == verdict.value).alias(f"{index}_{verdict.value}")
            for index, column in enumerate(columns.values())
            for verdict in Verdict
        ),
    )
    number = {name: int(value or 0) for name, value in counted.collect().rows(named=True)[0].items()}
    counts = {
        path: {verdict: number[f"{index}_{verdict.value}"] for verdict in Verdict} for index, path in enumerate(columns)
    }
    failures = number["failed"]
    first = first_rows(frame.filter(failed).select(found.unit, found.year)) if failures else []
    normal = with_normal_keys(frame, found)
    doubts = doubts_of(normal.frame, normal.matched, normal.odd_units, by.line.level)
    catalog, around = by.criteria if isinstance(by.criteria, Catalog) else None, lineage_of(by.territory) or ()
    of_lineage = (
        *lineage_doubts(normal.frame, normal.matched, by.line, by.lineage),
        *left_in_frame(normal.frame, normal.matched, by.line, catalog, around, by.lineage),
    )
    unused = unused_attestations(normal.frame, normal.matched, by.attestations, by.criteria, by.line, by.lineage)
    return FileSummary(
        number["rows"],
        number["judged"] - failures,
        counts,
        failures,
        tuple((unit, year) for unit, year in first),
        run.reasons,
        (
            *(_in_file(opened.placed(problem), run.source) for problem in doubts),
            *of_lineage,
            *limited(dict.fromkeys(run.doubts), CellPlace()),
            *unused,
        ),
        _unheld(frame, found, by.line),
    )


def _unheld(frame: Frame, found: Matched, line: Line) -> dict[int, int]:
    """How many rows of the level there are in each year that no set holds for."""
    rows = frame.filter(is_of_line(found, line) & ~is_judged(found, line))
    counted = (
        rows.select(nw.col(found.year).cast(nw.Int64()).alias("year")).group_by("year").agg(nw.len().alias("rows"))
    )
    return dict(sorted(collected(counted.select("year", "rows")).rows()))


def _number(condition: nw.Expr) -> nw.Expr:
    return condition.cast(nw.Int64()).sum()
