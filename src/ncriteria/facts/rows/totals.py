"""Rows that are no unit: totals and averages of the rows, and what stands below a table.

A word is known with its accents or, where a text has none at all, without them. Communes called Cộng Hòa, Tổng Cọt,
Toàn Thắng and Trung Bình are none of these.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache, lru_cache

from ncriteria.facts.units.identifiers import twin_key
from ncriteria.language.hints.lookalikes import without_accents
from ncriteria.patterns import compiled_later

_LEVELS = (
    "xã|phường|thị trấn|huyện|quận|thị xã|thành phố|tp|tỉnh|ấp|thôn|xóm|khóm|khu phố|đặc khu|"
    "khu vực|địa bàn|vùng|cụm|khối|ngành|đơn vị"
)
_OF = rf"toàn|các|cả|của|chung|theo|trong|năm|quý|tháng|kỳ|mục|phần|nhóm|{_LEVELS}|[ivx]+|[0-9]+|[a-z]"
_TOTALS = (
    r"(tổng cộng|tổngcộng|tcộng)( .*)?",
    r"tổng (số|hợp|kết|công|vụ|lượng|giá trị)( .*)?",
    r"(cộng )?lũy kế( .*)?",
    r"cộng (dồn|phát sinh)( .*)?",
    rf"(cộng|tổng)( ({_OF})(,? .*)?)?",
    rf"(cộng|tổng) \w+ ({_LEVELS})(,? .*)?",
    rf"(chung )?(toàn|cả) ({_LEVELS}|nước|quốc)(,? .*)?",
    r"(toàn bộ|tất cả)( .*)?",
    r"(kết quả|số liệu) chung( .*)?",
    rf"[0-9]+ ({_LEVELS})(, .*)?",
    rf"(các|khối) ({_LEVELS})(,? .*)?",
    r"[∑σς]",
    r"(grand |sub ?)?totals?( .*)?",
    r"sum( total)?",
    r"(overall|average|mean)( (of|for|per|all|total|value)( .*)?)?",
    r"all( (units|communes|districts|hamlets|provinces))?",
)
_AVERAGES = (rf"(trung bình|bình quân)( cộng)?( ({_OF})( .*)?)?", r"tb (chung|cộng)( .*)?")
_NOTES = (
    r"(ghi chú|chú thích|lưu ý|nguồn|lập biểu|lập bảng|thủ trưởng|kế toán|"
    r"(người|cán bộ) (lập|tổng hợp|báo cáo|thống kê|kiểm tra)|(phó )?trưởng (công an|phòng|ban|ấp|thôn|khu phố)|"
    r"chủ tịch|phó chủ tịch|giám đốc|nơi nhận|xác nhận|phê duyệt|ký|đã ký|tm|kt|đơn vị tính|đvt)([^a-z].*)?",
    r"(.*, )?ngày [0-9. …]* ?tháng .*",
    r"(notes?|sources?|prepared by|signed|approved by|unit of measure)([^a-z].*)?",
)
_MARK_BEFORE = compiled_later(r"[\s*+•.(\"“”'‘’«-]*(?:(?:[ivx]+|[0-9]+|[a-z])\s*[.):/]\s*)?")
_BEHIND = compiled_later(r"\s*(?:[([=:].*|[.;*…\"“”'‘’»]+)$")


_BEGINS_OTHERWISE = compiled_later(r"[defhjnpqruwyz]\w|k(?!ế|e|hố|ho)\w|t[ehiuy]|ta[^t]|[ivx][^\W_ivx]", re.IGNORECASE)
"""How no word of a total begins, so that most names and identifiers need not be compared with each of them."""


@lru_cache(maxsize=1 << 16)
def is_total(text: str) -> bool:
    """Whether what stands in the place of a unit says that its row sums up other rows: a total or an average."""
    if _BEGINS_OTHERWISE.match(text):
        return False
    said = bare(text)
    return says_one_of(_TOTALS, said) or (says_one_of(_AVERAGES, said) and not _is_name(text))


def is_average(text: str) -> bool:
    """Whether what stands in the place of a unit says that its row is an average of other rows."""
    return says_one_of(_AVERAGES, bare(text)) and not _is_name(text)


def _is_name(text: str) -> bool:
    """Whether a text is written as a name is: `Trung Bình` and `trung-binh`, and not `Trung bình` or `TRUNG BÌNH`."""
    return (text.istitle() and len(text.split()) == 2) or "-" in text or "_" in text


def is_note(text: str) -> bool:
    """Whether a text is a note, a date or a signature, as stand below a table."""
    return says_one_of(_NOTES, _MARK_BEFORE.sub("", _folded(text), count=1))


def says_one_of(patterns: tuple[str, ...], text: str) -> bool:
    """Whether the text is one of `patterns`: with accents, the tones behind their syllables; or without any."""
    with_accents = _compiled(patterns, twin_key).fullmatch(text)
    return with_accents is not None or (
        text.isascii() and _compiled(patterns, without_accents).fullmatch(text) is not None
    )


@cache
def _compiled(patterns: tuple[str, ...], written: Callable[[str], str]) -> re.Pattern[str]:
    """The patterns as one, compiled when a text is first compared with it: that takes longer than most tables."""
    return re.compile(written("|".join(f"(?:{pattern})" for pattern in patterns)))


def _folded(text: str) -> str:
    return " ".join(twin_key(text).split())


def bare(text: str) -> str:
    """A text without the number before it and what is in brackets or after a colon, words apart by spaces."""
    found = " ".join(re.split(r"[\s_/-]+", _MARK_BEFORE.sub("", _folded(text), count=1)))
    while (shorter := _BEHIND.sub("", found)) != found:
        found = shorter
    return found.strip()
