"""Empty forms: workbooks to fill in, made from the facts that a criteria set declares."""
