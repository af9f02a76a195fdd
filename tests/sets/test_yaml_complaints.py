"""What is no YAML is told in our words, where the slip is and with what to write, whichever reader of YAML there is."""

from __future__ import annotations

from typing import Any

import pytest
import yaml

from ncriteria.errors import Problem
from ncriteria.sets.reading import nodes
from ncriteria.sets.reading.documents import document_of
from tests.case_files import cases


@pytest.mark.parametrize("reader", ["CSafeLoader", "SafeLoader"])
@pytest.mark.parametrize("case", cases(__file__, "yaml_complaints"))
def test_a_slip_in_the_yaml_is_told_where_it_is(case: Any, reader: str, monkeypatch: pytest.MonkeyPatch) -> None:
    if not hasattr(yaml, reader):
        pytest.skip("this build of PyYAML has no libyaml")
    monkeypatch.setattr(nodes, "_LOADER", getattr(yaml, reader))
    problems: list[Problem] = []
    with pytest.raises(nodes.CriteriaError) as refused:
        nodes.read_nodes(document_of(case["text"], None), problems)
    assert str(refused.value) == case["error"]
