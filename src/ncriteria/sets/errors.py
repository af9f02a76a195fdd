"""The error of criteria files, and of sets that are chosen from a catalog."""

from __future__ import annotations

from ncriteria.errors import NCriteriaError


class CriteriaError(NCriteriaError):
    """A criteria file that cannot be read, or a set that does not hold together; `problems` has all that is wrong."""
