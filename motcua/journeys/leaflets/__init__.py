"""Leaflets of a service for a commune: a guide, a poster, a script for the loudspeaker.

What communes write by hand today is made from the law's own data: `facts` gathers what is told, `speech` says it
aloud, `writing` puts it in plain lines, `making` prints it.
"""
