"""What shows itself in a notebook: complete, in the language asked for, and inert whatever stands in names."""

import subprocess
import sys
from html.parser import HTMLParser

import pytest

import ncriteria as nc

CRITERIA = nc.load("criteria/hd04-2024.commune.yaml")
GIVEN = {"party_resolution": True, "crime_cases": 3, "traffic_accidents": 1}


class Cells(HTMLParser):
    """The texts of a table by row, and every tag that is used."""

    def __init__(self):
        super().__init__()
        self.rows, self.tags = [], set()

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        if tag == "tr":
            self.rows.append([])
        if tag in ("td", "th"):
            self.rows[-1].append("")

    def handle_data(self, data):
        if self.rows and self.rows[-1]:
            self.rows[-1][-1] += data


def _cells(shown):
    found = Cells()
    found.feed(shown)
    return found


def test_a_result_shows_each_clause_with_its_grounds():
    result = CRITERIA.evaluate(GIVEN, prev_year={"crime_cases": 2})
    found = _cells(result._repr_html_())
    assert [row[0] for row in found.rows[1:]] == list(result.clauses)
    crime = next(row for row in found.rows if row[0] == "19.2/crime")
    assert crime[2] == "Chưa đạt"
    assert "Số vụ xâm phạm trật tự xã hội: 3 vụ" in crime[3]


def test_the_environment_names_the_language(monkeypatch):
    monkeypatch.setenv("NCRITERIA_LANG", "en")
    assert "Not met" in CRITERIA.evaluate(GIVEN, prev_year={"crime_cases": 2})._repr_html_()


def test_a_set_shows_its_rules_and_citations():
    found = _cells(CRITERIA._repr_html_())
    assert [row[0] for row in found.rows[1:]] == [one.path for one in CRITERIA.definition.members()]
    traffic = next(row for row in found.rows if row[0] == "19.2/traffic")
    assert traffic[2] == "traffic_accidents <= prev_year.traffic_accidents"
    assert "318/QĐ-TTg" in traffic[4]


def test_a_catalog_shows_its_sets():
    assert [row[0] for row in _cells(nc.catalog()._repr_html_()).rows[1:]] == [one.id for one in nc.catalog().sets.sets]


def test_a_table_shows_its_first_rows_and_counts_the_others(tmp_path):
    path = tmp_path / "facts.csv"
    lines = [f"u{number},2024,{number % 7},>=3" for number in range(25)]
    path.write_text("\n".join(["unit,year,crime_cases,traffic_accidents", *lines]), encoding="utf-8")
    shown = nc.read_facts(path, CRITERIA.facts)._repr_html_()
    assert _cells(shown).rows[2] == ["u1", "", "2024", "1", "ít nhất 3"]
    assert len(_cells(shown).rows) == 21
    assert "25 dòng của 25 đơn vị" in shown
    assert "còn 5 dòng nữa" in shown


def test_a_room_shows_what_each_fact_may_be():
    room = nc.room(CRITERIA, GIVEN, prev_year={"crime_cases": 5}, vary=["crime_cases"])
    rows = _cells(room._repr_html_()).rows
    assert ["19.2/crime", "crime_cases", room["19.2/crime"]["crime_cases"].text(CRITERIA.definition)] in rows


@pytest.mark.parametrize("name", ["<script>alert(1)</script>", "</td></table>", '" onmouseover="x', "&lt;b&gt;"])
def test_names_stay_text(tmp_path, name):
    path = tmp_path / "facts.csv"
    quoted = '"' + name.replace('"', '""') + '"'
    path.write_text(f"unit,name,year,crime_cases\nu1,{quoted},2024,1\n", encoding="utf-8")
    found = _cells(nc.read_facts(path, CRITERIA.facts)._repr_html_())
    assert found.rows[1][1] == name
    assert found.tags <= {"div", "table", "caption", "b", "thead", "tbody", "tr", "th", "td", "p"}


def test_the_package_is_the_command_line():
    told = subprocess.run([sys.executable, "-m", "ncriteria", "--version"], capture_output=True, text=True, check=True)
    assert told.stdout == f"ncriteria {nc.__version__}\n"
