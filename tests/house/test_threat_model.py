"""What the threat model promises is tested where it says."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "why" / "threat-model.md"
NAMED = re.compile(r"`(tests/[\w/]+\.py)::(test_\w+)`")
LEAST = 60


def rows() -> list[str]:
    lines = PAGE.read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line.startswith("| ") and line[2] in "STRIDE"]


def test_every_threat_has_its_control_and_its_test():
    assert len(rows()) >= LEAST
    assert [row for row in rows() if len(NAMED.findall(row)) != 1 or row.count("|") != 5] == []


def test_every_test_it_names_is_there():
    named = NAMED.findall(PAGE.read_text(encoding="utf-8"))
    lost = [
        f"{file}::{name}"
        for file, name in named
        if not re.search(rf"^def {name}\(", (ROOT / file).read_text(encoding="utf-8"), re.MULTILINE)
    ]
    assert lost == []


def test_every_letter_of_stride_is_thought_of():
    assert {row[2] for row in rows()} == set("STRIDE")
