"""Whatever a text holds, loading it ends in criteria that work or in located problems, never in another exception."""

from __future__ import annotations

import re
from typing import Any

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

import ncriteria as nc
from ncriteria.sets.files.files import criteria_files, shipped_folder
from ncriteria.sets.reading import nodes
from ncriteria.sets.reading.documents import document_of
from tests.case_files import LOADER
from tests.sets.damage import RUNS, damaged, grafted, structures, texts, yaml_texts

SHIPPED = tuple(
    path.read_text(encoding="utf-8")
    for path in criteria_files(shipped_folder())
    if path.name in ("hd06-2022.commune.yaml", "tan-hung.district.yaml")
)
"""The two that are short, so that many damages are tried in little time."""
_TREES = tuple(yaml.load(text, Loader=LOADER) for text in SHIPPED)


@st.composite
def almost_sets(draw: st.DrawFn) -> str:
    """A shipped set, one part of which was replaced by a structure of another shape."""
    tree: Any = draw(st.sampled_from(_TREES))
    for _ in range(draw(st.integers(1, 3))):
        tree = grafted(draw, tree)
    return _written(tree)


class _Writer(getattr(yaml, "CSafeDumper", yaml.SafeDumper)):  # type: ignore[misc]
    """Writes parts that stand twice in full, not as aliases."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


def _written(tree: Any) -> str:
    written = yaml.dump(tree, Dumper=_Writer, allow_unicode=True, sort_keys=False, width=200)
    assert isinstance(written, str)
    return written


@RUNS
@given(text=texts | yaml_texts)
def test_any_text_loads_or_is_refused(run: str, text: str) -> None:
    load_or_refuse(text)


@RUNS
@given(text=damaged(SHIPPED))
def test_a_damaged_set_loads_or_is_refused(run: str, text: str) -> None:
    load_or_refuse(text)


@RUNS
@given(text=almost_sets())
def test_a_set_with_parts_of_another_shape_loads_or_is_refused(run: str, text: str) -> None:
    load_or_refuse(text)


@RUNS
@given(tree=structures)
def test_any_structure_loads_or_is_refused(run: str, tree: Any) -> None:
    load_or_refuse(_written(tree))


@RUNS
@given(content=st.binary(max_size=200) | damaged(SHIPPED).map(lambda text: text.encode("utf-8", "surrogatepass")))
def test_any_bytes_are_a_document_or_are_refused(run: str, content: bytes) -> None:
    try:
        document_of(content, "set.yaml")
    except nc.NCriteriaError as error:
        _assert_located(error)


@RUNS
@given(text=damaged(SHIPPED) | yaml_texts)
@example(text="[<<: ]")
@example(text="{a:\u2028}")
@example(text="{'a #b': # c: d\n , e: \r\n}")
def test_what_yaml_means_does_not_depend_on_the_c_library(run: str, text: str) -> None:
    """The library takes a little more, such as `{to:}`; what both take, they read alike."""
    with pytest.MonkeyPatch.context() as patch:
        fast = _read(text)
        patch.setattr(nodes, "_LOADER", yaml.SafeLoader)
        slow = _read(text)
    assert fast is None or slow is None or fast == slow


def _read(text: str) -> object:
    """The tree, or `None` where the text is refused."""
    problems: list[nc.Problem] = []
    try:
        tree = nodes.read_nodes(document_of(text, None), problems)
    except nc.NCriteriaError:
        return None
    return None if problems else tree


def load_or_refuse(text: str) -> None:
    try:
        criteria = nc.loads(text, file="set.yaml")
    except nc.NCriteriaError as error:
        _assert_located(error)
        return
    assert all(re.fullmatch("NC1[34][0-9]", problem.code) for problem in nc.lint(criteria.definition))
    nc.run_tests(criteria.definition)


def _assert_located(error: nc.NCriteriaError) -> None:
    assert error.problems
    str(error).encode("utf-8")
    for problem in error.problems:
        assert re.fullmatch(r"NC[01][0-9]{2}", problem.code)
        assert isinstance(problem.place, nc.TextPlace)
        assert problem.place.line >= 1
        if problem.place.line_text is not None:
            assert 1 <= problem.place.column <= len(problem.place.line_text) + 1
