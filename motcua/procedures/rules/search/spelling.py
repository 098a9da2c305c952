"""Words that nobody knows, read as what was meant: slips of the finger, keyboards without Vietnamese."""

import re
from collections.abc import Iterable, Iterator, Mapping
from string import ascii_lowercase

SHORTEST = 3
"""Letters of a word below which a slip could be anything."""
MOST = 4

_TONES = re.compile(r"[sfrxj](?=$|[a-z]$)")
_TELEX = (("dd", "d"), ("aa", "a"), ("ee", "e"), ("oo", "o"), ("w", ""))
# Sounds that neighbours in the country write for one another.
_SOUNDS = (
    ("s", "x"),
    ("ch", "tr"),
    ("l", "n"),
    ("d", "gi"),
    ("r", "d"),
    ("r", "gi"),
    ("v", "d"),
    ("qu", "w"),
)


def meant(word: str, known: Mapping[str, int]) -> tuple[str, ...]:
    """Return what an unknown word may be, the most frequent first; `known`: word → in how many texts.

    Telex typed without its keyboard (`keets`), sounds (`xinh`), one slip (`sihn`), in this order.
    """
    if word in known or len(word) < SHORTEST or word.isdigit():
        return ()
    for guesses in (_telex(word), _sounded(word), _slips(word)):
        found = {guess for guess in guesses if guess in known and len(guess) > 1}
        if found:
            return tuple(sorted(found, key=lambda guess: (-known[guess], guess))[:MOST])
    return ()


def parted(word: str, known: Mapping[str, int]) -> tuple[str, ...]:
    """Return the two known words that were typed without a space between, or nothing."""
    halves = [
        (word[:cut], word[cut:])
        for cut in range(2, len(word) - 1)
        if word[:cut] in known and word[cut:] in known
    ]
    return max(halves, key=lambda pair: min(known[half] for half in pair), default=())


def _telex(word: str) -> Iterator[str]:
    plain = word
    for typed, letter in _TELEX:
        plain = plain.replace(typed, letter)
    yield plain
    yield _TONES.sub("", plain, count=1)


def _sounded(word: str) -> Iterator[str]:
    for one, other in (*_SOUNDS, *((b, a) for a, b in _SOUNDS)):
        if word.startswith(one):
            yield other + word[len(one) :]
    if word.endswith("n"):
        yield word + "g"
    if word.endswith("ng"):
        yield word[:-1]


def _slips(word: str) -> Iterable[str]:
    """Yield every text one slip away: a letter dropped, doubled, changed, or two exchanged."""
    cuts = [(word[:place], word[place:]) for place in range(len(word) + 1)]
    for before, after in cuts:
        if after:
            yield before + after[1:]
            yield from (before + letter + after[1:] for letter in ascii_lowercase)
        if len(after) > 1:
            yield before + after[1] + after[0] + after[2:]
        yield from (before + letter + after for letter in ascii_lowercase)
