"""What is known of the cells of a sheet, from two readings that must agree."""
