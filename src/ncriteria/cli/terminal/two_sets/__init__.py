"""How two criteria sets stand to each other, on the terminal: comparisons, relations, proofs and impacts."""
