"""Build the documentation site: `python -m docsite.build [FOLDER]`; every warning of Sphinx is an error.

The pages are gathered in a folder of their own, laid out as the checkout is, so that their links lead where they lead
in the repository. Beside them stand the pages that are drawn from the code and the shipped sets.
"""

from __future__ import annotations

import argparse
import shutil
from pathlib import Path

from sphinx.cmd.build import build_main

from docsite.drawn import drawn_pages
from docsite.navigation import contents, folded_below, front_page, in_the_other_language

ROOT = Path(__file__).parents[1]
_PAGES = ("README.md", "CONTRIBUTING.md", "CHANGELOG.md", "SECURITY.md", "LICENSE", "CITATION.cff")
_FOLDERS = ("docs", "examples", "criteria", "conformance", "editors")

_OUTSIDE_THE_CONTENTS = "---\norphan: true\n---\n"
_INDEX = "docs/README.md"


def gather(folder: Path) -> None:
    """Write all pages of the site into `folder`, which is made anew."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for name in _FOLDERS:
        shutil.copytree(ROOT / name, folder / name)
    for name in _PAGES:
        shutil.copy(ROOT / name, folder / name)
    drawn = in_the_other_language(drawn_pages(ROOT))
    for name, text in drawn.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    sections = contents(ROOT, drawn)
    (folder / "index.md").write_text(front_page(ROOT, sections), encoding="utf-8")
    (folder / "README.md").unlink()
    index = folder / _INDEX
    index.write_text(_OUTSIDE_THE_CONTENTS + index.read_text(encoding="utf-8"), encoding="utf-8")
    for section in sections:
        if section.folded:
            first = folder / f"{section.pages[0]}.md"
            first.write_text(first.read_text(encoding="utf-8") + folded_below(section), encoding="utf-8")


def build(folder: Path, *options: str) -> int:
    """Gather the pages below `folder` and make the site in its `html`; gives the exit status of Sphinx."""
    source = folder / "source"
    gather(source)
    settings = ["-b", "html", "-c", str(Path(__file__).parent), "-d", str(folder / "doctrees")]
    strict = ["-W", "--keep-going", "--quiet", "--write-all"]  # the contents stand beside every page
    return build_main([*settings, *strict, *options, str(source), str(folder / "html")])


def main() -> int:
    """Build the site in the folder that is named, `build/site` without one."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, nargs="?", default=ROOT / "build" / "site")
    return build(parser.parse_args().folder)


if __name__ == "__main__":
    raise SystemExit(main())
