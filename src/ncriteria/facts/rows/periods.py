"""Rows that are of a part of a year, or compare two of them, in a table that has such words in the place of the unit.

Communes called Quý Sơn, Năm Căn and Tăng Tiến are none of these.
"""

from __future__ import annotations

import re

from ncriteria.facts.rows.totals import bare, says_one_of

_OF_YEAR = "( (năm )?[0-9]{4})?"
_PERIODS = (
    rf"(cả|trọn|toàn|nửa|đầu|giữa|cuối|hết|trong) năm{_OF_YEAR}",
    r"năm ([0-9]{4}|nay|trước|ngoái|báo cáo)",
    rf"(quý|quí) (i{{1,3}}|iv|0?[1-4]|một|hai|ba|tư){_OF_YEAR}",
    rf"([0-9]{{1,2}}|ba|sáu|chín|mười hai) tháng( (đầu|cuối)( năm)?| qua)?{_OF_YEAR}",
    rf"(tháng|tuần) [0-9]{{1,2}}{_OF_YEAR}",
    rf"ngày [0-9]{{1,2}} [0-9]{{1,2}}{_OF_YEAR}",
    r"(trong |đầu |cuối )?kỳ( này| trước| báo cáo)?",
    rf"cùng kỳ( năm)?( trước| ngoái)?{_OF_YEAR}",
    r"(whole|full|this|last|previous) year( [0-9]{4})?",
    r"(quarter|half|month) [0-9]{1,2}( [0-9]{4})?",
    r"(first|second|third|fourth|last) (half|quarter)( of (the )?year)?( [0-9]{4})?",
    r"[0-9]{1,2} months( [0-9]{4})?",
    r"year to date|ytd",
)
_COMPARISONS = (
    r"so (với|sánh)( .*)?",
    r"((mức|số|tỷ lệ|tỉ lệ|%) )?(tăng|giảm)(,? (tăng|giảm))?( %)?( so với .*)?",
    r"(mức )?chênh lệch( .*)?",
    r"(tỷ|tỉ) (lệ|trọng)( .*)?",
    r"(change|difference|comparison)( .*)?",
)
_SPEAKS_OF = re.compile("n[ăa]m|th[áa]ng|qu[ýíyi]|tu[ầa]n|ng[àa]y|k[ỳìyi]|year|quarter|half|month|ytd", re.IGNORECASE)
_COMPARES = re.compile("so|t[ăa]ng|gi[ảa]m|ch[êe]nh|t[ỷỉyi]|change|difference|comparison", re.IGNORECASE)
"""What no text of the kind is without, so that most names and identifiers need not be compared with each of them."""


def is_period(text: str) -> bool:
    """Whether what stands in the place of a unit names a year, a part of one, or the same time of another year."""
    return _SPEAKS_OF.search(text) is not None and says_one_of(_PERIODS, bare(text))


def is_comparison(text: str) -> bool:
    """Whether what stands in the place of a unit says that its row compares others: a difference or a ratio."""
    return _COMPARES.search(text) is not None and says_one_of(_COMPARISONS, bare(text))
