"""What is no unit but a part of a year or several, a comparison or a plan, where it stands in the place of one.

Communes called Quý Sơn, Năm Căn and Tăng Tiến are none of these.
"""

from __future__ import annotations

import re

from ncriteria.facts.rows.totals import bare, says_one_of
from ncriteria.patterns import compiled_later

_A_YEAR = "(19|20)[0-9]{2}"
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
    rf"((tính )?(đến|từ|trước|sau) )?(hết )?(ngày )?([0-9]{{1,2}} ){{1,2}}{_A_YEAR}",
    rf"((giai đoạn|nhiệm kỳ|thời kỳ|các năm|từ năm|từ|năm) )?{_A_YEAR}( (đến|tới)( năm)?)? {_A_YEAR}",
    r"(whole|full|this|last|previous) year( [0-9]{4})?",
    r"(quarter|half|month) [0-9]{1,2}( [0-9]{4})?",
    r"(first|second|third|fourth|last) (half|quarter)( of (the )?year)?( [0-9]{4})?",
    r"[0-9]{1,2} months( [0-9]{4})?",
    r"year to date|ytd",
)
_COMPARISONS = (
    rf"((năm )?{_A_YEAR} )?so (với|sánh)( .*)?",
    r"((mức|số|tỷ lệ|tỉ lệ|%) )?(tăng|giảm)(,? (tăng|giảm))?( %)?( so với .*)?",
    r"(mức )?chênh lệch( .*)?",
    r"(tỷ|tỉ) (lệ|trọng)( .*)?",
    r"(change|difference|comparison)( .*)?",
)
_PLANS = (
    rf"(kế hoạch|thực hiện|ước( thực hiện| đạt)?|dự kiến|chỉ tiêu|mục tiêu)( (được )?giao)?{_OF_YEAR}",
    rf"(xếp|thứ) (loại|hạng|thứ){_OF_YEAR}",
    r"(plan|target|estimate|forecast|rank|ranking|rating)s?( [0-9]{4})?",
)
_SPEAKS_OF = compiled_later(
    rf"n[ăa]m|th[áa]ng|qu[ýíyi]|tu[ầa]n|ng[àa]y|k[ỳìyi]|year|quarter|half|month|ytd|\b{_A_YEAR}\b", re.IGNORECASE
)
_COMPARES = compiled_later("so|t[ăa]ng|gi[ảa]m|ch[êe]nh|t[ỷỉyi]|change|difference|comparison", re.IGNORECASE)
_PLANS_OR_RATES = compiled_later(
    "k[ếe].h|th[ựu]c.h|[ưu][ớo]c|d[ựu].k|ti[êe]u|x[ếe]p|th[ứu].h|plan|target|estimate|forecast|rank|rating",
    re.IGNORECASE,
)
"""What no text of the kind is without, so that most names and identifiers need not be compared with each of them."""


def is_period(text: str) -> bool:
    """Whether what stands in the place of a unit names a year, a part of one, or the same time of another year."""
    return _SPEAKS_OF.search(text) is not None and says_one_of(_PERIODS, bare(text))


def is_comparison(text: str) -> bool:
    """Whether what stands in the place of a unit says that its row compares others: a difference or a ratio."""
    return _COMPARES.search(text) is not None and says_one_of(_COMPARISONS, bare(text))


def is_plan(text: str) -> bool:
    """Whether what stands in the place of a unit says that its figures are planned or estimated, or rate others."""
    return _PLANS_OR_RATES.search(text) is not None and says_one_of(_PLANS, bare(text))
