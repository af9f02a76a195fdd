"""Threads may share criteria: what is worked out when it is first asked for comes out the same whoever asks first."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

import ncriteria as nc
from ncriteria.sets.model import FactType

SHIPPED = ("vn.bca.hd04-2024.commune", "vn.bca.tt124-2021.commune", "vn.bca.hd06-2022.district")


def judged(criteria, count):
    facts = {name: count for name, fact in criteria.definition.facts.items() if fact.type is FactType.COUNT}
    result = criteria.evaluate(facts, prev_year=facts, year=criteria.years.first)
    return result.verdicts, result.missing, result.explain("vi")


@pytest.mark.parametrize("name", SHIPPED)
def test_what_threads_share_comes_out_as_it_does_for_one(name):
    definition = nc.catalog()[name].definition
    shared, alone = nc.Criteria(definition), nc.Criteria(definition)
    with ThreadPoolExecutor(6) as threads:
        together = list(threads.map(lambda count: judged(shared, count), range(12)))
    assert together == [judged(alone, count) for count in range(12)]
