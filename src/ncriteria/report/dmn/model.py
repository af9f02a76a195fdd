"""What a DMN model of a criteria set holds: inputs, decisions with their expressions, sources, and what it lacks."""

from __future__ import annotations

from ncriteria.errors import TextPlace
from ncriteria.quick_classes import frozen
from ncriteria.words import Phrase


@frozen
class DmnInput:
    """A value that whoever runs the model gives, null where it is not known."""

    name: str
    type_ref: str
    label: str


@frozen
class DmnEntry:
    """A named value of a decision, as a FEEL expression."""

    name: str
    type_ref: str
    text: str


@frozen
class DmnDecision:
    """A decision: one value, or a context of several where `entries` are more than one.

    `requires` are the names of the inputs and decisions that its expressions mention, `sources` those of its sources.
    """

    name: str
    label: str
    entries: tuple[DmnEntry, ...]
    requires: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    description: str | None = None


@frozen
class DmnSource:
    """An act that decisions rest on."""

    name: str
    url: str | None = None


@frozen
class NotCarried:
    """What the model does not do as the set does: of which clause or parameter, where that stands, and what."""

    name: str
    what: Phrase
    place: TextPlace | None = None


@frozen
class DmnModel:
    """A criteria set as decisions, each after those that it rests on; the last is that of the whole set."""

    identifier: str
    name: str
    description: str
    inputs: tuple[DmnInput, ...]
    sources: tuple[DmnSource, ...]
    decisions: tuple[DmnDecision, ...]
    not_carried: tuple[NotCarried, ...]
