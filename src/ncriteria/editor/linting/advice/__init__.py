"""What is told of a criteria file only where its author asks for it."""
