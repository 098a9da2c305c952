"""The log by its definitions: plain Python, no database, no keys."""
