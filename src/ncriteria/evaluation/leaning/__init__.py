"""Verdicts of other years and standards that rules lean on."""
