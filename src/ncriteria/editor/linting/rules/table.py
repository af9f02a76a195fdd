"""The one table of rules, from which the check, its settings, its pages and editors are made."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from ncriteria.editor.linting.rules.of_advice import OF_ADVICE
from ncriteria.editor.linting.rules.of_lines import OF_LINES
from ncriteria.editor.linting.rules.of_rules import OF_RULES
from ncriteria.editor.linting.rules.of_sets import OF_SETS
from ncriteria.editor.linting.rules.rule import LintRule

RULES: Final[Mapping[str, LintRule]] = {
    rule.code: rule for rule in sorted((*OF_RULES, *OF_SETS, *OF_LINES, *OF_ADVICE), key=lambda rule: rule.code)
}
"""Every rule by its code, in their order. Errors are no rules: they are always told."""
