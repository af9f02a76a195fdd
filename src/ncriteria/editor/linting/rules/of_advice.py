"""Rules that are told only where the author asks for advice."""

from __future__ import annotations

from typing import Final

from ncriteria.editor.linting.rules.rule import LintRule, Severity, a_clause
from ncriteria.words import phrase


def _act_of_a_province(territory: str) -> str:
    """The head of a set of a province, with `territory` behind its other keys."""
    return f"""\
set:
  id: example.province
  standard: example
  title: {{vi: "Ví dụ", en: "Example"}}
  instrument: {{number: 12/QĐ-UBND, issuer: {{vi: "UBND tỉnh ví dụ", en: "An example province"}}}}
  years: {{from: 2022, to: 2026}}
  level: commune{territory}
"""


def _falling(vi: str, en: str) -> str:
    """A clause with a title, and a limit that is another from 2025."""
    return f"""\
parameters:
  fall:
    title: {{vi: "Mức giảm", en: "Fall"}}
    values: [{{from: 2022, value: 5%}}, {{from: 2025, value: 10%}}]
    cite: [{{instrument: 01/EXAMPLE, at: "1"}}]
clauses:
  falling:
    title: {{vi: "{vi}", en: "{en}"}}
    rule: crime_cases <= prev_year * (1 - param.fall)
    when_zero_base: crime_cases = 0
    encodes: exact
    cite: [{{instrument: 01/EXAMPLE, at: "1"}}]
"""


