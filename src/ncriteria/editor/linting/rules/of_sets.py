"""Rules on how a set is put together: names, groups, citations, tests, and the sets beside it."""

from __future__ import annotations

from typing import Final

from ncriteria.editor.linting.rules.rule import LintRule, Severity
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
        bad="""\
clauses:
  evils:
    title: "Tệ nạn"
    rule: social_evils = 0
    encodes: exact
    cite: [{instrument: 01/EXAMPLE, at: "1"}]
""",
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
        bad="""\
clauses:
  Crime:
    title: "Tội phạm"
    rule: crime_cases = 0
    encodes: exact
    cite: [{instrument: 01/EXAMPLE, at: "1"}]
""",
        good="""\
clauses:
  no_crime:
    title: "Tội phạm"
    rule: crime_cases = 0
    encodes: exact
    cite: [{instrument: 01/EXAMPLE, at: "1"}]
""",
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
        good="""\
clauses:
  evils:
    title: "Tệ nạn"
    rule: social_evils = 0
    encodes: exact
    cite: [{instrument: 01/EXAMPLE, at: "1"}]
""",
    ),
    LintRule(
        code="NC147",
        severity=Severity.WARNING,
        title=phrase("the set before is none, or of another line"),
        why=phrase(
            "`supersedes` names a set that is neither in the folder nor among the shipped sets, "
            "or one of another standard or level. Of a file that stands alone this is a notice."
        ),
        do=phrase("correct `supersedes`, or the `standard` and `level` of the set"),
        bad="""\
set:
  id: doc.example.commune
  standard: doc-example
  title: "Ví dụ"
  instrument: {number: 01/EXAMPLE, issuer: "Cơ quan ví dụ"}
  years: {from: 2022, to: 2026}
  level: district
  supersedes: doc.example.before
""",
        good="""\
set:
  id: doc.example.commune
  standard: doc-example
  title: "Ví dụ"
  instrument: {number: 01/EXAMPLE, issuer: "Cơ quan ví dụ"}
  years: {from: 2022, to: 2026}
  level: district
""",
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
        code="NC150",
        severity=Severity.WARNING,
        title=phrase("a territory has no criteria before its own set begins"),
        why=phrase(
            "A set that is made for a territory leaves the earlier years to the set that it "
            "extends or supersedes. Where it names none, nothing judges the territory in those "
            "years."
        ),
        do=phrase("name in `supersedes` the set that the territory had before, or add a set for those years"),
    ),
    LintRule(
        code="NC151",
        severity=Severity.WARNING,
        title=phrase("a line of sets has a gap"),
        why=phrase(
            "The sets of a territory end before those of the whole country do, or a year lies "
            "between two sets. Nothing stands in."
        ),
        do=phrase("add a set for those years, or correct `years`"),
    ),
    LintRule(
        code="NC194",
        severity=Severity.WARNING,
        title=phrase("days between two sets"),
        why=phrase("On those days neither act is in force, and nothing says what held."),
        do=phrase("correct the days, or add what was in force then"),
    ),
    LintRule(
        code="NC440",
        severity=Severity.ERROR,
        title=phrase("a set is not as it says it stands to the set that it extends"),
        why=phrase("A record was found that breaks the declared `direction`."),
        do=phrase("correct the change, or the `direction`"),
    ),
    LintRule(
        code="NC441",
        severity=Severity.NOTICE,
        title=phrase("what is known of a declared direction"),
        why=phrase("It was searched for a record that breaks it; only the solver can prove that there is none."),
        do=phrase("install `ncriteria[prove]`, so that it is proved"),
    ),
    LintRule(
        code="NC444",
        severity=Severity.WARNING,
        title=phrase("a set begins before its act is in force"),
        why=phrase(
            "An extending set judges no year whose window ends before its act is in force; the "
            "set that it extends judges that year."
        ),
        do=phrase("correct `years`, or `in_force` of the instrument"),
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
