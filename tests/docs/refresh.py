"""Fill in what the console and output blocks of the pages show: `python -m tests.docs.refresh [page ...]`.

Blocks with a line `...` show an excerpt, which is left to a human. Read the difference before committing it.
"""

from __future__ import annotations

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.docs.console import ELISION, commands_of, run_commands
from tests.docs.pages import ROOT, Block, Page, page_names, read_page
from tests.docs.running import Run, missing_requirement, run_block, run_python


def refreshed(page: Page, folder: Path) -> str:
    """The text of `page` with the output that its blocks have now."""
    for entry in ROOT.iterdir():
        if not entry.name.startswith("."):
            (folder / entry.name).symlink_to(entry)
    run, lines, shift, printed = Run(page, folder), page.text.splitlines(), 0, ""
    for block in page.blocks:
        text = block.text
        if block.kind == "console" and ELISION not in block.lines:
            text = _transcript(block, folder)
        elif block.kind == "output" and ELISION not in block.lines:
            text = printed
        elif _cannot_run(block):
            printed = ""
        elif block.kind == "python" and "error" not in block.attributes and ">>> " not in block.text:
            printed = run_python(run, block)
        elif block.kind != "output":
            _tolerantly(run, block)
        new, start = [line.rstrip() for line in text.splitlines()], block.line - 1 + shift
        if text != block.text:
            lines[start : start + len(block.lines)] = new
            shift += len(new) - len(block.lines)
    return "".join(f"{line}\n" for line in lines)


def _cannot_run(block: Block) -> bool:
    """Whether the block requires a package that is not there."""
    requirement = block.attributes.get("requires")
    return requirement is not None and missing_requirement(requirement) is not None


def _transcript(block: Block, folder: Path) -> str:
    shown = []
    for command, printed in run_commands(commands_of(block.text), folder):
        shown += [f"$ {command.text}", *printed]
    return "".join(f"{line}\n" for line in shown)


def _tolerantly(run: Run, block: Block) -> None:
    try:
        run_block(run, block, None)
    except Exception as error:
        print(f"{run.page.where(block)}: {error}", file=sys.stderr)


def main() -> None:
    for name in sys.argv[1:] or page_names():
        page = read_page(name)
        with TemporaryDirectory() as folder:
            text = refreshed(page, Path(folder))
        if text != page.text:
            (ROOT / name).write_text(text, encoding="utf-8")
            print(f"rewrote {name}")


if __name__ == "__main__":
    main()
