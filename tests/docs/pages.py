"""The pages of the documentation, and the blocks of code that they hold."""

from __future__ import annotations

import re
import shlex
from collections.abc import Mapping
from pathlib import Path

from attrs import field, frozen

ROOT = Path(__file__).resolve().parent.parent.parent
_FENCE = re.compile(r"( *)(`{3,}|~{3,})(.*)")


@frozen
class Block:
    """One block: `kind` and `attributes` are its info string, `line` is where its text begins, counted from 1."""

    kind: str
    attributes: Mapping[str, str]
    text: str
    line: int

    @property
    def lines(self) -> list[str]:
        return self.text.splitlines()


@frozen
class Page:
    """One page with its blocks in order; `name` is its path from the top of the checkout."""

    name: str
    text: str
    blocks: tuple[Block, ...] = field(repr=False)

    def where(self, block: Block) -> str:
        return f"{self.name}:{block.line}"


def page_paths() -> list[Path]:
    """README.md and every page under docs/."""
    return [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]


def page_names() -> list[str]:
    return [path.relative_to(ROOT).as_posix() for path in page_paths()]


def read_page(name: str) -> Page:
    return page_of(name, (ROOT / name).read_text(encoding="utf-8"))


def page_of(name: str, text: str) -> Page:
    blocks: list[Block] = []
    lines = iter(enumerate(text.splitlines(), start=1))
    for number, line in lines:
        opening = _FENCE.fullmatch(line)
        if opening is None:
            continue
        indent, fence, info = len(opening[1]), opening[2], opening[3].strip()
        inner: list[str] = []
        for _, inside in lines:
            if inside.strip().startswith(fence) and not inside.strip().strip(fence[0]):
                break
            inner.append(inside[indent:] if inside[:indent].isspace() else inside)
        else:
            raise AssertionError(f"{name}:{number}: the block is not closed")
        blocks.append(Block(*_info(info), "".join(f"{one}\n" for one in inner), number + 1))
    return Page(name, text, tuple(blocks))


def _info(info: str) -> tuple[str, dict[str, str]]:
    """`yaml fragment error=NC012` is the kind `yaml` with two attributes; one without a value has an empty one."""
    kind, *rest = shlex.split(info) or [""]
    pairs = (part.partition("=") for part in rest)
    return kind, {key: value for key, _, value in pairs}
