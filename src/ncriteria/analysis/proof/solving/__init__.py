"""Rules as formulas of a solver (Z3), in the three-valued meaning."""
