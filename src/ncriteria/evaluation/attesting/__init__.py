"""What is attested of clauses and facts: what it decides under a set, and the tables that have it."""
