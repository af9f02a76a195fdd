"""Workbooks of LibreOffice and other programs of OpenDocument."""
