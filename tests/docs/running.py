"""Running the blocks of a page, in order, in a folder that looks like the top of the checkout."""

from __future__ import annotations

import doctest
import importlib.util
import shutil
from collections.abc import Callable, Collection
from contextlib import chdir, redirect_stdout
from io import StringIO
from pathlib import Path
from typing import Any

from attrs import define, field

import ncriteria as nc
from ncriteria.facts.project import FORMAT, read_project
from tests.docs import shell
from tests.docs.console import commands_of, matches, run_commands
from tests.docs.criteria_blocks import check_criteria, check_fragment, codes_of, fragment_warns, template, whole
from tests.docs.pages import ROOT, Block, Page

_ATTRIBUTES = {
    "python": {"requires", "error"},
    "output": set[str](),
    "yaml": {"fragment", "file", "error", "warns"},
    "csv": {"file", "error", "warns"},
    "json": {"file", "error", "warns"},
    "expression": {"error"},
    "console": {"error"},
    "sh": set[str](),
    "text": {"file"},
}


class BlockError(AssertionError):
    """A block that does not do what its page says."""


@define
class Run:
    """The state of one page: the folder, the Python names, what the last Python block printed."""

    page: Page
    folder: Path
    names: dict[str, Any] = field(factory=lambda: {"__name__": "__main__"})
    printed: str | None = None


def missing_requirement(requirement: str) -> str | None:
    """Why blocks that require a package cannot run here; `None` where they can."""
    if importlib.util.find_spec(requirement) is None:
        return f"the package {requirement} is not installed"
    if requirement == "pyspark" and shutil.which("java") is None:
        return "there is no Java for pyspark"
    return None


def requirements(page: Page) -> list[str]:
    return list(dict.fromkeys(block.attributes["requires"] for block in page.blocks if "requires" in block.attributes))


def run_page(page: Page, folder: Path, here: Collection[str] = ()) -> None:
    """Run all blocks of `page` that require nothing, or one of the packages `here`; raises with every failure."""
    for entry in ROOT.iterdir():
        if not entry.name.startswith("."):
            (folder / entry.name).symlink_to(entry)
    run, failures = Run(page, folder), []
    for index, block in enumerate(page.blocks):
        following = page.blocks[index + 1] if index + 1 < len(page.blocks) else None
        if block.attributes.get("requires") in (None, *here):
            try:
                run_block(run, block, following)
            except Exception as error:
                failures.append(f"{page.where(block)}: {type(error).__name__}: {error}")
    if failures:
        raise BlockError("\n\n".join(failures))


def run_block(run: Run, block: Block, following: Block | None) -> None:
    """Run one block; raises where it fails."""
    if block.kind not in _ATTRIBUTES:
        raise BlockError(f"`{block.kind}` is no kind of block; the kinds are: {', '.join(_ATTRIBUTES)}")
    unknown = block.attributes.keys() - _ATTRIBUTES[block.kind]
    if unknown:
        raise BlockError(f"a block of the kind `{block.kind}` has no `{', '.join(unknown)}`")
    if block.kind == "output":
        _compare_output(run, block)
        return
    run.printed = None
    _RUNNERS[block.kind](run, block)
    if run.printed and (following is None or following.kind != "output"):
        raise BlockError(f"the block prints, and no `output` block follows it:\n{run.printed}")


def _python(run: Run, block: Block) -> None:
    code = block.attributes.get("error")
    if any(line.startswith(">>> ") for line in block.lines):
        _doctest(run, block)
    elif code is None:
        run.printed = run_python(run, block)
    else:
        _expect_problem(lambda: run_python(run, block), code)


def run_python(run: Run, block: Block) -> str:
    """What a program prints, run in the names of its page."""
    output = StringIO()
    # Padding puts the lines of a traceback where they stand on the page.
    program = compile("\n" * (block.line - 1) + block.text, run.page.name, "exec")
    with chdir(run.folder), redirect_stdout(output):
        exec(program, run.names)
    return output.getvalue()


def _doctest(run: Run, block: Block) -> None:
    test = doctest.DocTestParser().get_doctest(block.text, {}, run.page.name, run.page.name, block.line - 1)
    test.globs = run.names
    report = StringIO()
    with chdir(run.folder):
        results = doctest.DocTestRunner(verbose=False, optionflags=doctest.ELLIPSIS).run(
            test, out=report.write, clear_globs=False
        )
    if results.failed:
        raise BlockError(report.getvalue())


