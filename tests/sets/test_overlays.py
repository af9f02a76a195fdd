"""What a set that extends another changes in it, and from which act each of its clauses comes."""

from __future__ import annotations

from pathlib import Path

import pytest

import ncriteria as nc
from ncriteria.sets.model import Group
from ncriteria.sets.overlaid.origins import acts_of, main_origin
from tests.overlay_sets import NATIONAL, PROVINCE, province, written


def groups(criteria: nc.Criteria) -> dict[str, Group]:
    return {member.path: member for member in criteria.definition.members() if isinstance(member, Group)}


def test_the_n_of_a_group_is_changed_alone(tmp_path: Path) -> None:
    group = groups(province(tmp_path))["calm/measures"]
    assert (group.minimum, [member.path for member in group.members]) == (
        2,
        ["calm/measures/patrol", "calm/measures/lights", "calm/measures/cameras"],
    )
    assert group.title.en == "Measures"


def test_each_clause_says_which_act_it_is_of_and_which_acts_changed_it(tmp_path: Path) -> None:
    origins = province(tmp_path).definition.origins
    told = {
        path: (one.origin.id, [(made.by.id, made.change.verb, made.change.target) for made in one.changes])
        for path, one in origins.items()
    }
    own = "calm.long-an"
    assert told == {
        "calm": ("calm.national", [(own, "remove", "calm/plan")]),
        "calm/crime": ("calm.national", [(own, "set", "most")]),
        "calm/measures": ("calm.national", [(own, "set", "calm/measures"), (own, "add", "calm/measures")]),
        "calm/measures/patrol": ("calm.national", []),
        "calm/measures/lights": ("calm.national", []),
        "calm/measures/cameras": (own, []),
    }
    assert origins["calm/measures/cameras"].origin.territory == "long-an"
    assert [made.change.cite[0].at for made in origins["calm/crime"].changes] == ["Điều 1"]


def test_a_set_that_extends_none_has_no_origins(tmp_path: Path) -> None:
    province(tmp_path)
    national = nc.load(tmp_path / "national.yaml").definition
    assert (dict(national.origins), main_origin(national), acts_of(national)) == ({}, None, ())


def test_the_acts_of_a_set_that_extends_one_which_extends_another(tmp_path: Path) -> None:
    district = (
        PROVINCE.partition("changes:")[0]
        .replace("long-an", "tan-hung")
        .replace("2/LONG-AN", "3/TAN-HUNG")
        .replace("national.yaml", "province.yaml")
    )
    cite = "cite: [{instrument: 3/TAN-HUNG}]"
    clause = f"{{title: Tuần tra, rule: patrol and lights, encodes: exact, {cite}}}"
    district += f"changes:\n  - {{set: most, value: 5, {cite}}}\n"
    district += f"  - {{replace: calm/measures/patrol, clause: {clause}, {cite}}}\n"
    province(tmp_path, district=district)
    definition = nc.load(tmp_path / "district.yaml").definition
    crime = definition.origins["calm/crime"]
    assert (crime.origin.id, [made.by.id for made in crime.changes]) == (
        "calm.national",
        ["calm.long-an", "calm.tan-hung"],
    )
    assert [(one.act.id, one.laid_down, one.changed) for one in acts_of(definition)] == [
        ("calm.national", ("calm", "calm/crime", "calm/measures", "calm/measures/lights"), ()),
        ("calm.long-an", ("calm/measures/cameras",), ("calm", "calm/crime", "calm/measures")),
        ("calm.tan-hung", ("calm/measures/patrol",), ("calm/crime",)),
    ]
    found = main_origin(definition)
    assert found is not None
    assert found.id == "calm.national"


CITE = "cite: [{instrument: 2/LONG-AN}]"


@pytest.mark.parametrize(
    ("change", "error"),
    [
        (
            f"{{set: calm/measure, n: 2, {CITE}}}",
            'province.yaml:12:5: NC122 the extended set has no `at_least` group "calm/measure"\n'
            f"    - {{set: calm/measure, n: 2, {CITE}}}\n      ^\n  hint: did you mean `calm/measures`?",
        ),
        (
            f"{{set: calm, n: 2, {CITE}}}",
            'province.yaml:12:5: NC122 the extended set has no `at_least` group "calm"\n'
            f"    - {{set: calm, n: 2, {CITE}}}\n      ^\n"
            "  hint: `n` is of `at_least` groups; `replace` makes another group of this one",
        ),
        (
            f"{{set: calm/measures, n: 3, {CITE}}}",
            "province.yaml:12:5: NC115 `n` is 3; it lies between 1 and the number of members, 2\n"
            f"    - {{set: calm/measures, n: 3, {CITE}}}\n      ^",
        ),
        (
            f"{{set: calm/measures, value: 2, {CITE}}}",
            "province.yaml:12:5: NC122 the extended set has no parameter `calm/measures`\n"
            f"    - {{set: calm/measures, value: 2, {CITE}}}\n      ^\n"
            "  hint: of an `at_least` group, `set` changes the `n`",
        ),
        (
            f"{{set: calm/measures, n: 2, value: 2, {CITE}}}",
            "province.yaml:12:5: NC122 `set` gives a parameter a `value`, or a group its `n`, not both\n"
            f"    - {{set: calm/measures, n: 2, value: 2, {CITE}}}\n      ^",
        ),
    ],
)
def test_a_size_that_cannot_be_set_is_refused_with_the_whole_message(change: str, error: str, tmp_path: Path) -> None:
    text = f"{PROVINCE.partition('changes:')[0]}changes:\n  - {change}\n"
    with pytest.raises(nc.CriteriaError) as refused:
        province(tmp_path, province=text)
    assert str(refused.value).replace(f"{tmp_path}/", "") == error


def test_a_set_that_extends_none_has_no_direction(tmp_path: Path) -> None:
    text = NATIONAL.replace("clauses:", "direction: stricter\nclauses:", 1)
    with pytest.raises(nc.CriteriaError) as refused:
        nc.load(written(tmp_path, national=text) / "national.yaml")
    assert str(refused.value).replace(f"{tmp_path}/", "") == (
        "national.yaml:17:12: NC122 `direction` needs `extends`, the set that is changed\n"
        "  direction: stricter\n             ^^^^^^^^"
    )


def test_a_direction_is_one_of_two(tmp_path: Path) -> None:
    with pytest.raises(nc.CriteriaError) as refused:
        province(tmp_path, province=PROVINCE.replace("changes:", "direction: harder\nchanges:"))
    assert str(refused.value).replace(f"{tmp_path}/", "") == (
        'province.yaml:11:12: NC108 expected one of stricter, looser, found "harder"\n'
        "  direction: harder\n             ^^^^^^"
    )
