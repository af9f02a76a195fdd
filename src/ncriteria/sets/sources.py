"""What a set says of its sources: citations, and how much of a text is known."""

from __future__ import annotations

from enum import Enum

from attrs import frozen


class Basis(Enum):
    """What is known of the text that a citation points at."""

    FULL = "full"
    """The wording was read in full."""
    PART = "part"
    """Only a part of the wording was read."""
    RESTATED = "restated"
    """Another public body or a newspaper restates it."""
    REPORTED = "reported"
    """Only a local report says so."""
    MENTIONED = "mentioned"
    """Only the number, date or title is known."""
    INFERRED = "inferred"
    """It is a reading of the text, not the text."""
    NOT_FOUND = "not_found"
    """The text was looked for and not found."""


@frozen
class Citation:
    """The place in an instrument that a rule, a parameter or a change rests on, and how much of the text is known."""

    instrument: str
    at: str | None = None
    basis: Basis | None = None
    url: str | None = None
