"""Measures the product as people load it; see bench/README.md."""
