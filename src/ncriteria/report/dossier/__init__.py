"""The dossier of an edit: what it means, whom it touches and how well it is tested, for whoever signs it."""
