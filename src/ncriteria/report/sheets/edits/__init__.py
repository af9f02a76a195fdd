"""What an edit of a set changes, as sheets: its differences, the units that flip, and what its tests leave untried."""
