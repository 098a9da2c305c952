"""Words that somebody wrote: as long as there is room for them, never cut, for what is cut is lost unseen."""

from typing import ClassVar

from motcua.kernel.refusal import Refusal, noop


class WordsTooLong(Refusal):
    """More words than there is room for. Data: `n`, how many letters and signs there may be."""

    code: ClassVar[str] = "kernel.words-too-long"
    text: ClassVar[str] = noop("Hãy viết ngắn hơn: nhiều nhất {n} ký tự.")
    status: ClassVar[int] = 400


def within(words: str, most: int) -> str:
    """Return what somebody wrote, trimmed, a new line being one sign as the page counts it. Raises WordsTooLong."""
    told = words.replace("\r\n", "\n").strip()
    if len(told) > most:
        raise WordsTooLong(n=most)
    return told
