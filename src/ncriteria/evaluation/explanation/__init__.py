"""Explanations in Vietnamese and English, made from the tree and the trace."""
