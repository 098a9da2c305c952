"""Begin a procedure: a folder that is sound already, to be rewritten from the top to the bottom.

Nothing is published by it. See docs/how-to/write-a-procedure.md.
"""

import os
import re
from argparse import ArgumentParser, Namespace
from datetime import date, timedelta
from pathlib import Path

from motcua.config.verbs.saying import complain, say
from motcua.journeys.soundness import CATALOGUE
from motcua.kernel.vietnamese import fold
from motcua.procedures.rules.catalogue import folders

SEEDLING = Path(__file__).parent / "seedling"
_CODE = re.compile(r"\d\.\d{6}")


def declare(parser: ArgumentParser) -> None:
    """Take the national code, what it is called, and where to put it."""
    parser.add_argument("code", help="the national code, such as 1.004873")
    parser.add_argument("--name", default="Thủ tục mới", help="its name in Vietnamese")
    parser.add_argument("--name-en", default="New procedure", help="its name in English")
    parser.add_argument("--folder", type=Path, help="default: catalogue/procedures/moi/<name>")


def run(asked: Namespace) -> int:
    """Write the folder; refuse a code that is not one or is taken, and a folder that is there."""
    slug = _slug(asked.name)
    folder = asked.folder or CATALOGUE / "procedures" / "moi" / slug
    if problem := _problem(asked.code, asked.name, folder):
        complain(problem)
        return 1
    _grow(folder, {"code": asked.code, "slug": slug, "name": asked.name, "name_en": asked.name_en})
    say(f"{folder}\n  1. motcua check {folder}\n  2. docs/how-to/write-a-procedure.md")
    return 0


def _slug(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", fold(name)).strip("-")


def _problem(code: str, name: str, folder: Path) -> str:
    if not _CODE.fullmatch(code):
        return f"`{code}` is not a code: one digit, a point, six digits, such as 1.004873"
    if not _slug(name):
        return f"`{name}` has no letters to make an address of"
    if '"' in name or "\\" in name:
        return 'a name cannot hold `"` or `\\`'
    taken = [place for place in folders(CATALOGUE / "procedures") if _code_of(place) == code]
    if taken:
        return f"{code} is taken by {taken[0]}: a changed law is another version of it, see docs/how-to"
    return f"{folder} is there already" if folder.exists() else ""


def _code_of(folder: Path) -> str:
    written = (folder / "procedure.yaml").read_text(encoding="utf-8")
    found = re.search(r'^code: "([^"]*)"', written, re.MULTILINE)
    return found[1] if found else ""


def _grow(folder: Path, words: dict[str, str]) -> None:
    today = date.today()  # noqa: DTZ011 - the author's own day
    monday = today + timedelta(days=7 - today.weekday())
    words |= {"today": today.isoformat(), "monday": monday.isoformat()}
    words["schema"] = os.path.relpath(CATALOGUE / "schema", folder.resolve())
    for seed in sorted(SEEDLING.rglob("*.*")):
        text = seed.read_text(encoding="utf-8")
        for key, value in words.items():
            text = text.replace(f"{{{{{key}}}}}", value)
        place = folder / seed.relative_to(SEEDLING)
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text, encoding="utf-8")
