"""What is told of the units inside the one that is judged."""
