from __future__ import annotations

import datetime
import random
import warnings
from collections import Counter
from decimal import Decimal
from fractions import Fraction

import duckdb
import pandas as pd
import polars as pl
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

import ncriteria as nc
from ncriteria.errors import NCriteriaError
from ncriteria.evaluation.columns.table import RowByRowWarning, evaluate_table
from ncriteria.evaluation.criteria import Criteria
from ncriteria.evaluation.errors import EvaluationError
from ncriteria.evaluation.records.record import Record
from ncriteria.facts.table import FactRow, FactTable, Unit
from ncriteria.facts.units.identifiers import normal_identifier
from ncriteria.language.tree import FactKey
from ncriteria.sets.model import FactType
from tests.engines.dressing import dressed
from tests.engines.strategies import FACTS, criteria_sets

YEARS = range(2016, 2025)
"""Years of the generated tables; the sets hold from 2018 on."""
HUGE = (2**53 + 1, 2**62, 2**63 - 1)


@st.composite
def tables(draw, units=45):
    """Rows of many units with gaps in the years, blanks, zeros, ties and, now and then, the greatest numbers.

    Rows are made from one drawn seed, for there are many of them.
    """
    chance = random.Random(draw(st.integers(0, 2**32)))
    counts = (0, 0, 1, 1, 2, 3, 4, 19, 20, 95, 100) + (HUGE if draw(st.integers(0, 9)) == 0 else ())
    rows = [
        FactRow(Unit(f"xã {number}"), year, dict(_facts(chance, counts)))
        for number in range(units)
        for year in YEARS
        if chance.random() < 0.7
    ]
    chance.shuffle(rows)
    return FactTable(tuple(rows))


def _facts(chance, counts):
    for name, declaration in FACTS.items():
        if chance.random() < 0.75:
            yield FactKey(name), _value(chance, declaration, counts)


def _value(chance, declaration, counts):
    match declaration.type:
        case FactType.COUNT:
            return Fraction(chance.choice(counts))
        case FactType.BOOLEAN:
            return chance.random() < 0.5
        case FactType.ENUMERATION:
            return chance.choice(declaration.options)
        case FactType.DATE:
            return datetime.date(2020, 1, 1) + datetime.timedelta(days=chance.randrange(2500))
        case FactType.NUMBER:
            # A column without declared decimals holds whole numbers.
            scale = 10 ** (declaration.decimals or 0)
            return Fraction(chance.randint(0 if declaration.maximum else -3 * scale, scale), scale)


def frame_of(table: FactTable) -> pl.DataFrame:
    """The table as a frame, with decimals once as floats and once as decimals."""
    columns = {"unit": [row.unit.id for row in table.rows], "year": [row.year for row in table.rows]}
    schema = {"unit": pl.String, "year": pl.Int32}
    for name, declaration in FACTS.items():
        columns[name] = [_plain(declaration, row.values.get(FactKey(name))) for row in table.rows]
        schema[name] = _DTYPES.get(name, _DTYPES.get(declaration.type))
    return pl.DataFrame(columns, schema=schema)


_DTYPES = {
    FactType.COUNT: pl.Int64,
    FactType.BOOLEAN: pl.Boolean,
    FactType.ENUMERATION: pl.String,
    FactType.DATE: pl.Date,
    "share": pl.Float64,
    "balance": pl.Decimal(12, 1),
    "index": pl.Int64,
}


def _plain(declaration, value):
    if not isinstance(value, Fraction):
        return value
    if declaration.type is FactType.COUNT or declaration.decimals is None:
        return int(value)
    return float(value) if declaration.name == "share" else Decimal(value.numerator) / Decimal(value.denominator)


def by_reference(criteria: Criteria, table: FactTable):
    """The verdicts of each row by the record evaluator; `None` for a year without criteria, and for an error."""
    found = {}
    for row in table.rows:
        try:
            result = criteria.judge(Record(table.known(row.unit.id, row.year), row.year))
        except NCriteriaError as error:
            found[row.unit.id, row.year] = (None, {problem.code for problem in error.problems})
        else:
            verdicts = {path: outcome.verdict.value for path, outcome in result.clauses.items()}
            found[row.unit.id, row.year] = ({"verdict": result.verdict.value, **verdicts}, set())
    return found


def by_rows(found, paths):
    """The verdicts of each row of a judged Polars frame."""
    return {
        (normal_identifier(row["unit"]), int(row["year"])): {path: row[path] for path in ("verdict", *paths)}
        for row in found.iter_rows(named=True)
    }


def _on_duckdb(frame):
    """The judged frame; DuckDB has its columns, and those that are no facts come back from it as they went."""

    def judged(criteria):
        relation = duckdb.from_arrow(frame.to_arrow())
        found = evaluate_table(relation, criteria)
        assert found.columns[: len(relation.columns)] == relation.columns
        assert found.types[: len(relation.columns)] == relation.types
        return found.select(*(duckdb.SQLExpression(f'"{name}"') for name in _told(found.columns, frame))).pl()

    return judged


def _told(columns, frame):
    """The columns of units, years and verdicts."""
    return ["unit", "year", *(name for name in columns if name not in frame.columns)]


def _on_pandas(frame):
    native = frame.to_pandas(use_pyarrow_extension_array=True)

    def judged(criteria):
        found = evaluate_table(native, criteria)
        pd.testing.assert_frame_equal(found[native.columns], native)
        return pl.from_pandas(found[_told(found.columns, frame)].astype(object).convert_dtypes())

    return judged


