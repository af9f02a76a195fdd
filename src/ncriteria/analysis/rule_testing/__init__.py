"""How well the tests of a set try its rules: what they miss, the edits they would not notice, cases to add."""
