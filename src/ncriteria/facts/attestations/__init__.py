"""Attestations: clauses and facts that a named body decides, with the document that says so."""
