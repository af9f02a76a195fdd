"""How long judging one record takes, by the compiled function and by `evaluate`, beside Python written by hand.

Rule engines get the same rules.
"""

from __future__ import annotations

import argparse
import json
import os
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from pathlib import Path
from typing import TypeAlias

import rule_engine
import zen
from attrs import frozen
from by_hand.polars_frame import LAST_YEAR
from by_hand.record import Facts, judge
from by_hand.rule_texts import PLAIN, TRUTHS
from generate import FIRST_YEAR, YEARS, Wanted, frame
from measuring import Taken, interleaved, machine, print_table

import ncriteria as nc
from ncriteria.evaluation.compiled import CompiledCriteria, compile_criteria
from ncriteria.sets.model import Verdict

YEAR = FIRST_YEAR + YEARS - 1
BY_HAND = "Python, by hand"
COMPILED = "compiled"
VERDICTS = "evaluate, all verdicts"
MISSING = "the same, with what is missing"
EXPLAINED = "evaluate, explained"

Truth: TypeAlias = bool | None
Context: TypeAlias = Mapping[str, int | bool | str | None]
Answers: TypeAlias = Mapping[str, Truth]


@frozen
class Case:
    """The facts of one commune: of this year, of last year, of the years before that, and all of them side by side."""

    facts: Facts
    prev_year: Facts
    earlier: Mapping[int, Facts]
    context: Context


def cases(rows: int) -> list[Case]:
    """The records of the last year among `rows` generated rows; blanks are left out, in the context they are null."""
    table = frame(Wanted(rows))
    names = table.columns[2:]
    by_key: dict[tuple[str, int], Facts] = {}
    for unit, year, *values in table.rows():
        by_key[unit, year] = {name: value for name, value in zip(names, values, strict=True) if value is not None}
    return [
        _case(facts, by_key.get((unit, year - 1), {}), by_key.get((unit, year - 2), {}), names)
        for (unit, year), facts in by_key.items()
        if year == YEAR
    ]


def _case(facts: Facts, prev_year: Facts, two_years_ago: Facts, names: Iterable[str]) -> Case:
    context = {
        **{name: facts.get(name) for name in names},
        **{f"{name}_before": prev_year.get(name) for name in LAST_YEAR},
        "drug_users_long_before": two_years_ago.get("drug_users"),
    }
    return Case(facts, prev_year, {YEAR - 2: two_years_ago}, context)


def judge_compiled(compiled: CompiledCriteria, found: list[Case]) -> None:
    for case in found:
        compiled(case.facts, case.prev_year, case.earlier)


def judge_by_hand(found: list[Case]) -> None:
    for case in found:
        judge(case.facts, case.prev_year, case.earlier[YEAR - 2])


def evaluated(criteria: nc.Criteria, case: Case) -> nc.Result:
    return criteria.evaluate(case.facts, prev_year=case.prev_year, earlier=case.earlier, year=YEAR)


def judge_by_reference(criteria: nc.Criteria, found: list[Case]) -> None:
    for case in found:
        for outcome in evaluated(criteria, case).clauses.values():
            assert outcome.verdict


def find_missing(criteria: nc.Criteria, found: list[Case]) -> None:
    """The verdicts of the set and of each clause, and the facts that can still change each."""
    for case in found:
        result = evaluated(criteria, case)
        assert result.verdict is Verdict.UNDETERMINED or not result.missing
        for outcome in result.clauses.values():
            assert outcome.verdict is Verdict.UNDETERMINED or not outcome.missing


def explain(criteria: nc.Criteria, found: list[Case]) -> None:
    for case in found:
        assert evaluated(criteria, case).explain("vi")


def answer_all(answer: Callable[[Context], Answers], found: list[Case]) -> None:
    for case in found:
        answer(case.context)


def zen_answers(texts: Mapping[str, str]) -> Callable[[Context], Answers]:
    """The rules as one decision of zen-engine, by `create_decision`: it reads the texts anew in each evaluation."""
    decision = zen.ZenEngine().create_decision(json.dumps(_zen_graph(texts)))
    return lambda context: decision.evaluate(context)["result"]


def zen_answers_prepared(texts: Mapping[str, str]) -> Callable[[Context], Answers]:
    """The same decision from a static loader: the texts are made ready once."""
    engine = zen.ZenEngine({"loader": {"type": "static", "content": {"rules": _zen_graph(texts)}}})
    return lambda context: engine.evaluate("rules", context)["result"]


def _zen_graph(texts: Mapping[str, str]) -> dict[str, object]:
    expressions = [{"id": name, "key": name, "value": " ".join(text.split())} for name, text in texts.items()]
    nodes = [
        {"id": "in", "name": "in", "type": "inputNode"},
        {"id": "rules", "name": "rules", "type": "expressionNode", "content": {"expressions": expressions}},
        {"id": "out", "name": "out", "type": "outputNode"},
    ]
    edges = [
        {"id": f"{source}-{target}", "type": "edge", "sourceId": source, "targetId": target}
        for source, target in (("in", "rules"), ("rules", "out"))
    ]
    return {"nodes": nodes, "edges": edges}


