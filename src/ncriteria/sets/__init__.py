"""Criteria sets: files read with their places, the model, years, overlays, the catalogue."""
