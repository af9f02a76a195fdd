"""The language of rules: grammar, syntax tree, static check, and what every operator means."""
