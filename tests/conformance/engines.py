"""What each engine says of the cases of judged records: verdicts and grades by path, or the code of an error."""

from __future__ import annotations

import re
import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Any

import duckdb
import polars as pl
from attrs import frozen

import ncriteria as nc
from ncriteria.language.values import AtLeast, AtMost
from ncriteria.sets.model import FactType
from tests.conformance.suite import Case, set_texts, with_clauses
from tests.conformance.written import criteria_file

Said = str | Mapping[str, str | None]
"""The code of an error, or verdicts by path; `grade:PATH` has the grade of a path, `grade` that of the set."""


def by_compiled(cases: Sequence[Case]) -> Iterator[Said]:
    """The function that is made of the whole numbers of a set."""
    made: dict[tuple[str, int], nc.CompiledCriteria] = {}
    for case in cases:
        key = case.text, case.year
        compiled = made[key] = made.get(key) or nc.compile_criteria(case.criteria, case.year)
        facts = dict(case.facts)
        try:
            found = compiled(facts.pop(case.year, {}), {}, facts, case.shares, case.attestations)
        except nc.NCriteriaError as error:
            yield error.problems[0].code
            continue
        yield {path: verdict.value for path, verdict in found.clauses.items()}


def by_polars(cases: Sequence[Case]) -> Iterator[Said]:
    """A lazy frame of Polars."""
    return _in_columns(cases, lambda frame, criteria: nc.evaluate_table(frame.lazy(), criteria).collect())


def by_duckdb(cases: Sequence[Case]) -> Iterator[Said]:
    """A relation of DuckDB."""
    return _in_columns(
        cases, lambda frame, criteria: nc.evaluate_table(duckdb.from_arrow(frame.to_arrow()), criteria).pl()
    )


Judge = Callable[[pl.DataFrame, nc.Criteria], pl.DataFrame]
NO_VALUE = "no value"


def _in_columns(cases: Sequence[Case], judge: Judge) -> Iterator[Said]:
    """The cases as the units of few frames: rules of one set stand beside each other as its clauses."""
    said: dict[str, Said] = {}
    for together in _together(cases):
        criteria = nc.loads(together.text)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", nc.RowByRowWarning)
            found = judge(_frame([case for case, _ in together.cases], criteria), criteria)
        rows = {(row["unit"], row["year"]): row for row in found.iter_rows(named=True)}
        for case, names in together.cases:
            row = rows[case.id, case.year]
            verdicts = {path: row[_column(path, names)] for path in _asked(case)}
            grades = {name: row[name] for name in row if name.partition(":")[0] == "grade"}
            said[case.id] = NO_VALUE if None in verdicts.values() else verdicts | grades
    return iter([said[case.id] for case in cases])


def _asked(case: Case) -> Iterator[str]:
    """The paths that are asked of a case: those of its own clauses, or all where the set is taken as it is."""
    own = case.written.get("clauses")
    for member in case.criteria.definition.members():
        if own is None or member.path.partition("/")[0] in own:
            yield member.path


@frozen
class _Together:
    """Cases that one set judges, and the names that their clauses have in it."""

    text: str
    cases: Sequence[tuple[Case, Mapping[str, str]]]


def _column(path: str, names: Mapping[str, str]) -> str:
    first, slash, rest = path.partition("/")
    return f"{names.get(first, first)}{slash}{rest}"


def _together(cases: Sequence[Case]) -> Iterator[_Together]:
    """Cases of one text are always together; those of several where no rule asks for a clause of its own case."""
    texts: dict[str, list[Case]] = {}
    for case in cases:
        texts.setdefault(case.text, []).append(case)
    by_set: dict[str, list[list[Case]]] = {}
    for text, several in texts.items():
        if _stands_alone(several[0]):
            yield _Together(text, [(case, {}) for case in several])
        else:
            by_set.setdefault(several[0].written["set"], []).append(several)
    for name, rules in by_set.items():
        for start in range(0, len(rules), MOST_RULES):
            yield _beside(name, rules[start : start + MOST_RULES])


def _stands_alone(case: Case) -> bool:
    """Whether a rule asks for a clause of its own case, or may have no value, which leaves its row no verdict."""
    own = case.written.get("clauses")
    if own is None or re.search(r"/ (?![1-9])", str(own)):
        return True
    return not set(own).isdisjoint(re.findall(r"met(?:_years)?\(.?\"(\w+)", str(own)))


def _beside(name: str, rules: Sequence[Sequence[Case]]) -> _Together:
    clauses, taken = {}, []
    for number, several in enumerate(rules):
        own = several[0].written["clauses"]
        names = {path: f"{path}_{number}" for path in own}
        clauses |= {names[path]: member for path, member in own.items()}
        taken += [(case, names) for case in several]
    return _Together(criteria_file(with_clauses(set_texts(name), clauses)), taken)


MOST_RULES = 30
"""How many rules stand beside each other in one set."""
_KINDS = {
    FactType.COUNT: pl.Int64,
    FactType.NUMBER: pl.Int64,
    FactType.BOOLEAN: pl.Boolean,
    FactType.ENUMERATION: pl.String,
    FactType.DATE: pl.Date,
}


def _frame(cases: Sequence[Case], criteria: nc.Criteria) -> pl.DataFrame:
    rows = [
        {"unit": case.id, "year": year, **facts}
        for case in cases
        for year, facts in ({case.year: {}} | case.facts).items()
    ]
    declared = criteria.definition.facts
    columns = {name: _KINDS[one.type] for name, one in declared.items()}
    return pl.DataFrame(rows, {"unit": pl.String, "year": pl.Int32} | columns)


ENGINES = {"compiled": by_compiled, "polars": by_polars, "duckdb": by_duckdb}


def _values(case: Case) -> list[Any]:
    return [value for facts in case.facts.values() for value in facts.values()]


NOT_IN_COLUMNS = {
    "a cell of a frame holds a value or nothing": lambda case: any(
        isinstance(value, AtLeast | AtMost) for value in _values(case)
    ),
    "a column holds whole numbers or decimals": lambda case: any(
        isinstance(value, Fraction) for value in _values(case)
    ),
    "a table counts its own units": lambda case: bool(case.shares),
    "what is attested is joined by unit and year, which `tests/engines` tries": lambda case: bool(case.attestations),
}
"""Why the columns are not asked a case."""
IN_TURN = "rules.json"
"""Cases that `tests/engines/test_rules_on_every_engine.py` asks of the columns one by one."""


def taken(engine: str, cases: Sequence[Case]) -> list[Case]:
    """The cases that an engine is asked."""
    if engine == "compiled":
        return list(cases)
    asked = (case for case in cases if case.file != IN_TURN)
    return [case for case in asked if not any(limit(case) for limit in NOT_IN_COLUMNS.values())]
