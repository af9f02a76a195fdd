"""The words of the summary of a whole table, in Vietnamese and English."""

from __future__ import annotations

from collections.abc import Mapping

from attrs import frozen

from ncriteria.sets.model import Language


@frozen
class TableWords:
    """Fixed words; those with `{}` are filled in. `stages` are what the bar on the terminal says."""

    criteria: str
    rows: str
    other_level: str
    unheld: str
    hint: str
    failed: str
    whole: str
    written: str
    not_written: str
    took: str
    row_by_row: str
    stages: Mapping[str, str]


_VI = TableWords(
    criteria="Theo",
    rows="Số dòng: {}; đã xét: {}",
    other_level="Không xét: {} (không phải cấp {})",
    unheld="Không có bộ tiêu chí: {} (năm {})",
    hint="gợi ý",
    failed="Quy tắc không có giá trị: {}",
    whole="toàn bộ tiêu chí",
    written="Đã ghi kết quả từng dòng: {}",
    not_written="Chưa ghi kết quả từng dòng; thêm -o verdicts.parquet để ghi",
    took="Tính bằng {}, {} giây",
    row_by_row="xét từng dòng, chính xác nhưng chậm",
    stages={"splitting": "Chia theo đơn vị", "judging": "Xét", "counting": "Đếm"},
)
_EN = TableWords(
    criteria="Under",
    rows="Rows: {}; judged: {}",
    other_level="Not judged: {} (not of the level {})",
    unheld="Without criteria: {} (of {})",
    hint="hint",
    failed="A rule has no value in: {}",
    whole="the whole set",
    written="The verdicts of each row are written to {}",
    not_written="The verdicts of each row are not written; add -o verdicts.parquet to write them",
    took="Computed on {} in {} s",
    row_by_row="evaluated row by row, exactly but slowly",
    stages={"splitting": "Splitting by unit", "judging": "Judging", "counting": "Counting"},
)


def table_words(language: Language) -> TableWords:
    """The words of `language`."""
    return _VI if language == "vi" else _EN
