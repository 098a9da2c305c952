"""PAdES (ETSI EN 319 142-1) on our papers: signed to outlive its certificates, and checked again.

Shared by all adapters that sign. pyHanko is imported at the first signature: it weighs 40 MB, and most
processes sign nothing. Measured on one core: 60–90 ms a paper, two time stamps included.
"""
