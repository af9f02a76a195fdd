"""What a DMN model of a set holds, and that its document has the structure of the schema of DMN 1.5."""

from __future__ import annotations

from xml.etree import ElementTree as ET

import pytest

import ncriteria as nc
from ncriteria.report.dmn.diagram import DC, DMNDI
from ncriteria.report.dmn.document import MODEL, dmn_text
from ncriteria.report.dmn.modelling import dmn_model
from ncriteria.sets.loader import loads_set
from tests.case_files import cases
from tests.evaluation.test_rules import criteria_of
from tests.rule_sets import HEAD

SETS = nc.catalog().sets.sets
CITE = 'cite: [{instrument: "1/TEST"}]'
# By the schema: the children of an element in their order, and the attributes that it must have.
REFERENCES = {"requiredInput", "requiredDecision", "requiredAuthority"}
DRAWING = f"{{{DMNDI}}}DMNDI"
CHILDREN = {
    "definitions": ("description", "itemDefinition", "inputData", "knowledgeSource", "decision", DRAWING),
    "itemDefinition": ("typeRef", "allowedValues", "itemComponent"),
    "itemComponent": ("typeRef",),
    "allowedValues": ("text",),
    "inputData": ("variable",),
    "decision": (
        "description",
        "variable",
        "informationRequirement",
        "authorityRequirement",
        "literalExpression",
        "context",
    ),
    "informationRequirement": ("requiredDecision", "requiredInput"),
    "authorityRequirement": ("requiredAuthority",),
    "context": ("contextEntry",),
    "contextEntry": ("variable", "literalExpression"),
    "literalExpression": ("text",),
}
NAMED = {"definitions", "itemDefinition", "itemComponent", "inputData", "knowledgeSource", "decision", "variable"}


def model_of(criteria):
    return dmn_model(criteria, "en")


def holds_of(model, name):
    decision = next(one for one in model.decisions if one.name == name)
    return {entry.name: entry.text for entry in decision.entries}


@pytest.mark.parametrize("case", cases(__file__, "feel"))
def test_a_rule_stands_in_the_model_as_feel(case):
    model = model_of(criteria_of(case).definition)
    assert holds_of(model, "c_c")["holds"] == case["feel"]


@pytest.mark.parametrize("criteria", SETS, ids=lambda one: one.id)
def test_a_document_has_the_structure_of_the_schema(criteria):
    root = ET.fromstring(dmn_text(model_of(criteria)))
    identifiers = [one.get("id") for one in root.iter() if one.get("id")]
    assert len(identifiers) == len(set(identifiers))
    for element in (one for one in root.iter() if one.tag.startswith(f"{{{MODEL}}}")):
        name = element.tag.removeprefix(f"{{{MODEL}}}")
        inside = [child.tag.removeprefix(f"{{{MODEL}}}") for child in element]
        assert inside == sorted(inside, key=CHILDREN.get(name, ()).index), name
        assert element.get("name") or name not in NAMED, name
        if name in REFERENCES:
            assert element.get("href").removeprefix("#") in identifiers
        if name in ("informationRequirement", "authorityRequirement"):
            assert len(inside) == 1
        if name == "contextEntry":
            assert inside == ["variable", "literalExpression"]


@pytest.mark.parametrize("criteria", SETS, ids=lambda one: one.id)
def test_a_decision_stands_after_those_that_it_requires_and_has_the_name_of_its_variable(criteria):
    root = ET.fromstring(dmn_text(model_of(criteria)))
    seen = set()
    for decision in root.findall(f"{{{MODEL}}}decision"):
        assert decision.get("name") == decision.find(f"{{{MODEL}}}variable").get("name")
        required = [one.get("href").removeprefix("#") for one in decision.iter(f"{{{MODEL}}}requiredDecision")]
        assert set(required) <= seen
        seen.add(decision.get("id"))


@pytest.mark.parametrize("criteria", SETS, ids=lambda one: one.id)
def test_every_box_and_arrow_is_drawn_once_and_no_box_stands_on_another(criteria):
    root = ET.fromstring(dmn_text(model_of(criteria)))
    kinds = ("inputData", "knowledgeSource", "decision", "informationRequirement", "authorityRequirement")
    shown = [one.get("id") for kind in kinds for one in root.iter(f"{{{MODEL}}}{kind}")]
    assert sorted(one.get("dmnElementRef") for one in root.iter() if one.get("dmnElementRef")) == sorted(shown)
    corners = [(one.get("x"), one.get("y")) for one in root.iter(f"{{{DC}}}Bounds")]
    assert len(corners) == len(set(corners))


def test_the_same_set_gives_the_same_document():
    assert dmn_text(model_of(SETS[0])) == dmn_text(model_of(SETS[0]))


