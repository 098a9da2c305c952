"""An author's text of the first release, rewritten in the language of today."""

import json
from pathlib import Path

import pytest
import yaml

from motcua.config.cli import main
from motcua.procedures.rules.procedure import Procedure
from motcua.procedures.rules.reading import read_document, take
from motcua.procedures.rules.rewriting import rewritten
from motcua.procedures.rules.upgrading import DECISION, read_stored
from tests.rules.procedure_sample import LAW
from tests.rules.test_procedures_upgrading import OLD

WRITTEN = Path(__file__).parent / "vectors/procedure.0.1.0.yaml"
"""The same certificate of marital status as release 0.1.0 stored, as its author wrote it."""
CLOCK = """\
fees: []
decision: "1/QĐ"
legal_basis:
  - id: luat
    title: {vi: "Luật", en: "Law"}
    articles: "Điều 1"

plan:
"""


def read(text: str, tmp_path: Path) -> Procedure:
    (tmp_path / "procedure.yaml").write_text(text, encoding="utf-8")
    document = read_document(tmp_path / "procedure.yaml", "procedure.yaml")
    document.content["form"] = json.loads(OLD)["form"]
    return take(document, Procedure)


def test_a_rewritten_text_says_what_the_stored_version_says(tmp_path):
    text = rewritten(WRITTEN.read_text(encoding="utf-8"))
    assert read(text, tmp_path) == read_stored(OLD)


def test_comments_and_untouched_lines_stay():
    before = WRITTEN.read_text(encoding="utf-8").splitlines()
    after = rewritten("\n".join(before)).splitlines()
    kept = [line for line in before if line in after]
    assert len(before) - len(kept) == 8
    assert after[0] == before[0]
    assert after[0].startswith("# ")


@pytest.mark.parametrize("text", [LAW, "a: 1\n", "- a\n", "", "plan: x\nfees: {}\n"])
def test_a_text_of_today_comes_back_as_it_is(text):
    assert rewritten(text) == text


def test_rewriting_again_changes_nothing():
    once = rewritten(WRITTEN.read_text(encoding="utf-8"))
    assert rewritten(once) == once


@pytest.mark.parametrize(
    ("limit", "note"),
    [
        ('  limit: {amount: 3, basis: "Luật Hộ tịch Điều 18"}\n', "Luật Hộ tịch Điều 18"),
        ("  limit:\n    amount: 3\n    basis: Luật Hộ tịch\n    unit: days\n", "Luật Hộ tịch"),
        ("  limit: {amount: 3}\n", None),
        ('  limit: {amount: 3, basis: ""}\n', None),
    ],
)
def test_a_clock_rests_on_the_decision_however_it_was_written(limit, note):
    told = yaml.safe_load(rewritten(CLOCK + limit))
    assert told["plan"]["limit"]["basis"] == DECISION
    assert told["plan"]["limit"].get("note", {}).get("vi") == note
    assert [item["id"] for item in told["legal_basis"]] == ["luat", DECISION]


def test_the_command_rewrites_in_place_and_says_so(tmp_path, capsys):
    file = tmp_path / "procedure.yaml"
    file.write_text(WRITTEN.read_text(encoding="utf-8"), encoding="utf-8")
    assert main(["upgrade-language", str(tmp_path)]) == 0
    assert main(["upgrade-language", str(tmp_path)]) == 0
    first, second = capsys.readouterr().out.splitlines()
    assert first.endswith("rewritten")
    assert second.endswith("already")


def test_the_command_tells_what_is_no_yaml(tmp_path, capsys):
    (tmp_path / "procedure.yaml").write_text("a: [", encoding="utf-8")
    assert main(["upgrade-language", str(tmp_path)]) == 1
    assert len(capsys.readouterr().err.splitlines()) == 1
