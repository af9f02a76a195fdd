"""Which rows are of units, and what a row says of its unit: totals, notes, periods and headings are not units."""
