"""A table that is watched while its year runs, as plain data, and read back for the next time."""
