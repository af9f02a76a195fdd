"""The contents of the site: those of docs/README.md, and the pages that are drawn."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path, PurePosixPath

from attrs import frozen

_SECTION = re.compile(r"\*\*(.+)\*\*")
_LINK = re.compile(r"\[([^\]]+)\]\(([^)#]+\.md)\)")
_IN_VIETNAMESE = "Tiếng Việt"
_DRAWN = "To look up"
_AT_WORK = "To work on the library"
_FURTHER = ("CHANGELOG", "SECURITY")


@frozen
class Section:
    """A part of the contents: its heading, and its pages by their paths without ending."""

    title: str
    pages: tuple[str, ...]


def contents(root: Path, drawn: Iterable[str]) -> tuple[Section, ...]:
    """The sections of the index, each with its pages; the drawn pages in Vietnamese stand with their sisters."""
    sections = dict(_sections((root / "docs" / "README.md").read_text(encoding="utf-8")))
    names = [_name(page) for page in drawn]
    tops = [name for name in names if name.rpartition("/")[0] not in names]
    in_vietnamese = [page for page in tops if page.startswith("vi/")]
    sections[_IN_VIETNAMESE] = (*sections[_IN_VIETNAMESE], *in_vietnamese)
    at_work = sections.pop(_AT_WORK)
    examples = tuple(sorted(_name(path.relative_to(root).as_posix()) for path in root.glob("examples/*/README.md")))
    sections[_DRAWN] = tuple(page for page in tops if page not in in_vietnamese)
    sections["Examples"] = examples
    sections[_AT_WORK] = (*at_work, *_FURTHER)
    return tuple(Section(title, pages) for title, pages in sections.items())


def _sections(index: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The first paragraph with links, then each list under a heading in bold."""
    title, pages = _IN_VIETNAMESE, list[str]()
    for line in index.splitlines():
        if heading := _SECTION.fullmatch(line):
            yield title, tuple(pages)
            title, pages = heading[1], []
        links = _LINK.findall(line)
        pages += [_name(_below_docs(target)) for _, target in (links[:1] if line.startswith("- ") else links)]
    yield title, tuple(pages)


def _below_docs(target: str) -> str:
    """The path from the top of the checkout of what a page of docs/ links to."""
    return target.removeprefix("../") if target.startswith("../") else f"docs/{target}"


def _name(page: str) -> str:
    return PurePosixPath(page).with_suffix("").as_posix()


def front_page(root: Path, sections: Iterable[Section]) -> str:
    """The README with the contents of the site, which stand beside each page."""
    readme = (root / "README.md").read_text(encoding="utf-8")
    return readme + "".join(map(_tree, sections))


def _tree(section: Section) -> str:
    pages = "\n".join(f"/{page}" for page in section.pages)
    return f"\n```{{toctree}}\n:hidden:\n:caption: {section.title}\n\n{pages}\n```\n"


def below(pages: Mapping[str, str], folder: str) -> str:
    """The contents of a drawn page: the pages of a folder, in their order."""
    names = (_name(page) for page in pages if page.startswith(folder))
    return "\n```{toctree}\n:hidden:\n\n" + "\n".join(f"/{name}" for name in names) + "\n```\n"
