"""Rules on what a rule of a criteria file says: its conditions, numbers and years."""

from __future__ import annotations

from typing import Final

from ncriteria.editor.linting.rules.rule import LintRule, Severity, a_clause
from ncriteria.words import phrase

OF_RULES: Final = (
    LintRule(
        code="NC131",
        severity=Severity.WARNING,
        title=phrase("a ratio to an earlier year without when_zero_base"),
        why=phrase("Where the earlier year is 0, a reduction of 5% says nothing. The law should say what holds there."),
        do=phrase("add `when_zero_base`, such as `social_evils = 0`, and say in a note on what it rests"),
        bad=a_clause("evils", "Tệ nạn", "rule: social_evils <= prev_year * 0.9"),
        good=a_clause("evils", "Tệ nạn", "rule: social_evils <= prev_year * 0.9", "when_zero_base: social_evils = 0"),
    ),
    LintRule(
        code="NC132",
        severity=Severity.WARNING,
        title=phrase("the rule looks at what is known"),
        why=phrase(
            "`known` and `coalesce` look at knowledge itself: a further fact may turn the verdict "
            "from met to not met or back."
        ),
        do=phrase("leave out `known` and `coalesce`; what is missing is told without them"),
        bad=a_clause("evils", "Tệ nạn", "rule: coalesce(social_evils, 0) = 0"),
        good=a_clause("evils", "Tệ nạn", "rule: social_evils = 0"),
    ),
    LintRule(
        code="NC136",
        severity=Severity.WARNING,
        title=phrase("the declarations decide a comparison"),
        why=phrase(
            "No value that the facts can have, by their type, `min`, `max` and `decimals`, makes "
            "it come out otherwise. The same is told of comparisons of one fact that cannot hold "
            "together, or of which one always holds, and of a division by what is always 0."
        ),
        do=phrase("follow the hint; leave out what always holds, such as `crime_cases >= 0`"),
        bad="""\
facts:
  settled: {title: "Tỷ lệ giải quyết", type: number, min: 0, max: 1, decimals: 4}
clauses:
  settled:
    title: "Từ 85%"
    rule: settled >= 85
    encodes: exact
    cite: [{instrument: 01/EXAMPLE, at: "1"}]
""",
        good="""\
facts:
  settled: {title: "Tỷ lệ giải quyết", type: number, min: 0, max: 1, decimals: 4}
clauses:
  settled:
    title: "Từ 85%"
    rule: settled >= 85%
    encodes: exact
    cite: [{instrument: 01/EXAMPLE, at: "1"}]
""",
    ),
    LintRule(
        code="NC137",
        severity=Severity.WARNING,
        title=phrase("a percent added to a count"),
        why=phrase("`prev_year - 5%` is last year's count less 0.05."),
        do=phrase("write `prev_year * (1 - 5%)` or `prev_year * 95%`"),
        bad=a_clause("evils", "Giảm 5%", "rule: social_evils <= prev_year - 5%"),
        good=a_clause(
            "evils", "Giảm 5%", "rule: social_evils <= prev_year * (1 - 5%)", "when_zero_base: social_evils = 0"
        ),
    ),
    LintRule(
        code="NC138",
        severity=Severity.WARNING,
        title=phrase("a point before thousands"),
        why=phrase("In these files `1.500` is one and a half, in Vietnam it is often 1500."),
        do=phrase("write `1500`, or `1.5` where that is meant"),
        bad=a_clause("size", "Từ 1.500 người", "rule: population >= 1.500"),
        good=a_clause("size", "Từ 1.500 người", "rule: population >= 1500"),
    ),
    LintRule(
        code="NC139",
        severity=Severity.WARNING,
        title=phrase("a count compared with a number that is not whole"),
        why=phrase("A count is never between two whole numbers; nor is what is rounded to one."),
        do=phrase("write a whole number, or say of what it is a share: `prev_year * 5%`"),
        bad=a_clause("evils", "Tệ nạn", "rule: social_evils <= 2.5"),
        good=a_clause("evils", "Tệ nạn", "rule: social_evils <= 2"),
    ),
    LintRule(
        code="NC141",
        severity=Severity.WARNING,
        title=phrase("a fixed year that is no earlier year"),
        why=phrase("The year is not before the assessment years, or lies more than 50 years back."),
        do=phrase("write a base year before the set begins; for a moving year `prev_year` and `years_ago`"),
        bad=a_clause("evils", "Tệ nạn", "rule: social_evils <= at(social_evils, 2091)"),
        good=a_clause("evils", "Tệ nạn", "rule: social_evils <= at(social_evils, 2019)"),
    ),
    LintRule(
        code="NC142",
        severity=Severity.WARNING,
        title=phrase("a roll-up of a clause that is nowhere"),
        why=phrase(
            "`share_met` or `met` names a standard, a level or a path that is neither in the "
            "folder of the file nor among the shipped sets. Of a file that stands alone this is "
            "only a notice."
        ),
        do=phrase("take the name of the hint, or check the file together with the sets that it rolls up"),
        bad=a_clause("units", "Các xã", 'rule: share_met(commune, "ntm-19.2:19.3") > 50%'),
        good=a_clause("units", "Các xã", 'rule: share_met(commune, "ntm-19.2:19.2") > 50%'),
    ),
    LintRule(
        code="NC144",
        severity=Severity.WARNING,
        title=phrase("a condition that looks at no fact"),
        why=phrase("It comes out the same for every unit."),
        do=phrase(
            "write what must hold; a clause whose text is not known is `not_encoded`; one that "
            "always applies has no `applies_when`"
        ),
        bad=a_clause("evils", "Tệ nạn", "rule: social_evils = 0", "applies_when: true"),
        good=a_clause("evils", "Tệ nạn", "rule: social_evils = 0", "applies_when: has_border"),
        fix=phrase("an `applies_when` that is `true` is left out"),
    ),
    LintRule(
        code="NC149",
        severity=Severity.WARNING,
        title=phrase("a percent beside a number that goes to 100"),
        why=phrase("`85%` is 0.85. A fact with `max: 100`, or with the unit `%`, holds 85."),
        do=phrase("declare the fact with `max: 1`, whose cells may be written `85%`; or write `settled >= 85`"),
        bad="""\
facts:
  settled: {title: "Tỷ lệ giải quyết", type: number, min: 0, max: 100, decimals: 1}
clauses:
  settlement:
    title: "Từ 85%"
    rule: settled >= 85%
    encodes: exact
    cite: [{instrument: 01/EXAMPLE, at: "1"}]
""",
        good="""\
facts:
  settled: {title: "Tỷ lệ giải quyết", type: number, min: 0, max: 100, decimals: 1}
clauses:
  settlement:
    title: "Từ 85%"
    rule: settled >= 85
    encodes: exact
    cite: [{instrument: 01/EXAMPLE, at: "1"}]
""",
    ),
)
