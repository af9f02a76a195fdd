"""Results as plain data for programs: told by structure, under one schema with a version."""
