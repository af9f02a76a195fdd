"""What the check found, as continuous integration and reviews read it."""
