"""Fact tables: workbooks and texts read exactly, units, attestations, what does not fit together."""
