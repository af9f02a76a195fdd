"""Parts of the static check."""
