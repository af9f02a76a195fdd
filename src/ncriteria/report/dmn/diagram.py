"""Where the inputs, sources and decisions of a DMN model stand in a drawing: what rests on others stands above them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final
from xml.etree import ElementTree as ET

from ncriteria.quick_classes import frozen
from ncriteria.report.dmn.model import DmnModel

DMNDI: Final = "https://www.omg.org/spec/DMN/20230324/DMNDI/"
DC: Final = "http://www.omg.org/spec/DMN/20180521/DC/"
DI: Final = "http://www.omg.org/spec/DMN/20180521/DI/"
_WIDTH, _HEIGHT = 180, 70
_BESIDE, _ABOVE = 40, 80


@frozen
class DmnArrow:
    """A requirement of the document by its identifier, from what is required to what requires it."""

    identifier: str
    source: str
    target: str


@frozen
class DmnSpot:
    """Where the upper left corner of a box is."""

    x: int
    y: int


def identified(name: str) -> str:
    """The identifier of an input or a decision in the document."""
    return f"_{name}"


def drawn(model: DmnModel, sources: Iterable[str], arrows: Iterable[DmnArrow]) -> ET.Element:
    """The drawing of the model as an element of the document; `sources` and `arrows` are those of the document."""
    spots = dict(_spots(model, sources))
    root = ET.Element("dmndi:DMNDI")
    diagram = ET.SubElement(root, "dmndi:DMNDiagram", {"id": "diagram"})
    for identifier, spot in spots.items():
        shape = ET.SubElement(diagram, "dmndi:DMNShape", {"id": f"shape{identifier}", "dmnElementRef": identifier})
        bounds = {"x": spot.x, "y": spot.y, "width": _WIDTH, "height": _HEIGHT}
        ET.SubElement(shape, "dc:Bounds", {key: str(value) for key, value in bounds.items()})
    for arrow in arrows:
        names = {"id": f"edge_{arrow.identifier}", "dmnElementRef": arrow.identifier}
        edge = ET.SubElement(diagram, "dmndi:DMNEdge", names)
        below, above = spots[arrow.source], spots[arrow.target]
        for x, y in ((below.x, below.y), (above.x, above.y + _HEIGHT)):
            ET.SubElement(edge, "di:waypoint", {"x": str(x + _WIDTH // 2), "y": str(y)})
    return root


def _spots(model: DmnModel, sources: Iterable[str]) -> Iterator[tuple[str, DmnSpot]]:
    """Each box in its row: inputs and sources in the lowest, a decision in the row above all that it requires."""
    rows = dict.fromkeys((*(identified(one.name) for one in model.inputs), *sources), 0)
    for decision in model.decisions:
        below = (rows[identified(name)] for name in decision.requires)
        rows[identified(decision.name)] = 1 + max(below, default=0)
    filled = dict.fromkeys(rows.values(), 0)
    for identifier, row in rows.items():
        yield identifier, DmnSpot(filled[row] * (_WIDTH + _BESIDE), (max(filled) - row) * (_HEIGHT + _ABOVE))
        filled[row] += 1
