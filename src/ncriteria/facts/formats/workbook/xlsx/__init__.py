"""Workbooks of Excel since 2007: the cells by their XML, their values by calamine."""
