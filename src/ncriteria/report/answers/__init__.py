"""What the commands find, made ready to be written in any format."""
