"""The page of the rules of the check, made of their table: `python -m tests.docs.rules_page`."""

from __future__ import annotations

from collections.abc import Iterator

from ncriteria.editor.linting.rules.rule import LintRule
from ncriteria.editor.linting.rules.table import RULES
from tests.docs.pages import ROOT

PAGE = ROOT / "docs" / "rules.md"
_OPENING = """\
# The rules of the check

What `ncriteria check` warns of and advises, from the table by which it works; `ncriteria rule CODE` tells the same.
Errors are no rules: they [keep a set from being used](errors.md). Advice is told with `--advice`, or where [the project
file](editing.md#rules-in-the-project-file) says how much a rule counts.

| Rule | Counts as | Warns of | `--fix` |
|---|---|---|---|
"""


def text() -> str:
    """The whole page."""
    rows = "".join(
        f"| [{rule.code}]({_address(rule)}) | {rule.severity.value} | {rule.title} | {rule.fix or ''} |\n"
        for rule in RULES.values()
    )
    sections = (line for rule in RULES.values() for line in _section(rule))
    return _OPENING + rows + "\n" + "\n".join(sections)


def _address(rule: LintRule) -> str:
    words = "".join(one for one in f"{rule.code} {rule.title}".lower() if one.isalnum() or one in " _-")
    return f"#{words.replace(' ', '-')}"


def _section(rule: LintRule) -> Iterator[str]:
    yield f"## {rule.code} {rule.title}\n"
    yield f"{rule.why}\n"
    yield f"```yaml fragment warns={rule.code}\n{rule.bad}```\n"
    yield f"Not told of:\n\n```yaml fragment\n{rule.good}```\n"
    yield f"**Do:** {rule.do}." + (f" With `--fix` {rule.fix}." if rule.fix else "") + "\n"


def main() -> None:
    PAGE.write_text(text(), encoding="utf-8")


if __name__ == "__main__":
    main()
