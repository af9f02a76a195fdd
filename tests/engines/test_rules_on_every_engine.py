"""The cases of single rules, which say what each construct means, on every engine; `test_rules_together` has others.

What an engine cannot be asked is said in `LIMITS`, with the reason.
"""

from __future__ import annotations

import warnings
from fractions import Fraction

import polars as pl
import pytest

import ncriteria as nc
from ncriteria.evaluation.columns.table import RowByRowWarning
from ncriteria.evaluation.lowering import lower
from ncriteria.language.queries import facts_of
from ncriteria.language.values import AtLeast, AtMost
from ncriteria.sets.model import FactType, RollUp
from tests.analysis.room.test_solving import check
from tests.analysis.solved_records import fixed
from tests.case_files import cases
from tests.evaluation import test_rules
from tests.evaluation.test_rules import criteria_of
from tests.evaluation.test_rules import facts_of as given_facts

pytest.importorskip("z3")

from ncriteria.analysis.deadline import NEVER, deadline_in
from ncriteria.analysis.proof.solving.sets import encode_set
from ncriteria.analysis.proof.solving.solver import Model, solve
from ncriteria.analysis.proof.solving.variables import Variables

YEAR = 2021
CASES = [parameter.values[0] for parameter in cases(test_rules.__file__, "rules")]


class Given:
    """What a case knows: the facts of each year, and the roll-ups."""

    def __init__(self, case):
        given = dict(case.get("given", {}))
        self.prev_year = given_facts(given.pop("prev_year", {}))
        self.earlier = {year: given_facts(facts) for year, facts in given.pop("earlier", {}).items()}
        self.facts = given_facts(given)
        self.shares = {("hamlet", path): RollUp(*counts) for path, counts in case.get("shares", {}).items()}

    @property
    def years(self):
        return {YEAR: self.facts, YEAR - 1: {**self.earlier.get(YEAR - 1, {}), **self.prev_year}} | {
            year: facts for year, facts in self.earlier.items() if year < YEAR - 1
        }

    @property
    def values(self):
        return [value for facts in self.years.values() for value in facts.values()]

    def record(self, criteria):
        more = {"prev_year": self.prev_year, "earlier": self.earlier, "year": YEAR, "shares": self.shares}
        return criteria.record(self.facts, **more)


def wanted(case):
    """The verdict of a case, or the code of its error."""
    return case["error"].split()[0] if "error" in case else case["verdict"]


def by_record(case):
    given = Given(case)
    try:
        more = {"prev_year": given.prev_year, "earlier": given.earlier, "year": YEAR, "shares": given.shares}
        return criteria_of(case).evaluate(given.facts, **more)["c"].verdict.value
    except nc.NCriteriaError as error:
        return error.problems[0].code


def by_compiled(case):
    given, compiled = Given(case), nc.compile_criteria(criteria_of(case), YEAR)
    try:
        return compiled(given.facts, given.prev_year, given.earlier, given.shares)["c"].value
    except nc.NCriteriaError as error:
        return error.problems[0].code


def frame_of(case):
    """The facts of a case as the rows of one unit."""
    given, declared = Given(case), criteria_of(case).facts
    rows = [{"unit": "x", "year": year, **facts} for year, facts in given.years.items()]
    kinds = {
        FactType.COUNT: pl.Int64,
        FactType.NUMBER: pl.Int64,
        FactType.BOOLEAN: pl.Boolean,
        FactType.ENUMERATION: pl.String,
        FactType.DATE: pl.Date,
    }
    return pl.DataFrame(rows, {"unit": pl.String, "year": pl.Int32} | {n: kinds[d.type] for n, d in declared.items()})


def _of_row(frame):
    (row,) = frame.filter(pl.col("year") == YEAR).iter_rows(named=True)
    return row["c"]


def _in_columns(case, judge):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RowByRowWarning)
        verdict = judge(frame_of(case), criteria_of(case))
        if verdict is None:
            with pytest.raises(nc.NCriteriaError, match="NC309"):
                nc.evaluate_table(frame_of(case), criteria_of(case))
            return wanted(case) if "error" in case else None
        return verdict


def by_polars(case):
    return _in_columns(case, lambda frame, criteria: _of_row(nc.evaluate_table(frame.lazy(), criteria).collect()))


