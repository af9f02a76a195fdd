"""Texts that are not UTF-8: what their bytes mean, and which encoding they may be of."""

from ncriteria.facts.encodings.file_text import FileText, text_of

__all__ = ["FileText", "text_of"]