def rule_engine_answers(texts: Mapping[str, str]) -> Callable[[Context], Answers]:
    """The rules as rules of rule-engine, parsed once."""
    rules = {name: rule_engine.Rule(" ".join(text.split())) for name, text in texts.items()}

    def answer(context: Context) -> Answers:
        return {name: rule.evaluate(context) for name, rule in rules.items()}

    return answer


def expected(case: Case) -> Answers:
    """What the rule texts are to say: the verdicts of clauses as truths, `None` for undetermined."""
    _, clauses = judge(case.facts, case.prev_year, case.earlier[YEAR - 2])
    truths: dict[Verdict, Truth] = {Verdict.MET: True, Verdict.NOT_MET: False}
    return {name: truths.get(clauses[f"safe/{name}"]) for name in TRUTHS}


def check(compiled: CompiledCriteria, criteria: nc.Criteria, found: list[Case]) -> None:
    """Fail unless the compiled function, the reference and the function by hand give the same verdicts everywhere."""
    for number, case in enumerate(found):
        verdicts = compiled(case.facts, case.prev_year, case.earlier)
        by_hand = judge(case.facts, case.prev_year, case.earlier[YEAR - 2])
        assert (verdicts.verdict, verdicts.clauses) == by_hand, case
        if number < 500:
            result = evaluated(criteria, case)
            assert {path: outcome.verdict for path, outcome in result.clauses.items()} == verdicts.clauses, case


def differences(answer: Callable[[Context], Answers], found: list[Case]) -> str:
    """How often an engine says something else than the compiled function, by clause."""
    counts: dict[str, int] = {}
    for case in found:
        told, wanted = answer(case.context), expected(case)
        for name, truth in wanted.items():
            if name == "border" and case.facts.get("has_border") is not True:
                continue
            if told.get(name) is not truth:
                counts[name] = counts.get(name, 0) + 1
    return ", ".join(f"{name}: {count}" for name, count in counts.items()) or "none"


def is_complete(case: Case) -> bool:
    return None not in case.context.values()


def print_records(medians: Mapping[str, Taken], numbers: Mapping[str, int], targets: Mapping[str, str]) -> None:
    base, compiled = medians[BY_HAND], medians[COMPILED]
    rows = []
    for name, taken in medians.items():
        each = taken.elapsed / numbers[name]
        to_hand = each / (base.elapsed / numbers[BY_HAND])
        to_compiled = each / (compiled.elapsed / numbers[COMPILED])
        processor = (taken.processor / numbers[name]) / (base.processor / numbers[BY_HAND])
        cells = [f"{1e6 * each:.1f} µs", f"{to_hand:.2f}", f"{processor:.2f}", f"{to_compiled:.1f}"]
        rows.append([name, *cells, targets.get(name, "")])
    print_table(["task", "a record", "to by hand", "by processor", "to compiled", "target"], rows)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=40_000, help="rows to generate; a tenth of them are judged")
    parser.add_argument("--rounds", type=int, default=15)
    given = parser.parse_args()
    criteria = nc.load(Path(__file__).with_name("twelve.yaml"))
    compiled = compile_criteria(criteria, YEAR)
    found = cases(given.rows)
    complete = [case for case in found if is_complete(case)]
    check(compiled, criteria, found)
    some = found[: max(1, len(found) // 10)]
    some_complete = complete[: len(some)]
    engines = {
        "zen-engine, create_decision": zen_answers,
        "zen-engine, static loader": zen_answers_prepared,
        "rule-engine": rule_engine_answers,
    }
    tasks: dict[str, Callable[[], object]] = {
        BY_HAND: partial(judge_by_hand, found),
        COMPILED: partial(judge_compiled, compiled, found),
        VERDICTS: partial(judge_by_reference, criteria, some),
        MISSING: partial(find_missing, criteria, some),
        EXPLAINED: partial(explain, criteria, some),
    }
    numbers = {BY_HAND: len(found), COMPILED: len(found), **dict.fromkeys((VERDICTS, MISSING, EXPLAINED), len(some))}
    targets = {COMPILED: "at most 1.5 by hand", MISSING: "at most 60 by hand", EXPLAINED: "at most 150 by hand"}
    print(f"Records: medians of {given.rounds} interleaved runs ({machine()})")
    print(f"{len(found)} records of {YEAR}, {len(complete)} of them complete; compiled, reference and by hand agree")
    for engine, answers in engines.items():
        answer, plain = answers(TRUTHS), answers(PLAIN)
        print(f"{engine}: other answers than compiled: {differences(answer, found)}")
        print(f"{engine}, plain rules on complete records: other answers: {differences(plain, complete)}")
        for name, task_answer, part in ((engine, answer, some), (f"{engine}, plain rules", plain, some_complete)):
            tasks[name] = partial(answer_all, task_answer, part)
            numbers[name] = len(part)
            targets[name] = "20 or more"
    print_records(interleaved(tasks, given.rounds), numbers, targets)
    print(f"load of the machine: {os.getloadavg()[0]:.1f}")


if __name__ == "__main__":
    main()
