"""The answer of a whole table at a glance: a matrix of verdicts, counts, figures to collect, what has no verdict."""
