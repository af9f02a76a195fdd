"""The truth tables of the language and of groups, drawn from the functions that judge."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations_with_replacement, product
from typing import Final

from attrs import frozen

from docsite.drawn.markdown import code, table
from ncriteria.evaluation.statuses import Status, group_status, satisfied, verdict
from ncriteria.language import tree as t
from ncriteria.language.exact import Exact
from ncriteria.language.meaning import Leaf, evaluate
from ncriteria.language.parser import parse
from ncriteria.language.source import Finding
from ncriteria.language.values import UNKNOWN, Computed, Undefined
from ncriteria.sets.model import Combination, Group, Verdict
from ncriteria.sets.names import VERDICTS
from ncriteria.sets.sources import Bilingual
from ncriteria.words import Language, words

_NO_VALUE = Undefined(Finding("NC303", "division by zero"))
_TRUTHS: Final[tuple[Computed, ...]] = (True, False, UNKNOWN)
_STATUSES: Final[Mapping[Verdict, Status[Computed]]] = {
    Verdict.MET: Status(True, True),
    Verdict.NOT_MET: Status(True, False),
    Verdict.UNDETERMINED: Status(True, UNKNOWN),
    Verdict.NOT_APPLICABLE: Status(False, True),
}


@frozen
class Told:
    """What the page is told in."""

    title: str
    opening: str
    truths: str
    truths_note: str
    choice: str
    choice_note: str
    counting: str
    counting_note: str
    knowledge: str
    clauses: str
    clauses_note: str
    groups: str
    groups_note: str
    at_least: str
    at_least_note: str
    met: str
    applies_when: str
    rule: str
    verdict: str
    member: str
    unknown: str
    no_value: str
    counts: str


TOLD: Final[Mapping[Language, Told]] = {
    "en": Told(
        title="Truth tables",
        opening="Drawn by asking the functions that judge. [The rule language](/docs/language.md#what-unknown-does) "
        "and "
        "[Verdicts](/docs/verdicts.md) say it in words.",
        truths="And, or, equal",
        truths_note="*no value* is what a division by zero has. It is an error, unless the other side decides.",
        choice="If the condition is unknown",
        choice_note="Where the condition of `if c then a else b` is not known, the value is what both branches agree "
        "on.",
        counting="Counting what holds",
        counting_note="`count_true(a, b, c) >= 2` is decided as soon as what is unknown cannot change it. The order "
        "of the "
        "three does not matter.",
        knowledge="Asking what is known",
        clauses="A clause",
        clauses_note="The verdict on a clause with a rule and a condition of application.",
        groups="Groups of all and of any",
        groups_note="Members that do not apply are passed over; a group of nothing else does not apply. The order of "
        "the "
        "members does not matter.",
        at_least="At least two of three",
        at_least_note="With `not_applicable: counts`, members that do not apply count towards the two.",
        met="What `met` says of a clause",
        applies_when="applies_when",
        rule="rule",
        verdict="Verdict",
        member="Member",
        unknown="unknown",
        no_value="no value",
        counts="at_least 2, counts",
    ),
    "vi": Told(
        title="Bảng chân trị",
        opening="Lập bằng cách hỏi chính các hàm dùng để xét. [Ngôn ngữ quy "
        "tắc](/docs/language.md#what-unknown-does) và "
        "[Kết quả](/docs/verdicts.md) (tiếng Anh) diễn giải bằng lời.",
        truths="Và, hoặc, bằng",
        truths_note="*không có giá trị* là kết quả của phép chia cho 0. Đó là lỗi, trừ khi vế còn lại đã đủ để kết "
        "luận.",
        choice="Khi chưa biết điều kiện",
        choice_note="Khi chưa biết điều kiện của `if c then a else b`, giá trị là điều mà cả hai nhánh cùng cho.",
        counting="Đếm số điều kiện đúng",
        counting_note="`count_true(a, b, c) >= 2` có kết quả ngay khi phần chưa biết không thể làm thay đổi kết quả. "
        "Thứ tự của "
        "ba điều kiện không quan trọng.",
        knowledge="Hỏi giá trị đã biết hay chưa",
        clauses="Một nội dung",
        clauses_note="Kết quả của một nội dung có quy tắc và điều kiện áp dụng.",
        groups="Nhóm «tất cả» và nhóm «ít nhất một»",
        groups_note="Thành phần không áp dụng thì bỏ qua; nhóm chỉ gồm những thành phần đó thì không áp dụng. Thứ tự "
        "các thành "
        "phần không quan trọng.",
        at_least="Ít nhất hai trong ba",
        at_least_note="Với `not_applicable: counts`, thành phần không áp dụng được tính vào số hai.",
        met="`met` cho gì về một nội dung",
        applies_when="applies_when",
        rule="rule",
        verdict="Kết quả",
        member="Thành phần",
        unknown="chưa biết",
        no_value="không có giá trị",
        counts="at_least 2, counts",
    ),
}


def page(language: Language) -> str:
    """All tables."""
    return "\n".join(_page(language, TOLD[language]))


def _page(language: Language, told: Told) -> Iterator[str]:
    yield f"# {told.title}\n\n{told.opening}\n"
    yield f"## {told.truths}\n\n{told.truths_note}\n"
    yield _of(["not a"], product((*_TRUTHS, _NO_VALUE)), "a", told)
    pairs = product((*_TRUTHS, _NO_VALUE), repeat=2)
    yield _of(["a and b", "a or b", "a = b", "a != b"], pairs, "ab", told)
    yield f"## {told.choice}\n\n{told.choice_note}\n"
    yield _of(["if c then a else b"], product([UNKNOWN], _TRUTHS, _TRUTHS), "cab", told)
    yield f"## {told.counting}\n\n{told.counting_note}\n"
    yield _of(["count_true(a, b, c) >= 2"], combinations_with_replacement(_TRUTHS, 3), "abc", told)
    yield f"## {told.knowledge}\n"
    yield _of(["known(a)", "coalesce(a, b)"], product(_TRUTHS, (True, False)), "ab", told)
    yield f"## {told.clauses}\n\n{told.clauses_note}\n"
    yield _clauses(language, told)
    yield f"## {told.groups}\n\n{told.groups_note}\n"
    yield _groups(language, told, 2, [Combination.ALL, Combination.ANY])
    yield f"## {told.at_least}\n\n{told.at_least_note}\n"
    yield _groups(language, told, 3, [Combination.AT_LEAST])
    yield f"## {told.met}\n"
    rows = ([_named(language, one), _truth(satisfied(Exact(), status), told)] for one, status in _STATUSES.items())
    yield table([told.verdict, code('met("path")')], rows)


def value(text: str, known: Mapping[str, Computed]) -> Computed:
    """The value of an expression whose names have these values."""

    def look_up(leaf: Leaf) -> Computed:
        assert isinstance(leaf, t.FactRef)
        return known[leaf.name]

    return evaluate(Exact(), parse(text), look_up)


def of_group(combination: Combination, members: Sequence[Verdict], *, counts: bool = False) -> Verdict:
    """The verdict on a group whose members have these verdicts; `at_least` asks for two."""
    minimum = 2 if combination is Combination.AT_LEAST else None
    group = Group("", Bilingual("", ""), combination, (), minimum, counts)
    return verdict(group_status(Exact(), group, True, [_STATUSES[one] for one in members]))


def _of(expressions: Sequence[str], given: Iterable[Sequence[Computed]], names: str, told: Told) -> str:
    heads = [*map(code, names), *map(code, expressions)]
    rows = (
        [
            *(_truth(one, told) for one in values),
            *(f"**{_truth(value(text, dict(zip(names, values, strict=True))), told)}**" for text in expressions),
        ]
        for values in given
    )
    return table(heads, rows)


def _truth(found: Computed, told: Told) -> str:
    match found:
        case bool():
            return str(found).lower()
        case Undefined():
            return told.no_value
        case _:
            return told.unknown


def _named(language: Language, found: Verdict) -> str:
    return words(language).this(VERDICTS[found])


def _clauses(language: Language, told: Told) -> str:
    rows = (
        [
            _truth(applies, told),
            _truth(holds, told),
            f"**{_named(language, verdict(Status(applies, holds)))}**",
        ]
        for applies, holds in product(_TRUTHS, repeat=2)
    )
    return table([code(told.applies_when), code(told.rule), told.verdict], rows)


def _groups(language: Language, told: Told, size: int, combinations: Sequence[Combination]) -> str:
    is_counted = Combination.AT_LEAST in combinations
    heads = [f"{told.member} {number}" for number in range(1, size + 1)]
    heads += [code("at_least 2" if one is Combination.AT_LEAST else one.value) for one in combinations]
    heads += [code(told.counts)] if is_counted else []
    rows = []
    for members in combinations_with_replacement(Verdict, size):
        found = [of_group(one, members) for one in combinations]
        found += [of_group(Combination.AT_LEAST, members, counts=True)] if is_counted else []
        rows.append([*(_named(language, one) for one in members), *(f"**{_named(language, one)}**" for one in found)])
    return table(heads, rows)
