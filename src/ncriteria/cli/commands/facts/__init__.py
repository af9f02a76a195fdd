"""Commands about the facts that an office keeps, and how it writes them."""
