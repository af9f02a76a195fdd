"""The dossier of an edit."""
