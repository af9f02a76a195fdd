"""A DMN model as XML, by the schema of DMN 1.5 (OMG formal/2024-01-01)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final
from xml.etree import ElementTree as ET

from ncriteria import __version__
from ncriteria.report.dmn.model import DmnDecision, DmnInput, DmnModel, DmnSource
from ncriteria.report.dmn.modelling import JUDGEMENT, VERDICT
from ncriteria.sets.model import Verdict

MODEL: Final = "https://www.omg.org/spec/DMN/20230324/MODEL/"
FEEL: Final = "https://www.omg.org/spec/DMN/20230324/FEEL/"
_NAMESPACE: Final = "urn:ncriteria:"


def dmn_text(model: DmnModel) -> str:
    """The model as a document; the same model gives the same text."""
    root = ET.Element(
        "definitions",
        {
            "xmlns": MODEL,
            "id": "definitions",
            "name": model.name,
            "namespace": f"{_NAMESPACE}{model.identifier}",
            "expressionLanguage": FEEL,
            "typeLanguage": FEEL,
            "exporter": "ncriteria",
            "exporterVersion": __version__,
        },
    )
    ET.SubElement(root, "description").text = model.description
    _types(root)
    sources = {source.name: f"source_{place}" for place, source in enumerate(model.sources, 1)}
    inputs = frozenset(one.name for one in model.inputs)
    for given in model.inputs:
        _input(root, given)
    for source in model.sources:
        _source(root, source, sources[source.name])
    for decision in model.decisions:
        _decision(root, decision, inputs, sources)
    ET.indent(root)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{ET.tostring(root, encoding="unicode")}\n'


def _types(root: ET.Element) -> None:
    """What a verdict is, and what is said of a clause."""
    verdict = ET.SubElement(root, "itemDefinition", {"name": VERDICT})
    ET.SubElement(verdict, "typeRef").text = "string"
    allowed = ET.SubElement(verdict, "allowedValues")
    ET.SubElement(allowed, "text").text = ", ".join(f'"{one.value}"' for one in Verdict)
    judgement = ET.SubElement(root, "itemDefinition", {"name": JUDGEMENT})
    for name, type_ref in (("applies", "boolean"), ("holds", "boolean"), ("verdict", VERDICT)):
        component = ET.SubElement(judgement, "itemComponent", {"name": name})
        ET.SubElement(component, "typeRef").text = type_ref


def _input(root: ET.Element, given: DmnInput) -> None:
    element = ET.SubElement(root, "inputData", {"id": _id(given.name), "name": given.name, "label": given.label})
    ET.SubElement(element, "variable", {"name": given.name, "typeRef": given.type_ref})


def _source(root: ET.Element, source: DmnSource, identifier: str) -> None:
    address = {} if source.url is None else {"locationURI": source.url}
    ET.SubElement(root, "knowledgeSource", {"id": identifier, "name": source.name, **address})


def _decision(root: ET.Element, decision: DmnDecision, inputs: Iterable[str], sources: dict[str, str]) -> None:
    name = decision.name
    element = ET.SubElement(root, "decision", {"id": _id(name), "name": name, "label": decision.label})
    if decision.description is not None:
        ET.SubElement(element, "description").text = decision.description
    is_context = len(decision.entries) > 1
    type_ref = JUDGEMENT if is_context else decision.entries[0].type_ref
    ET.SubElement(element, "variable", {"name": name, "typeRef": type_ref})
    for required in decision.requires:
        requirement = ET.SubElement(element, "informationRequirement")
        kind = "requiredInput" if required in inputs else "requiredDecision"
        ET.SubElement(requirement, kind, {"href": f"#{_id(required)}"})
    for source in decision.sources:
        requirement = ET.SubElement(element, "authorityRequirement")
        ET.SubElement(requirement, "requiredAuthority", {"href": f"#{sources[source]}"})
    if not is_context:
        _literal(element, decision.entries[0].text, type_ref)
        return
    context = ET.SubElement(element, "context", {"typeRef": type_ref})
    for entry in decision.entries:
        boxed = ET.SubElement(context, "contextEntry")
        ET.SubElement(boxed, "variable", {"name": entry.name, "typeRef": entry.type_ref})
        _literal(boxed, entry.text, entry.type_ref)


def _literal(parent: ET.Element, text: str, type_ref: str) -> None:
    expression = ET.SubElement(parent, "literalExpression", {"typeRef": type_ref})
    ET.SubElement(expression, "text").text = text


def _id(name: str) -> str:
    """An identifier within the document, which no source has."""
    return f"_{name}"
