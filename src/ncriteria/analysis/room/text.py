"""The room in words: what is allowed, what there is now, and how far the one is from the other."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from fractions import Fraction
from typing import TYPE_CHECKING

from attrs import frozen

from ncriteria.analysis.room.ends import Reason
from ncriteria.analysis.room.value_sets import Choices, NumberRange, Values, ValueSet
from ncriteria.evaluation.explanation.values import Voice, number_text, value_text
from ncriteria.language.tree import THIS_YEAR
from ncriteria.language.values import Interval
from ncriteria.sets.model import FactValue, Language

if TYPE_CHECKING:
    from ncriteria.analysis.room.rooms import FactRoom, NearMiss, Progress


@frozen
class RoomWords:
    """The fixed words of one language; those with `{}` are filled in."""

    at_most: str
    at_least: str
    less: str
    more: str
    between: str
    only: str
    any_value: str
    any_but: str
    or_else: str
    nothing: str
    still_open: str
    never: str
    always_open: str
    not_applicable: str
    no_value: str
    not_solved: str
    now: str
    so_far: str
    unknown: str
    too_many: str
    too_few: str
    fewer_enough: str
    more_enough: str
    no_later: str
    no_earlier: str
    room: str
    room_this_year: str
    no_room: str
    to_spare: str
    lost: str
    certain: str
    one_more: str
    one_fewer: str
    no_verdict: str
    whole: str
    as_whole: str
    as_of: str
    no_single_fact: str
    near_misses: str
    none_near: str
    progress: Mapping[str, str]
    reasons: Mapping[Reason, str]


_VI = RoomWords(
    at_most="tối đa {}",
    at_least="tối thiểu {}",
    less="nhỏ hơn {}",
    more="lớn hơn {}",
    between="từ {} đến {}",
    only="chỉ {}",
    any_value="giá trị nào cũng được",
    any_but="khác {}",
    or_else=" hoặc ",
    nothing="không có",
    still_open="chưa kết luận: {}",
    never="riêng số liệu này không giá trị nào đủ để đạt",
    always_open="giá trị nào cũng chưa kết luận được",
    not_applicable="không áp dụng: {}",
    no_value="không tính được: {}",
    not_solved="chưa giải được: {} ({})",
    now="hiện {}",
    so_far="đến nay {}",
    unknown="chưa có số liệu",
    too_many="vượt {}",
    too_few="thiếu {}",
    fewer_enough="bớt {} thì chắc chắn đạt",
    more_enough="thêm {} thì chắc chắn đạt",
    no_later="chậm nhất {}",
    no_earlier="sớm nhất {}",
    room="còn được thêm {}",
    room_this_year="còn được thêm {} trong năm nay",
    no_room="không còn dư",
    to_spare="còn dư {}",
    lost="không thể đạt nữa",
    certain="chắc chắn đạt",
    one_more="thêm 1: {}",
    one_fewer="bớt 1: {}",
    no_verdict="Không tính được",
    whole="Cả bộ tiêu chí",
    as_whole="như cả bộ tiêu chí",
    as_of="Số liệu đến {}; năm chưa kết thúc, nên các số đếm trong năm còn có thể tăng",
    no_single_fact="không một số liệu riêng lẻ nào làm đổi kết quả",
    near_misses="Thêm hoặc bớt 1 thì kết quả của cả bộ tiêu chí đổi ở:",
    none_near="không",
    progress={"lost": "Không thể đạt nữa", "open": "Còn có thể đạt", "certain": "Chắc chắn đạt"},
    reasons={
        Reason.UNENDING: "các giá trị lặp lại vô hạn",
        Reason.TOO_MANY: "quá nhiều khoảng giá trị",
        Reason.NOT_LINEAR: "số liệu được nhân với chính nó, hoặc nằm ở số chia mà không giản ước được",
        Reason.OUT_OF_TIME: "chưa tìm được trong thời hạn",
    },
)
_EN = RoomWords(
    at_most="at most {}",
    at_least="at least {}",
    less="less than {}",
    more="more than {}",
    between="from {} to {}",
    only="only {}",
    any_value="any value",
    any_but="any value but {}",
    or_else=" or ",
    nothing="none",
    still_open="undecided: {}",
    never="no value of this fact alone is enough",
    always_open="undecided with any value",
    not_applicable="not applicable: {}",
    no_value="no verdict: {}",
    not_solved="not solved: {} ({})",
    now="now {}",
    so_far="so far {}",
    unknown="not known",
    too_many="{} too many",
    too_few="{} too few",
    fewer_enough="{} fewer would be enough",
    more_enough="{} more would be enough",
    no_later="no later than {}",
    no_earlier="no earlier than {}",
    room="room for {} more",
    room_this_year="room for {} more this year",
    no_room="no room left",
    to_spare="{} to spare",
    lost="already lost",
    certain="already certain",
    one_more="1 more: {}",
    one_fewer="1 fewer: {}",
    no_verdict="No verdict",
    whole="Whole set",
    as_whole="as the whole set",
    as_of="Facts as of {}; the year still runs, so its counts may grow",
    no_single_fact="no one fact changes this",
    near_misses="One more or one fewer would change the verdict of the whole set:",
    none_near="nowhere",
    progress={"lost": "Already lost", "open": "Still open", "certain": "Already certain"},
    reasons={
        Reason.UNENDING: "the values repeat without end",
        Reason.TOO_MANY: "the values fall into too many intervals",
        Reason.NOT_LINEAR: "the fact is multiplied with itself, or divides and does not cancel",
        Reason.OUT_OF_TIME: "not found in time",
    },
)


def room_words(language: Language) -> RoomWords:
    """The words of `language`."""
    return _VI if language == "vi" else _EN


def values_text(voice: Voice, values: Values) -> str:
    """A set of values: `tối đa 54`, `at most 2 or at least 7`, `any value but 5`."""
    said = room_words(voice.language)
    if not values:
        return said.nothing
    if isinstance(values, Choices):
        return said.or_else.join(value_text(voice, value) for value in values.values)
    if values.is_whole_domain:
        return said.any_value
    holes = values.outside.spans
    if len(holes) < len(values.spans) and all(hole.is_point for hole in holes):
        return said.any_but.format(", ".join(_end(voice, values, hole.low) for hole in holes))
    points = [_end(voice, values, span.low) for span in values.spans if span.is_point]
    if len(points) == len(values.spans):
        return said.only.format(", ".join(points))
    return said.or_else.join(_span_text(voice, values, span) for span in values.spans)


def _span_text(voice: Voice, values: ValueSet, span: NumberRange) -> str:
    said = room_words(voice.language)
    low = None if _reaches(span.low, span.low_closed, values.domain.low) else span.low
    high = None if _reaches(span.high, span.high_closed, values.domain.high) else span.high
    if span.is_point:
        return said.only.format(_end(voice, values, span.low))
    if values.days and (low is None or high is None):
        return (said.no_later if low is None else said.no_earlier).format(
            _end(voice, values, high if low is None else low)
        )
    if low is None:
        return (said.at_most if span.high_closed else said.less).format(_end(voice, values, high))
    if high is None:
        return (said.at_least if span.low_closed else said.more).format(_end(voice, values, low))
    if span.low_closed and span.high_closed:
        return said.between.format(_end(voice, values, low), _end(voice, values, high))
    above = (said.at_least if span.low_closed else said.more).format(_end(voice, values, low))
    below = (said.at_most if span.high_closed else said.less).format(_end(voice, values, high))
    return f"{above}, {below}"


def _reaches(end: Fraction | None, closed: bool, limit: Fraction | None) -> bool:
    """Whether a span goes as far on this side as the fact can."""
    return end is None or (closed and end == limit)


def _end(voice: Voice, values: ValueSet, end: Fraction | None) -> str:
    assert end is not None
    if values.days:
        return value_text(voice, datetime.date.fromordinal(int(end)))
    return number_text(voice, end)


def room_text(voice: Voice, found: FactRoom) -> str:
    """One fact of one clause, such as `at most 54; now 55; 1 too many`."""
    said = room_words(voice.language)
    told = [*_sets(voice, found), _now(voice, found.now), _distance(voice, found)]
    if isinstance(found.now, Interval):
        standing = {"lost": said.lost, "certain": said.certain}.get(found.progress.value)
        told = [*told[:-1], standing] if standing else told
    return "; ".join(part for part in told if part)


def _sets(voice: Voice, found: FactRoom) -> list[str]:
    said = room_words(voice.language)
    told = [values_text(voice, found.met)] if found.met else []
    if found.undetermined:
        whole = found.undetermined.is_whole_domain
        told.append(said.always_open if whole else said.still_open.format(values_text(voice, found.undetermined)))
    if found.not_applicable:
        told.append(said.not_applicable.format(values_text(voice, found.not_applicable)))
    if found.no_value:
        told.append(said.no_value.format(values_text(voice, found.no_value)))
    for refused in found.not_solved:
        told.append(said.not_solved.format(values_text(voice, refused.values), said.reasons[refused.reason]))
    return told if found.met or found.undetermined or found.not_solved else [said.never, *told]


def _now(voice: Voice, now: FactValue | None) -> str:
    said = room_words(voice.language)
    match now:
        case None:
            return said.unknown
        case Interval(low=low, high=None) if low is not None:
            return said.so_far.format(number_text(voice, low))
        case _:
            return said.now.format(value_text(voice, now))


def _distance(voice: Voice, found: FactRoom) -> str:
    """How far the fact is from the end of what is enough, or of what is not lost, in the direction that matters."""
    now = found.now.low if isinstance(found.now, Interval) else found.now
    # What is only known so far still grows, so what is not lost yet is what counts.
    wanted = found.not_lost if isinstance(found.now, Interval) or not found.met else found.enough
    # Beside values that could not be solved no distance is certain.
    if not isinstance(wanted, ValueSet) or wanted.days or not isinstance(now, Fraction) or found.not_solved:
        return ""
    inside = next((span for span in wanted.spans if now in span), None)
    return (
        _outside(voice, wanted, now, found.undetermined)
        if inside is None
        else _inside(voice, found, wanted, inside, now)
    )


def _inside(voice: Voice, found: FactRoom, wanted: ValueSet, span: NumberRange, now: Fraction) -> str:
    said = room_words(voice.language)
    if not _reaches(span.high, span.high_closed, wanted.domain.high) and span.high is not None and span.high_closed:
        if span.high == now:
            return said.no_room
        room = said.room_this_year if found.fact.period == THIS_YEAR else said.room
        return room.format(number_text(voice, span.high - now))
    if not _reaches(span.low, span.low_closed, wanted.domain.low) and span.low is not None and span.low_closed:
        return said.to_spare.format(number_text(voice, now - span.low)) if span.low < now else said.no_room
    return ""


def _outside(voice: Voice, wanted: ValueSet, now: Fraction, undecided: Values) -> str:
    said = room_words(voice.language)
    fewer, more = (said.fewer_enough, said.more_enough) if now in undecided else (said.too_many, said.too_few)
    below = [span.high for span in wanted.spans if span.high is not None and span.high < now and span.high_closed]
    above = [span.low for span in wanted.spans if span.low is not None and span.low > now and span.low_closed]
    told = []
    if below:
        told.append(fewer.format(number_text(voice, now - max(below))))
    if above:
        told.append(more.format(number_text(voice, min(above) - now)))
    return said.or_else.join(told)


def progress_text(language: Language, progress: Progress) -> str:
    """`Already lost`, `Still open` or `Already certain`."""
    return room_words(language).progress[progress.value]


def near_miss_text(voice: Voice, miss: NearMiss) -> str:
    """What one case turns the verdict into, such as `1 fewer: Met`."""
    said = room_words(voice.language)
    after = said.no_verdict if miss.after is None else voice.words.verdicts[miss.after]
    return (said.one_more if miss.change > 0 else said.one_fewer).format(after)
