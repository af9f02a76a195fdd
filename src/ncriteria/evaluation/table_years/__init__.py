"""What a row of a table rests on: the years of its unit as a set sees them, and the units around and inside it."""
