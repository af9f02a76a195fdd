"""What is said of a clause is worked out once for all records in which it sees the same, and is said of no other."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from ncriteria.errors import NCriteriaError
from ncriteria.evaluation.criteria import Criteria
from ncriteria.evaluation.records.record import Record
from ncriteria.evaluation.shared_traces import kept_traces
from ncriteria.report.records.results import result_document
from ncriteria.report.structure import TellingContext, plain
from tests.engines.strategies import YEAR, criteria_sets, records
from tests.evaluation.sets import base, with_rule


def told(criteria: Criteria, record: Record):
    """All that is told of a record, or why nothing is."""
    try:
        result = criteria.judge(record)
    except NCriteriaError as error:
        return [problem.text() for problem in error.problems]
    written = plain(result, TellingContext("vi", is_written=True))
    return result.explain("vi"), result.explain("en"), result_document(result, "en"), written


@given(criteria_sets(), st.data())
@settings(deadline=None, max_examples=max(5, settings().max_examples // 12))
def test_a_record_is_told_as_if_it_were_the_only_one(criteria, data):
    definition = criteria.definition if isinstance(criteria, Criteria) else criteria
    many = [Record(one, YEAR) for one in data.draw(st.lists(records(definition), min_size=2, max_size=4))]
    together = Criteria(definition)
    assert [told(together, one) for one in many] == [told(Criteria(definition), one) for one in many]


def test_records_with_the_same_figures_have_one_trace():
    criteria = with_rule("crimes <= prev_year * 0.95")
    one, other = (
        criteria.evaluate({"crimes": 2, "accidents": accidents}, prev_year={"crimes": 3}, year=YEAR)
        for accidents in (1, 2)
    )
    assert one["c"].rule is other["c"].rule
    assert one["c"].comparisons is other["c"].comparisons


def test_what_is_handed_on_is_made_anew():
    one, other = (base().evaluate({"crimes": 1}, year=YEAR).to_dict() for _ in range(2))
    assert one == other
    assert one["result"]["clauses"][0] is not other["result"]["clauses"][0]


def test_a_clause_keeps_no_more_traces_than_it_may(monkeypatch):
    monkeypatch.setattr("ncriteria.evaluation.shared_traces._MOST", 3)
    criteria = with_rule("accidents + crimes <= 5")
    many = [(one, other) for one in range(4) for other in range(4)]
    results = [criteria.evaluate({"crimes": one, "accidents": other}, year=YEAR) for one, other in many]
    assert [result["c"].comparisons[0].value for result in results] == [one + other for one, other in many]
    kept = kept_traces(results[0]["c"].lowered)
    assert all(len(one._found) <= 3 for one in kept.values())
