"""The one-file page: what it is built from, and how."""
