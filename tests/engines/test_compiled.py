from __future__ import annotations

from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from ncriteria.errors import NCriteriaError
from ncriteria.evaluation.compiled import compile_criteria
from ncriteria.evaluation.criteria import Criteria
from ncriteria.language.tree import Ago
from ncriteria.sets.model import RollUp
from tests.engines.strategies import YEAR, criteria_sets, records

shares = st.just({}) | st.builds(lambda *counts: {("commune", "test:x"): RollUp(*counts)}, *[st.integers(0, 3)] * 3)


def _by_year(record):
    years: dict[int, dict[str, object]] = {}
    for key, value in record.items():
        assert isinstance(key.period, Ago)
        plain = (
            int(value)
            if not isinstance(value, bool) and hasattr(value, "denominator") and value.denominator == 1
            else value
        )
        years.setdefault(key.period.years, {})[key.name] = plain
    return years


def _outcome(judge):
    try:
        return judge()
    except NCriteriaError as error:
        return [problem.code for problem in error.problems]


def _agree(criteria: Criteria, record, shares) -> None:
    compiled, years = compile_criteria(criteria, YEAR), _by_year(record)
    facts, prev_year = years.pop(0, {}), years.pop(1, {})
    earlier = {YEAR - back: facts for back, facts in years.items()}

    def reference():
        result = criteria.evaluate(facts, prev_year=prev_year, earlier=earlier, year=YEAR, shares=shares)
        return result.verdict, {path: outcome.verdict for path, outcome in result.clauses.items()}

    def fast():
        found = compiled(facts, prev_year, earlier, shares)
        return found.verdict, found.clauses

    assert _outcome(fast) == _outcome(reference)


@settings(phases=(Phase.explicit, Phase.reuse, Phase.generate))  # shrinking whole sets takes minutes
@given(st.data())
def test_the_compiled_function_gives_the_verdicts_of_the_reference(data):
    criteria = Criteria(data.draw(criteria_sets()))
    for _ in range(5):
        _agree(criteria, data.draw(records(criteria.definition)), data.draw(shares))
