"""What is known of how everybody can use the portal: one page for people, one for developers, both of one list.

The list, `accessibility.yaml`, has every criterion of WCAG 2.2 A and AA: how it is met, and what would notice
if it no longer were. `python -m motcua.openness.accessibility` writes docs/reference/accessibility.md.
"""

import sys
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

_LIST = Path(__file__).parent / "accessibility.yaml"


@dataclass(frozen=True)
class Criterion:
    """One criterion: its number and level in WCAG 2.2, and in both languages what it asks and how it is met."""

    id: str
    level: str
    name: dict[str, str]
    how: dict[str, str]
    shown: str
    """The test that would notice, or “by hand”."""


@dataclass(frozen=True)
class Statement:
    """All criteria, the day they were gone through, and what is known to fail: numbers."""

    checked_on: date
    failing: tuple[str, ...]
    criteria: tuple[Criterion, ...]


@cache
def statement() -> Statement:
    """Return what is known."""
    told: dict[str, Any] = yaml.safe_load(_LIST.read_text(encoding="utf-8"))
    criteria = tuple(Criterion(**row) for row in told["criteria"])
    return Statement(told["checked_on"], tuple(told["failing"]), criteria)


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """Say how everybody can use the portal, what is known to fail, and whom to tell."""
    known = statement()
    spoken = "en" if get_language() == "en" else "vi"
    criteria = [
        {"id": one.id, "level": one.level, "name": one.name[spoken], "how": one.how[spoken]}
        for one in known.criteria
    ]
    context = {
        "checked_on": known.checked_on,
        "failing": [row for row in criteria if row["id"] in known.failing],
        "criteria": criteria,
        "spoken": spoken,
        "contact": settings.ACCESSIBILITY_EMAIL,
    }
    return render(request, "openness/accessibility.html", context)


def reference() -> str:
    """Return the page for developers."""
    known = statement()
    rows = [
        f"| {one.id} | {one.level} | {one.name['en']} | {one.how['en']} | {_links(one.shown)} |"
        for one in known.criteria
    ]
    failing = ", ".join(known.failing) or "nothing"
    head = _HEAD.format(day=known.checked_on.isoformat(), failing=failing)
    return "\n".join([head, *rows, ""])


def _links(shown: str) -> str:
    return " ".join(
        f"[`{word.rsplit('/', 1)[-1].rstrip(',')}`](../../{word.rstrip(',')})"
        if word.startswith("tests/")
        else word
        for word in shown.split()
    )


_HEAD = """# Access for everybody

The citizens' side against WCAG 2.2, levels A and AA, gone through on {day}. Known to fail: {failing}. People read the
same at `/tiep-can/`. Both pages are made of `motcua/openness/accessibility.yaml`; this one by
`python -m motcua.openness.accessibility`. “By hand”: looked at by the developers in Chromium, at 320 and 1280 pixels.
No test with people who use a screen reader every day, and none on iOS with VoiceOver or Android with TalkBack, has been
made yet: what they would find is not known.

What helps beyond the criteria: [how pages look](../../motcua/ui/display.py) (letters, contrast, background, movement –
without scripts, in a cookie), reading aloud by the phone's own voice (`ui/speech.js`), every guide in easy words
(`guide.easy.*.md`), no riddles (`toolkit/work.py`), time that is told before it ends (`ui/time.js`).

| | level | criterion | how it is met | what would notice |
|---|---|---|---|---|"""


if __name__ == "__main__":
    place = Path(__file__).resolve().parents[2] / "docs" / "reference" / "accessibility.md"
    place.write_text(reference(), encoding="utf-8")
    sys.stdout.write(f"{place}\n")
