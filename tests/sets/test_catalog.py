"""A catalog gives the one set that holds, or says why there is none; it never falls back to another."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest

import ncriteria as nc
from ncriteria.sets.catalog import SetCatalog, load_catalog, set_catalog, shared_facts
from tests.sets.writing import file_text


def a_set(
    identifier: str, years: str, territory: str | None = None, level: str = "commune", standard: str = "example"
) -> nc.CriteriaSet:
    header = f"""\
set:
  id: {identifier}
  standard: {standard}
  title: Example
  instrument: {{number: 01/EXAMPLE, issuer: Example}}
  years: {{{years}}}
  level: {level}"""
    return nc.loads(file_text({"set": header + (f"\n  territory: {territory}" if territory else "")})).definition


@pytest.fixture
def catalog() -> SetCatalog:
    return set_catalog(
        [
            a_set("late", "from: 2024, to: 2025"),
            a_set("early", "from: 2021, to: 2022"),
            a_set("province", "from: 2024", "long-an"),
            a_set("district", "from: 2025", "tân-hưng"),
            a_set("hamlet", "from: 2021", level="hamlet"),
            a_set("safe", "from: 2021", standard="safe"),
        ]
    )


@pytest.mark.parametrize(
    ("year", "lineage", "chosen"),
    [
        (2021, (), "early"),
        (2022, (), "early"),
        (2024, (), "late"),
        (2025, ("unknown", "elsewhere"), "late"),
        (2024, ("vinh-dai", "long-an"), "province"),
        (2030, ("vinh-dai", "long-an"), "province"),
        (2025, ("vinh-dai", "tân-hưng", "long-an"), "district"),
        (2025, ("long-an", "tân-hưng"), "province"),
        (2025, (unicodedata.normalize("NFD", "tân-hưng"), "long-an"), "district"),
    ],
)
def test_the_set_of_the_year_and_the_nearest_territory_is_chosen(
    catalog: SetCatalog, year: int, lineage: tuple[str, ...], chosen: str
) -> None:
    assert catalog.choose("example", nc.Level.COMMUNE, year, lineage).id == chosen


@pytest.mark.parametrize(
    ("standard", "level", "year", "lineage", "error"),
    [
        (
            *("example", nc.Level.COMMUNE, 2023, ()),
            'NC125 no criteria of "example" for a commune hold in 2023\n'
            "  hint: there are: 01/EXAMPLE (early) for 2021-2022, 01/EXAMPLE (late) for 2024-2025; "
            "another year's criteria are never used instead",
        ),
        (
            *("example", nc.Level.COMMUNE, 2021, ("long-an",)),
            'NC125 no criteria of "example" for a commune hold in "long-an" in 2021: province begins in 2024, '
            "and extends or supersedes no set that holds around it\n"
            "  hint: name in `supersedes` the set that it follows, or add a set of "
            '"long-an" for 2021; early (2021-2022) is not used instead',
        ),
        (
            *("example", nc.Level.COMMUNE, 2024, ("tân-hưng", "long-an")),
            'NC125 no criteria of "example" for a commune hold in "tân-hưng" in 2024: district begins in 2025, '
            "and extends or supersedes no set that holds around it\n"
            "  hint: name in `supersedes` the set that it follows, or add a set of "
            '"tân-hưng" for 2024; province (2024-) is not used instead',
        ),
        (
            *("example", nc.Level.DISTRICT, 2024, ()),
            'NC125 there are no criteria of "example" for a district\n'
            "  hint: there are: example, commune; example, commune of long-an; example, commune of tân-hưng; "
            "example, hamlet; safe, commune",
        ),
    ],
    ids=["gap", "before the province's", "before the district's", "level"],
)
def test_a_gap_is_refused_with_what_there_is(
    catalog: SetCatalog, standard: str, level: nc.Level, year: int, lineage: tuple[str, ...], error: str
) -> None:
    with pytest.raises(nc.ChoiceError) as refused:
        catalog.choose(standard, level, year, lineage)
    assert str(refused.value) == error


def test_an_empty_catalog_says_so() -> None:
    with pytest.raises(nc.ChoiceError) as refused:
        set_catalog([]).choose("example", nc.Level.COMMUNE, 2024)
    assert str(refused.value) == (
        'NC125 there are no criteria of "example" for a commune\n  hint: the catalog is empty'
    )


@pytest.mark.parametrize(
    ("one", "other", "shown", "to"),
    [
        ("from: 2021, to: 2022", "from: 2022", ("2021-2022", "2022-"), 2021),
        ("from: 2021", "from: 2030, to: 2031", ("2021-", "2030-2031"), 2029),
        ("from: 2021, to: 2025", "from: 2023, to: 2023", ("2021-2025", "2023-2023"), 2022),
        ("from: 2021", "from: 2021", ("2021-", "2021-"), None),
    ],
)
def test_sets_that_hold_for_the_same_units_and_years_are_refused(
    one: str, other: str, shown: tuple[str, str], to: int | None
) -> None:
    hint = "end the years of the earlier set before the later one begins"
    if to is not None:
        hint = f"write `years: {{from: 2021, to: {to}}}` in `one`"
    with pytest.raises(nc.CriteriaError) as refused:
        set_catalog([a_set("one", one, "long-an"), a_set("other", other, "long-an")])
    assert str(refused.value) == (
        f"NC124 `one` ({shown[0]}) and `other` ({shown[1]}) hold for the same units and years\n"
        f"  hint: {hint}; check a draft on its own"
    )
    assert set_catalog([a_set("one", one, "long-an"), a_set("other", other)])
    assert set_catalog([a_set("one", one), a_set("other", other, level="hamlet")])
    assert set_catalog([a_set("one", one), a_set("other", other, standard="safe")])


def test_an_identifier_is_of_one_set_only() -> None:
    with pytest.raises(nc.CriteriaError) as refused:
        set_catalog([a_set("one", "from: 2021, to: 2021"), a_set("one", "from: 2022")])
    expected = (
        "NC126 `one` is the identifier of another set too\n"
        "  hint: give each set its own `id`; keep copies out of the folder"
    )
    assert str(refused.value) == expected


def test_a_copy_of_a_set_is_told_once() -> None:
    with pytest.raises(nc.CriteriaError) as refused:
        set_catalog([a_set("one", "from: 2021"), a_set("one", "from: 2021")])
    assert [problem.code for problem in refused.value.problems] == ["NC126"]


def test_a_folder_is_read_whole_with_the_problems_of_all_its_files(tmp_path: Path) -> None:
    (tmp_path / "inner").mkdir()
    (tmp_path / "a.yaml").write_text("format: x\n", encoding="utf-8")
    (tmp_path / "inner" / "b.yml").write_bytes(b"\xff")
    (tmp_path / "c.txt").write_text("passed over", encoding="utf-8")
    with pytest.raises(nc.CriteriaError) as refused:
        load_catalog(tmp_path)
    assert [
        (problem.code, Path(str(problem.place.file)).name) for problem in refused.value.problems if problem.place
    ] == [
        *(("NC107", "a.yaml"), ("NC107", "a.yaml"), ("NC109", "a.yaml"), ("NC101", "b.yml")),
    ]


@pytest.mark.parametrize("name", ["empty", "absent"])
def test_a_folder_without_criteria_files_is_refused(name: str, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(nc.CriteriaError) as refused:
        load_catalog(tmp_path / name)
    assert str(refused.value) == f"{tmp_path / name}:1:1: NC101 the folder holds no criteria files"


def with_fact(identifier: str, declaration: str, file: str | None = None) -> nc.CriteriaSet:
    parts = {"facts": f"facts:\n  cases: {declaration}", "clauses": "clauses:\n  c: {title: C, encodes: not_encoded,"}
    parts["clauses"] += " cite: [{instrument: 01/EXAMPLE}]}"
    text = file_text(parts).replace("id: example.commune", f"id: {identifier}")
    return nc.loads(text, file=file).definition


def test_sets_share_facts_and_their_headings_add_up() -> None:
    one = with_fact("one", "{title: {vi: Số vụ, en: Cases}, type: count, unit: vụ, headings: [Vụ]}")
    other = with_fact("other", "{title: {vi: Vụ việc, en: Cases}, type: count, unit: vụ, headings: [Vụ, Án]}")
    shared = shared_facts([one, other])["cases"]
    assert shared.title.vi == "Số vụ"
    assert shared.headings == ("Vụ", "Án", "Vụ việc")


def test_a_fact_that_sets_share_is_had_by_whom_any_of_them_names() -> None:
    one = with_fact("one", "{title: C, type: count}")
    other = with_fact("other", "{title: C, type: count, supplier: Công an xã}")
    for sets in ([one, other], [other, one]):
        supplier = shared_facts(sets)["cases"].supplier
        assert supplier is not None
        assert supplier.vi == "Công an xã"


@pytest.mark.parametrize(
    "declaration",
    [
        "{title: C, type: count}",
        "{title: C, type: number, unit: vụ, min: 0}",
        "{title: C, type: count, unit: vụ, max: 9}",
        "{title: C, type: boolean}",
        "{title: C, type: count, unit: người}",
    ],
)
@pytest.mark.parametrize(("file", "where"), [("one.yaml", "one.yaml"), (None, "another set")])
def test_sets_that_declare_a_fact_differently_are_refused(declaration: str, file: str | None, where: str) -> None:
    one = with_fact("one", "{title: C, type: count, unit: vụ}", file)
    with pytest.raises(nc.CriteriaError) as refused:
        shared_facts([one, with_fact("other", declaration)])
    [problem] = refused.value.problems
    assert (problem.code, problem.message) == ("NC127", f"`cases` is declared differently in {where}")
    assert problem.hint == "give it the same type, unit and range"


def test_options_are_shared_in_any_order() -> None:
    one = with_fact("one", "{title: C, type: enumeration, options: [a, b]}")
    other = with_fact("other", "{title: C, type: enumeration, options: [b, a]}")
    assert shared_facts([one, other])["cases"].options == ("a", "b")


@pytest.mark.parametrize(("one", "other"), [("window: police", "window: procuracy"), ("series: ttxh", "series: pphs")])
def test_one_column_is_not_of_figures_that_two_sets_count_otherwise(one: str, other: str) -> None:
    texts = {
        own: file_text({"facts": f"facts:\n  cases: {{title: Cases, type: count, {own}}}"}) for own in (one, other)
    }
    sets = [nc.loads(text, file=f"{own}.yaml").definition for own, text in texts.items()]
    with pytest.raises(nc.CriteriaError) as refused:
        shared_facts(sets)
    (problem,) = refused.value.problems
    assert problem.message == f"`cases` is counted over other months, or of another series, in {one}.yaml"
    assert shared_facts([sets[0], sets[0]])["cases"] == sets[0].facts["cases"]
