"""What can go wrong where an answer is written."""

from __future__ import annotations

from ncriteria.errors import NCriteriaError


class OutputError(NCriteriaError):
    """An answer that cannot be written where it is asked for, or as what."""
