"""What the columns of a table may be, and the headings that offices write for them."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum

from ncriteria.language.tree import FactKey
from ncriteria.quick_classes import frozen
from ncriteria.sets.model import Level


class Reserved(Enum):
    """The columns that are not facts; each is one object, so that its hash is as quick as that of any object."""

    __hash__ = object.__hash__

    UNIT = "unit"
    NAME = "name"
    LEVEL = "level"
    PARENT = "parent"
    YEAR = "year"
    MONTH = "month"
    DAYS = "days_of_period"
    """The first and the last day of what a row is of, for those who fill it in; the month or the year says it."""
    PUBLISHED = "published"
    NOTE = "note"
    SOURCE = "source"
    SERIES = "series"
    """Which series the counts of a row are of, as the office that keeps them calls it."""
    BASIS_SOURCE = "basis_source"
    """What the figures of the year before that the row states were taken from, such as a report."""
    KNOWN_ON = "known_on"
    """The day since which the figures of a row are on file."""
    SERIAL = "serial"
    """The running number of a row, which says nothing."""


class Listed(Enum):
    """The columns of a table whose facts stand below each other."""

    INDICATOR = "indicator"
    VALUE = "value"
    MEASURE = "measure"


@frozen
class ChildCount:
    """The column that says how many units of a level there are inside a unit."""

    level: Level

    def __str__(self) -> str:
        """What the column is called in a table: `commune_count`."""
        return f"{self.level.value}_count"


@frozen
class BasisSource:
    """The column that says what the figure of a fact of the year before, which the row states, was taken from."""

    fact: str

    def __str__(self) -> str:
        """What the column is called in a table: `prev_basis.crime_cases.source`."""
        return f"prev_basis.{self.fact}.source"


Column = Reserved | ChildCount | BasisSource | FactKey

HEADINGS: Mapping[Reserved, tuple[str, ...]] = {
    Reserved.UNIT: (
        *("unit", "unit_id", "mã đơn vị", "mã", "mã đvhc", "mã đơn vị hành chính", "mã xã", "mã phường"),
        *("mã xã/phường", "mã địa phương", "mã số đơn vị", "unit code"),
    ),
    Reserved.NAME: (
        *("name", "unit_name", "tên đơn vị", "đơn vị", "tên xã", "xã", "tên đvhc", "đvhc", "phường"),
        *("đơn vị hành chính", "tên đơn vị hành chính", "địa phương", "tên địa phương", "địa bàn", "tên phường"),
        *("xã/phường", "xã, phường", "phường/xã", "phường, xã", "xã/thị trấn", "xã, thị trấn", "tên xã/phường"),
        *("xã/phường/thị trấn", "xã, phường, thị trấn", "xã/phường/đặc khu", "xã, phường, đặc khu", "đơn vị cấp xã"),
        *("ấp", "thôn", "xóm", "bản", "buôn", "khóm", "khu phố", "tổ dân phố", "khu dân cư", "ấp/khóm", "ấp, khóm"),
        *("thôn/tổ dân phố", "thôn, tổ dân phố", "ấp, khu phố", "ấp/khu phố", "tên ấp", "tên thôn", "tên khu dân cư"),
    ),
    Reserved.LEVEL: ("level", "cấp"),
    Reserved.PARENT: ("parent", "đơn vị cấp trên", "thuộc"),
    Reserved.YEAR: ("year", "năm"),
    Reserved.MONTH: ("month", "tháng"),
    Reserved.DAYS: ("days_of_period", "từ ngày đến ngày", "first and last day"),
    Reserved.PUBLISHED: ("published", "kết quả công bố", "kết quả đã công bố"),
    Reserved.NOTE: ("note", "ghi chú"),
    Reserved.SOURCE: ("source", "nguồn"),
    Reserved.SERIES: ("series", "chuỗi số liệu"),
    Reserved.BASIS_SOURCE: (
        *("basis_source", "prev_basis.source", "nguồn cơ sở", "nguồn số liệu cơ sở", "nguồn số liệu năm trước"),
        *("nguồn cơ sở năm trước", "nguồn năm trước"),
    ),
    Reserved.KNOWN_ON: ("known_on", "known on", "ngày có số liệu", "ngày có số liệu của dòng", "số liệu có từ ngày"),
    Reserved.SERIAL: ("stt", "tt", "số tt", "số thứ tự", "thứ tự", "no", "no."),
}
LISTED_HEADINGS: Mapping[Listed, tuple[str, ...]] = {
    Listed.INDICATOR: ("chỉ tiêu", "nội dung", "tiêu chí", "tên chỉ tiêu", "nội dung chỉ tiêu", "indicator", "fact"),
    Listed.VALUE: ("giá trị", "số liệu", "value"),
    Listed.MEASURE: ("đvt", "đơn vị tính", "unit of measure"),
}
CHILD_COUNTS: Mapping[Level, tuple[str, ...]] = {
    Level.AGENCY: ("agency_count", "số cơ quan"),
    Level.ENTERPRISE: ("enterprise_count", "số doanh nghiệp"),
    Level.SCHOOL: ("school_count", "số cơ sở giáo dục"),
    Level.HAMLET: ("hamlet_count", "số ấp"),
    Level.COMMUNE: ("commune_count", "số xã"),
    Level.DISTRICT: ("district_count", "số huyện"),
}
