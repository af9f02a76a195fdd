"""A DMN model as XML, by the schema of DMN 1.5 (OMG formal/2024-01-01)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final
from xml.etree import ElementTree as ET

from ncriteria import __version__
from ncriteria.report.dmn.diagram import DC, DI, DMNDI, DmnArrow, drawn, identified
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
            "xmlns:dmndi": DMNDI,
            "xmlns:dc": DC,
            "xmlns:di": DI,
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
    arrows = [arrow for decision in model.decisions for arrow in _decision(root, decision, inputs, sources)]
    root.append(drawn(model, sources.values(), arrows))
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
    element = ET.SubElement(root, "inputData", {"id": identified(given.name), "name": given.name, "label": given.label})
    ET.SubElement(element, "variable", {"name": given.name, "typeRef": given.type_ref})


def _source(root: ET.Element, source: DmnSource, identifier: str) -> None:
    address = {} if source.url is None else {"locationURI": source.url}
    ET.SubElement(root, "knowledgeSource", {"id": identifier, "name": source.name, **address})


def _decision(
    root: ET.Element, decision: DmnDecision, inputs: Iterable[str], sources: Mapping[str, str]
) -> Sequence[DmnArrow]:
    """Write a decision; gives what it requires."""
    name = identified(decision.name)
    element = ET.SubElement(root, "decision", {"id": name, "name": decision.name, "label": decision.label})
    if decision.description is not None:
        ET.SubElement(element, "description").text = decision.description
    is_context = len(decision.entries) > 1
    type_ref = JUDGEMENT if is_context else decision.entries[0].type_ref
    ET.SubElement(element, "variable", {"name": decision.name, "typeRef": type_ref})
    asked = [
        ("informationRequirement", "requiredInput" if one in inputs else "requiredDecision", identified(one))
        for one in decision.requires
    ]
    asked += [("authorityRequirement", "requiredAuthority", sources[one]) for one in decision.sources]
    arrows = []
    for place, (kind, required, source) in enumerate(asked, 1):
        arrows.append(DmnArrow(f"requires{name}_{place}", source, name))
        requirement = ET.SubElement(element, kind, {"id": arrows[-1].identifier})
        ET.SubElement(requirement, required, {"href": f"#{source}"})
    if not is_context:
        _literal(element, decision.entries[0].text, type_ref)
        return arrows
    context = ET.SubElement(element, "context", {"typeRef": type_ref})
    for entry in decision.entries:
        boxed = ET.SubElement(context, "contextEntry")
        ET.SubElement(boxed, "variable", {"name": entry.name, "typeRef": entry.type_ref})
        _literal(boxed, entry.text, entry.type_ref)
    return arrows


def _literal(parent: ET.Element, text: str, type_ref: str) -> None:
    expression = ET.SubElement(parent, "literalExpression", {"typeRef": type_ref})
    ET.SubElement(expression, "text").text = text
