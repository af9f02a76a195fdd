"""Where things stand in a table: its headings, the rows of units, and what stands around them."""
