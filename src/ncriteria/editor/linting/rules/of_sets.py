"""Rules on how a set is put together: names, groups, citations, tests."""

from __future__ import annotations

from typing import Final

from ncriteria.editor.linting.rules.rule import LintRule, Severity, a_clause
from ncriteria.words import phrase

OF_SETS: Final = (
    LintRule(
        code="NC133",
        severity=Severity.WARNING,
        title=phrase("no rule uses the fact"),
        why=phrase("Whoever fills in a table is asked for a figure that decides nothing."),
        do=phrase("remove the fact, or write the rule that needs it"),
        bad="""\
facts:
  drug_cases: {title: "Số vụ ma túy", type: count}
""",
        good="""\
facts:
  drug_cases: {title: "Số vụ ma túy", type: count}
clauses:
  drugs:
    title: "Ma túy"
    rule: drug_cases = 0
    encodes: exact
    cite: [{instrument: 01/EXAMPLE, at: "1"}]
""",
    ),
    LintRule(
        code="NC134",
        severity=Severity.WARNING,
        title=phrase("no rule uses the parameter"),
        why=phrase("A value with a source of its own decides nothing."),
        do=phrase("remove the parameter, or use it: `param.share`"),
        bad="""\
parameters:
  share: {title: "Tỷ lệ", value: 70%, cite: [{instrument: 01/EXAMPLE, at: "1"}]}
""",
        good="""\
parameters:
  share: {title: "Tỷ lệ", value: 70%, cite: [{instrument: 01/EXAMPLE, at: "1"}]}
clauses:
  growth:
    title: "Tăng trưởng"
    rule: growth >= param.share
    encodes: exact
    cite: [{instrument: 01/EXAMPLE, at: "1"}]
""",
    ),
    LintRule(
        code="NC135",
        severity=Severity.WARNING,
        title=phrase("no test expects a verdict of the clause"),
        why=phrase(
            "A slip in a rule that no case tries is seen by nobody. Of a set that extends "
            "another, this is also said of what a change of its own makes another."
        ),
        do=phrase("add a test just inside the limit and one just outside"),
        bad=a_clause("evils", "Tệ nạn", "rule: social_evils = 0"),
        good="""\
clauses:
  evils:
    title: "Tệ nạn"
    rule: social_evils = 0
    encodes: exact
    cite: [{instrument: 01/EXAMPLE, at: "1"}]
tests:
  - {id: evils-none, given: {social_evils: 0}, expect: {evils: met}}
  - {id: evils-one, given: {social_evils: 1}, expect: {evils: not_met}}
""",
    ),
    LintRule(
        code="NC140",
        severity=Severity.WARNING,
        title=phrase("a dated value that never holds"),
        why=phrase("It begins after the last year of the set, or another takes its place before the first."),
        do=phrase("correct `from`, or leave the value out"),
        bad="""\
parameters:
  share:
    title: "Tỷ lệ"
    values: [{from: 2022, value: 70%}, {from: 2028, value: 80%}]
    cite: [{instrument: 01/EXAMPLE, at: "1"}]
""",
        good="""\
parameters:
  share:
    title: "Tỷ lệ"
    values: [{from: 2022, value: 70%}, {from: 2024, value: 80%}]
    cite: [{instrument: 01/EXAMPLE, at: "1"}]
""",
    ),
    LintRule(
        code="NC143",
        severity=Severity.WARNING,
        title=phrase("clauses that differ in capitals only"),
        why=phrase(
            "A frame gets a column for each clause, called by its path. DuckDB and Spark do not "
            "tell capitals from small letters."
        ),
        do=phrase("rename one of them"),
        bad=a_clause("Crime", "Tội phạm", "rule: crime_cases = 0"),
        good=a_clause("no_crime", "Tội phạm", "rule: crime_cases = 0"),
    ),
    LintRule(
        code="NC145",
        severity=Severity.WARNING,
        title=phrase("at_least asks for all members"),
        why=phrase(
            "`at_least` counts members that apply, `all` passes over those that do not. Which is meant is not said."
        ),
        do=phrase("write `all`, or correct `n`"),
        bad="""\
clauses:
  models:
    title: "Mô hình"
    at_least:
      n: 2
      of:
        - {id: a, title: "a", rule: camera_network, encodes: exact, cite: [{instrument: 01/EXAMPLE, at: "1"}]}
        - {id: b, title: "b", rule: social_evils = 0, encodes: exact, cite: [{instrument: 01/EXAMPLE, at: "1"}]}
""",
        good="""\
clauses:
  models:
    title: "Mô hình"
    all:
      - {id: a, title: "a", rule: camera_network, encodes: exact, cite: [{instrument: 01/EXAMPLE, at: "1"}]}
      - {id: b, title: "b", rule: social_evils = 0, encodes: exact, cite: [{instrument: 01/EXAMPLE, at: "1"}]}
""",
    ),
    LintRule(
        code="NC146",
        severity=Severity.WARNING,
        title=phrase("an instrument that is cited once, and looks like another"),
        why=phrase(
            "Its name is one letter or digit from one that the file cites more often, or from the "
            "instrument of the set."
        ),
        do=phrase("write the name as in the hint; where another instrument is meant, give the citation its own `url`"),
        bad="""\
clauses:
  evils: {title: "Tệ nạn", rule: social_evils = 0, encodes: exact, cite: [{instrument: 01/EXAMPEL, at: "1"}]}
""",
        good=a_clause("evils", "Tệ nạn", "rule: social_evils = 0"),
    ),
    LintRule(
        code="NC148",
        severity=Severity.WARNING,
        title=phrase("a number of what is counted"),
        why=phrase("The fact may have any number of a unit that other facts count: 2.5 cases would be read."),
        do=phrase("write `type: count`; or `decimals`, where the number is an average"),
        bad="""\
facts:
  drug_cases: {title: "Số vụ ma túy", type: number, unit: vụ}
""",
        good="""\
facts:
  drug_cases: {title: "Số vụ ma túy", type: count, unit: vụ}
""",
    ),
    LintRule(
        code="NC454",
        severity=Severity.WARNING,
        title=phrase("something is to be filled in"),
        why=phrase("`ncriteria new` writes `???` where only the author knows what belongs there."),
        do=phrase("write what the text says in place of `???`"),
        bad="""\
facts:
  drug_cases: {title: "???", type: count}
""",
        good="""\
facts:
  drug_cases: {title: "Số vụ ma túy", type: count}
""",
    ),
)
