"""The papers a dossier gives rise to by law, drawn when asked for from its history (docs/why/0006)."""
