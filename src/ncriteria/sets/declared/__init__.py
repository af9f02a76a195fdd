"""What sets declare of facts: how figures are put together, and the facts of several sets side by side."""
