"""Whom an edit touches: both sets on the same figures, every unit that flips, and why."""
