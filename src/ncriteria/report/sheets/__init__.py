"""Answers as tables: sheets of exact values, of which workbooks, CSV and columns are made."""
