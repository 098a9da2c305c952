"""The values of a decision, typed at the desk and told again."""

from typing import get_args

import pytest
from django.template.loader import get_template

from motcua.desk.telling import value_shown
from motcua.procedures.rules.plan import ResultValue

AMOUNT = ResultValue.model_validate(
    {"id": "amount", "label": {"vi": "Số tiền", "en": "Amount"}, "type": "money"}
)


@pytest.mark.parametrize("kind", get_args(ResultValue.model_fields["type"].annotation))
def test_every_kind_of_value_has_a_box_to_type_it_into(kind: str) -> None:
    assert get_template(f"ui/fields/{kind}.html")


def test_an_amount_is_told_as_people_write_it() -> None:
    assert value_shown(AMOUNT, 10_800_000) == "10.800.000 đ"


def test_an_amount_in_another_systems_words_is_told_as_it_came() -> None:
    assert value_shown(AMOUNT, "theo bảng kèm theo") == "theo bảng kèm theo"
