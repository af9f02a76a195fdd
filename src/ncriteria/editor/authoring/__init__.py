"""What an author is told and offered at a place of a criteria file: plain functions of its text."""
