"""An answer written into its page's controls reads back as the same answer, and none as none."""

from datetime import date
from typing import Any

import pytest

from motcua.procedures.rules.controls import controls
from motcua.procedures.rules.form import FormField
from motcua.procedures.rules.reading_answers import Posted, Reader, read_fields
from tests.rules.procedure_sample import WORLD

READER = Reader(WORLD, date(2026, 11, 23))
LABEL = {"vi": "Mục", "en": "Item"}
OPTIONS = ({"value": "x", "label": LABEL}, {"value": "y", "label": LABEL})
PARTS = (
    {"id": "g.name", "type": "person_name", "label": LABEL},
    {"id": "g.born", "type": "date", "label": LABEL},
    {"id": "g.ill", "type": "yes_no", "label": LABEL},
)
KINDS: list[tuple[str, Any, dict[str, Any]]] = [
    ("text", "Thôn Phú Khê", {}),
    ("person_name", "Phạm Thị Lan", {}),
    ("personal_number", "030196004321", {}),
    ("date", "2026-11-05", {}),
    ("date", "1994", {"partial": True}),
    ("time", "07:05", {}),
    ("phone", "+84912345678", {}),
    ("number", 1200, {}),
    ("money", 1_500_000, {}),
    ("choice", "x", {"options": OPTIONS}),
    ("choices", ["x", "y"], {"options": OPTIONS}),
    ("yes_no", False, {}),
    ("tick", True, {}),
    ("facility", {"code": "other", "text": "Trạm y tế, xã Thanh, Hải Phòng"}, {}),
    ("group", [{"name": "Lê An", "born": "2020-01-31", "ill": True}, {"name": "Lê Bình"}],
     {"fields": PARTS}),
]  # fmt: skip


def read(field: FormField, answer: Any) -> Any:
    found = read_fields(READER, [field], Posted(controls(field, answer)))
    assert not found.faults
    return found.answers["a.b"]


@pytest.mark.parametrize(("kind", "answer", "more"), KINDS)
def test_an_answer_reads_back_from_its_controls(
    kind: str, answer: Any, more: dict[str, Any]
) -> None:
    declared = {"id": "a.b", "type": kind, "label": LABEL, **more}
    field = FormField.model_validate(declared, strict=False)
    assert read(field, answer) == answer
    assert read(field, None) is None
