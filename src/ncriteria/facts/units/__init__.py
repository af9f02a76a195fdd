"""The units of a table: their identifiers, their levels, and the units around them."""
