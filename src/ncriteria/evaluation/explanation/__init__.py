"""Explanations in Vietnamese and English, made from the tree and the trace."""

from ncriteria.evaluation.explanation.text import explain

__all__ = ["explain"]
