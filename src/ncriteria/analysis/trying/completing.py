"""The names that may stand where a line of a trial breaks off, for whoever types it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from typing import Final

from ncriteria.analysis.trying.trial import Trial
from ncriteria.language.hints.lookalikes import without_accents
from ncriteria.language.parser import read_fact_key
from ncriteria.sets.model import OPEN_TO_ATTESTATION, Clause, FactType, Verdict

BREAKS: Final = " \t\n=<>(){}[],:;\"'"
"""The characters that names have none of; what stands behind the last of them is completed."""

_ASSIGNED: Final = re.compile(r"\s*(?P<name>\S.*?)\s*(?:==|=)\s*[\"']?")
_INSIDE: Final = re.compile(r".*[({,]\s*[\"']?")
_OF_CLAUSES: Final = re.compile(
    r"\s*(?:(?:left|room|why|attest)\s+|test\s+(?:\S+\s+)*|(?:attested|grades)\s*:.*)[\"']?"
)
_FORGOTTEN: Final = re.compile(r"\s*forget\s+(?P<attested>attest\s+)?")
_OTHER_SET: Final = re.compile(r"\s*set\s+")
_WORDS: Final = ("attest", "year")


def completed(trial: Trial, before: str, begun: str, orders: Iterable[str], sets: Iterable[str]) -> list[str]:
    """What may stand behind `before` and begins as `begun`, with or without its accents.

    `orders` are the words that a line may begin with, `sets` what `set` may name.
    """
    found = dict.fromkeys(_names(trial, before, orders, sets))
    names = [name for name in found if not any(one in BREAKS for one in name[:-1])]
    composed, bare = unicodedata.normalize("NFC", begun), without_accents(begun)
    alike = [name for name in names if name.startswith(composed)]
    if not alike:
        alike = [name for name in names if without_accents(name).startswith(bare)]
        if len({name[: len(composed)] for name in alike}) > 1:
            return []  # a line that offers this would lose letters that were typed
    return alike


def _names(trial: Trial, before: str, orders: Iterable[str], sets: Iterable[str]) -> Iterator[str]:
    """All that may stand behind `before`."""
    if not before.strip():
        yield from orders
        yield from _WORDS
        yield from _facts(trial)
        yield from (f"param.{name}" for name in trial.criteria.parameters)
    elif assigned := _ASSIGNED.fullmatch(before):
        yield from _values(trial, assigned["name"])
    elif forgotten := _FORGOTTEN.fullmatch(before):
        yield from _forgotten(trial, of_clauses=forgotten["attested"] is not None)
    elif _OTHER_SET.fullmatch(before):
        yield from sets
    elif _OF_CLAUSES.fullmatch(before):
        is_attested = before.split(maxsplit=1)[0].startswith("attest")
        yield from (path for path in trial.result.clauses if not is_attested or _may_be_attested(trial, path))
    elif _INSIDE.fullmatch(before):
        yield from trial.criteria.facts


def _facts(trial: Trial) -> Iterator[str]:
    """The facts of the year, and those of other years that rules mention, as they are written; calls up to `(`."""
    yield from trial.criteria.facts
    mentioned = {str(key) for path in trial.result.clauses for key in trial.facts_of(path)}
    yield from sorted({key[: key.find("(") + 1] or key for key in mentioned if "." in key or "(" in key})


def _values(trial: Trial, name: str) -> Iterator[str]:
    """The words that a fact, a parameter, the year or what is attested may be; none of a number."""
    if name == "year":
        years = trial.criteria.years
        yield from map(str, range(years.first, (years.last or max(years.first, trial.row.year)) + 1))
    elif name.startswith("attest "):
        yield from (verdict.value for verdict in (Verdict.MET, Verdict.NOT_MET))
    else:
        parameter = trial.criteria.parameters.get(name.removeprefix("param."))
        key = read_fact_key(name)
        declared = parameter if name.startswith("param.") else trial.criteria.facts.get(key.name) if key else None
        if declared is not None and declared.type is FactType.ENUMERATION:
            yield from declared.options
        elif declared is not None and declared.type is FactType.BOOLEAN:
            yield from ("true", "false")


def _forgotten(trial: Trial, *, of_clauses: bool) -> Iterator[str]:
    """What was given, as `forget` names it."""
    if not of_clauses:
        yield from map(str, trial.row.facts)
        yield from (f"param.{name}" for name in trial.row.parameters)
    yield from trial.row.attested if of_clauses else ("attest",) * bool(trial.row.attested)


def _may_be_attested(trial: Trial, path: str) -> bool:
    clause = trial.result[path].clause
    return isinstance(clause, Clause) and clause.encodes in OPEN_TO_ATTESTATION
