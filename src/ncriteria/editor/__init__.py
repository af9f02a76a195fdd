"""What authors of criteria files work with: how a file is laid out, the rules it is checked by, and its schema."""
