"""The tokens of the house: every pair that meets on a page can be read, light and dark, and in more contrast."""

import re
from pathlib import Path

import pytest

import motcua.ui
from motcua.ui import tokens

CSS = (Path(motcua.ui.__file__).parent / "static" / "ui" / "motcua.css").read_text("utf-8")
TOKEN = re.compile(r"--([\w-]+): ([^;]+);")
WORDS = 4.5
"""Contrast of words (WCAG 1.4.3)."""
SHAPES = 3.0
"""Contrast of whatever must be seen to press or to understand (WCAG 1.4.11)."""
GROUNDS = {"paper", "tint", "door-tint", "bad-tint", "warn-tint"}
READ = [
    *((word, ground) for word in ("ink", "soft", "door", "door-deep") for ground in sorted(GROUNDS)),
    *((word, ground) for word in ("bad", "warn") for ground in ("paper", "tint", f"{word}-tint")),
    ("on-door", "door"),
    ("on-door", "door-deep"),
    ("paper", "edge"),
]  # fmt: skip
SEEN = [(edge, ground) for edge in ("edge", "door", "bad", "warn") for ground in ("paper", "tint")]


def block(selector):
    """Return the tokens that a rule sets, the first one with exactly that selector."""
    found = re.search(re.escape(selector) + r" \{([^}]*)\}", CSS)
    assert found, selector
    return dict(TOKEN.findall(found[1]))


LIGHT = block("\n:root")
DARK = LIGHT | block(":root[data-theme=dark]")
MORE = block(":root:root[data-contrast=more]")
SCHEMES = {"light": LIGHT, "dark": DARK, "light+": LIGHT | MORE, "dark+": DARK | MORE}


def colour(tokens, name):
    value = tokens[name]
    return colour(tokens, value[6:-1]) if value.startswith("var(--") else value


def brightness(hexed):
    digits = hexed.lstrip("#")
    whole = digits if len(digits) == 6 else "".join(d * 2 for d in digits)
    parts = [int(whole[place : place + 2], 16) / 255 for place in (0, 2, 4)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(tokens, one, other):
    low, high = sorted(brightness(colour(tokens, name)) for name in (one, other))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("scheme", SCHEMES)
def test_words_can_be_read_on_every_ground_they_stand_on(scheme):
    weak = {pair: contrast(SCHEMES[scheme], *pair) for pair in READ}
    assert {pair: round(found, 2) for pair, found in weak.items() if found < WORDS} == {}


@pytest.mark.parametrize("scheme", SCHEMES)
def test_shapes_can_be_told_from_their_ground(scheme):
    weak = {pair: contrast(SCHEMES[scheme], *pair) for pair in SEEN}
    assert {pair: round(found, 2) for pair, found in weak.items() if found < SHAPES} == {}


@pytest.mark.parametrize("scheme", ["light+", "dark+"])
def test_more_contrast_is_seven_to_one_for_words(scheme):
    weak = {
        word: contrast(SCHEMES[scheme], word, "paper")
        for word in ("ink", "soft", "door", "bad", "warn")
    }
    assert {word: round(found, 2) for word, found in weak.items() if found < 7} == {}


def test_the_dark_of_the_system_and_the_dark_that_was_chosen_are_one():
    assert block(":root:not([data-theme=light])") == block(":root[data-theme=dark]")


def test_no_rule_below_the_tokens_names_a_colour_of_its_own():
    rules = CSS.split("/* --- ground --- */")[1].split("/* --- on paper")[0]
    allowed = {"#fff", "#07483a", "#0003"}  # the ground of a QR code, a tick on light, a shadow
    assert set(re.findall(r"#[0-9a-f]{3,8}\b", rules)) <= allowed


def test_every_token_is_told_and_nothing_is_told_that_is_none():
    assert set(LIGHT) == tokens.EVERY


def test_every_token_is_used():
    used = set(re.findall(r"var\(--([\w-]+)\)", CSS))
    assert tokens.EVERY - used == set()
