"""What may stand at the cursor of a file that is being written."""