OF_ADVICE: Final = (
    LintRule(
        code="NC152",
        severity=Severity.ADVICE,
        title=phrase("a limit that no test tries on each of its sides"),
        why=phrase("A slip in a limit shows only in a case at the limit and in one just beyond."),
        do=phrase("run `ncriteria test --suggest`, and take over the cases that it writes"),
        bad="""\
clauses:
  evils:
    title: "Tệ nạn"
    rule: social_evils <= 3
    encodes: exact
    cite: [{instrument: 01/EXAMPLE, at: "1"}]
tests:
  - {id: evils-few, given: {social_evils: 1}, expect: {evils: met}}
""",
        good="""\
clauses:
  evils:
    title: "Tệ nạn"
    rule: social_evils <= 3
    encodes: exact
    cite: [{instrument: 01/EXAMPLE, at: "1"}]
tests:
  - {id: evils-below, given: {social_evils: 2}, expect: {evils: met}}
  - {id: evils-at, given: {social_evils: 3}, expect: {evils: met}}
  - {id: evils-above, given: {social_evils: 4}, expect: {evils: not_met}}
""",
    ),
    LintRule(
        code="NC153",
        severity=Severity.ADVICE,
        title=phrase("a citation without the place in the act"),
        why=phrase(
            "Whoever is to check a clause must look for its sentence in the whole act. It is not told where the "
            "text is not known: `basis: mentioned`, or `not_found`."
        ),
        do=phrase("add `at`: the article, the clause, the point"),
        bad="""\
clauses:
  evils: {title: "Tệ nạn", rule: social_evils = 0, encodes: exact, cite: [{instrument: 01/EXAMPLE}]}
""",
        good="""\
clauses:
  evils: {title: "Tệ nạn", rule: social_evils = 0, encodes: exact, cite: [{instrument: 01/EXAMPLE, at: "Điều 3"}]}
""",
    ),
    LintRule(
        code="NC154",
        severity=Severity.ADVICE,
        title=phrase("a value of the law that stands in a rule"),
        why=phrase(
            "A percent or a broken number is what an amendment changes. As a parameter it has a "
            "citation and years of its own, and can be compared and tried."
        ),
        do=phrase("declare a parameter, and write `param.` and its name in the rule"),
        bad=a_clause("evils", "Tệ nạn", "rule: social_evils <= prev_year * 90%", "when_zero_base: social_evils = 0"),
        good="""\
parameters:
  share: {title: "Tỷ lệ", value: 90%, cite: [{instrument: 01/EXAMPLE, at: "1"}]}
clauses:
  evils:
    title: "Tệ nạn"
    rule: social_evils <= prev_year * param.share
    when_zero_base: social_evils = 0
    encodes: exact
    cite: [{instrument: 01/EXAMPLE, at: "1"}]
""",
    ),
    LintRule(
        code="NC155",
        severity=Severity.ADVICE,
        title=phrase("a branch that is never reached"),
        why=phrase(
            "The conditions before it have decided the one that is asked, as after `if cases > 3` one that begins with "
            "`if cases > 5`; or both branches say the same."
        ),
        do=phrase("leave it out, or correct the condition"),
        bad=a_clause(
            "evils",
            "Tệ nạn",
            "rule: if has_border then social_evils <= 3"
            " else if has_border then social_evils <= 5 else social_evils = 0",
        ),
        good=a_clause(
            "evils",
            "Tệ nạn",
            "rule: if has_border then social_evils <= 3"
            " else if camera_network then social_evils <= 5 else social_evils = 0",
        ),
    ),
    LintRule(
        code="NC156",
        severity=Severity.ADVICE,
        title=phrase("figures multiplied or divided by each other"),
        why=phrase(
            "Of such a rule a proof may stay open, and the room that it leaves is harder to tell. A rate that is "
            "compared with limits alone, as in `a / b <= 2`, multiplies out, and is not told."
        ),
        do=phrase("compare sums and multiples where the text allows it"),
        bad=a_clause("evils", "Tệ nạn", "rule: social_evils * population <= 9"),
        good=a_clause("evils", "Tệ nạn", "rule: social_evils <= 9 * 2"),
    ),
    LintRule(
        code="NC157",
        severity=Severity.ADVICE,
        title=phrase("a text in one language"),
        why=phrase(
            "One text stands for Vietnamese and English: readers of one of them read the other. What is the same in "
            "both, such as a name, is written twice, and is not told."
        ),
        do=phrase("write `{{vi: ..., en: ...}}`"),
        bad="""\
facts:
  social_evils_more: {title: "Số vụ khác", type: count}
""",
        good="""\
facts:
  social_evils_more: {title: {vi: "Số vụ khác", en: "Other cases"}, type: count}
""",
    ),
    LintRule(
        code="NC158",
        severity=Severity.ADVICE,
        title=phrase("a test that says nothing new"),
        why=phrase("A test of the same case, which expects nothing else, hides that another case is not tried."),
        do=phrase("leave it out, or try another case"),
        bad="""\
tests:
  - {id: crime-falls-again, given: {crime_cases: 95, prev_year: {crime_cases: 100}}, expect: {crime: met}}
""",
        good="""\
tests:
  - {id: crime-rises, given: {crime_cases: 101, prev_year: {crime_cases: 100}}, expect: {crime: not_met}}
""",
        fix=phrase("of the two tests the one that says less is left out, or the later"),
    ),
    LintRule(
        code="NC159",
        severity=Severity.ADVICE,
        title=phrase("an act of a province or of a part of one, without a territory"),
        why=phrase(
            "A set without `territory` judges units of the whole country, and every explanation says so. Who issued "
            "the act is told by its issuer, and by its number (`UBND`, `HĐND`, `CAT`)."
        ),
        do=phrase("write `territory:` with the identifier of the unit, as tables and the lineage have it"),
        bad=_act_of_a_province(""),
        good=_act_of_a_province("\n  territory: example-province"),
    ),
    LintRule(
        code="NC160",
        severity=Severity.ADVICE,
        title=phrase("a number in a title that is another in some year"),
        why=phrase(
            "The title is read in every year. A percent or a count in it, which the rule has in one year, is wrong "
            "where a dated value, or a change of a set that extends this one, makes it another."
        ),
        do=phrase("write the title without the number, or give the clause a title of its own where it is another"),
        bad=_falling("Tội phạm giảm ít nhất 5%", "Crime falls by at least 5%"),
        good=_falling("Tội phạm giảm ít nhất bằng mức quy định", "Crime falls by at least the share that is set"),
    ),
)
