"""Which papers a history gives rise to, and from which set of the catalogue they are set."""

from pathlib import Path

import pytest
from django.conf import settings

from motcua.agencies.rules.codes import code_list
from motcua.dossiers.rules import acts as a
from motcua.journeys.forms.listing import form_of, forms_of
from motcua.journeys.forms.sets import template
from tests import cast
from tests.rules.heart import FAULT, LAW, Story


def slugs(story: Story) -> list[str]:
    return [form.slug for form in forms_of(story.events)]


def test_a_dossier_nobody_received_has_no_form():
    assert slugs(Story().filed()) == []


def test_each_request_of_the_desk_is_a_form_of_its_own():
    story = Story().filed()
    ask = a.AskSupplement(faults=(FAULT,), approved_by="leader")
    for _ in range(2):
        story(cast.FRONT_DESK, ask)(cast.MOTHER, a.Supplement(papers=("birth_note",)))
    assert slugs(story) == ["bo-sung-2", "bo-sung-4"]
    assert [form.turn for form in forms_of(story.events)] == [1, 2]


def test_a_refused_birth_is_refused_on_one_paper_not_on_two():
    story = Story().received(fee=0)(cast.REGISTRAR, a.RefuseLeg(leg="birth", faults=(FAULT,)))
    assert [type(form.event).__name__ for form in forms_of(story.events)] == [
        "Received", "LegRefused",
    ]  # fmt: skip


def test_what_the_desk_declines_is_refused_as_a_whole():
    story = Story().filed()(cast.FRONT_DESK, a.Decline(faults=(FAULT,)))
    assert [(form.kind, form.leg) for form in forms_of(story.events)] == [("refusal", "")]


def test_taking_it_back_and_stopping_it_end_on_the_same_form():
    back = Story().filed()(cast.MOTHER, a.AskWithdraw())
    stopped = Story().received()(cast.LEADER, a.Stop(faults=(FAULT,)))
    assert slugs(back) == ["dung-3"]
    assert forms_of(stopped.events)[-1].kind == "stop"


def test_a_name_that_the_history_does_not_know_is_no_form():
    story = Story().received()
    assert form_of(story.events, "tiep-nhan-2") is not None
    assert form_of(story.events, "bo-sung-2") is None


@pytest.mark.parametrize(
    ("leg", "wanted"), [("", "phieu-bo-sung"), ("birth", "phieu-bo-sung"), ("residence", "ct05")]
)
def test_the_police_write_on_their_own_forms_also_for_their_part_of_a_birth(leg, wanted):
    assert template("supplement", LAW.procedure, leg) == wanted


def test_a_field_of_law_names_its_own_set():
    residence = LAW.procedure.model_copy(update={"fields_of_law": ("residence",)})
    assert template("refusal", residence) == "ct06"
    assert template("stop", residence) == "thong-bao-dung"


def test_every_set_names_templates_that_are_there_and_every_field_a_set_that_is():
    papers = Path(settings.CATALOGUE) / "papers"
    sets = code_list("form_sets")
    for row in sets.rows:
        for kind in sets.columns[1:]:
            assert (papers / f"{row[kind]}.typ").is_file(), (row.code, kind)
    for field in code_list("fields_of_law").rows:
        assert not field["forms"] or sets.has(field["forms"])
