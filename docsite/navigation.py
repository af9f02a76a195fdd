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
    """A part of the contents: its heading, and its pages by their paths without ending.

    The others of a section that is `folded` stand below its first page, where they are shown once it is opened.
    """

    title: str
    pages: tuple[str, ...]
    folded: bool = False

    @property
    def shown(self) -> tuple[str, ...]:
        """The pages that stand in the contents of every page."""
        return self.pages[:1] if self.folded else self.pages


def contents(root: Path, drawn: Iterable[str]) -> tuple[Section, ...]:
    """The sections of the index, each with its pages; the drawn pages in Vietnamese stand with their sisters."""
    sections = dict(_sections((root / "docs" / "README.md").read_text(encoding="utf-8")))
    names = [_name(page) for page in drawn]
    tops = [name for name in names if name.rpartition("/")[0] not in names]
    in_vietnamese = [page for page in tops if page.startswith("vi/")]
    sections[_IN_VIETNAMESE] = (*sections[_IN_VIETNAMESE], *in_vietnamese)
    sections[_DRAWN] = (*sections.get(_DRAWN, ()), *(page for page in tops if page not in in_vietnamese))
    at_work = sections.pop(_AT_WORK)
    examples = tuple(sorted(_name(path.relative_to(root).as_posix()) for path in root.glob("examples/*/README.md")))
    sections["Examples"] = examples
    sections[_AT_WORK] = (*at_work, *_FURTHER)
    return tuple(Section(title, pages, folded=title == _IN_VIETNAMESE) for title, pages in sections.items())


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
    return _hidden(section.shown, f":caption: {section.title}\n")


def folded_below(section: Section) -> str:
    """The contents of the first page of a section that is folded."""
    return _hidden(section.pages[1:])


def below(pages: Mapping[str, str], folder: str) -> str:
    """The contents of a drawn page: the pages of a folder, in their order."""
    return _hidden(_name(page) for page in pages if page.startswith(folder))


def _hidden(pages: Iterable[str], caption: str = "") -> str:
    return f"\n```{{toctree}}\n:hidden:\n{caption}\n" + "\n".join(f"/{page}" for page in pages) + "\n```\n"


def in_the_other_language(pages: Mapping[str, str]) -> Mapping[str, str]:
    """The drawn pages, each with a link to the same page in the other language below its title."""
    return {name: _linked(text, *_sister(name)) if _sister(name)[0] in pages else text for name, text in pages.items()}


def _sister(page: str) -> tuple[str, str]:
    """The page in the other language, and what that language is called."""
    return (page.removeprefix("vi/"), "English") if page.startswith("vi/") else (f"vi/{page}", _IN_VIETNAMESE)


def _linked(text: str, sister: str, language: str) -> str:
    title, rest = text.split("\n", 1)
    return f"{title}\n\n[{language}](/{sister})\n{rest}"
