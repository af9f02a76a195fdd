"""What of the sets of a catalog may be out of date on a day."""
