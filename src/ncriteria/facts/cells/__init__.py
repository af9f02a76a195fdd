"""Cells read exactly: numerals, days, truths, options, and why a cell is refused."""
