"""One thing that is offered at the cursor: what it is, what it says, and what is written."""

from __future__ import annotations

from enum import Enum

from ncriteria.editor.completion.templates import STOP, shown, written
from ncriteria.language.hints.lookalikes import without_accents
from ncriteria.quick_classes import frozen


class OfferKind(Enum):
    """What is offered."""

    KEY = "key"
    WORD = "word"
    FACT = "fact"
    PARAMETER = "parameter"
    CLAUSE = "clause"
    FUNCTION = "function"
    STANDARD = "standard"
    FILE = "file"
    OPERATOR = "operator"
    MAPPING = "mapping"


@frozen
class Offer:
    """One text that may stand in place of the characters `start` to the one before `end`, and what it is.

    `template` is the text with a mark at each place where the author goes on to write.
    """

    kind: OfferKind
    template: str
    told: str
    start: int
    end: int

    @property
    def text(self) -> str:
        """What is written."""
        return written(self.template)

    @property
    def label(self) -> str:
        """What a list of offers shows."""
        if STOP in self.template:
            return shown(self.template)
        if "\n" in self.template:
            return self.told
        return self.text.strip().removesuffix(":").rstrip("(.")

    @property
    def looked_for(self) -> str:
        """What finds it as an author types: with its accents, and without them."""
        bare = without_accents(self.label)
        return self.label if bare == self.label else f"{self.label} {bare}"


@frozen
class Offered:
    """What may stand at a place."""

    kind: OfferKind
    template: str
    told: str = ""

    @property
    def name(self) -> str:
        """The key that is offered."""
        return self.template.removesuffix(": ")

    def in_braces(self) -> Offered:
        """A key that is offered as a mapping of its own."""
        return Offered(self.kind, f"{{{self.template}{STOP}}}", self.told)

    def placed(self, start: int, end: int, *, is_quoted: bool) -> Offer:
        """The offer at a place; within quotes a key has no colon, and a text no quotes of its own."""
        template = self.template.removesuffix(": ").strip('"') if is_quoted else self.template
        return Offer(self.kind, template, self.told, start, end)