def _compare_output(run: Run, block: Block) -> None:
    if run.printed is None:
        raise BlockError("an `output` block stands right after the Python block that prints it")
    printed = [line.rstrip() for line in run.printed.splitlines()]
    if not matches(tuple(line.rstrip() for line in block.lines), printed):
        raise BlockError("the program prints:\n" + "\n".join(printed))
    run.printed = None


def _yaml(run: Run, block: Block) -> None:
    code, warns = block.attributes.get("error"), block.attributes.get("warns")
    if "fragment" in block.attributes:
        if code is not None:
            _expect_problem(lambda: nc.loads(whole(block.text)), code)
        elif warns is not None:
            fragment_warns(block.text, warns)
        else:
            check_fragment(block.text)
    elif code is not None:
        _expect_problem(lambda: nc.loads(block.text), code)
    elif "file" in block.attributes and f"format: {FORMAT}" in block.lines:
        read_project(_write(run, block))
    elif "file" in block.attributes and not any(line.startswith("format:") for line in block.lines):
        _write(run, block)
    else:
        if not any(line.startswith("format:") for line in block.lines):
            raise BlockError("this is no whole criteria file; mark it `yaml fragment`")
        criteria = nc.load(_write(run, block)) if "file" in block.attributes else nc.loads(block.text)
        check_criteria(criteria, warns=set(warns.split(",")) if warns else set())


def _data(run: Run, block: Block) -> None:
    if "file" in block.attributes:
        _write(run, block)
        return
    kind, facts = block.kind, template().facts
    assert kind in ("csv", "json")
    if code := block.attributes.get("error"):
        _expect_problem(lambda: nc.read_facts_text(block.text, kind, facts), code)
    else:
        warnings = nc.read_facts_text(block.text, kind, facts).warnings
        if {warning.code for warning in warnings} != set(block.attributes.get("warns", "").split()):
            raise BlockError("the table is read with these warnings:\n" + "\n".join(map(str, warnings)))


def _write(run: Run, block: Block) -> Path:
    """Save a block as the file that it is said to be, which a later part of the page must use."""
    name = block.attributes["file"]
    path = run.folder / name
    if not path.resolve().is_relative_to(run.folder.resolve()):
        raise BlockError(f"`{name}` lies outside the folder of the page")
    later = run.page.text.splitlines()[block.line + len(block.lines) :]
    if not any(name in line or str(Path(name).parent) in line for line in later):
        raise BlockError(f"nothing after it uses the file `{name}`")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(block.text, encoding="utf-8")
    return path


def _expression(_: Run, block: Block) -> None:
    code = block.attributes.get("error")
    if code is not None:
        _expect_problem(lambda: _checked(block.text.rstrip("\n")), code)
        return
    for line in block.lines:
        _checked(line)


def _checked(text: str) -> None:
    """Parse an expression and check it as a rule of the template."""
    rule = f"clauses:\n  checked: {{title: x, encodes: exact, cite: [{{instrument: x}}], rule: {_quoted(text)}}}\n"
    nc.loads(whole(rule))


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'


def _console(run: Run, block: Block) -> None:
    told = []
    for command, printed in run_commands(commands_of(block.text), run.folder):
        told += printed
        if not matches(command.shown, printed):
            raise BlockError(f"`{command.text}` prints:\n" + "\n".join(printed))
    code = block.attributes.get("error")
    if code is not None and not any(code in line for line in told):
        raise BlockError(f"the commands do not print {code}")


def _sh(_: Run, block: Block) -> None:
    for line in block.lines:
        shell.check_line(line)


def _text(run: Run, block: Block) -> None:
    """A diagram or a list, of which there is nothing to run; or a file that a later command reads."""
    if "file" in block.attributes:
        _write(run, block)


def _expect_problem(do: Callable[[], object], code: str) -> None:
    try:
        do()
    except nc.NCriteriaError as error:
        if codes_of(error) != {code}:
            raise BlockError(f"expected {code}:\n{error}") from None
    else:
        raise BlockError(f"expected {code}, and nothing is wrong")


_RUNNERS: dict[str, Callable[[Run, Block], None]] = {
    "python": _python,
    "yaml": _yaml,
    "csv": _data,
    "json": _data,
    "expression": _expression,
    "console": _console,
    "sh": _sh,
    "text": _text,
}
