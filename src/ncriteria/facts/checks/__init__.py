"""Whether what was read fits together, and what may not be meant as it stands."""
