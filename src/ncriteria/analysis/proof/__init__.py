"""Proofs over all possible facts: the rules of a set as formulas of a solver (Z3), in the three-valued meaning.

Only this package loads the solver. The record evaluator stays the specification: whatever the solver finds is put to
it.
"""
