"""The words of explanations, in Vietnamese and English."""

from __future__ import annotations

from collections.abc import Mapping

from attrs import frozen

from ncriteria.language.tree import CompareOp
from ncriteria.sets.model import Basis, Combination, Encodes, Language, Level, Verdict


@frozen
class Words:
    """The fixed words of one language; those with `{}` are filled in."""

    verdicts: Mapping[Verdict, str]
    encodes: Mapping[Encodes, str]
    basis: Mapping[Basis, str]
    levels: Mapping[Level, str]
    combinations: Mapping[Combination, str]
    limits: Mapping[CompareOp, str]
    decimal_mark: str
    group_mark: str
    year: str
    issued: str
    citation: str
    text_basis: str
    faithfulness: str
    note: str
    missing: str
    residual: str
    not_encoded: str
    open_parameters: str
    roll_ups: str
    does_not_apply: str
    applies: str
    instead: str
    otherwise: str
    any_of: str
    not_of: str
    limit_open: str
    decided_anyway: str
    spare: str
    exactly_at_limit: str
    exceeded: str
    above_minimum: str
    short: str
    yes: str
    no: str
    unknown: str
    at_least: str
    at_most: str
    between: str
    prev_year: str
    years_ago: str
    in_year: str
    share: str
    clause_met: str
    long_number: str


_VI = Words(
    verdicts={
        Verdict.MET: "Đạt",
        Verdict.NOT_MET: "Chưa đạt",
        Verdict.UNDETERMINED: "Chưa xác định",
        Verdict.NOT_APPLICABLE: "Không áp dụng",
    },
    encodes={
        Encodes.EXACT: "đúng theo văn bản",
        Encodes.APPROXIMATED: "gần đúng",
        Encodes.ATTESTED: "theo xác nhận của người có thẩm quyền",
        Encodes.NOT_ENCODED: "chưa mã hóa, vì chưa có nội dung văn bản",
    },
    basis={
        Basis.FULL: "đã đọc toàn văn",
        Basis.PART: "chỉ đọc được một phần",
        Basis.RESTATED: "theo nguồn khác thuật lại",
        Basis.REPORTED: "theo báo cáo của địa phương",
        Basis.MENTIONED: "chỉ biết số hiệu, tên gọi",
        Basis.INFERRED: "theo cách hiểu của người biên soạn",
        Basis.NOT_FOUND: "chưa tìm được văn bản",
    },
    levels={Level.HAMLET: "ấp", Level.COMMUNE: "xã", Level.DISTRICT: "huyện", Level.PROVINCE: "tỉnh"},
    combinations={
        Combination.ALL: "đạt tất cả các nội dung",
        Combination.ANY: "đạt ít nhất một nội dung",
        Combination.AT_LEAST: "đạt ít nhất {} nội dung",
    },
    limits={
        CompareOp.LE: "tối đa cho phép {}",
        CompareOp.LT: "phải nhỏ hơn {}",
        CompareOp.GE: "tối thiểu {}",
        CompareOp.GT: "phải lớn hơn {}",
        CompareOp.EQ: "phải bằng {}",
        CompareOp.NE: "phải khác {}",
    },
    decimal_mark=",",
    group_mark=".",
    year="năm {}",
    issued="ban hành ngày {}",
    citation="Căn cứ: {}",
    text_basis="văn bản: {}",
    faithfulness="Mức độ mã hóa: {}",
    note="Ghi chú: {}",
    missing="Còn thiếu: {}",
    residual="Còn phải xét: {}",
    not_encoded="Chưa mã hóa: {}",
    open_parameters="Văn bản còn để ngỏ: {}",
    roll_ups="Còn chờ kết quả các đơn vị cấp dưới: {}",
    does_not_apply="Không thuộc trường hợp áp dụng",
    applies="Điều kiện áp dụng",
    instead="Số liệu kỳ gốc bằng 0 nên xét theo quy tắc thay thế",
    otherwise="Trường hợp: {}",
    any_of="Ít nhất một trong các điều kiện",
    not_of="Không được có",
    limit_open="mức phải đạt chưa tính được",
    decided_anyway="kết quả không phụ thuộc số liệu còn thiếu",
    spare="còn dư {}",
    exactly_at_limit="vừa đúng mức",
    exceeded="vượt {}",
    above_minimum="hơn {}",
    short="thiếu {}",
    yes="có",
    no="không",
    unknown="chưa có số liệu",
    at_least="ít nhất {}",
    at_most="nhiều nhất {}",
    between="từ {} đến {}",
    prev_year="năm trước",
    years_ago="{} năm trước",
    in_year="năm {}",
    share="tỷ lệ đơn vị cấp {} đạt {}",
    clause_met="đạt {}",
    long_number="một số có khoảng {} chữ số",
)
_EN = Words(
    verdicts={
        Verdict.MET: "Met",
        Verdict.NOT_MET: "Not met",
        Verdict.UNDETERMINED: "Undetermined",
        Verdict.NOT_APPLICABLE: "Not applicable",
    },
    encodes={
        Encodes.EXACT: "as the text says",
        Encodes.APPROXIMATED: "approximated",
        Encodes.ATTESTED: "as attested by a competent person",
        Encodes.NOT_ENCODED: "not encoded, for the text is not known",
    },
    basis={
        Basis.FULL: "read in full",
        Basis.PART: "read in part",
        Basis.RESTATED: "restated by another source",
        Basis.REPORTED: "reported locally",
        Basis.MENTIONED: "only number and title known",
        Basis.INFERRED: "the editors' reading",
        Basis.NOT_FOUND: "not found",
    },
    levels={
        Level.HAMLET: "hamlets",
        Level.COMMUNE: "communes",
        Level.DISTRICT: "districts",
        Level.PROVINCE: "provinces",
    },
    combinations={
        Combination.ALL: "all must be met",
        Combination.ANY: "at least one must be met",
        Combination.AT_LEAST: "at least {} must be met",
    },
    limits={
        CompareOp.LE: "at most {} allowed",
        CompareOp.LT: "must be less than {}",
        CompareOp.GE: "at least {} required",
        CompareOp.GT: "must be more than {}",
        CompareOp.EQ: "must be {}",
        CompareOp.NE: "must not be {}",
    },
    decimal_mark=".",
    group_mark=",",
    year="year {}",
    issued="issued {}",
    citation="Source: {}",
    text_basis="text: {}",
    faithfulness="Encodes the law: {}",
    note="Note: {}",
    missing="Missing: {}",
    residual="Left to decide: {}",
    not_encoded="Not encoded: {}",
    open_parameters="Left open by the text: {}",
    roll_ups="Waiting for the units inside: {}",
    does_not_apply="Does not apply here",
    applies="Applies when",
    instead="The base value is 0, so the rule for that case holds",
    otherwise="Case: {}",
    any_of="At least one of",
    not_of="There must not be",
    limit_open="the limit cannot be computed yet",
    decided_anyway="decided whatever the missing figures are",
    spare="{} to spare",
    exactly_at_limit="exactly at the limit",
    exceeded="{} too many",
    above_minimum="{} more than needed",
    short="{} short",
    yes="yes",
    no="no",
    unknown="not known",
    at_least="at least {}",
    at_most="at most {}",
    between="{} to {}",
    prev_year="the year before",
    years_ago="{} years before",
    in_year="in {}",
    share="share of {} that meet {}",
    clause_met="{} is met",
    long_number="a number of about {} digits",
)


def words(language: Language) -> Words:
    """The words of `language`."""
    return _VI if language == "vi" else _EN
