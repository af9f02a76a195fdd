"""What an edit changes in what two sets say, and in what they mean."""
