"""What importing and using the library loads."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest

HEAVY = {"narwhals", "polars", "pandas", "numpy", "pyarrow", "duckdb", "pyspark", "z3", "hypothesis", "pytest"}
SERVER = {"pygls", "lsprotocol"}
FACES = {"click", "rich"}
IMPORT = "import ncriteria as nc"
USE = f"""
{IMPORT}
criteria = nc.catalog().choose(standard="ntm-19.2", level="commune", year=2023)
result = criteria.evaluate({{"crime_cases": 1}}, prev_year={{"crime_cases": 2}})
assert result["19.2/crime"].verdict is nc.Verdict.MET
assert result.explain("vi")
again = nc.load("criteria/hd06-2022.commune.yaml")
table = nc.read_facts("examples/tan_hung/facts.csv", again.facts, ignore=["Số xã"])
assert list(nc.evaluate_rows(table, again))
assert all(test.passed for test in nc.run_tests(again.definition))
"""
COMMAND = """
import sys
from ncriteria.cli import main
sys.argv = ["ncriteria", *{arguments!r}]
try:
    main()
except SystemExit as end:
    assert not end.code
"""


def loaded(code, root, compiled=None):
    """The names of all that is imported once `code` has run in a Python of its own.

    Its compiled modules are kept in the folder `compiled`, or nowhere.
    """
    told = f"{code}\nimport sys, json\nprint(json.dumps(sorted(sys.modules)), file=sys.stderr)"
    keeping = {"PYTHONPYCACHEPREFIX": str(compiled)} if compiled else {"PYTHONDONTWRITEBYTECODE": "1"}
    others = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    done = subprocess.run(
        [sys.executable, "-c", told], cwd=root, env=others | keeping, capture_output=True, check=False, encoding="utf-8"
    )
    assert done.returncode == 0, done.stderr
    return set(json.loads(done.stderr))


def top(modules):
    return {name.partition(".")[0] for name in modules}


@pytest.mark.parametrize("code", [IMPORT, USE], ids=["import", "load and evaluate"])
def test_the_library_loads_no_dataframe_solver_or_test_library_and_no_command_line(code, pytestconfig):
    assert top(loaded(code, pytestconfig.rootpath)) & (HEAVY | FACES | SERVER) == set()


def test_importing_the_package_loads_none_of_its_parts(pytestconfig):
    found = {name for name in loaded(IMPORT, pytestconfig.rootpath) if name.partition(".")[0] == "ncriteria"}
    assert found == {"ncriteria"}


@pytest.mark.parametrize(
    "arguments",
    [["--help"], ["evaluate", "examples/tan_hung/facts.csv"], ["catalog"], ["check"], ["test"]],
    ids=lambda arguments: arguments[0],
)
def test_the_commands_for_one_record_load_no_dataframe_solver_or_test_library(arguments, pytestconfig):
    modules = loaded(COMMAND.format(arguments=arguments), pytestconfig.rootpath)
    assert top(modules) & HEAVY == set()
    assert "click.testing" not in modules


def test_help_loads_no_parser_no_reader_of_files_and_no_catalogue(pytestconfig):
    modules = loaded(COMMAND.format(arguments=["--help"]), pytestconfig.rootpath)
    assert top(modules) & {"attrs", "lark", "yaml", "rich"} == set()
    assert "ncriteria.words" not in modules


def test_shipped_criteria_that_were_read_before_need_neither_the_parser_nor_the_reader_of_files(pytestconfig, tmp_path):
    code = COMMAND.format(arguments=["evaluate", "examples/tan_hung/facts.csv"])
    first, second = (top(loaded(code, pytestconfig.rootpath, compiled=tmp_path)) for _ in range(2))
    assert first & {"lark", "yaml"} == {"lark", "yaml"}
    assert second & {"lark", "yaml"} == set()
