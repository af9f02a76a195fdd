"""Which rules count how much, as the author or a project file says."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from attrs import field

from ncriteria.editor.linting.rules.rule import Severity
from ncriteria.editor.linting.rules.table import RULES
from ncriteria.errors import Problem
from ncriteria.facts.project import RuleSaid
from ncriteria.quick_classes import frozen
from ncriteria.sets.errors import CriteriaError
from ncriteria.words import phrase


@frozen
class LintSettings:
    """How much each rule counts, by its code; those that are not named count as the table of rules says.

    With `advises` what is only advice is told too.
    """

    severities: Mapping[str, Severity] = field(factory=dict)
    advises: bool = False

    def severity(self, code: str, usual: Severity) -> Severity:
        """How much a finding counts that would count as `usual`; an error is one always."""
        found = usual if usual is Severity.ERROR or code not in RULES else self.severities.get(code, usual)
        return Severity.OFF if found is Severity.ADVICE and not self.advises else found

    def without_advice(self) -> LintSettings:
        """These settings without the rules that are advice, which take longer, however much they count."""
        return LintSettings({**self.severities, **{code: Severity.OFF for code in RULES if is_advice(code)}})

    def looks_at(self, code: str) -> bool:
        """Whether findings of a rule that is advice are told."""
        return self.severity(code, RULES[code].severity) is not Severity.OFF


def is_advice(code: str) -> bool:
    """Whether a code is one of a rule that gives advice, where no project file says otherwise."""
    return code in RULES and RULES[code].severity is Severity.ADVICE


def settings_of(said: Iterable[RuleSaid], *, advises: bool = False) -> LintSettings:
    """The settings that a project file says; raises `CriteriaError` where it names a rule that is none."""
    severities, problems = {}, []
    for one in said:
        if one.code in RULES:
            severities[one.code] = Severity(one.severity)
        else:
            message = phrase("there is no rule `{code}` of the check", code=one.code[:60])
            hint = phrase("`ncriteria rule --list` lists them; an error is no rule")
            problems.append(Problem("NC196", message, one.place, hint))
    if problems:
        raise CriteriaError(problems)
    return LintSettings(severities, advises)


USUAL = LintSettings()
"""Every rule as the table says; no advice."""
