"""Clauses worth a second look: never applicable, never met, always met, or made redundant by others."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from typing import Final

from ncriteria.quick_classes import frozen
from ncriteria.words import Message


class RemarkKind(Enum):
    """What is worth a second look."""

    NEVER_APPLIES = "never_applies"
    """There is no record to which the clause applies."""
    NEVER_MET = "never_met"
    """There is no record that meets the clause."""
    ALWAYS_MET = "always_met"
    """Every record of which all facts are known meets the clause, or it does not apply; and no record fails it."""
    REDUNDANT = "redundant"
    """Without the clause, every record of which all facts are known passes or fails the set as it does with it."""


REMARKS: Final[Mapping[RemarkKind, Message]] = {
    RemarkKind.NEVER_APPLIES: Message("never applies"),
    RemarkKind.NEVER_MET: Message("can never be met"),
    RemarkKind.ALWAYS_MET: Message("is always met once every fact is known"),
    RemarkKind.REDUNDANT: Message("is redundant: without it the set judges alike once every fact is known"),
}


@frozen
class Remark:
    """One finding on the clause or group at `path`.

    `implied_by` are other clauses that each, on its own, cannot be passed without passing this one too; empty where
    only several of them together make it redundant.
    """

    kind: RemarkKind
    path: str
    implied_by: tuple[str, ...] = ()


@frozen
class Remarks:
    """The proved findings on a set, and the paths where something was not decided in time.

    Clauses that are not encoded and parameters that the law leaves open may turn out any way.
    """

    found: tuple[Remark, ...] = ()
    undecided: tuple[str, ...] = ()
