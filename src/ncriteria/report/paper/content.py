"""What the paper says of one judgement, in words of one language, before it is laid out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

from ncriteria.errors import Problem
from ncriteria.evaluation.explanation.sources import awaited_lines, citation_text, origin_lines
from ncriteria.evaluation.explanation.text import (
    clause_text,
    clause_title,
    graded_lines,
    instrument_text,
    missing_text,
    telling,
    time_lines,
)
from ncriteria.evaluation.explanation.values import Voice, attested_text, fact_value_teller
from ncriteria.evaluation.explanation.wording import waiting_text
from ncriteria.evaluation.publication import AGREEMENTS, agreement
from ncriteria.evaluation.result import ClauseResult, Result
from ncriteria.evaluation.table_years.judgement import Judgement
from ncriteria.facts.attestations.model import Attestation
from ncriteria.language.tree import FactKey
from ncriteria.quick_classes import frozen
from ncriteria.report.invented import is_invented
from ncriteria.sets.model import Clause, Encodes, FactValue, Group, Verdict
from ncriteria.sets.names import ENCODES, LEVELS, VERDICTS, named_standard
from ncriteria.words import Language, Words, words


@frozen
class PaperClause:
    """A clause or group; `depth` groups are around it, and `grounds` are lines, indented below what they belong to."""

    depth: int
    is_group: bool
    title: str
    sources: tuple[str, ...]
    note: str | None
    grounds: tuple[str, ...]
    verdict: str
    is_failed: bool
    encodes: str


@frozen
class PaperAttestation:
    """What a named body attests: the clause or the fact, as what, in which document, and the day of that."""

    content: str
    value: str
    by: str
    document: str
    day: str


@frozen
class PaperLack:
    """A figure that the verdict waits for, and who has it; empty where the set names nobody."""

    figure: str
    supplier: str


@frozen
class PaperContent:
    """The paper on one unit in one year under one standard.

    `particulars` are what stands in its head, each with its name; `remaining` what the verdict waits for, other than
    figures; `problems` say why there is no verdict.
    """

    name: str
    year: int
    title: str
    is_invented: bool
    particulars: tuple[tuple[str, str], ...]
    verdict: str
    said_of_verdict: tuple[str, ...]
    note: str | None
    clauses: tuple[PaperClause, ...]
    attestations: tuple[PaperAttestation, ...]
    lacks: tuple[PaperLack, ...]
    remaining: tuple[str, ...]
    problems: tuple[str, ...]


def paper_content(judgement: Judgement, language: Language) -> PaperContent:
    """What is said of a judgement."""
    row, result, say = judgement.row, judgement.result, words(language)
    name = row.unit.name or row.unit.id
    problems = tuple(line for one in judgement.problems for line in _problem(one, say))
    told = () if result is None else tuple(_clauses(result, language))
    return PaperContent(
        name,
        row.year,
        judgement.standard if result is None else result.criteria.title.text(language),
        is_invented(name),
        tuple(_particulars(judgement, result, language)),
        say("No verdict") if result is None else say.this(VERDICTS[result.verdict]),
        () if result is None else tuple(_said_of_verdict(judgement, result, language)),
        row.note,
        told,
        () if result is None else tuple(_attestations(result, language)),
        () if result is None else tuple(_lacks(result, language)),
        () if result is None else tuple(_remaining(result, language)),
        problems if result is None else (),
    )


def _particulars(judgement: Judgement, result: Result | None, language: Language) -> Iterator[tuple[str, str]]:
    row, say = judgement.row, words(language)
    yield say("Unit"), row.unit.named
    level = row.unit.level if result is None else result.criteria.level
    if level is not None:
        yield say("Level"), say.this(LEVELS[level])
    yield say("Assessment year"), str(row.year)
    yield say("Standard"), named_standard(judgement.standard, judgement.standard_title, language)
    if result is not None:
        criteria = result.criteria
        yield say("Criteria set"), f"{criteria.title.text(language)} ({criteria.id})"
        yield say("Instrument"), instrument_text(Voice(language, criteria))
        if lines := list(time_lines(say, result)):
            yield say("Point in time"), "; ".join(lines)
        if criteria.note is not None:
            yield say("On the set"), criteria.note.text(language)


def _problem(problem: Problem, say: Words) -> Iterator[str]:
    yield say.again(problem.message)
    if problem.hint is not None:
        yield f"{say('hint')}: {say.again(problem.hint)}"


def _said_of_verdict(judgement: Judgement, result: Result, language: Language) -> Iterator[str]:
    say = words(language)
    yield from graded_lines(Voice(language, result.criteria), result)
    if attested := result.attested:
        yield attested_text(Voice(language, result.criteria), attested)
    if (published := judgement.row.published) is not None:
        found = agreement(result.verdict, published)
        told = "" if found is None else f" ({say.this(AGREEMENTS[found])})"
        yield f"{say('Published')}: {published}{told}"


def _clauses(result: Result, language: Language) -> Iterator[PaperClause]:
    voice = Voice(language, result.criteria)
    for path, outcome in result.clauses.items():
        clause = outcome.clause
        yield PaperClause(
            path.count("/"),
            isinstance(clause, Group),
            clause_title(voice, clause),
            (*(citation_text(voice, one) for one in clause.cite), *origin_lines(voice, path)),
            None if clause.note is None else clause.note.text(language),
            tuple(_grounds(result, outcome, language)),
            voice.say.this(VERDICTS[outcome.verdict]),
            outcome.verdict is Verdict.NOT_MET,
            voice.say.this(ENCODES[clause.encodes]) if isinstance(clause, Clause) else "",
        )


def _grounds(result: Result, outcome: ClauseResult, language: Language) -> Iterator[str]:
    """The numbers, the limits and what they are made of; of a text that is not known, that there is none."""
    lowered, clause = outcome.lowered, outcome.clause
    assert lowered is not None, "a judgement has the rules that it was made by"
    told = clause_text(telling(lowered, language), outcome, result.record)
    yield from (*told.graded, *told.applies, *told.rule, *told.months, *told.bases, *told.inside, *told.attested)
    if outcome.verdict is Verdict.UNDETERMINED and isinstance(clause, Clause) and clause.encodes is Encodes.NOT_ENCODED:
        yield words(language)("The text is not known; an attestation may decide")
        yield from awaited_lines(words(language), clause)


def _attestations(result: Result, language: Language) -> Iterator[PaperAttestation]:
    titles = {path: one.clause.title.text(language) for path, one in result.clauses.items()}
    found = dict.fromkeys(one for outcome in result.clauses.values() for one in outcome.attestations)
    return (_attestation(one, titles, Voice(language, result.criteria)) for one in found)


def _attestation(attestation: Attestation, titles: dict[str, str], voice: Voice) -> PaperAttestation:
    say, path = voice.say, attestation.path
    declared = voice.criteria.facts.get(path)
    content = titles.get(path) or (path if declared is None else declared.title.text(voice.language))
    if isinstance(attestation.value, Verdict):
        told = say.this(VERDICTS[attestation.value])
    else:
        told = fact_value_teller(voice, path)(cast("FactValue", attestation.value))
    day = "" if attestation.date is None else say.day(attestation.date)
    return PaperAttestation(content, told, attestation.by, attestation.document, day)


def _lacks(result: Result, language: Language) -> Iterator[PaperLack]:
    """The figures that are missing, those of one supplier together."""
    voice, by_supplier = Voice(language, result.criteria), dict[str, list[FactKey]]()
    for key in result.missing:
        declared = result.criteria.facts[key.name]
        bodies = [declared.supplier] if declared.supplier is not None else declared.attested_by
        told = "; ".join(one.text(language) for one in bodies)
        by_supplier.setdefault(told, []).append(key)
    for supplier, keys in by_supplier.items():
        yield from (PaperLack(missing_text(voice, key, result.record.came_later), supplier) for key in keys)


def _remaining(result: Result, language: Language) -> Iterator[str]:
    say, criteria, waiting = words(language), result.criteria, result.open
    voice = Voice(language, criteria)
    for name in waiting.parameters:
        title = criteria.parameters[name].title.text(language)
        yield say("Left open by the text: {parameters}", parameters=title)
    for path in waiting.clauses:
        clause = result.clauses[path].clause
        told = say("Not encoded: {clauses}", clauses=clause.title.text(language))
        bodies = clause.attested_by if isinstance(clause, Clause) else ()
        attested_by = "; ".join(one.text(language) for one in bodies)
        yield f"{told} ({say('may be attested by {bodies}', bodies=attested_by)})" if attested_by else told
    for level, path in waiting.roll_ups:
        yield say("Waiting for the units inside: {clauses}", clauses=waiting_text(voice, level, path))
