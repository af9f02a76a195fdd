"""Writing the rule of a clause whose text was not known, into an overlay, for whoever holds the text."""
