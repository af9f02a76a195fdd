"""Errors of judging: a rule that has no value, facts that a set does not know, a year that it does not hold for."""

from __future__ import annotations

from ncriteria.errors import NCriteriaError


class EvaluationError(NCriteriaError):
    """A record that cannot be judged; an error is never a verdict."""
