"""The year and the month that a heading says, beside the name of a column or alone."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from ncriteria.facts.cells.months import MONTH_WORD
from ncriteria.patterns import compiled_later

_YEAR = r"(?P<year>(?:19|20|21)[0-9]{2})"
_DIGIT = compiled_later("[0-9]")
_YEAR_LAST = compiled_later(rf"(?i)(?P<rest>.*?)[\s,;:/([-]*(?:\b(?:năm|year|in)\s+)?(?<![0-9.,]){_YEAR}\s*[)\]]?")
_YEAR_FIRST = compiled_later(rf"(?i)(?:(?:năm|year)\s+)?{_YEAR}(?![0-9.,])[\s,;:/)-]*(?P<rest>.*)")
_MONTH = rf"{MONTH_WORD}\s*(?P<month>0?[1-9]|1[0-2])(?![0-9])(?:\s*[-/.,(]?\s*(?:(?:năm|year)\s*)?{_YEAR}(?![0-9.,]))?"
_NUMBER_OF_YEAR = rf"(?P<month>0?[1-9]|1[0-2])\s*[-/]\s*{_YEAR}(?![0-9.,])"
_MONTHS = tuple(
    compiled_later(f"(?i){pattern.format(month=month)}")
    for month in (_MONTH, _NUMBER_OF_YEAR)
    for pattern in (r"(?P<rest>.*?)[\s,;:/([-]*(?<![\w./]){month}\s*[)\]]?", r"{month}[\s,;:/)-]*(?P<rest>.*)")
)
_YEAR_ALONE = compiled_later(r"(?<![0-9.,/])(?:19|20|21)[0-9]{2}(?![0-9.,/])")
_SPAN_OF_YEARS = compiled_later(r"(?<![0-9])[0-9]{4}\s*[-–—]\s*[0-9]{4}(?![0-9])")
_A_DAY = compiled_later(r"(?<![0-9])[0-9]{1,2}\s*[-/.]\s*[0-9]{1,2}\s*[-/.]\s*(?:19|20|21)[0-9]{2}(?![0-9])")
RELATIVE_YEAR = compiled_later(r"(?i)\s*,?\s*\(?(?:năm nay|this year|năm trước|last year)\)?$")
"""This year or the last one, at the end of a heading."""
Period = tuple[int | None, int | None]
"""A year, a month, or both."""


def year_in(text: str) -> int | None:
    """The year that a text names, where it names just one."""
    years = _years_named(text)
    return int(years.pop()) if len(years) == 1 else None


def years_in(text: str) -> Iterator[int]:
    """The years that a text names one by one, each once, in their order: not those of a span, such as 2021-2025."""
    yield from dict.fromkeys(map(int, _YEAR_ALONE.findall(_SPAN_OF_YEARS.sub(" ", text))))


def _years_named(text: str) -> set[str]:
    return set(_YEAR_ALONE.findall(text))


def _says_more_than_a_year(text: str) -> bool:
    """Whether a text has two years, such as 2021-2025, or a day: what stands with it is not of one whole year."""
    return len(_years_named(text)) > 1 or _A_DAY.search(text) is not None


def without_year(text: str) -> tuple[str, int | None]:
    """A text without the year at its end or its beginning, and that year."""
    written = " ".join(text.split())
    if _says_more_than_a_year(written):
        return written, None
    for pattern in (_YEAR_LAST, _YEAR_FIRST):
        if (match := pattern.fullmatch(written)) and match["rest"]:
            return match["rest"], int(match["year"])
    return written, None


def without_period(text: str) -> str:
    """A heading without the month and the year at its end or its beginning, where it says more than these."""
    text = RELATIVE_YEAR.sub("", text) or text
    while (shorter := next((rest for rest, *_ in periods_in(text) if rest), text)) != text:
        text = shorter
    return text


def _years_in(name: str) -> Iterator[tuple[str, int]]:
    """A folded text without the year at its end or its beginning, and that year."""
    if _says_more_than_a_year(name):
        return
    for pattern in (_YEAR_LAST, _YEAR_FIRST):
        if match := pattern.fullmatch(name):
            yield match["rest"], int(match["year"])


def periods_in(name: str) -> Iterator[tuple[str, int | None, int | None]]:
    """A folded text without the month or the year at its end or its beginning, with that year and that month."""
    if _DIGIT.search(name) is None:
        return
    for pattern in _MONTHS:
        if match := pattern.fullmatch(name):
            rest, month = match["rest"], int(match["month"])
            if match["year"]:
                yield rest, int(match["year"]), month
            else:
                yield from ((inner, year, month) for inner, year in _years_in(rest))
                yield rest, None, month
    yield from ((rest, year, None) for rest, year in _years_in(name))


def only_period(name: str) -> Period | None:
    """The year and the month that a folded text is, where it says no more."""
    return next(((year, month) for rest, year, month in periods_in(name) if not rest), None)


def fit_together(periods: Collection[Period]) -> bool:
    """Whether at most one of them says the year, and at most one the month."""
    return all(sum(said is not None for said in each) <= 1 for each in zip(*periods, strict=True))
