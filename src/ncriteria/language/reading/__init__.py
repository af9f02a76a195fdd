"""From text to tree: the grammar, and what makes nodes of what it parses."""
