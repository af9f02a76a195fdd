"""A year that still runs: where each unit stands, who is in charge of it, and what changed since the last time."""
