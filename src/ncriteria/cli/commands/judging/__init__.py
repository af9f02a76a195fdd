"""Commands that judge the units of a table."""
