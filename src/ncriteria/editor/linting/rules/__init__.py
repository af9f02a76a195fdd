"""The rules by which criteria files are checked: what each warns of, why, what to do, and examples."""
