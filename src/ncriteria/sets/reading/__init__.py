"""Criteria files read: YAML with positions, its fields typed, each part of a set from its mapping."""
