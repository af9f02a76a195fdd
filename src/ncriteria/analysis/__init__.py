"""What an edit of a rule or a further fact would change."""
