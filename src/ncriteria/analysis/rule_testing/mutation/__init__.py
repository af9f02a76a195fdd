"""Small edits of rules, and whether the tests of a set notice them."""
