"""The check of criteria files as one table of rules, for the command line, for editors and for reviews."""
