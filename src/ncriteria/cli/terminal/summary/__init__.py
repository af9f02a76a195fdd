"""The summary of a table on the terminal: counts, matrices, figures to collect, and what has no verdict."""