def by_formulas(case):
    """The verdict that the solver's formulas of the rule give where all variables have the values of the record."""
    criteria = criteria_of(case)
    record, lowered = Given(case).record(criteria), lower(criteria.definition, YEAR)
    variables = Variables({name: (declared,) for name, declared in criteria.definition.facts.items()}, YEAR)
    encoded = encode_set(lowered, variables, NEVER)
    model = solve([*variables.domain, *fixed(variables, record.values, record.shares)], deadline_in(20))
    assert isinstance(model, Model)
    if not all(model.truth(judged) for judged in encoded.judged):
        return wanted(case) if "error" in case else "no value"
    status = encoded.status("c")
    if model.truth(status.applies.false):
        return "not_applicable"
    if not model.truth(status.applies.true):
        return "undetermined"
    truths = (model.truth(status.holds.true), model.truth(status.holds.false))
    return {(True, False): "met", (False, True): "not_met", (False, False): "undetermined"}[truths]


def _varied(case):
    lowered = lower(criteria_of(case).definition, YEAR)
    rules = [expr for expr in (lowered.clauses["c"].rule, lowered.clauses["c"].applies_when) if expr is not None]
    return tuple(dict.fromkeys(key for rule in rules for key in facts_of(rule)))


def by_room(case):
    """The room of each fact, held to the record evaluator at all ends and around them, and at what is known."""
    criteria = criteria_of(case)
    record = Given(case).record(criteria)
    for key in _varied(case):
        check(criteria, record, key)
    found = nc.room(criteria, record).clauses["c"].verdict
    return wanted(case) if found is None and "error" in case else None if found is None else found.value


BOUNDS = "a bound"
FRACTION = "a number that is no decimal"
ROLL_UP = "a roll-up that is given"
OPEN_ROLL_UP = "a roll-up of which a part is undetermined"
NOTHING_TO_VARY = "no fact"
FEATURES = {
    BOUNDS: lambda case: any(isinstance(value, AtLeast | AtMost) for value in Given(case).values),
    FRACTION: lambda case: any(isinstance(value, Fraction) for value in Given(case).values),
    ROLL_UP: lambda case: bool(Given(case).shares),
    OPEN_ROLL_UP: lambda case: any(roll_up.undetermined for roll_up in Given(case).shares.values()),
    NOTHING_TO_VARY: lambda case: not _varied(case),
}
IN_COLUMNS = {
    BOUNDS: "a cell of a frame holds a value or nothing",
    FRACTION: "a column holds whole numbers or decimals",
    ROLL_UP: "a table counts its own units",
}
ENGINES = {"record": by_record, "compiled": by_compiled, "polars": by_polars} | {
    "formulas": by_formulas,
    "room": by_room,
}
LIMITS = {
    "record": {},
    "compiled": {},
    "polars": IN_COLUMNS,
    "formulas": {BOUNDS: "a variable has a value or is unknown", OPEN_ROLL_UP: "a share has a value or is unknown"},
    "room": {NOTHING_TO_VARY: "there is nothing to vary"},
}
"""What a case may have that an engine cannot be asked, and why."""


def _taken(engine):
    """The numbers of the cases that an engine takes."""
    return [n for n, case in enumerate(CASES) if not any(FEATURES[feature](case) for feature in LIMITS[engine])]


def _cell(engine, number):
    """An engine and a case; one that Polars gives a verdict is tried in one table with others, and alone for long."""
    in_a_table = engine == "polars" and "error" not in CASES[number]
    return pytest.param(engine, number, marks=pytest.mark.soak if in_a_table else ())


@pytest.mark.parametrize(
    ("engine", "number"), [_cell(engine, number) for engine in ENGINES for number in _taken(engine)]
)
def test_a_rule_comes_out_alike_on_every_engine(engine, number):
    case = CASES[number]
    assert ENGINES[engine](case) == wanted(case)


def test_each_engine_takes_most_cases_and_each_limit_is_met():
    taken = {engine: len(_taken(engine)) for engine in ENGINES}
    assert taken["record"] == taken["compiled"] == len(CASES) >= 220
    assert all(number >= len(CASES) * 3 // 4 for number in taken.values()), taken
    for engine, limits in LIMITS.items():
        assert {feature for feature in limits if any(map(FEATURES[feature], CASES))} == set(limits), engine
