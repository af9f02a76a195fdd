"""The picture of the rooms of the library, drawn from the import contract: `python -m tests.docs.picture`."""

from __future__ import annotations

import ast
import tomllib
from collections.abc import Iterator
from html import escape
from typing import Any

from attrs import frozen

from tests.docs.pages import ROOT

PICTURE = ROOT / "docs" / "architecture.svg"
_SOURCE = ROOT / "src"
_WIDTH, _MARGIN, _LINE, _PAD = 920, 48, 20, 12
_CHARACTER, _GAP = 7.2, 8
_STYLE = """
svg { font: 13px system-ui, sans-serif; }
.room { fill: #f4f6f8; stroke: #8a949e; } .inner { fill: #ffffff; stroke: #b9c1c9; }
text { fill: #1c2126; } .told { fill: #4c5660; font-size: 12px; } .name { font-weight: 600; }
.way { stroke: #8a949e; stroke-width: 2; fill: none; }
@media (prefers-color-scheme: dark) {
  .room { fill: #20262c; stroke: #65707b; } .inner { fill: #2b323a; stroke: #55606b; }
  text { fill: #e8ecef; } .told { fill: #aab4be; }
}
"""


@frozen
class Room:
    """A package or a module: its name, what it says of itself, and its rooms inside, in rows."""

    name: str
    told: str
    inside: tuple[tuple[str, ...], ...]


def contracts() -> list[dict[str, Any]]:
    """The contracts of imports, as the build checks them."""
    content = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    found: list[dict[str, Any]] = content["tool"]["importlinter"]["contracts"]
    return found


def layers_of(contract: dict[str, Any]) -> list[tuple[str, ...]]:
    """The rows of a contract of layers, the highest first."""
    return [tuple(part.strip(" ()") for part in layer.split("|")) for layer in contract["layers"]]


def rooms() -> list[Room]:
    """The packages in the order of the contract; each imports only from those below it."""
    layered = [one for one in contracts() if one["type"] == "layers"]
    [outer] = [one for one in layered if "containers" not in one]
    inner = {one["containers"][0]: layers_of(one) for one in layered if "containers" in one}
    return [_room(name, inner.get(name)) for layer in layers_of(outer) for name in layer]


def _room(name: str, inner: list[tuple[str, ...]] | None) -> Room:
    path = _SOURCE.joinpath(*name.split("."))
    module = path / "__init__.py" if path.is_dir() else path.with_suffix(".py")
    told = (ast.get_docstring(ast.parse(module.read_text("utf-8"))) or "").split("\n")[0]
    folders = sorted(one.name for one in path.glob("*/") if (one / "__init__.py").exists()) if path.is_dir() else []
    return Room(name, told, tuple(inner or rows_that_fit(folders)))


def rows_that_fit(names: list[str]) -> Iterator[tuple[str, ...]]:
    """`names` in rows, none wider than its room."""
    row, left = list[str](), _MARGIN + _PAD
    for name in names:
        if row and left + _width(name) > _WIDTH - _PAD * 2:
            yield tuple(row)
            row, left = [], _MARGIN + _PAD
        row.append(name)
        left += _width(name) + _GAP
    if row:
        yield tuple(row)


def _width(name: str) -> int:
    return round(len(name) * _CHARACTER) + _PAD * 2


def drawn() -> str:
    """The picture."""
    parts, top = list[str](), _PAD
    for room in rooms():
        height = _PAD * 2 + _LINE * 2 - 4 + len(room.inside) * (_LINE + _PAD)
        parts.append(_box("room", _MARGIN, top, _WIDTH - _MARGIN - _PAD, height))
        parts.append(_text("name", _MARGIN + _PAD, top + _PAD + 14, room.name))
        parts.append(_text("told", _MARGIN + _PAD, top + _PAD + 14 + _LINE, room.told))
        for place, row in enumerate(room.inside):
            parts.extend(_row(row, top + _PAD + _LINE * 2 + 6 + place * (_LINE + _PAD)))
        top += height + _PAD
    way = f"M 24 {_PAD} V {top - _PAD * 2} m -7 -10 l 7 10 l 7 -10"
    parts.append(f'<path class="way" d="{way}"/>')
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {top}" role="img"'
    title = "Each room of the library imports only from those below it"
    return "\n".join([f'{head} aria-label="{title}">', f"<style>{_STYLE}</style>", *parts, "</svg>", ""])


def _row(names: tuple[str, ...], top: int) -> Iterator[str]:
    left = _MARGIN + _PAD
    for name in names:
        yield _box("inner", left, top, _width(name), _LINE + 4)
        yield _text("told", left + _PAD, top + 16, name)
        left += _width(name) + _GAP


def _box(kind: str, left: int, top: int, width: int, height: int) -> str:
    return f'<rect class="{kind}" x="{left}" y="{top}" width="{width}" height="{height}" rx="6"/>'


def _text(kind: str, left: int, top: int, text: str) -> str:
    return f'<text class="{kind}" x="{left}" y="{top}">{escape(text)}</text>'


def main() -> None:
    PICTURE.write_text(drawn(), "utf-8")


if __name__ == "__main__":
    main()
