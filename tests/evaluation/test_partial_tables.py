"""Tables of which cells or rows could not be read: nothing is judged as if they were blank, or not there."""

from __future__ import annotations

import ncriteria as nc

SETS = """\
format: ncriteria/1
set:
  id: example.{level}
  standard: example
  title: Example
  instrument: {{number: 01/EXAMPLE, issuer: Example}}
  years: {{from: 2020}}
  level: {level}
facts:
  cases: {{title: Cases, type: count}}
clauses:
  c:
    title: C
    encodes: exact
    cite: [{{instrument: 01/EXAMPLE}}]
    rule: {rule}
"""


def criteria(level: str, rule: str) -> nc.Criteria:
    return nc.loads(SETS.format(level=level, rule=rule))


def verdicts(criteria: nc.Criteria | nc.Catalog, text: str) -> dict[str, str | None]:
    facts = criteria.facts if isinstance(criteria, nc.Criteria) else next(iter(criteria.sets.sets)).facts
    table = nc.read_facts_text(text, "csv", facts, keep_going=True)
    return {one.row.unit.id: one.result and str(one.result.verdict) for one in nc.evaluate_rows(table, criteria)}


def test_a_cell_that_cannot_be_read_is_unknown() -> None:
    assert verdicts(criteria("commune", "cases <= 2"), "unit,year,cases\na,2023,x\nb,2023,1\n") == {
        "a": "undetermined",
        "b": "met",
    }


def test_a_rule_that_looks_at_what_is_known_does_not_judge_it() -> None:
    text = "unit,year,cases\na,2023,x\nb,2023,\n"
    assert verdicts(criteria("commune", "coalesce(cases, 0) = 0"), text) == {"a": None, "b": "met"}
    assert verdicts(
        criteria("commune", "coalesce(prev_year(cases), 0) = 0"), "unit,year,cases\na,2023,1\na,2022,x\n"
    ) == {"a": None}


def test_it_says_which_fact_and_row() -> None:
    plan = criteria("commune", "coalesce(cases, 0) = 0")
    table = nc.read_facts_text("unit,year,cases\na,2023,x\n", "csv", plan.facts, keep_going=True)
    [judgement] = nc.evaluate_rows(table, plan)
    assert [str(problem) for problem in judgement.problems] == [
        "row 2: NC322 a cell of `cases` cannot be read, and a rule looks at whether it is known\n"
        "  hint: mend the cell; the problems name it"
    ]
    assert [problem.text("vi") for problem in judgement.problems] == [
        "hàng 2: NC322 có ô của `cases` không đọc được, mà một quy tắc xét xem số liệu này đã có hay chưa\n"
        "  gợi ý: sửa ô đó; các lỗi được báo có nêu ô nào"
    ]


def test_units_that_were_left_out_are_not_missed_in_a_share(tmp_path) -> None:
    (tmp_path / "hamlet.yaml").write_text(SETS.format(level="hamlet", rule="cases = 0"), encoding="utf-8")
    outer = SETS.format(level="commune", rule='share_met(hamlet, "c") = 1')
    (tmp_path / "commune.yaml").write_text(outer, encoding="utf-8")
    rows = "unit,level,parent,year,cases\nx,commune,,2023,\na,hamlet,x,2023,0\nb,hamlet,x,{year},0\n"
    sets = nc.catalog(tmp_path)
    assert verdicts(sets, rows.format(year=2023))["x"] == "met"
    assert verdicts(sets, rows.format(year="2o23"))["x"] == "undetermined"
