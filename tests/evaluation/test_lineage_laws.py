"""The laws of lineages: merging then judging is judging the union; a rename, and a split undone, change nothing."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

import ncriteria as nc
from tests.evaluation.lineages import commune_set

RULES = (
    "cases <= prev_year",
    "cases <= years_ago(2, cases) * 0.9",
    "sum_years(cases, 3) <= 20",
    "decreasing(cases, 3)",
    "cases < at(cases, 2021) or share >= prev_year",
)
_WHOLE = nc.Share.WHOLE
_YEARS = (2021, 2022, 2023)
_MERGED = datetime.date(2023, 7, 1)
Figures = Mapping[tuple[str, int], Mapping[str, int]]

figures = st.fixed_dictionaries({name: st.integers(0, 12) for name in ("cases", "settled", "received")})


def rows_of(units: list[str], years: tuple[int, ...]) -> st.SearchStrategy[Figures]:
    return st.fixed_dictionaries({(unit, year): figures for unit in units for year in years})


def table_of(found: Figures) -> nc.FactTable:
    headings = ["cases", "settled", "received"]
    lines = [",".join(["unit", "year", *headings])]
    lines += [",".join([unit, str(year), *(str(of[name]) for name in headings)]) for (unit, year), of in found.items()]
    return nc.read_facts_text("\n".join(lines) + "\n", "csv", commune_set().facts)


def result_of(found: Figures, unit: str, rule: str, *changes: nc.Change) -> tuple[object, ...]:
    judged = nc.evaluate_rows(table_of(found), commune_set(rule), lineage=nc.Lineage(changes, ()))
    (result,) = (one.result for one in judged if (one.row.unit.id, one.row.year) == (unit, _YEARS[-1]))
    assert result is not None
    return result.verdicts, result.missing, result.residual


def change(old: str, new: str, share: nc.Share | Fraction = _WHOLE, day: datetime.date = _MERGED) -> nc.Change:
    return nc.Change(old=old, new=new, share=share, day=day)


@settings(deadline=None)
@given(rows_of(["a", "b", "c"], _YEARS[:2]), figures, st.sampled_from(RULES[:4]), st.sampled_from(["a", "n"]))
def test_merging_then_judging_is_judging_the_union(before, after, rule, new):
    union = {
        ("n", year): {name: sum(before[unit, year][name] for unit in "abc") for name in after} for year in _YEARS[:2]
    }
    merged = result_of({**before, (new, 2023): after}, new, rule, *(change(unit, new) for unit in "abc"))
    assert merged == result_of({**union, ("n", 2023): after}, "n", rule)


@settings(deadline=None)
@given(rows_of(["a"], _YEARS), st.sampled_from(RULES), st.sampled_from(_YEARS[1:]))
def test_a_rename_changes_nothing(found, rule, year):
    renamed = {("b" if of >= year else unit, of): one for (unit, of), one in found.items()}
    day = datetime.date(year, 3, 1)
    assert result_of(renamed, "b", rule, change("a", "b", day=day)) == result_of(found, "a", rule)


@settings(deadline=None)
@given(rows_of(["a"], _YEARS[:2]), figures, st.sampled_from(RULES[:4]), st.fractions(Fraction(1, 9), Fraction(8, 9)))
def test_a_split_by_proportion_that_is_merged_again_changes_nothing(before, after, rule, share):
    split, again = datetime.date(2023, 2, 1), datetime.date(2023, 8, 1)
    changes = [
        change("a", "b", share, split),
        change("a", "c", nc.Share.REMAINDER, split),
        change("b", "d", day=again),
        change("c", "d", day=again),
    ]
    whole = result_of({**before, ("a", 2023): after}, "a", rule)
    assert result_of({**before, ("d", 2023): after}, "d", rule, *changes) == whole
