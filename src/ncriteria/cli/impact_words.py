"""The words of impacts, in Vietnamese and English."""

from __future__ import annotations

from collections.abc import Mapping

from attrs import frozen

from ncriteria.analysis.impact.counts import FlipKind, Outcome
from ncriteria.evaluation.explanation.words import words as explanation_words
from ncriteria.sets.model import Language


@frozen
class ImpactWords:
    """Fixed words; those with `{}` are filled in."""

    old: str
    new: str
    rows: str
    judged: str
    not_counted: str
    try_all: str
    elsewhere: str
    by_parent: str
    as_of_year: str
    as_of_nearest: str
    one_year: str
    of_year: str
    of_year_same: str
    above: str
    above_rows: str
    outside: str
    outside_meaning: str
    whole: str
    old_new: str
    total: str
    clauses: str
    unchanged: str
    arrow: str
    only_old: str
    only_new: str
    parents: str
    parent: str
    no_parent: str
    met_old: str
    met_new: str
    kinds: Mapping[FlipKind, str]
    flips: str
    no_flips: str
    more: str
    group: str
    parameter: str
    not_in_set: str
    not_told: str
    no_value: str


_VI = ImpactWords(
    old="cũ",
    new="mới",
    rows="{} dòng",
    judged="Số dòng cả hai bộ cùng xét: {} trên {}; mỗi dòng là một đơn vị trong một năm.",
    not_counted="Không tính {} dòng của năm {}: ngoài thời gian áp dụng của {}.",
    try_all="Dùng `--years all` để thử mỗi bộ trên mọi năm.",
    elsewhere="Không tính {} dòng ngoài địa bàn {}, nơi hai bộ cùng áp dụng.",
    by_parent="Địa bàn của một đơn vị được đọc từ cột `parent`.",
    as_of_year="Cả hai bộ lấy giá trị tham số của năm {}: khác nhau chỉ do sửa đổi.",
    as_of_nearest="{} không áp dụng cho năm {}, nên lấy giá trị của năm gần nhất.",
    one_year="Tham số thay đổi theo năm: `--as-of-year` tách phần do sửa đổi khỏi phần do năm.",
    of_year="Riêng do năm: {}, giá trị của năm từng dòng → giá trị của năm {}",
    of_year_same="Không kết quả nào đổi.",
    above="Đơn vị cấp trên có kết quả dựa vào các dòng này: {}, cấp {}",
    above_rows="Cả bộ tiêu chí, {} dòng: {}",
    outside="Thử ngoài thời gian áp dụng: {} ({}) chỉ áp dụng cho {}, ở đây thử cả năm {} ({} dòng).",
    outside_meaning="Ngoài thời gian áp dụng, kết quả chỉ cho biết quy tắc sẽ nói gì, không phải kết quả theo luật.",
    whole="Cả bộ tiêu chí",
    old_new="cũ ↓  mới →",
    total="Tổng",
    clauses="Từng nội dung có ở cả hai bộ",
    unchanged="không đổi",
    arrow="{} → {}",
    only_old="Chỉ có ở bộ cũ",
    only_new="Chỉ có ở bộ mới",
    parents="Theo đơn vị cấp trên",
    parent="Đơn vị",
    no_parent="(không ghi đơn vị cấp trên)",
    met_old="Đạt, cũ",
    met_new="Đạt, mới",
    kinds={
        FlipKind.TURNED: "Đạt ↔ Chưa đạt",
        FlipKind.CHANGED: "Đổi khác",
        FlipKind.CLAUSE_TURNED: "Chỉ nội dung, Đạt ↔ Chưa đạt",
        FlipKind.CLAUSE_CHANGED: "Chỉ nội dung, đổi khác",
    },
    flips="Đơn vị đổi kết quả",
    no_flips="Không đơn vị nào đổi kết quả.",
    more="... và {} nữa; dùng `--limit` để xem thêm",
    group="nhóm: {}",
    parameter="{}: {}",
    not_in_set="không có nội dung này",
    not_told="Không có kết quả theo một trong hai bộ, nên không nêu được nội dung.",
    no_value="Không tính được",
)
_EN = ImpactWords(
    old="old",
    new="new",
    rows="{} rows",
    judged="Rows that both judge: {} of {}; a row is one unit in one year.",
    not_counted="Not counted: {} rows of {}: outside the years of {}.",
    try_all="With `--years all` each set is tried on every year.",
    elsewhere="Not counted: {} rows outside {}, where both sets hold.",
    by_parent="Where a unit lies is read from the column `parent`.",
    as_of_year="Both sets have the values of {}: what differs comes of the edit alone.",
    as_of_nearest="{} does not hold for {}, so it has the values of its nearest year.",
    one_year="Parameters change with the year: `--as-of-year` tells apart what comes of the edit and of the year.",
    of_year="Of the year alone: {}, with the values of each row's own year → with those of {}",
    of_year_same="No verdict changes.",
    above="Units above whose verdicts rest on these rows: {}, level {}",
    above_rows="The whole set, {} rows: {}",
    outside="Tried outside its years: {} ({}) holds for {}; here it is tried on {} too ({} rows).",
    outside_meaning="Outside its years a set only shows what its rules would say. That is no verdict under the law.",
    whole="The whole set",
    old_new="old ↓  new →",
    total="Total",
    clauses="Clauses that both sets have",
    unchanged="unchanged",
    arrow="{} → {}",
    only_old="Only in the old set",
    only_new="Only in the new set",
    parents="By the unit around",
    parent="Unit",
    no_parent="(no unit around is given)",
    met_old="Met, old",
    met_new="Met, new",
    kinds={
        FlipKind.TURNED: "Met ↔ Not met",
        FlipKind.CHANGED: "Other change",
        FlipKind.CLAUSE_TURNED: "Clauses only, Met ↔ Not met",
        FlipKind.CLAUSE_CHANGED: "Clauses only, other change",
    },
    flips="Units that flip",
    no_flips="No unit flips.",
    more="... and {} more; see them with `--limit`",
    group="group: {}",
    parameter="{}: {}",
    not_in_set="does not have this clause",
    not_told="One of the sets gives no verdict, so no clause can be named.",
    no_value="No value",
)


def impact_words(language: Language) -> ImpactWords:
    """The words of `language`."""
    return _VI if language == "vi" else _EN


def outcome_text(outcome: Outcome, language: Language) -> str:
    """A verdict in words, or that a rule has no value."""
    return impact_words(language).no_value if outcome is None else explanation_words(language).verdicts[outcome]
