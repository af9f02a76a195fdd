"""What a command works on: criteria, tables, and the rows that are asked for."""
