"""Commands that a file is written with: its layout, the check, and what answers an editor."""
