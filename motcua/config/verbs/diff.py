"""Say in words what changed between two versions: for the citizen, for the official, in law.

Each is a folder, or a published version: its code, `code@2024-06-30`, or its digest.
"""

import json
from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from motcua.agencies.rules.codes import KnownCodes
from motcua.config.verbs.house import the_house
from motcua.config.verbs.saying import complain, say
from motcua.procedures.rules.comparing.changes import Change, told
from motcua.procedures.rules.comparing.compare import compare
from motcua.procedures.rules.reading import Unreadable
from motcua.procedures.rules.texts import Text

if TYPE_CHECKING:
    from motcua.journeys.naming import Named

_NOTHING = Text(vi="Không có gì thay đổi.", en="Nothing has changed.")
_HEAD = Text(
    vi="{name} ({code}): {count} thay đổi, từ {old} đến {new}",
    en="{name} ({code}): {count} changes, from {old} to {new}",
)


def declare(parser: ArgumentParser) -> None:
    """Take two versions."""
    parser.add_argument("old", help="a folder, a code, code@2024-06-30 or a digest")
    parser.add_argument("new", help="the same")
    parser.add_argument("--language", choices=("vi", "en"), default="vi")
    parser.add_argument("--json", action="store_true", help="tell it to a program")


def run(asked: Namespace) -> int:
    """Compare them; return 1 when one of them cannot be read."""
    if all(Path(name).is_dir() for name in (asked.old, asked.new)):
        return _compare(asked)
    with the_house(asked.language):
        return _compare(asked)


def _compare(asked: Namespace) -> int:
    from motcua.journeys.naming import NothingOfThatName, version_named

    try:
        old, new = (version_named(name) for name in (asked.old, asked.new))
    except (Unreadable, NothingOfThatName) as wrong:
        complain(str(wrong))
        return 1
    found = compare(old.procedure, new.procedure, KnownCodes(), guides=(old.guides, new.guides))
    if asked.json:
        say(json.dumps([_as_data(change) for change in found], ensure_ascii=False, indent=1))
    else:
        _tell(old, new, found, asked.language)
    return 0


def _as_data(change: Change) -> dict[str, object]:
    return {
        "group": change.group,
        "topic": change.topic.split(".")[1],
        "place": change.place,
        "said": change.said.model_dump(),
    }


def _tell(old: "Named", new: "Named", found: list[Change], language: str) -> None:
    if not found:
        say(_NOTHING.to(language))
        return
    law = new.procedure
    gaps = {"name": law.name.to(language), "code": law.code, "count": len(found)}
    say(_HEAD.to(language).format(**gaps, old=old.name, new=new.name))
    for line in told(found, language):
        say(line)
