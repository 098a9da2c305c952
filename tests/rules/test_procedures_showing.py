"""Answers as people read them: the rows of a group in one line."""

from motcua.procedures.rules.form import FormField
from motcua.procedures.rules.showing import row_words, show
from motcua.procedures.rules.texts import Text
from tests.rules.procedure_sample import WORLD


def asked(short: str, kind: str, vi: str, en: str, **more: object) -> FormField:
    return FormField.model_validate(
        {"id": f"originals.{short}", "type": kind, "label": Text(vi=vi, en=en), **more}
    )


ORIGINALS = asked(
    "list", "group", "Bản chính", "Original",
    fields=(
        asked("name", "text", "Tên giấy tờ", "Name"),
        asked("pages", "number", "Số trang", "Pages"),
        asked("legalised", "yes_no", "Đã hợp pháp hóa", "Legalised"),
        asked("urgent", "tick", "Cần gấp", "Urgent"),
    ),
)  # fmt: skip
DIPLOMA = {"urgent": True, "legalised": False, "pages": 2, "name": "Bằng tốt nghiệp"}


def test_a_number_alone_says_nothing_so_its_question_goes_with_it() -> None:
    told = row_words(ORIGINALS, DIPLOMA, WORLD)
    assert told == ["Bằng tốt nghiệp", "Số trang: 2", "Đã hợp pháp hóa: Không", "Cần gấp"]


def test_a_row_is_told_in_the_order_of_asking_and_in_the_language() -> None:
    told = row_words(ORIGINALS, DIPLOMA, WORLD, "en")
    assert told == ["Bằng tốt nghiệp", "Pages: 2", "Legalised: No", "Urgent"]


def test_what_a_row_leaves_out_is_not_told() -> None:
    assert row_words(ORIGINALS, {"name": "Học bạ"}, WORLD) == ["Học bạ"]


def test_rows_stand_one_after_another() -> None:
    rows = [{"name": "Học bạ", "pages": 24}, {"name": "Bằng", "pages": 1}]
    assert show(ORIGINALS, rows, WORLD) == "Học bạ, Số trang: 24; Bằng, Số trang: 1"
