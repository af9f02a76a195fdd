"""What may have been meant by what cannot be read or does not fit."""
