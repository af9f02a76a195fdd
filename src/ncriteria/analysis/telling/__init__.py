"""Rows on which rules tell apart: values on the boundaries of rules and beside them, for every search to try."""
