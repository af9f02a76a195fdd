"""Units of a province that was merged are judged in columns, and in a Parquet file, as they are row by row."""

from __future__ import annotations

import datetime
import io
import warnings
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

import ncriteria as nc
from ncriteria.evaluation.columns.files.files import JudgedBy, judge_file
from tests.overlay_sets import PROVINCE, written

polars = pytest.importorskip("polars")
LONG_AN, TAY_NINH = "long-an", "tay-ninh"
YEARS = (2024, 2025, 2026, 2027)


@cache
def sets(first: int) -> nc.Catalog:
    """The national set, that of Long An, and that of the new Tây Ninh from a year on."""
    new = PROVINCE.replace("calm.long-an", "calm.new").replace("2024-08-05", "2025-11-01")
    new = new.replace("{from: 2025}", f"{{from: {first}}}").replace("value: 8", "value: 5")
    new = new.replace("territory: long-an", "territory: tay-ninh\n  supersedes: calm.long-an")
    return nc.catalog(written(Path(mkdtemp()), new=new))


def lineage(units: list[str]) -> nc.Lineage:
    rows = [(LONG_AN, TAY_NINH), (TAY_NINH, TAY_NINH), *((unit, unit) for unit in units)]
    file = Path(mkdtemp()) / "lineage.csv"
    file.write_text("from,to,share,day\n" + "".join(f"{old},{new},whole,2025-07-01\n" for old, new in rows))
    return nc.read_lineage(file)


@given(
    st.lists(st.lists(st.none() | st.integers(0, 12), min_size=4, max_size=4), min_size=1, max_size=4),
    st.sampled_from([2026, 2027]),
)
def test_columns_judge_the_units_of_a_merged_province_as_the_rows_are_judged(
    figures: list[list[int | None]], first: int
) -> None:
    units = [f"u{number}" for number in range(len(figures))]
    catalog, changes = sets(first), lineage(units)
    frame = polars.DataFrame(
        [
            (unit, "commune", LONG_AN if year < 2025 else TAY_NINH, year, cases)
            for unit, own in zip(units, figures, strict=True)
            for year, cases in zip(YEARS, own, strict=True)
        ],
        schema={
            **dict.fromkeys(("unit", "level", "parent"), polars.String),
            **dict.fromkeys(("year", "cases"), polars.Int64),
        },
        orient="row",
    )
    options = {"standard": "calm", "level": "commune", "territory": [LONG_AN, TAY_NINH], "lineage": changes}
    with pytest.warns(nc.TableWarning):
        table = nc.evaluate_table(frame, catalog, **options)
    file = Path(mkdtemp()) / "table.csv"
    frame.write_csv(file)
    facts = nc.read_facts(file, catalog["calm.long-an"].facts)
    found = {
        (one.row.unit.id, one.row.year): one.verdicts["calm/crime"].value
        for one in nc.evaluate_rows(facts, catalog, lineage=changes)
        if one.verdicts is not None
    }
    columns = {(row["unit"], row["year"]): row["calm/crime"] for row in table.to_dicts()}
    assert columns == found


@pytest.mark.parametrize("joined", [(), (("z", "z"),), (("a", "b"), ("c", "b"))])
def test_units_that_left_a_territory_of_which_nothing_is_told_are_warned_of_as_in_tables_of_rows(joined, tmp_path):
    text = (
        "unit,level,parent,year,cases\n"
        "a,commune,d,2024,9\nc,commune,long-an,2024,9\nd,district,long-an,2024,\n"
        "a,commune,tay-ninh,2025,9\nb,commune,tay-ninh,2025,9\nz,commune,an-giang,2025,9\n"
    )
    text = text if joined != (("a", "b"), ("c", "b")) else text.replace("a,commune,tay-ninh,2025,9\n", "")
    changes = nc.Lineage(
        [nc.Change(old=old, new=new, share=nc.Share.WHOLE, day=datetime.date(2025, 7, 1)) for old, new in joined]
    )
    catalog = nc.catalog(written(tmp_path))
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always", nc.TableWarning)
        facts = nc.read_facts_text(text, "csv", catalog["calm.long-an"].facts)
        list(nc.evaluate_rows(facts, catalog, lineage=changes))
    expected = told(caught)
    assert len(expected) == 1
    frame = polars.read_csv(io.StringIO(text))
    for one in (frame, frame.lazy(), duckdb.from_arrow(frame.to_arrow())):
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always", nc.TableWarning)
            nc.evaluate_table(one, catalog, standard="calm", level="commune", territory="tay-ninh", lineage=changes)
        assert told(caught) == expected
    source = tmp_path / "facts.parquet"
    frame.write_parquet(source)
    by = JudgedBy(catalog, "calm", nc.Level.COMMUNE, "tay-ninh", lineage=changes)
    summary = judge_file(source, tmp_path / "verdicts.parquet", by, lambda *_: None)
    assert [one.message for one in summary.warnings if one.code == "NC443"] == expected


def told(caught: list[warnings.WarningMessage]) -> list[str]:
    found = (one for warning in caught for one in warning.message.problems)
    return list(dict.fromkeys(one.message for one in found if one.code == "NC443"))
