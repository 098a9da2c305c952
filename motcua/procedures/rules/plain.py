"""Plain words: what an old person would stumble over, found by machine and rewritten by hand."""

import re
from collections.abc import Iterator, Mapping

LONGEST = 25
"""Words (Vietnamese syllables) of a sentence that is understood at one reading."""

_SENTENCE = re.compile(r"(?<=[.?!…:;])\s+|\n+")
_GAP = re.compile(r"%\(\w+\)[sd]|\{\w+\}|<[^>]+>")
_FAMILIAR = re.compile(
    r"\b(bạn|các bạn|ông/bà|ông \(bà\))(?!\w)(?! (học|bè|đời|cùng))", re.IGNORECASE
)


def stumbles(text: str, hard: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Yield what is hard in a text, and what to do: long sentences, hard words, a wrong address.

    `hard` are hard words with what to say instead.

    >>> list(stumbles("Đề nghị công dân kê khai.", {"kê khai": "khai"}))
    [('“kê khai”', 'khai')]
    """
    for sentence in _SENTENCE.split(text):
        count = len(re.findall(r"\w+", _GAP.sub("một", sentence)))
        if count > LONGEST:
            yield f"{count} words: “{sentence[:40]}…”", f"at most {LONGEST} a sentence"
    plain = text.lower()
    for word, instead in hard.items():
        if re.search(rf"(?<!\w){re.escape(word)}(?!\w)", plain):
            yield f"“{word}”", instead
    for found in _FAMILIAR.findall(text):
        yield f"“{found[0]}”", "quý vị"
