"""Before its own sets begin a territory has those that they extend or supersede; every other gap is told."""

from __future__ import annotations

from pathlib import Path

import pytest

import ncriteria as nc
from ncriteria.sets.catalog import SetCatalog, load_catalog, set_catalog
from ncriteria.sets.years.turns import gaps
from tests.case_files import cases
from tests.sets.writing import file_text

HEADER = """\
set:
  id: {id}
  standard: {standard}
  title: Example
  instrument: {{number: 01/EXAMPLE, issuer: Example}}
  years: {{from: {first}, to: {last}}}
  level: commune"""


def write(folder: Path, identifier: str, years: tuple[int, int], **more: str) -> None:
    """A file of one set; `territory`, `supersedes`, `extends` and `after_end` are put where they belong."""
    first, last = years
    header = HEADER.format(id=identifier, standard=more.get("standard", "example"), first=first, last=last)
    header += "".join(f"\n  {key}: {more[key]}" for key in ("territory", "supersedes") if key in more)
    text = file_text({"set": header})
    if "extends" in more:
        text = f"format: ncriteria/1\n{header}\nextends: {more['extends']}\nchanges: []\n"
        text += f"after_end: {more['after_end']}\n" if "after_end" in more else ""
    (folder / f"{identifier}.yaml").write_text(text, encoding="utf-8")


def read(folder: Path, sets: dict[str, dict[str, object]]) -> SetCatalog:
    for identifier, given in sets.items():
        first, last = map(int, str(given["years"]).split("-"))
        write(folder, identifier, (first, last), **{key: str(given[key]) for key in given if key != "years"})
    return load_catalog(folder)


@pytest.mark.parametrize("case", cases(__file__, "turns"))
def test_each_year_of_a_territory_has_the_set_that_holds_there_or_the_cause_of_the_gap(case, tmp_path):
    catalog = read(tmp_path, case["sets"])
    for year, expected in case["chosen"].items():
        if expected is None:
            with pytest.raises(nc.ChoiceError):
                catalog.choose("example", nc.Level.COMMUNE, year, case["lineage"])
        else:
            assert catalog.choose("example", nc.Level.COMMUNE, year, case["lineage"]).id == expected, year
    for year, message in case.get("refused", {}).items():
        with pytest.raises(nc.ChoiceError) as refused:
            catalog.choose("example", nc.Level.COMMUNE, year, case["lineage"])
        assert str(refused.value) == message.rstrip("\n")


@pytest.mark.parametrize("case", cases(__file__, "turns"))
def test_the_turns_of_a_territory_are_what_is_chosen_year_by_year(case, tmp_path):
    catalog = read(tmp_path, case["sets"])
    turns = catalog.turns("example", nc.Level.COMMUNE, case["lineage"])
    for year in range(2015, 2035):
        holding = [turn.criteria.id for turn in turns if year in turn.years]
        try:
            assert holding == [catalog.choose("example", nc.Level.COMMUNE, year, case["lineage"]).id]
        except nc.ChoiceError:
            assert holding == []


@pytest.mark.parametrize("case", cases(__file__, "turns"))
def test_check_warns_of_each_gap_with_its_cause_and_cure(case, tmp_path):
    told = [str(problem).replace(f"{tmp_path}/", "") for problem in gaps(read(tmp_path, case["sets"]).sets)]
    assert told == [one.rstrip("\n") for one in case["warned"]]


def test_a_set_of_the_whole_country_leaves_no_gap_before_it_begins_or_after_it_ends():
    assert gaps(nc.catalog().sets.sets) == []
    assert set_catalog([]).turns("example", nc.Level.COMMUNE) == ()
