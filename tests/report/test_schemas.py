"""What the commands print fits the schema that the package carries, and the schema is that of the tables."""

from __future__ import annotations

import json
from copy import deepcopy

import pytest
from click.testing import CliRunner

import ncriteria as nc
from ncriteria.cli import _COMMANDS, program
from ncriteria.report.documents import SCHEMAS, schema_text
from ncriteria.report.schema import COMMANDS, result_schema
from tests.cli import golden_outputs
from tests.report.schemas import texts

GOLDEN = {name: command for name, command in golden_outputs.cases().items() if "--json" in command.split()}


@pytest.fixture(scope="module")
def strict():
    """Raise where a document does not fit the schema, or has a key that the schema does not know."""
    jsonschema = pytest.importorskip("jsonschema")
    schema = deepcopy(result_schema())
    for definition in schema["$defs"].values():
        definition["unevaluatedProperties" if "anyOf" in definition else "additionalProperties"] = False
    envelope = schema["properties"]
    for rule in schema["oneOf"]:
        for payload in rule["anyOf"]:
            if "$ref" in payload:
                name = payload["$ref"].rpartition("/")[2]
                schema["$defs"][name]["properties"] |= {key: {} for key in envelope if key != "problems"}
                schema["$defs"][name]["properties"].setdefault("problems", {})
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema).validate


def document(name):
    text = (golden_outputs.FOLDER / f"{name}.txt").read_text(encoding="utf-8")
    return json.JSONDecoder().raw_decode(text[text.index("{") :])[0]


def test_the_schemas_of_the_package_are_those_of_the_tables():
    assert {name: schema_text(name) for name in SCHEMAS} == texts()


def test_every_command_has_its_place_in_the_schema():
    assert set(COMMANDS) == {None, *_COMMANDS}


def test_the_command_prints_the_schema():
    printed = CliRunner().invoke(program, ["schema", "result"])
    assert printed.stdout == schema_text("result")
    told = json.loads(CliRunner().invoke(program, ["schema", "result", "--json"]).stdout)
    assert told["content"] == json.loads(printed.stdout)


@pytest.mark.parametrize("name", GOLDEN)
def test_every_golden_document_fits_the_schema_and_has_no_other_key(name, strict):
    strict(document(name))


@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_result_of_python_fits_the_schema(language, strict):
    result = nc.catalog().choose(standard="ntm-19.2", level="commune", year=2023).evaluate({"crime_cases": 1})
    strict(result.to_dict(language))


@pytest.mark.parametrize(
    "broken",
    [
        ({"schema": "ncriteria-result/0"}, "'ncriteria-result/1' was expected"),
        ({"command": "evalute"}, "is not valid under any"),
        ({"judgements": [{}]}, "is not valid under any"),
        ({"judgements": None}, "is not valid under any"),
        ({"problems": [{"code": "NC201"}]}, "'message' is a required property"),
        ({"ncriteria": 1}, "1 is not of type 'string'"),
    ],
    ids=str,
)
def test_a_document_that_is_broken_does_not_fit(broken, strict):
    change, said = broken
    with pytest.raises(Exception, match=said):
        strict({**document("demo_json_vi"), **change})


def test_an_answer_without_what_was_asked_fits_only_with_a_problem(strict):
    strict(document("bad_json"))
    with pytest.raises(Exception, match="is not valid under any"):
        strict({**document("bad_json"), "problems": []})