def test_a_name_that_feel_reads_as_its_own_gets_a_number():
    facts = "facts:\n" + "".join(
        f"  {name}: {{title: x, type: boolean}}\n" for name in ("item", "prev_year_x", "x", "holds", "_if")
    )
    rule = "item and holds and _if and x = prev_year.x and prev_year_x"
    clauses = f"clauses:\n  c: {{title: C, rule: {rule}, encodes: exact, {CITE}}}\n"
    model = model_of(loads_set(HEAD + facts + clauses))
    assert [one.name for one in model.inputs] == ["item_2", "holds_2", "if_2", "x", "prev_year_x", "prev_year_x_2"]


def test_a_parameter_that_changes_is_a_decision_by_the_year():
    body = f"""\
parameters:
  most: {{title: M, values: [{{from: 2020, value: 3}}, {{from: 2022, value: 5%}}], {CITE}}}
facts:
  cases: {{title: x, type: count}}
clauses:
  c: {{title: C, rule: cases <= param.most, encodes: exact, {CITE}}}
"""
    model = model_of(loads_set(HEAD + body))
    assert model.decisions[0].name == "param_most"
    assert model.decisions[0].entries[0].text == (
        "if assessment_year = null then null else if assessment_year >= 2022 then 0.05 "
        "else if assessment_year >= 2020 then 3 else null"
    )
    assert "assessment_year" in [one.name for one in model.inputs]


def test_a_group_is_put_together_from_what_its_members_are():
    body = f"""\
facts:
  one: {{title: x, type: boolean}}
  two: {{title: x, type: boolean}}
clauses:
  g:
    title: G
    at_least:
      n: 1
      of:
        - {{id: a, title: A, rule: one, encodes: exact, {CITE}}}
        - {{id: b, title: B, rule: two, applies_when: one, encodes: exact, {CITE}}}
  h:
    title: H
    any:
      - {{id: a, title: A, rule: two, applies_when: one, encodes: exact, {CITE}}}
"""
    model = model_of(loads_set(HEAD + body))
    assert holds_of(model, "c_g") == {
        "applies": "true",
        "holds": "{_list: [c_g_a.holds, (c_g_b.applies and c_g_b.holds)], _value: if count(_list[item = true]) >= 1 "
        "then true else if 2 - count(_list[item = false]) < 1 then false else null}._value",
        "verdict": 'if holds = null then "undetermined" else if holds then "met" else "not_met"',
    }
    assert holds_of(model, "c_h") == {
        "applies": "c_h_a.applies",
        "holds": "(c_h_a.applies and c_h_a.holds)",
        "verdict": 'if applies = false then "not_applicable" else if applies = null or holds = null then '
        '"undetermined" else if holds then "met" else "not_met"',
    }
    assert holds_of(model, "whole_set")["holds"] == "c_g.holds and (not(c_h.applies) or c_h.holds)"


@pytest.mark.parametrize(
    ("rule", "what"),
    [
        ('prev_year(met("is_met"))', '`prev_year(met("is_met"))` is an input: the model does not judge it'),
        (
            'share_met(hamlet, "x") > 80%',
            "`share_met(hamlet, ...)` is an input: the model does not judge the units inside",
        ),
        (
            "units > 0 and crimes / units > 1",
            "a division by zero is null here and leaves the clause undetermined, where it is an error",
        ),
        (
            "known(crimes + 1)",
            "`known(crimes + 1)` asks for null here: what its bounds alone decide counts as not known",
        ),
    ],
)
def test_what_the_model_does_not_do_as_the_set_does_is_named_with_its_clause(rule, what):
    found = model_of(criteria_of({"rule": rule}).definition).not_carried
    assert [(one.name, str(one.what)) for one in found] == [
        ("c", what),
        ("not_encoded", "its text is not known: it is always undetermined, and no input attests it"),
    ]
    assert found[0].place is not None


def test_a_clause_that_may_be_attested_is_named():
    criteria = nc.catalog()["vn.bca.hd04-2024.commune"].definition
    found = {one.name: str(one.what) for one in model_of(criteria).not_carried}
    assert found["19.2/direction"] == "no input attests the clause as a whole"


def test_grades_are_named():
    body = f"""\
facts:
  one: {{title: x, type: boolean}}
  two: {{title: x, type: boolean}}
clauses:
  c: {{title: C, rule: one, encodes: exact, {CITE}}}
grades:
  - {{id: well, title: W, when: one and two, {CITE}}}
  - {{id: done, title: D, when: one, {CITE}}}
  - {{id: rest, title: R, otherwise: true, {CITE}}}
"""
    (found,) = model_of(loads_set(HEAD + body)).not_carried
    assert (found.name, str(found.what)) == ("test.set", "its grades are left out")
