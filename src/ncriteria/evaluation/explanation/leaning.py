"""Verdicts of other years and standards in words: which set said what, and what is missing."""

from __future__ import annotations

from collections.abc import Iterator

from ncriteria.evaluation.explanation.values import Voice, fact_text, leaned_on_text
from ncriteria.evaluation.leaning.asked import MissingElsewhere, VerdictLeanedOn
from ncriteria.evaluation.lowering import LoweredClause
from ncriteria.evaluation.records.record import Record
from ncriteria.language.queries import facts_of
from ncriteria.language.tree import Expr, FactKey, is_verdict
from ncriteria.sets.names import VERDICTS


def verdict_lines(voice: Voice, rules: LoweredClause[Expr], record: Record) -> Iterator[str]:
    """A line for each verdict of another year or standard that the rules ask for."""
    for key in dict.fromkeys(key for rule in rules.forms for key in facts_of(rule)):
        if key in record.verdicts:
            yield verdict_text(voice, key, record.verdicts[key])


def verdict_text(voice: Voice, key: FactKey, found: VerdictLeanedOn) -> str:
    """Such as "Verdict on 19.2 in 2023: met (under 06/HD-BCA-V05)", or why there is none."""
    say, clause = voice.say, leaned_on_text(voice, key.name)
    if found.verdict is None:
        asked = fact_text(voice, key)
        return say("{asked}: not known, because {reason}", asked=asked, reason=say.again(found.reason or ""))
    told, ground = say.this(VERDICTS[found.verdict]).lower(), found.ground
    line = say(
        "Verdict on {clause} in {year}: {verdict} (under {instrument})",
        clause=clause,
        year=found.year,
        verdict=told,
        instrument="" if ground is None else ground.instrument,
    )
    if found.unit is not None:
        line = say("{line}, when the unit was {unit}", line=line, unit=found.unit)
    if ground is not None and ground.missing:
        facts = "; ".join(_missing_text(voice, one) for one in ground.missing)
        line = say("{line}; missing: {facts}", line=line, facts=facts)
    return line


def _missing_text(voice: Voice, missing: MissingElsewhere) -> str:
    """A fact that a verdict waits for, with its year."""
    title = missing.title.text(voice.language)
    if is_verdict(missing.fact):
        title = voice.say("Verdict on {clause}", clause=title)
    return f"{title} ({missing.year})"
