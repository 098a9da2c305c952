"""Decisions about places, codes and second factors: plain Python."""
