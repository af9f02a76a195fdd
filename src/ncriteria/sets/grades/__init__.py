"""Graded outcomes: what a scale of grades is, how it is read, and how it is judged."""
