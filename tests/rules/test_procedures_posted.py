"""What a page posts becomes answers with a meaning, or a refusal that says what to do."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.procedures.rules.form import FormField
from motcua.procedures.rules.posting import posted
from motcua.procedures.rules.reading_answers import Posted, Reader, read_fields
from tests.rules.procedure_sample import WORLD

READER = Reader(WORLD, date(2026, 11, 23))
LABEL = {"vi": "Mục", "en": "Item"}


def field(kind: str, **more: Any) -> FormField:
    return FormField.model_validate(
        {"id": "a.b", "type": kind, "label": LABEL, **more}, strict=False
    )


def read(kind: str, value: Any, **more: Any) -> Any:
    asked = field(kind, **more)
    found = read_fields(READER, [asked], Posted(posted(asked, value)))
    return found.answers.get("a.b") if not found.faults else found.faults["a.b"].code


OPTIONS = ({"value": "x", "label": LABEL}, {"value": "y", "label": LABEL})


@pytest.mark.parametrize(
    ("kind", "value", "answer", "more"),
    [
        ("text", "  Thôn Phú Khê ", "Thôn Phú Khê", {}),
        ("text", "thu\u031bo\u031b\u0300ng", "thường", {}),
        ("text", "a\x00b\x1b", "ab", {}),
        ("long_text", "a\r\nb", "a\r\nb", {}),
        ("person_name", "  phạm   thị lan ", "phạm thị lan", {}),
        ("personal_number", "030 196 004 321", "030196004321", {}),
        ("date", "5/11/2026", "2026-11-05", {}),
        ("date", "1994", "1994", {"partial": True}),
        ("time", "14h30", "14:30", {}),
        ("time", "7:05", "07:05", {}),
        ("phone", "0912 345 678", "+84912345678", {}),
        ("email", "Lan.Pham@Example.VN", "Lan.Pham@example.vn", {}),
        ("number", "1.200", 1200, {}),
        ("number", "0", 0, {"most": 20}),
        ("money", "1.500.000 đ", 1_500_000, {}),
        ("choice", "x", "x", {"options": OPTIONS}),
        ("choice", "male", "male", {"codes": "sexes"}),
        ("choices", ["x", "y"], ["x", "y"], {"options": OPTIONS}),
        ("yes_no", True, True, {}),
        ("yes_no", False, False, {}),
        ("tick", True, True, {}),
        ("tick", False, None, {}),
        ("text", "", None, {}),
        ("date", "", None, {}),
    ],
)
def test_an_answer_is_read(kind: str, value: Any, answer: Any, more: dict[str, Any]) -> None:
    assert read(kind, value, **more) == answer


@pytest.mark.parametrize(
    ("kind", "value", "code", "more"),
    [
        ("text", "x" * 201, "procedures.text-too-long", {}),
        ("text", "abc", "procedures.text-not-in-pattern", {"pattern": "[0-9]+"}),
        ("person_name", "Lan 2", "kernel.name-has-signs", {}),
        ("date", "31/02/2026", "kernel.date-impossible", {}),
        ("date", "11/2026", "procedures.date-not-full", {}),
        ("date", "24/11/2026", "procedures.date-in-future", {"not_after": "today"}),
        ("time", "25:00", "procedures.time-unreadable", {}),
        ("number", "21", "procedures.number-out-of-range", {"most": 20}),
        ("number", "-1", "procedures.number-out-of-range", {}),
        ("number", "hai", "procedures.number-out-of-range", {}),
        ("choice", "z", "procedures.choice-unknown", {"options": OPTIONS}),
        ("choice", "other", "procedures.choice-unknown", {"codes": "sexes"}),
        ("choices", ["x", "z"], "procedures.choice-unknown", {"options": OPTIONS}),
        ("place", {"province": "31"}, "procedures.place-unknown", {}),
        ("place", {"commune": "99999"}, "procedures.place-unknown", {}),
        ("facility", "9", "procedures.choice-unknown", {}),
        ("facility", "2", "procedures.choice-unknown", {"only": "open_to_children"}),
        ("facility", {"name": "BV"}, "procedures.facility-incomplete", {}),
        ("facility", {"name": "Bệnh viện B", "address": "Hà Nội"}, "procedures.facility-incomplete", {}),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused(kind: str, value: Any, code: str, more: dict[str, Any]) -> None:
    assert read(kind, value, **more) == code


def test_a_date_is_read_from_its_three_boxes() -> None:
    boxes = {"a.b__day": ["5"], "a.b__month": ["11"], "a.b__year": ["2026"]}
    assert READER.read(field("date"), Posted(boxes)) == "2026-11-05"


def test_a_place_keeps_its_words() -> None:
    told = read("place", {"commune": "11284", "detail": "Thôn Phú Khê"})
    assert told == {
        "province": "31",
        "commune": "11284",
        "detail": "Thôn Phú Khê",
        "text": "Thôn Phú Khê, Xã Nam Thanh Miện, Hải Phòng",
    }


def test_a_place_found_by_its_old_name_counts_before_the_lists() -> None:
    told = {"a.b__match": ["11239"], "a.b__commune": ["11284"]}
    assert READER.read(field("place"), Posted(told))["commune"] == "11239"


def test_a_facility_of_the_list_comes_with_its_address() -> None:
    assert read("facility", "1") == {"code": "1", "text": "Trạm y tế xã, Xã Thanh Miện, Hải Phòng"}


def test_another_facility_needs_its_full_name_and_address() -> None:
    told = {"name": "Bệnh viện Nhi", "address": "xã Vĩnh Bảo, thành phố Hải Phòng"}
    assert read("facility", told) == {
        "code": "other",
        "text": "Bệnh viện Nhi, xã Vĩnh Bảo, thành phố Hải Phòng",
    }


GROUP = {
    "fields": (
        {"id": "row.name", "type": "person_name", "label": LABEL},
        {"id": "row.born", "type": "date", "label": LABEL},
    ),
    "rows": 2,
}


def test_a_repeated_group_becomes_rows_and_empty_rows_vanish() -> None:
    told = [{"name": "Phạm An", "born": "1/2/2020"}, {"name": "", "born": ""}]
    assert read("group", told, **GROUP) == [{"name": "Phạm An", "born": "2020-02-01"}]


def test_more_rows_than_allowed_are_not_read() -> None:
    told = [{"name": f"Phạm {name}", "born": "1/2/2020"} for name in ("An", "Bình", "Chi")]
    assert len(read("group", told, **GROUP)) == 2


def test_a_fault_does_not_take_the_other_answers_with_it() -> None:
    first, second = field("text"), field("date").model_copy(update={"id": "a.c"})
    found = read_fields(READER, [first, second], Posted({"a.b": ["x"], "a.c": ["32/13/2020"]}))
    assert found.answers == {"a.b": "x"}
    assert set(found.faults) == {"a.c"}


@given(
    st.sampled_from(
        [
            "text",
            "date",
            "number",
            "time",
            "phone",
            "email",
            "money",
            "personal_number",
            "person_name",
            "place",
            "facility",
        ]
    ),
    st.text(max_size=40),
)
def test_whatever_is_posted_is_an_answer_or_a_refusal(kind: str, value: str) -> None:
    asked = field(kind)
    names = ["a.b", "a.b__commune", "a.b__detail", "a.b__day", "a.b__other"]
    found = read_fields(READER, [asked], Posted({name: [value] for name in names}))
    assert set(found.answers) | set(found.faults) == {"a.b"}


@given(st.text(max_size=12))
def test_a_count_of_rows_that_is_no_number_brings_no_row(count: str) -> None:
    found = read_fields(READER, [field("group", **GROUP)], Posted({"a.b__rows": [count]}))
    assert found.answers.get("a.b") is None
