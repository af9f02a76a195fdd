"""Trying a set by hand: one fact after the other, and what each changes."""
