"""Say what a new version would mean for every dossier still open, and change nothing.

The version is a folder, or one published already. Codes and field ids are told, never what people declared.
"""

import json
from argparse import ArgumentParser, Namespace
from dataclasses import asdict
from typing import TYPE_CHECKING

from motcua.config.verbs.house import the_house
from motcua.config.verbs.saying import complain, say

if TYPE_CHECKING:
    from motcua.journeys.transition import Outcome
    from motcua.journeys.transition_words import Totals


def declare(parser: ArgumentParser) -> None:
    """Take the new version."""
    parser.add_argument("new", help="a folder, a code, code@2026-12-01 or a digest")
    parser.add_argument("--language", choices=("vi", "en"), default="vi")
    parser.add_argument("--json", action="store_true", help="one line of JSON a dossier, sums last")


def run(asked: Namespace) -> int:
    """Rehearse it on each dossier, telling one after the other; return 1 when it cannot be read."""
    with the_house(asked.language):
        return _rehearse(asked)


def _rehearse(asked: Namespace) -> int:
    from motcua.journeys.naming import NothingOfThatName, version_named
    from motcua.journeys.rehearsing import rehearse_open
    from motcua.journeys.transition_words import Totals, sentence
    from motcua.procedures.rules.reading import Unreadable
    from motcua.toolkit.clock import now

    try:
        new = version_named(asked.new)
    except (Unreadable, NothingOfThatName) as wrong:
        complain(str(wrong))
        return 1
    totals = Totals()
    for outcome in rehearse_open(new, at=now()):
        totals.count(outcome)
        say(_data(outcome) if asked.json else sentence(outcome, asked.language))
    _tell_sum(totals, asked)
    return 0


def _data(outcome: "Outcome") -> str:
    found = [{k: v for k, v in asdict(item).items() if v} for item in outcome.findings]
    return json.dumps({"code": outcome.code, "verdict": outcome.verdict, "findings": found})


def _tell_sum(totals: "Totals", asked: Namespace) -> None:
    if asked.json:
        found = [
            {"kind": kind, "what": what, "dossiers": count}
            for (kind, what), count in totals.findings.items()
        ]
        say(json.dumps({"totals": dict(totals.verdicts), "findings": found}))
        return
    for line in totals.told(asked.language):
        say(line)
