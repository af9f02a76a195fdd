"""Commands about criteria files themselves: what they say, and what an edit of them does."""
