"""The summary of `evaluate`: every row is counted once, every line fits, and it says what the plain data say."""

from __future__ import annotations

import json
import random
import re
from collections import Counter

import click
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from ncriteria.cli.console.layout import abridged, fitted, padded, shortened
from ncriteria.cli.terminal.summary.blocks import overview_blocks
from ncriteria.cli.terminal.summary.folding import columns_in
from ncriteria.cli.terminal.summary.gathered_rows import ShownRow, gathered
from ncriteria.cli.terminal.summary.page import SummaryAsked, SummaryPage
from ncriteria.language.tree import FactKey
from ncriteria.report.summary.overview import (
    FigureToCollect,
    MatrixColumn,
    MatrixRow,
    MatrixSet,
    OtherWait,
    Overview,
    SupplierFigures,
    VerdictMatrix,
    WaitingUnit,
    WaitKind,
    YearCounts,
)
from ncriteria.sets.model import Encodes, Level, Verdict, Years
from ncriteria.sets.sources import Bilingual, Instrument
from tests.cli.conftest import FACTS

TEXTS = st.text(st.sampled_from("aXãễ漢字 \u0303ﷺ-\u202e<&"), min_size=1, max_size=40)
TITLES = TEXTS.map(lambda text: Bilingual(text, text))


@st.composite
def column_lists(draw, path="", depth=2):
    """The columns of a set of nested groups."""
    found = []
    for number in range(draw(st.integers(1, 4))):
        own = f"{path}{number}"
        inner = draw(column_lists(f"{own}/", depth - 1)) if depth and draw(st.booleans()) else []
        encodes = None if inner else Encodes.EXACT
        found += [MatrixColumn(own, draw(TITLES), bool(inner), encodes, ()), *inner]
    return found


@st.composite
def matrices(draw):
    columns = draw(column_lists())
    paths = [column.path for column in columns]
    years = draw(st.sampled_from([(2023,), (2022, 2023), tuple(range(1990, 2024))]))
    names = draw(st.lists(TEXTS | st.none(), min_size=1, max_size=8))
    copies = draw(st.sampled_from([1, 4]))
    chance = random.Random(draw(st.integers(0, 2**32)))
    rows = [
        MatrixRow(
            f"u{number}",
            name,
            year,
            "set",
            chance.choice(list(Verdict)),
            {path: chance.choice(list(Verdict)) for path in paths if chance.random() < 0.9},
            tuple(path for path in paths if chance.random() < 0.1),
            missing=tuple(FactKey.of(f"f{one}") for one in range(chance.randint(0, 3))),
        )
        for number, name in enumerate(names * copies)
        for year in years
    ]
    counts = tuple(
        YearCounts(year, {one: sum(row.verdict is one and row.year == year for row in rows) for one in Verdict}, 1)
        for year in years
    )
    instrument = Instrument(draw(TEXTS), Bilingual("Nơi", "One"))
    sets = (MatrixSet("set", Bilingual("Bộ", "Set"), instrument, Years(1990, 2024)),)
    return VerdictMatrix("standard", Level.COMMUNE, sets, tuple(columns), counts, tuple(rows))


@st.composite
def overviews(draw):
    found = draw(st.lists(matrices(), min_size=1, max_size=3))
    units = tuple(WaitingUnit(row.unit, row.name, row.year) for row in found[0].rows)
    figures = [
        FigureToCollect(FactKey.of(f"f{number}"), draw(TITLES), None, None, draw(st.booleans()), (), (), units)
        for number in range(draw(st.integers(0, 12)))
    ]
    supplied = (SupplierFigures(draw(TITLES), tuple(figures)),) if figures else ()
    waits = tuple(OtherWait(kind, "standard", "path", draw(TITLES), None, (draw(TITLES),), units) for kind in WaitKind)
    return Overview(tuple(found), supplied, waits, (), {}, {})


