"""The sets of a territory that went into another go on judging what lay in it, until the other has its own."""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from pathlib import Path

import pytest

import ncriteria as nc
from ncriteria.sets.catalog import shared_facts
from tests.overlay_sets import PROVINCE, written

MERGED = """\
from,to,share,day,instrument
long-an,tay-ninh,whole,2025-07-01,202/2025/QH15
tay-ninh,tay-ninh,whole,2025-07-01,202/2025/QH15
a,a,whole,2025-07-01,1682/NQ-UBTVQH15
b,b,whole,2025-07-01,1682/NQ-UBTVQH15
c,c,whole,2025-07-01,1682/NQ-UBTVQH15
d,ab,whole,2025-07-01,1682/NQ-UBTVQH15
e,ab,whole,2025-07-01,1682/NQ-UBTVQH15
"""
TABLE = """\
unit,name,level,parent,year,cases
a,Xã A,commune,long-an,2024,9
b,Xã B,commune,tay-ninh,2024,9
d,Xã D,commune,long-an,2024,9
e,Xã E,commune,long-an,2024,9
a,Xã A,commune,tay-ninh,2025,9
b,Xã B,commune,tay-ninh,2025,9
c,Xã C,commune,tay-ninh,2025,9
ab,Xã Đê,commune,tay-ninh,2025,9
a,Xã A,commune,tay-ninh,2026,9
b,Xã B,commune,tay-ninh,2026,9
"""


def of_tay_ninh(identifier: str, issued: str, first: int, last: int | None = None, more: str = "") -> str:
    """A set of Tây Ninh: the old province, or the new one of that name."""
    years = f"{{from: {first}}}" if last is None else f"{{from: {first}, to: {last}}}"
    header = PROVINCE.partition("changes:")[0].replace("calm.long-an", identifier).replace("2024-08-05", issued)
    header = header.replace("{from: 2025}", years).replace("territory: long-an", f"territory: tay-ninh{more}")
    return f"{header}changes:\n  - {{set: most, value: 7, cite: [{{instrument: 2/LONG-AN}}]}}\n"


def read(folder: Path, lineage: str, **files: str) -> tuple[nc.Catalog, nc.Lineage]:
    (folder / "lineage.csv").write_text(lineage, encoding="utf-8")
    (folder / "sets").mkdir()
    return nc.catalog(written(folder / "sets", **files)), nc.read_lineage(folder / "lineage.csv")


def judged(folder: Path, catalog: nc.Catalog, lineage: nc.Lineage, table: str = TABLE) -> dict[tuple[str, int], str]:
    """The set that judges each row, or why none does."""
    (folder / "table.csv").write_text(table, encoding="utf-8")
    facts = nc.read_facts(folder / "table.csv", shared_facts(catalog.sets.sets))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", nc.TableWarning)
        found = list(nc.evaluate_rows(facts, catalog, lineage=lineage))
    return {
        (one.row.unit.id, one.row.year): one.criteria.id if one.criteria else one.problems[0].text("en")
        for one in found
    }


def test_what_lay_in_a_province_that_was_merged_is_judged_by_its_sets_until_the_new_one_has_its_own(
    tmp_path: Path,
) -> None:
    new = of_tay_ninh("calm.new", "2025-11-01", 2026, more="\n  supersedes: calm.long-an")
    catalog, lineage = read(tmp_path, MERGED, new=new)
    found = judged(tmp_path, catalog, lineage)
    refused = found.pop(("c", 2025)).replace(f"{tmp_path}/", "")
    assert found == {
        ("a", 2024): "calm.national",
        ("b", 2024): "calm.national",
        ("d", 2024): "calm.national",
        ("e", 2024): "calm.national",
        ("a", 2025): "calm.long-an",
        ("b", 2025): "calm.national",
        ("ab", 2025): "calm.long-an",
        ("a", 2026): "calm.new",
        ("b", 2026): "calm.new",
    }
    assert refused == (
        "table.csv, row 8: NC442 nothing says which of the units that were merged on 2025-07-01 it lay in, and it is "
        'judged under "calm" by: calm.long-an where it lay in long-an; calm.national where it lay in tay-ninh\n'
        "  hint: give the lineage of the unit, and of all that it is made of a row of an earlier year with the unit "
        "around it"
    )


def test_a_name_that_passes_to_another_province_does_not_bring_its_sets_along(tmp_path: Path) -> None:
    old = of_tay_ninh("calm.old", "2024-02-01", 2024)
    catalog, lineage = read(tmp_path, MERGED, old=old)
    found = judged(tmp_path, catalog, lineage)
    assert (found["a", 2024], found["b", 2024]) == ("calm.national", "calm.old")
    assert (found["a", 2025], found["b", 2025]) == ("calm.long-an", "calm.old")
    assert (found["a", 2026], found["b", 2026]) == ("calm.long-an", "calm.old")


def test_where_all_that_may_be_comes_to_the_same_nothing_is_refused(tmp_path: Path) -> None:
    catalog, lineage = read(tmp_path, MERGED, province="")
    assert set(judged(tmp_path, catalog, lineage).values()) >= {"calm.national"}
    new = of_tay_ninh("calm.new", "2025-11-01", 2025, more="\n  supersedes: calm.national")
    (tmp_path / "more").mkdir()
    replaced, lineage = read(tmp_path / "more", MERGED, new=new)
    assert judged(tmp_path, replaced, lineage)["c", 2025] == "calm.new"


