"""Problems that the library reports: what was found, where, what was expected, and what to do.

Every error of the library is an `NCriteriaError`, which holds one `Problem` or many: a file is read to its end, and all
that is wrong with it is reported in one go. Each problem has a stable code (`NC012`), explained in `docs/errors.md`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from importlib.util import find_spec
from numbers import Integral

from ncriteria.quick_classes import frozen
from ncriteria.words import Language, Phrase, Words, joined, phrase, words


@frozen
class TextPlace:
    """A place in a text: a criteria file, or an expression on its own.

    `line` and `column` count from 1, in characters of the text in composed form (NFC). `length` is the number of
    characters to underline, `line_text` the whole line for the excerpt.
    """

    line: int
    column: int
    length: int = 1
    line_text: str | None = None
    file: str | None = None

    def __str__(self) -> str:
        return self.text(words("en"))

    def text(self, say: Words) -> str:
        """The place in the language of `say`."""
        if self.file:
            return f"{self.file}:{self.line}:{self.column}"
        return say("line {line}, column {column}", line=self.line, column=self.column)

    def excerpt(self) -> str | None:
        """The line with a caret line under it, shortened around the place when the line is long."""
        if self.line_text is None:
            return None
        start = max(0, self.column - 61)
        shown = self.line_text[start : start + 120].replace("\t", " ")
        caret = self.column - 1 - start
        width = max(1, min(self.length, len(shown) - caret))
        return f"  {shown}\n  {' ' * caret}{'^' * width}"


@frozen
class CellPlace:
    """A place in a fact table: file, sheet, row (counted as the file counts, from 1) and column heading."""

    file: str | None = None
    sheet: str | None = None
    row: int | None = None
    heading: str | None = None

    def __str__(self) -> str:
        return str(self.as_phrase())

    def text(self, say: Words) -> str:
        """The place in the language of `say`."""
        return say.again(self.as_phrase())

    def as_phrase(self) -> Phrase:
        """The place within a message, which is told when that is."""
        parts = [
            self.file,
            phrase("sheet {sheet}", sheet=self.sheet) if self.sheet else None,
            phrase("row {row}", row=self.row) if self.row is not None else None,
            phrase('column "{heading}"', heading=self.heading) if self.heading is not None else None,
        ]
        return joined(", ", [part for part in parts if part])

    def excerpt(self) -> None:
        """A table has no excerpt: the cell is quoted in the message."""
        return


Place = TextPlace | CellPlace


@frozen
class Problem:
    """One thing that is wrong: a stable code, what was found and expected, the place, and a hint.

    `message` and `hint` are English texts; those that are phrases (`ncriteria.words`) can be told in other languages.
    """

    code: str
    message: str
    place: Place | None = None
    hint: str | None = None

    def __str__(self) -> str:
        return self.text("en")

    def text(self, language: Language) -> str:
        """The problem as people read it: place, code and message, the excerpt, and the hint.

        One whose message is no phrase is told in English as a whole.
        """
        say = words(language if isinstance(self.message, Phrase) else "en")
        where = self.place.text(say) if self.place is not None else ""
        message = say.again(self.message)
        lines = [f"{where}: {self.code} {message}" if where else f"{self.code} {message}"]
        excerpt = self.place.excerpt() if self.place is not None else None
        if excerpt:
            lines.append(excerpt)
        if self.hint:
            lines.append(f"  {say('hint')}: {say.again(self.hint)}")
        return "\n".join(lines)


_MOST_TOLD = 50
"""Problems that are told one by one: whoever mends these sees the rest then."""


def told(problems: Sequence[Problem], language: Language = "en") -> Iterator[str]:
    """The text of each problem; of a great many, of the first ones, and how many more there are."""
    yield from (problem.text(language) for problem in problems[:_MOST_TOLD])
    if (more := len(problems) - _MOST_TOLD) > 0:
        say = words(language)
        yield say.plural("and {count} more problem", "and {count} more problems", count=more)


class NCriteriaError(Exception):
    """The base of every error that the library raises; `problems` holds at least one, its text the first 50."""

    is_finding = False
    """Whether what was asked for was done all the same."""

    def __init__(self, problems: Problem | Iterable[Problem]) -> None:
        self.problems: Sequence[Problem] = (problems,) if isinstance(problems, Problem) else tuple(problems)
        super().__init__(self.problems)

    def __str__(self) -> str:
        return "\n".join(told(self.problems))


class ArgumentError(NCriteriaError, TypeError):
    """An argument of a call that is of the wrong kind; it is a `TypeError` too."""


def is_installed(package: str) -> bool:
    """Whether a package that is optional can be imported; an error says what to install where it cannot."""
    # Where something keeps a place in `sys.modules` free on purpose, looking for the package raises.
    try:
        return find_spec(package) is not None
    except ValueError:
        return False


def expect(what: str, given: object, kinds: type | tuple[type, ...], expected: str, hint: str | None = None) -> None:
    """Raise `ArgumentError` where `given` is none of `kinds`; a truth is no number here, as it is in Python.

    `what` names the argument, `expected` says in words what it is.
    """
    if not isinstance(given, kinds) or (isinstance(given, bool) and kinds is Integral):
        message = phrase(
            "{what}: expected {expected}, found {given} ({kind})",
            what=what,
            expected=expected,
            given=_shown(given),
            kind=type(given).__name__,
        )
        raise ArgumentError(Problem("NC128", message, None, hint))


def _shown(given: object) -> str:
    try:
        text = repr(given)
    except Exception:
        return phrase("this object")
    return text if len(text) <= 60 else f"{text[:60]}..."
