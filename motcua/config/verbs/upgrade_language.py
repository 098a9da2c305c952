"""Rewrite procedures written for release 0.1.0 in the language of today; comments stay where they are.

Look over what it wrote: notes are given in Vietnamese in both languages, and every clock rests on the decision.
"""

from argparse import ArgumentParser, Namespace
from pathlib import Path

import yaml

from motcua.config.verbs.saying import complain, say
from motcua.procedures.rules.catalogue import folders
from motcua.procedures.rules.rewriting import rewritten


def declare(parser: ArgumentParser) -> None:
    """Take folders."""
    parser.add_argument("folder", nargs="+", type=Path)


def run(asked: Namespace) -> int:
    """Rewrite every procedure at or below the folders; return 1 when there is none or one is not YAML."""
    found = [place for folder in asked.folder for place in folders(folder)]
    done = [_rewrite(place / "procedure.yaml") for place in found]
    return 0 if done and all(done) else 1


def _rewrite(file: Path) -> bool:
    text = file.read_text(encoding="utf-8")
    try:
        new = rewritten(text)
    except yaml.YAMLError as wrong:
        complain(f"{file}: {wrong}".replace("\n", " "))
        return False
    if new == text:
        say(f"{file}: of today's language already")
    else:
        file.write_text(new, encoding="utf-8")
        say(f"{file}: rewritten")
    return True
