"""Words of Vietnamese that an author writes for the words and keys of criteria files and rules."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Final

WORDS_MEANT: Final[Mapping[str, tuple[str, ...]]] = {
    "bộ tiêu chí": ("set",),
    "mã": ("id",),
    "tiêu đề": ("title",),
    "tên": ("title",),
    "văn bản": ("instrument",),
    "số hiệu": ("number", "instrument"),
    "cơ quan ban hành": ("issuer",),
    "ngày ban hành": ("issued",),
    "hiệu lực": ("in_force",),
    "năm": ("years", "year"),
    "từ": ("from",),
    "từ năm": ("from",),
    "đến": ("to",),
    "đến năm": ("to",),
    "cấp": ("level",),
    "địa bàn": ("territory",),
    "thay thế": ("supersedes", "replace"),
    "tham số": ("parameters",),
    "giá trị": ("value",),
    "số liệu": ("facts",),
    "kiểu": ("type",),
    "loại": ("type",),
    "đơn vị": ("unit",),
    "đơn vị tính": ("unit",),
    "lựa chọn": ("options",),
    "tiêu chí": ("clauses",),
    "chỉ tiêu": ("clauses",),
    "quy tắc": ("rule",),
    "điều kiện": ("rule", "applies_when", "when"),
    "tất cả": ("all",),
    "căn cứ": ("cite",),
    "trích dẫn": ("cite",),
    "ghi chú": ("note",),
    "kiểm thử": ("tests",),
    "thay đổi": ("changes",),
    "xếp loại": ("grades",),
    "cho trước": ("given",),
    "kết quả": ("expect",),
    "thiếu": ("missing",),
    "thôn": ("hamlet",),
    "ấp": ("hamlet",),
    "tổ dân phố": ("hamlet",),
    "xã": ("commune",),
    "phường": ("commune",),
    "thị trấn": ("commune",),
    "đặc khu": ("commune",),
    "huyện": ("district",),
    "tỉnh": ("province",),
    "trường": ("school",),
    "cơ quan": ("agency",),
    "doanh nghiệp": ("enterprise",),
    "đạt": ("met",),
    "không đạt": ("not_met",),
    "chưa đạt": ("not_met",),
    "chưa xác định": ("undetermined",),
    "không áp dụng": ("not_applicable",),
    "chính xác": ("exact",),
    "gần đúng": ("approximated",),
    "xác nhận": ("attested",),
    "chưa mã hóa": ("not_encoded",),
    "số đếm": ("count",),
    "số": ("number",),
    "ngày": ("date",),
    "đúng sai": ("boolean",),
    "danh mục": ("enumeration",),
    "tổng": ("sum",),
    "năm trước": ("prev_year",),
}
"""By word; where it may stand for several, the first that may be written there."""


def word_of_vietnamese(written: str, candidates: Collection[str]) -> str | None:
    """The word among `candidates` that a Vietnamese word stands for, written with spaces or with `_`."""
    meant = WORDS_MEANT.get(" ".join(written.casefold().replace("_", " ").split()), ())
    return next((one for one in meant if one in candidates), None)
