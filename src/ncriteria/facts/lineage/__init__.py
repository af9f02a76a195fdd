"""Lineage: which units were merged, split and renamed, on which day, and what a unit of today is made of."""
