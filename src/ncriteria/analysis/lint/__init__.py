"""What is allowed in a criteria set but worth a second look: each finding is a warning, not an error."""
