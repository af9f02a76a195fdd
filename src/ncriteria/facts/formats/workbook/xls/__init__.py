"""Workbooks of Excel 97 to 2003: the records of the file, their values by calamine."""
