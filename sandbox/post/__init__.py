"""A post office."""