@settings(max_examples=max(10, settings().max_examples // 4), deadline=None)
@given(overviews(), st.sampled_from([40, 60, 80, 120, 200]), st.sampled_from(["vi", "en"]), st.booleans())
def test_no_line_is_wider_than_the_terminal_and_none_ends_with_spaces(overview, width, language, by_year):
    page = SummaryPage(language, width, SummaryAsked(by_year=by_year, all_figures=by_year), 20)
    lines = [click.unstyle(line) for block in overview_blocks(page, overview) for line in block]
    assert [line for line in lines if cell_len(line) > width] == []
    assert all(line.isprintable() for line in lines)


@given(
    st.lists(st.tuples(st.sampled_from(Verdict), st.lists(st.sampled_from(Verdict), min_size=3, max_size=3))),
    st.integers(6, 20),
)
def test_every_row_is_shown_or_counted_once(told, room):
    rows = [ShownRow(f"u{number}", "", tuple(cells), verdict) for number, (verdict, cells) in enumerate(told)]
    found = gathered(rows, room)
    shown = [row for line in found.lines for row in line.rows]
    assert len(shown) == len({row.name for row in shown})
    counted = Counter(row.verdict for row in shown) + Counter({one: count for one, (count, _) in found.rest.items()})
    assert counted == Counter(row.verdict for row in rows)
    assert len(found.lines) <= room
    for line in found.lines:
        assert {row.verdict for row in line.rows} == {line.verdict}
        for place, cell in enumerate(line.cells):
            assert cell is None or {row.cells[place] for row in line.rows} == {cell}


@given(column_lists(), st.integers(1, 30))
def test_folded_columns_stand_for_every_clause_once_and_fit(columns, room):
    found = columns_in(columns, room)
    assert len(found.columns) <= room
    clauses = sum(not column.is_group for column in columns)
    assert sum(max(one.folded, 1) for one in found.columns) + found.left_out == clauses


@given(TEXTS, st.integers(2, 50))
def test_texts_are_cut_to_the_columns_that_there_are(text, width):
    assert cell_len(shortened(text, width)) <= width
    assert cell_len(abridged(text, width)) <= width
    assert cell_len(padded(text, width)) == width


def test_a_line_of_wide_letters_is_broken_where_its_columns_end():
    assert fitted("漢字 漢字 漢字 漢字", 10) == ["漢字 漢字", "  漢字", "  漢字"]


ROWS = (
    "unit,name,level,year,crime_cases,social_evil_cases,traffic_accidents,grave_crime_cases,unlawful_mass_petitions\n"
)


@pytest.fixture
def many(table):
    """Communes in two years, of which some have grave crime, some lack a figure, and others neither."""
    rows = [f"u{n},Xã {n},xã,2023,1,0,0,{n % 3 % 2},{'' if n % 4 == 0 else n % 5 % 2}" for n in range(300)]
    before = [f"u{n},Xã {n},xã,2022,{2 + n % 2},0,0,0,0" for n in range(300)]
    return table(ROWS + "\n".join((*rows, *before)) + "\n")


def test_the_matrix_and_the_counts_say_what_the_plain_data_say(run, many):
    call = ("evaluate", many, "--standard", "ntm-19.2", "--lang", "en")
    lines = run(*call).stdout.splitlines()
    (matrix,) = json.loads(run(*call, "--json").stdout)["summary"]["matrices"]
    for counts in matrix["counts"]:
        (line,) = [one for one in lines[1:3] if f" {counts['year']} " in one]
        numbers = list(map(int, line.split(str(counts["year"]))[1].split()))
        assert numbers == [counts["verdicts"][one] for one in ("met", "not_met", "undetermined")]
    found = Counter()
    for line in lines:
        if gathered_line := re.fullmatch(r" *(\d+) Xã .* (Not met|Undetermined)", line):
            found[gathered_line[2].lower()] += int(gathered_line[1])
        elif rest := re.fullmatch(r" *(\d+) more rows: (not met|undetermined), in \d+ other ways", line):
            found[rest[2]] += int(rest[1])
    expected = Counter(row["verdict"].replace("_", " ") for row in matrix["rows"])
    assert found == expected
    assert sum(found.values()) == 600
    assert len(lines) <= 60


def test_many_units_under_two_standards_are_told_in_about_sixty_lines(run, table):
    columns = "petition_incitements,serious_fires,new_hotspots,crime_cases,grave_crime_cases,traffic_accidents"
    rows = (",".join(str(number * step % 7 % 3) for step in (1, 2, 3, 5, 8, 13)) for number in range(500))
    facts = "".join(f"u{number},Xã số {number},xã,2023,{row}\n" for number, row in enumerate(rows))
    told = run("evaluate", table(f"unit,name,level,year,{columns}\n{facts}"), COLUMNS="80").stdout.splitlines()
    assert all(number in "\n".join(told) for number in ("124/2021/TT-BCA", "06/HD-BCA-V05"))
    assert len(told) <= 65


def test_rows_that_are_not_met_stand_first_and_then_those_nearest_to_their_decision(run, many):
    lines = run("evaluate", many, "--standard", "ntm-19.2", "--lang", "en").stdout.splitlines()
    words = [one.split()[-1] for one in lines if re.match(r" *\d+ Xã ", one)]
    assert words == sorted(words, key=["met", "Undetermined"].index)


def test_years_stand_side_by_side(run, many):
    told = run("evaluate", many, "--standard", "ntm-19.2", "--by-year", "--lang", "en").stdout
    assert "2022 2023\n" in told
    assert re.search(r"^ *160 Xã 1, Xã .* \?    N    Not met$", told, re.MULTILINE)
    assert "blank: no row or no verdict in that year" in " ".join(told.split())


def test_a_group_is_shown_alone(run):
    call = ("evaluate", FACTS, "--standard", "antt-safe", "--lang", "en")
    folded = run(*call).stdout
    assert "Groups in one column (clauses): safe/2/3 (7), safe/2/4 (9); --clause safe/2/3\n" in folded
    alone = run(*call, "--clause", "safe/2/3").stdout
    assert "a  b  c  d  dd e  g\n" in alone
    refused = run(*call, "--clause", "safe/2/9")
    assert refused.exit_code == 2
    assert refused.stderr.splitlines()[-1] == "Error: there is no clause or group `safe/2/9`; did you mean `safe/2/4`?"


def test_a_clause_is_shown_alone_by_what_the_legend_calls_it(run):
    call = ("evaluate", FACTS, "--standard", "ntm-19.2", "--lang", "en")
    assert run(*call, "--clause", "crime").stdout == run(*call, "--clause", "19.2/crime").stdout
    assert run(*call, "--clause", "security/a").stdout == run(*call, "--clause", "19.2/security/a").stdout
    assert run("evaluate", FACTS, "--clause", "crime").exit_code == 2


def test_a_wide_terminal_has_every_clause_by_its_identifier(run):
    told = run("evaluate", FACTS, "--standard", "ntm-19.2", COLUMNS="200").stdout
    assert "direction security/a security/b security/c security/d security/dd petitions grave_crime crime" in told


def test_every_figure_is_told_with_its_name_where_that_is_asked(run):
    call = ("evaluate", FACTS, "--standard", "ntm-19.2", "--lang", "en")
    assert "[prev_year.traffic_accidents]" not in run(*call).stdout
    every = run(*call, "--missing").stdout
    found = json.loads(run(*call, "--json").stdout)["summary"]["figures"]
    for figure in (one for supplier in found for one in supplier["figures"]):
        assert f"[{figure['fact']}]: " in every


def test_one_unit_is_told_with_its_grounds_and_a_single_row_needs_no_summary(run):
    both = run("evaluate", FACTS, "--unit", "vinh-buu", "--lang", "en").stdout
    head = "Xã Vĩnh Bửu · 2023 · New rural indicator 19.2 (ntm-19.2)\nComputed: "
    assert both.index("New rural indicator 19.2 · commune    2023") < both.index(head)
    single = run("evaluate", FACTS, "--unit", "vinh-buu", "--standard", "ntm-19.2", "--lang", "en").stdout
    assert single.startswith(head)


OF_TWO_YEARS = "unit,year,level,crime_cases\na,2022,xã,10\na,2023,xã,9\nb,2022,xã,5\nb,2023,xã,4\n"


def test_a_figure_is_asked_of_the_year_that_it_is_of_and_once(run, table):
    told = run("evaluate", table(OF_TWO_YEARS), "--standard", "ntm-19.2", "--missing", "--lang", "en").stdout
    for year in (2021, 2022, 2023):
        assert told.count(f"     2 Traffic accidents ({year}) [traffic_accidents]: a, b\n") == 1
    assert "     2 Social-order crime cases (2021) [crime_cases]: a, b\n" in told
    assert "     1 Social-order" not in told


def test_a_year_that_is_only_looked_back_at_is_told_with_how_one_is_shown(run, table):
    hint = "Nothing of 2022 is decided; 2023 alone: --year 2023\n"
    call = ("evaluate", table(OF_TWO_YEARS), "--standard", "ntm-19.2", "--lang", "en")
    assert hint in run(*call, COLUMNS="120").stdout
    assert "Nothing of" not in run(*call, "--year", "2023", COLUMNS="120").stdout


def test_a_unit_is_meant_by_its_name_without_the_word_of_its_level_where_it_is_the_only_one(run, table):
    facts = table("name,year,level,crime_cases\nXã Phú Tây,2023,xã,1\nXã An,2023,xã,1\nPhường An,2023,xã,1\n")
    whole = run("evaluate", facts, "--unit", "Xã Phú Tây", "--standard", "ntm-19.2", "--lang", "en")
    assert whole.exit_code == 0
    assert run("evaluate", facts, "--unit", "Phú Tây", "--standard", "ntm-19.2", "--lang", "en").stdout == whole.stdout
    assert run("explain", facts, "--unit", "Phú Tây", "--year", "2023", "--standard", "ntm-19.2").exit_code == 0
    refused = run("evaluate", facts, "--unit", "An", "--lang", "en")
    assert refused.exit_code == 2
    assert "the table has no unit `An`" in refused.stderr