def test_a_province_that_only_gets_another_name_keeps_its_sets(tmp_path: Path) -> None:
    catalog, lineage = read(tmp_path, "from,to,share,day\nlong-an,vam-co,whole,2025-07-01\na,a,whole,2025-07-01\n")
    table = "unit,name,level,parent,year,cases\na,Xã A,commune,vam-co,2025,9\n"
    assert judged(tmp_path, catalog, lineage, table) == {("a", 2025): "calm.long-an"}


@pytest.mark.parametrize(
    ("territory", "year", "expected"),
    [
        (["long-an"], 2024, "calm.national"),
        (["long-an"], 2025, "calm.long-an"),
        (["long-an", "tay-ninh"], 2024, "calm.national"),
        (["long-an", "tay-ninh"], 2025, "calm.long-an"),
        (["tay-ninh", "long-an"], 2025, "calm.long-an"),
        (["long-an", "tay-ninh"], 2026, "calm.new"),
        (["tay-ninh"], 2026, "calm.new"),
        (["tay-ninh"], 2025, None),
        (["elsewhere"], 2025, "calm.national"),
    ],
)
def test_one_set_is_chosen_by_the_units_that_are_named(
    tmp_path: Path, territory: Sequence[str], year: int, expected: str | None
) -> None:
    new = of_tay_ninh("calm.new", "2025-11-01", 2026, more="\n  supersedes: calm.long-an")
    catalog, lineage = read(tmp_path, MERGED, new=new)
    asked = {"standard": "calm", "level": "commune", "year": year, "territory": territory, "lineage": lineage}
    if expected is None:
        with pytest.raises(nc.ChoiceError, match="NC442"):
            catalog.choose(**asked)  # type: ignore[arg-type]
    else:
        assert catalog.choose(**asked).id == expected  # type: ignore[arg-type]


def test_a_table_in_columns_is_judged_as_the_rows_are(tmp_path: Path) -> None:
    polars = pytest.importorskip("polars")
    new = of_tay_ninh("calm.new", "2025-11-01", 2026, more="\n  supersedes: calm.long-an")
    catalog, lineage = read(tmp_path, MERGED, new=new)
    frame = polars.DataFrame(
        {"unit": ["a"] * 3, "level": ["commune"] * 3, "year": [2024, 2025, 2026], "cases": [9, 9, 9]}
    )
    table = nc.evaluate_table(
        frame,
        catalog,
        standard="calm",
        level="commune",
        territory=["long-an", "tay-ninh"],
        lineage=lineage,
    )
    by_national, by_province = "met", "not_met"
    assert table["calm/crime"].to_list() == [by_national, by_province, by_province]
    with pytest.raises(nc.ChoiceError, match="NC442"):
        nc.evaluate_table(frame, catalog, standard="calm", level="commune", territory="tay-ninh", lineage=lineage)


def test_a_table_in_columns_without_a_change_of_its_territory_is_judged_as_ever(tmp_path: Path) -> None:
    polars = pytest.importorskip("polars")
    catalog, lineage = read(tmp_path, "from,to,share,day\na,a,whole,2025-07-01\n")
    frame = polars.DataFrame({"unit": ["a", "a"], "level": ["commune"] * 2, "year": [2024, 2025], "cases": [9, 9]})
    table = nc.evaluate_table(frame, catalog, standard="calm", level="commune", territory="long-an", lineage=lineage)
    assert table["calm/crime"].to_list() == ["met", "not_met"]


def warned(catalog: nc.Catalog, lineage: nc.Lineage | None, folder: Path, table: str) -> list[str]:
    (folder / "table.csv").write_text(table, encoding="utf-8")
    facts = nc.read_facts(folder / "table.csv", shared_facts(catalog.sets.sets))
    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always", nc.TableWarning)
        list(nc.evaluate_rows(facts, catalog, lineage=lineage))
    problems = [one for warning in told for one in warning.message.problems]  # type: ignore[union-attr]
    return [one.text("en").replace(f"{folder}/", "") for one in problems if one.code == "NC443"]


def test_what_became_of_a_territory_is_asked_where_units_left_it(tmp_path: Path) -> None:
    communes = "from,to,share,day\n" + "".join(line + "\n" for line in MERGED.splitlines()[3:]).replace(
        ",1682/NQ-UBTVQH15", ""
    )
    catalog, lineage = read(tmp_path, communes)
    for given in (None, lineage):
        (told,) = warned(catalog, given, tmp_path, TABLE)
        count = 1 if given is None else 2
        assert told == (
            "table.csv, row 6: NC443 a lay in long-an, and lies in tay-ninh in 2025: nothing says what became of "
            f"long-an, so calm.long-an is not used for it (such units: {count})\n"
            "  hint: give the lineage of long-an too (--lineage FILE), from its level on"
        )


def test_nothing_is_asked_where_the_lineage_says_it_or_no_unit_left(tmp_path: Path) -> None:
    catalog, lineage = read(tmp_path, MERGED)
    assert warned(catalog, lineage, tmp_path, TABLE) == []
    assert warned(catalog, None, tmp_path, TABLE.replace("tay-ninh", "long-an")) == []
