"""How Vietnamese a text looks: its syllables, and words that tables and all texts have."""

from __future__ import annotations

from collections.abc import Collection
from unicodedata import normalize

from ncriteria.facts.encodings.letters import TONES
from ncriteria.patterns import compiled_later
from ncriteria.quick_classes import frozen

_SYLLABLE = compiled_later(
    "(?:ngh|ng|nh|gh|gi|kh|ph|qu|th|tr|ch|kr|kl|pl|br|bl|dr|đr|[bcdđghklmnprstvx])?"
    "(?:iêu|oai|oao|oay|oeo|uây|uôi|uya|uyê|uyu|ươi|ươu|yêu|ai|ao|au|ay|âu|ây|eo|êu|ia|iê|iu|oa|oă|oe|oi|ôi|ơi|oo|"
    "ua|uâ|uê|ui|uô|uơ|uy|ưa|ưi|ươ|ưu|yê|[aăâeêioôơuưy])"
    "(?:ch|ng|nh|[ckmnpt])?"
)
"""Onset, vowels and end of a syllable without its tone; those of place names of the Central Highlands too."""

_WORD = compiled_later("[^\0-@\\[-`{-~\\s“”‘’–—…•]+")
_CONSONANTS = compiled_later("[bcdđghklmnpqrstvx]+")
_TONE = compiled_later(f"[{TONES}]")

_COMMON = """
số vụ xã phường huyện tỉnh ấp không có là và của được các với từ đã để đến ở này năm tháng ngày trước đơn vị tên mã
cấp tổng cộng tỷ lệ người tội phạm trật tự xâm hội nạn tệ thông cháy nổ khiếu kiện đông đảng ủy nghị quyết kế hoạch
kết quả đạt chưa đất nước việt thị trấn quận thành phố hòa thạnh tân vĩnh hưng đại bình phú lợi mỹ thuận đức sơn
nhất tiêu chí chỉ nội chú báo cáo biểu liệu công địa bàn giảm tăng trên dưới về tại như đối điều thực hiện hoạt động
một bốn sáu bảy tám chín mười xảy
"""
COMMON = frozenset(_COMMON.split())
"""Words of every Vietnamese text, of tables on security and order, and of the names of communes."""


@frozen
class Likeness:
    """Of the words with letters that English has not: how many there are, are known, and cannot be Vietnamese."""

    words: int
    known: int
    strange: int

    @property
    def points(self) -> int:
        """More where a text looks more Vietnamese; less than 0 where it does not."""
        return 3 * (self.known - self.strange) + self.words - self.known - self.strange

    @property
    def is_convincing(self) -> bool:
        """Whether the text is Vietnamese: it has words that are known, or some words of which each may be one."""
        return (self.known > self.strange and self.strange * 3 <= self.words) or (self.words > 3 and not self.strange)

    @property
    def is_doubtful(self) -> bool:
        """Whether the text is something else than Vietnamese."""
        return self.strange > self.known and self.strange * 2 > self.words


def likeness(text: str, headings: Collection[str]) -> Likeness:
    """How Vietnamese a text looks; `headings` are words that are known beside the common ones."""
    words = [word for word in _WORD.findall(text.casefold()) if not word.isascii()]
    known = [word in COMMON or word in headings for word in words]
    strange = [not is_known and not _may_be_vietnamese(word) for word, is_known in zip(words, known, strict=True)]
    return Likeness(len(words), sum(known), sum(strange))


def is_syllable(word: str) -> bool:
    """Whether a word may be a Vietnamese syllable, with one tone or none."""
    apart = normalize("NFD", word.casefold())
    plain, tones = _TONE.subn("", apart)
    return tones < 2 and _SYLLABLE.fullmatch(normalize("NFC", plain)) is not None


def _may_be_vietnamese(word: str) -> bool:
    """Whether a word is a syllable, or letters that stand for words, as ĐVT does."""
    return is_syllable(word) or _CONSONANTS.fullmatch(word) is not None
