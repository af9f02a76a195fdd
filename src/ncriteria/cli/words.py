"""The words of the command line's output, in Vietnamese and English."""

from __future__ import annotations

from attrs import frozen

from ncriteria.sets.model import Language


@frozen
class Words:
    """Fixed words; those with `{}` are filled in."""

    computed: str
    published: str
    criteria: str
    missing: str
    not_encoded: str
    open_parameters: str
    roll_ups: str
    residual: str
    no_result: str
    hint: str
    without_result: str
    other_reasons: str
    passed_over: str
    agrees: str
    consistent: str
    differs: str
    summary: str
    published_summary: str
    nothing: str
    identifier: str
    scope: str


_VI = Words(
    computed="Tính được",
    published="Đã công bố",
    criteria="Theo",
    missing="Còn thiếu số liệu",
    not_encoded="Chưa mã hóa, vì chưa có nội dung văn bản",
    open_parameters="Văn bản còn để ngỏ",
    roll_ups="Chờ kết quả đơn vị cấp dưới",
    residual="Còn phải xét",
    no_result="Không xét được",
    hint="gợi ý",
    without_result="Không có kết quả: {} trên {}",
    other_reasons="{} vì lý do khác",
    passed_over="Không xét {} dòng cấp {}: không có bộ tiêu chí nào cho đơn vị đó",
    agrees="khớp với kết quả đã công bố",
    consistent="chưa đủ căn cứ kết luận; không nội dung nào trái với kết quả đã công bố",
    differs="KHÁC với kết quả đã công bố",
    summary="Tổng hợp: {}",
    published_summary="So với kết quả đã công bố: {} khớp, {} chưa đủ căn cứ (không trái), {} khác",
    nothing="Không có dòng nào để xét",
    identifier="Bộ tiêu chí",
    scope="Tiêu chuẩn, năm, cấp",
)
_EN = Words(
    computed="Computed",
    published="Published",
    criteria="Under",
    missing="Facts missing",
    not_encoded="Not encoded, for the text is not known",
    open_parameters="Left open by the text",
    roll_ups="Waiting for the units inside",
    residual="Left to decide",
    no_result="Could not be judged",
    hint="hint",
    without_result="Without a verdict: {} of {}",
    other_reasons="{} for other reasons",
    passed_over="Not judged: {} rows of the level {}, for no criteria are for these units",
    agrees="agrees with the published result",
    consistent="not enough to conclude; no clause contradicts the published result",
    differs="DIFFERS from the published result",
    summary="Summary: {}",
    published_summary="Against published results: {} agree, {} open (none contradicts), {} differ",
    nothing="There are no rows to judge",
    identifier="Criteria set",
    scope="Standard, years, level",
)


def words(language: Language) -> Words:
    """The words of `language`."""
    return _VI if language == "vi" else _EN
