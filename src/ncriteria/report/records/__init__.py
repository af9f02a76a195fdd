"""The records of results, told as plain data: what each leaves out, adds and calls otherwise."""
