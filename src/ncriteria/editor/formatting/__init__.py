"""The canonical layout of a criteria file: edits by position that keep every comment and what the file says."""
