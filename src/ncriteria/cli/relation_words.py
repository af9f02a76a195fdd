"""The words of comparisons and proofs, in Vietnamese and English."""

from __future__ import annotations

from collections.abc import Mapping

from attrs import frozen

from ncriteria.analysis.comparison.differences import ChangeKind, Subject
from ncriteria.analysis.proof.prove_remarks import RemarkKind
from ncriteria.analysis.proof.relation import Relation, Way
from ncriteria.sets.model import Language


@frozen
class RelationWords:
    """Fixed words; those with `{}` are filled in."""

    old: str
    new: str
    years: str
    judged_as_if: str
    whole: str
    relations: Mapping[Relation, str]
    ways: Mapping[Way, str]
    proved: str
    searched: str
    late: str
    late_search: str
    late_shown: str
    unlike_fact: str
    narrowed: str
    not_encoded: str
    when_complete: str
    outcomes: str
    passes_anyway: str
    not_smallest: str
    alike: str
    added: str
    removed: str
    remarks: str
    remark_kinds: Mapping[RemarkKind, str]
    implied_by: str
    undecided: str
    model: str
    same: str
    subjects: Mapping[Subject, str]
    changes: Mapping[ChangeKind, str]
    because_of: str
    in_force: str
    was: str
    undecided_renames: str
    nothing: str


_VI = RelationWords(
    old="Bộ cũ",
    new="Bộ mới",
    years="Năm {}",
    judged_as_if="{} không áp dụng cho các năm này; ở đây xét như vẫn áp dụng, với tham số của năm gần nhất.",
    whole="Cả bộ",
    relations={
        Relation.EQUIVALENT: "tương đương",
        Relation.STRICTER: "chặt hơn",
        Relation.LOOSER: "lỏng hơn",
        Relation.NEITHER: "khác, không theo một chiều",
    },
    ways={
        Way.STRICTER: "chặt hơn với",
        Way.LOOSER: "lỏng hơn với",
        Way.OTHERWISE: "khác kết quả, cùng mức đạt, với",
    },
    proved="đã chứng minh",
    searched="chưa chứng minh; chỉ tìm thử trên {} trường hợp",
    late="chưa kết luận được trong thời hạn",
    late_search="chưa kết luận được trong thời hạn: chưa thấy khác nhau trên {} trường hợp đã thử",
    late_shown="mới xét đến đây; chưa kết luận được trong thời hạn",
    unlike_fact="không so sánh được: hai bộ khai báo `{}` khác kiểu hoặc khác đơn vị",
    narrowed="chỉ xét các giá trị mà cả hai bộ cho phép của {}",
    not_encoded="chưa mã hóa",
    when_complete="khi đã biết mọi số liệu: {}",
    outcomes="cũ: {}; mới: {}",
    passes_anyway="{}, dù có áp dụng hay không cũng không phải chưa đạt",
    not_smallest="chưa chắc là trường hợp nhỏ nhất",
    alike="Tương đương",
    added="Thêm",
    removed="Bỏ",
    remarks="Cần xem lại trong {}",
    remark_kinds={
        RemarkKind.NEVER_APPLIES: "không bao giờ áp dụng",
        RemarkKind.NEVER_MET: "không bao giờ đạt",
        RemarkKind.ALWAYS_MET: "luôn đạt khi đã biết mọi số liệu",
        RemarkKind.REDUNDANT: "thừa: bỏ đi thì kết quả cả bộ không đổi khi đã biết mọi số liệu",
    },
    implied_by="đã bao hàm trong {}",
    undecided="chưa kết luận được trong thời hạn: {}",
    model="Xét mọi cách biết hoặc chưa biết từng số liệu; trừ số liệu chỉ biết trong khoảng và trường hợp không tính "
    "được (như chia cho 0).",
    same="Hai bộ giống nhau.",
    subjects={
        Subject.HEADER: "Phần đầu",
        Subject.PARAMETER: "Tham số",
        Subject.FACT: "Số liệu",
        Subject.CLAUSE: "Nội dung",
    },
    changes={
        ChangeKind.ADDED: "thêm",
        ChangeKind.REMOVED: "bỏ",
        ChangeKind.RENAMED: "đổi tên",
        ChangeKind.CHANGED: "sửa",
    },
    because_of="nghĩa thay đổi do {}",
    in_force="với tham số",
    was="trước là {}",
    undecided_renames="chưa kết luận được trong thời hạn là bỏ hay đổi tên: {}",
    nothing="(không có)",
)
_EN = RelationWords(
    old="Old",
    new="New",
    years="Years {}",
    judged_as_if="{} does not hold in these years; it is judged as if it did, with the parameters of its nearest year.",
    whole="The whole set",
    relations={
        Relation.EQUIVALENT: "equivalent",
        Relation.STRICTER: "stricter",
        Relation.LOOSER: "looser",
        Relation.NEITHER: "neither stricter nor looser",
    },
    ways={
        Way.STRICTER: "stricter for",
        Way.LOOSER: "looser for",
        Way.OTHERWISE: "another verdict that passes as much for",
    },
    proved="proved",
    searched="unproved; only a search of {} records",
    late="not decided in time",
    late_search="not decided in time: no difference found on {} records so far",
    late_shown="so far; not decided in time",
    unlike_fact="cannot be compared: the sets declare `{}` with another type or unit",
    narrowed="only over the values that both sets allow of {}",
    not_encoded="not encoded",
    when_complete="with every fact known: {}",
    outcomes="old: {}; new: {}",
    passes_anyway="{}, and passes whether it applies or not",
    not_smallest="perhaps not the smallest record",
    alike="Equivalent",
    added="Added",
    removed="Removed",
    remarks="Worth a second look in {}",
    remark_kinds={
        RemarkKind.NEVER_APPLIES: "never applies",
        RemarkKind.NEVER_MET: "can never be met",
        RemarkKind.ALWAYS_MET: "is always met once every fact is known",
        RemarkKind.REDUNDANT: "is redundant: without it the set judges alike once every fact is known",
    },
    implied_by="implied by {}",
    undecided="not decided in time: {}",
    model="Over every way in which each fact is known or not; but for facts known within bounds, and records that "
    "cannot be judged (such as a division by zero).",
    same="The two sets say the same.",
    subjects={
        Subject.HEADER: "Header",
        Subject.PARAMETER: "Parameters",
        Subject.FACT: "Facts",
        Subject.CLAUSE: "Clauses",
    },
    changes={
        ChangeKind.ADDED: "added",
        ChangeKind.REMOVED: "removed",
        ChangeKind.RENAMED: "renamed",
        ChangeKind.CHANGED: "changed",
    },
    because_of="its meaning changes through {}",
    in_force="with its parameters",
    was="was {}",
    undecided_renames="removed or renamed, not decided in time: {}",
    nothing="(nothing)",
)


def relation_words(language: Language) -> RelationWords:
    """The words of `language`."""
    return _VI if language == "vi" else _EN
