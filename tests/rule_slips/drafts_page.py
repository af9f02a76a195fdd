"""The tables of the slips of drafts: by kind for docs/slips.md, by group for the pages on drafting."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from tests.rule_slips.drafts import NONE, TOOLS, table

GROUPS = {
    "misread": ("the text is misread", "đọc nhầm lời văn"),
    "numbers": ("a number is copied wrongly", "chép nhầm con số"),
    "figures": ("the wrong figure is taken", "lấy nhầm số liệu"),
    "missing": ("what is missing is taken for something", "coi chỗ chưa có số liệu là đã có"),
    "law": ("law is made up, or left out", "bịa thêm hoặc bỏ sót quy định"),
    "citations": ("citations and sources", "trích dẫn, nguồn"),
    "declarations": ("units, titles, types", "đơn vị tính, tên gọi, kiểu"),
    "set": ("the years, the level, the standard", "năm, cấp, tiêu chuẩn"),
    "hand": ("slips of a hand", "sơ suất khi gõ"),
}
"""The lines of the summary, in English and Vietnamese."""
_BY_KIND = """\

## Slips in a draft

What a draft gets wrong, a person's or a language model's, put into
[the reviewed file of an invented decision](../examples/drafting/README.md), which is not among the shipped sets and
lies alone: {places} slips of {kinds} kinds, those of hands that have a place in it among them. The numbers say of how
many places each tool tells, each asked for itself: `check`; the tests, which are written from the text; coverage and
mutation where the first two say nothing; `prove` and `compare` against the reviewed file. Of a file that is refused
the others say nothing. {none} changed figures of tests are told of by none: the tests pass and try as much as before,
and the set says the same. What all this means for whoever drafts is said in [drafting](drafting.md).

| Slip | Places | check | tests | coverage, mutation | prove | compare |
|---|---|---|---|---|---|---|
"""


def by_kind() -> str:
    """The section of docs/slips.md."""
    rows = table()
    lines = [_BY_KIND.format(places=_sum(rows, "places"), kinds=len(rows), none=_sum(rows, NONE))]
    for one in rows:
        check = f"{one['check']} ({', '.join(one['codes'])})" if one["codes"] else one["check"]
        cells = (one["says"], one["places"], check, *(one[tool] for tool in TOOLS[1:]))
        lines.append(f"| {' | '.join(str(cell) if cell != 0 else '–' for cell in cells)} |\n")
    return "".join(lines)


def summary(language: int) -> Iterator[str]:
    """The rows of the summary, in English (0) or Vietnamese (1), the sum last."""
    rows = table()
    for group, names in GROUPS.items():
        yield _line(names[language], [one for one in rows if one["group"] == group])
    yield _line(("all", "tất cả")[language], rows)


def _line(name: str, rows: Sequence[Mapping[str, Any]]) -> str:
    cells = [_sum(rows, column) for column in ("places", *TOOLS)]
    return f"| {' | '.join((name, *map(str, cells)))} |"


def _sum(rows: Sequence[Mapping[str, Any]], column: str) -> int:
    return sum(one[column] for one in rows)
