"""A page of tables: what a command found, as one file that opens offline, with search and filters."""
