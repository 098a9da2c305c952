"""What was published stays readable, however the language grows."""

import json
from pathlib import Path

import pytest

from motcua.procedures.rules.catalogue import canonical, digest
from motcua.procedures.rules.definition import Definition
from motcua.procedures.rules.upgrading import (
    DECISION,
    LANGUAGE,
    STEPS,
    LanguageUnknown,
    read_stored,
)
from tests.rules.procedure_sample import sample

OLD = (Path(__file__).parent / "vectors/procedure.0.1.0.json").read_text(encoding="utf-8")
"""A certificate of marital status as release 0.1.0 stored it."""


@pytest.fixture
def old():
    return read_stored(OLD)


def test_the_text_of_the_first_release_keeps_its_name():
    assert digest(OLD) == "4a713f09f971b1682417234f9376a5d370f4f50241b8debca68e016b25cfec24"


def test_a_version_of_the_first_release_is_read(old):
    assert (old.code, old.fields_of_law, old.life_events) == (
        "1.004873", ("civil_status",), ("marriage",),
    )  # fmt: skip


def test_the_free_words_a_clock_rested_on_become_its_note(old):
    limit = old.plan.stages[0].limit
    assert str(limit.note) == "Nghị định 123/2015/NĐ-CP Điều 22"
    assert limit.basis == DECISION
    assert old.cited(limit) == "Quyết định 163/QĐ-BTP công bố thủ tục"


def test_the_plain_note_of_a_rate_becomes_a_text(old):
    notes = [rate.note.vi if rate.note else "" for fee in old.fees for rate in fee.rates]
    assert notes[1] == "mức nộp trực tiếp tại Hải Phòng chưa xác nhận"
    assert notes[0] == ""


def test_every_condition_of_an_old_version_still_compiles(old):
    definition = Definition(old)
    for field in definition.fields.values():
        assert definition.expressions.type_of(field.when) == "BOOL"


def test_a_linked_service_keeps_all_its_fields_of_law():
    content = json.loads(OLD)
    content["field_of_law"]["vi"] = "Hộ tịch – Cư trú – Bảo hiểm y tế"
    assert read_stored(json.dumps(content)).fields_of_law == (
        "civil_status", "residence", "health_insurance",
    )  # fmt: skip


def test_what_is_stored_today_reads_back_as_it_was(tmp_path):
    procedure = sample(tmp_path).procedure
    assert read_stored(canonical(procedure)) == procedure


def test_what_is_stored_says_its_language(tmp_path):
    assert json.loads(canonical(sample(tmp_path).procedure))["language"] == LANGUAGE


def test_a_text_of_a_later_program_is_refused():
    content = {**json.loads(OLD), "language": LANGUAGE + 1}
    with pytest.raises(LanguageUnknown, match=f"language {LANGUAGE + 1}"):
        read_stored(json.dumps(content))


def test_there_is_a_step_from_every_language_to_the_next():
    assert sorted(STEPS) == list(range(1, LANGUAGE))
