"""What a caller asks of a frame besides its verdicts: to see it as known on a day, and to judge its parts apart."""
