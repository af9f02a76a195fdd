"""What is joined to each row of a frame: earlier years, the units around and inside, and attestations."""
