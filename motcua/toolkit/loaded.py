"""What a process has loaded stays for good: the garbage collector leaves it alone."""

import gc


def leave_to_itself() -> None:
    """Take all that is loaded by now out of garbage collections, and let those be rarer.

    A full one walks through all of Django: some thirty milliseconds in the middle of somebody's page.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000, 20, 50)
