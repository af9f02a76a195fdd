"""What a criteria set needs to be told, as data, in words and as a table."""
