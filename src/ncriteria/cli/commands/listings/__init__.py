"""Commands that list what the library holds."""