def check(criteria: Criteria, table: FactTable, engines, chance=None) -> int:
    """Hold the engines to the reference on one table; returns the number of verdicts that engines gave.

    With `chance` the frame comes in a form that is drawn by it.
    """
    frame, expected = frame_of(table), by_reference(criteria, table)
    for_duckdb = frame
    if chance is not None:
        seed = chance.random()
        frame, for_duckdb = (dressed(random.Random(seed), frame, decomposed=marks) for marks in (True, False))
    paths = [member.path for member in criteria.definition.members()]
    failing = any(codes - {"NC301"} for _, codes in expected.values())
    wanted = {key: verdicts or dict.fromkeys(("verdict", *paths)) for key, (verdicts, _) in expected.items()}
    compared = 1
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RowByRowWarning)
        assert by_rows(evaluate_table(frame.lazy(), criteria).collect(), paths) == wanted
        if "duckdb" in engines:
            compared += 1
            assert by_rows(_on_duckdb(for_duckdb)(criteria), paths) == wanted
        if failing:
            with pytest.raises(EvaluationError):
                evaluate_table(frame, criteria)
            return compared * len(wanted) * (len(paths) + 1)
        judged = evaluate_table(frame, criteria)
        assert by_rows(judged, paths) == wanted
        assert pl.DataFrame(judged.get_columns()[: frame.width]).equals(frame)
        in_order = evaluate_table(frame.sort("unit", "year"), criteria)
        assert by_rows(in_order, paths) == wanted
        compared += 2
        if "pandas" in engines:
            compared += 1
            found = _on_pandas(frame)(criteria)
            assert by_rows(found, paths) == wanted
    return compared * len(wanted) * (len(paths) + 1)


COMPARED = Counter()


@settings(phases=(Phase.explicit, Phase.reuse, Phase.generate), max_examples=3, derandomize=True)
@given(st.data())
def test_columns_give_the_verdicts_of_the_record_evaluator(data):
    """On Polars, lazy and not, on DuckDB and from pandas; tables are not shrunk, for that takes minutes.

    The cases are the same in every run, so that their number is; the long runs try others.
    """
    criteria = Criteria(data.draw(criteria_sets()))
    COMPARED["verdicts"] += check(criteria, data.draw(tables()), {"duckdb", "pandas"})


@settings(phases=(Phase.explicit, Phase.reuse, Phase.generate), max_examples=1, derandomize=True)
@given(st.data())
def test_frames_of_every_form_have_the_verdicts_of_the_record_evaluator(data):
    """Categories, decimals, spellings of identifiers, headings of our own names, and columns of any type."""
    criteria, chance = Criteria(data.draw(criteria_sets())), random.Random(data.draw(st.integers(0, 2**32)))
    check(criteria, data.draw(tables(units=12)), {"duckdb", "pandas"}, chance)


def test_many_thousand_verdicts_were_compared():
    assert COMPARED["verdicts"] >= 10_000


@pytest.mark.soak
@pytest.mark.parametrize("part", range(10))
def test_columns_give_the_verdicts_of_the_record_evaluator_for_long(part):
    """Each part compares a hundred thousand verdicts and more, of other tables in every run."""
    compared = 0

    @settings(phases=(Phase.explicit, Phase.generate), max_examples=max(50, settings().max_examples // 100))
    @given(data=st.data())
    def of_generated_tables(data):
        nonlocal compared
        chance = random.Random(data.draw(st.integers(0, 2**32)))
        table = data.draw(tables())
        criteria, form = Criteria(data.draw(criteria_sets())), data.draw(st.sampled_from([None, chance]))
        compared += check(criteria, table, {"duckdb", "pandas"}, form)

    of_generated_tables()
    assert compared >= 100_000


OPTIONS = """\
format: ncriteria/1
set:
  id: test.options
  standard: options
  title: A set
  instrument: {number: "1/TEST", issuer: Test}
  years: {from: 2021}
  level: commune
facts:
  work: {title: Work, type: enumeration, options: [{id: pass, title: {vi: đạt, en: enough}}, bad]}
clauses:
  c: {title: C, rule: 'work = "pass"', encodes: exact, cite: [{instrument: "1/TEST"}]}
"""


def test_an_option_is_called_by_its_titles_in_frames_as_in_files():
    criteria = nc.loads(OPTIONS)
    said = ["đạt", "enough", "pass", "bad", None]
    frame = pl.DataFrame({"unit": list("abcde"), "year": 2024, "work": said})
    found = ["met", "met", "met", "not_met", "undetermined"]
    rows = nc.evaluate_rows(nc.FactTable.from_frame(frame, criteria.facts), criteria)
    assert [one.result["c"].verdict.value for one in rows] == found
    for dtype in (pl.String, pl.Categorical, pl.Enum(["enough", "đạt", "bad", "pass"])):
        judged = nc.evaluate_table(frame.with_columns(pl.col("work").cast(dtype)), criteria)
        assert (judged["c"].to_list(), judged["work"].to_list()) == (found, said)
    judged = nc.evaluate_table(duckdb.from_arrow(frame.to_arrow()), criteria).pl().sort("unit")
    assert (judged["c"].to_list(), judged["work"].to_list()) == (found, said)


def test_a_program_gives_an_option_by_its_identifier():
    with pytest.raises(nc.EvaluationError) as caught:
        nc.loads(OPTIONS).evaluate({"work": "enough"}, year=2024)
    assert str(caught.value) == "NC206 `work` = 'enough' is none of its values\n  hint: the values are: pass, bad"
