"""Receipts: what a result was made from, so that it can be made again and compared."""
