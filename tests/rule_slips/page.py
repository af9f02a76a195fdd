"""The page of the slips: `python -m tests.rule_slips.page` writes it anew from the table."""

from __future__ import annotations

from pathlib import Path

from tests.rule_slips.drafts_page import by_kind
from tests.rule_slips.seeding import Kind, kinds, slips

PAGE = Path(__file__).parents[2] / "docs" / "slips.md"
_HEAD = """\
# Slips, and what tells of them

A criteria file is written by hand, and hands slip. This table is made from a corpus of slips that the tests put into
the shipped sets, at every place where one fits, and into a small set of what those do not use: {places} slips of
{kinds} kinds. Each is told of by a tool, or is proved to change nothing:

- **refused**: `ncriteria check` gives an error, and the file cannot be used;
- **warned**: `ncriteria check` gives a warning, and with `--strict` a finding; see [errors and warnings](errors.md);
- **tests**: a test that the file carries fails, `ncriteria test`;
- **coverage** and **mutation**: the tests pass, and no longer try all that the rule says, `ncriteria test --coverage`
  and `--mutate`; see [testing rules](testing-rules.md);
- **compare**: the solver proves that every clause has the same verdict as before in the years of both, and
  `ncriteria compare` with the file as it was names what it says otherwise: a citation, the years, the standard;
- **no effect**: the verdicts are the same, and the set says the same.

The first tool that tells is named; where places differ, each of them. The shipped sets lie around the file, as in a
folder of criteria files.

`compare` needs the file as it was. A file that is new has none, and then no tool tells of these, nor of a slip that
the whole file makes in the same way: a wrong number in a rule and in its tests, the last year of the last set, the
years, the level or the standard of a set that no other file speaks of, an act that nothing else cites. A second draft,
two pairs of eyes and the text of the law are for them: see [drafting](drafting.md).

"""
_WORDS = {"test": "tests", "same": "no effect"}


def page() -> str:
    """The text of the page."""
    found = [(kind, slips(kind)) for kind in kinds()]
    lines = [_HEAD.format(places=sum(len(places) for _, places in found), kinds=len(found))]
    lines += ["| Slip | Before | After | Told by |\n", "|---|---|---|---|\n"]
    for kind, places in found:
        first = places[0]
        cells = (kind.says, _code(first.before, first.after), _code(first.after, first.before), told_by(kind))
        lines.append(f"| {' | '.join(cells)} |\n")
    return "".join(lines) + by_kind()


def told_by(kind: Kind) -> str:
    """The tools in words."""
    return ", ".join(_WORDS.get(tool, tool) for tool in sorted(kind.caught, key=_rank))


def _rank(tool: str) -> tuple[int, str]:
    return ["refused", "warned", "test", "coverage", "mutation", "compare", "same"].index(
        tool.split(maxsplit=1)[0]
    ), tool


def _code(shown: str, other: str) -> str:
    """A line as code, cut to what is around its difference from the `other` where it is long."""
    if len(shown) > _LONGEST:
        start = next((at for at, (a, b) in enumerate(zip(shown, other, strict=False)) if a != b), 0)
        first = max(0, min(start - _LONGEST // 2, len(shown) - _LONGEST))
        shown = f"{'…' if first else ''}{shown[first : first + _LONGEST]}{'…' if first + _LONGEST < len(shown) else ''}"
    return f"`{shown}`" if shown.strip() else "nothing"


_LONGEST = 70


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
