"""Law in versions: on every day the version of that day, under every code it ever had."""

from datetime import date
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

from motcua.procedures.models import Listing
from motcua.procedures.operations import publish
from motcua.procedures.queries import current
from motcua.procedures.rules.catalogue import read_folder
from motcua.procedures.rules.refusals import ProcedureUnknown
from motcua.toolkit.clock import now

BIRTH, IN_2023, ON_PAPER = "3.000722", "2.002621", "2.000986"
TODAY, THEN = date(2026, 11, 23), date(2024, 1, 15)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _published() -> None:
    present = Path(settings.CATALOGUE) / "procedures/ho-tich/khai-sinh-lien-thong"
    for place in (present / "versions/2023", present):
        publish(folder=read_folder(place), at=now())


def code_on(day: date, name: str = "khai-sinh-lien-thong") -> str:
    return current(name, day).procedure.code


@pytest.mark.parametrize(
    ("day", "code"),
    [
        (date(2023, 7, 10), IN_2023),
        (THEN, IN_2023),
        (date(2024, 6, 30), IN_2023),
        (date(2024, 7, 1), BIRTH),
        (TODAY, BIRTH),
    ],
)
def test_on_every_day_the_version_of_that_day_is_in_force(day: date, code: str) -> None:
    assert code_on(day) == code


def test_before_it_went_online_there_was_no_such_service() -> None:
    with pytest.raises(ProcedureUnknown):
        current("khai-sinh-lien-thong", date(2023, 7, 9))


@pytest.mark.parametrize("name", [BIRTH, IN_2023, ON_PAPER])
def test_every_code_it_ever_had_leads_to_the_version_of_the_day(name: str) -> None:
    assert (code_on(TODAY, name), code_on(THEN, name)) == (BIRTH, IN_2023)


@pytest.mark.parametrize("name", ["9.999999", "KQ.G15.000031", "2.00098"])
def test_a_code_of_nothing_leads_nowhere(name: str) -> None:
    with pytest.raises(ProcedureUnknown):
        current(name, TODAY)


def test_the_forms_of_then_are_not_those_of_today() -> None:
    then, today = (current("khai-sinh-lien-thong", day) for day in (THEN, TODAY))
    assert then.procedure.plan.limit.amount > today.procedure.plan.limit.amount
    assert "birth_note.code" in today.definition.fields.keys() - then.definition.fields.keys()
    assert "to_khai_da_ky" in {paper.id for paper in then.procedure.papers}


def test_only_what_is_in_force_is_listed() -> None:
    assert [row.code for row in Listing.objects.all()] == [BIRTH]


@pytest.mark.parametrize("name", [BIRTH, IN_2023, ON_PAPER])
def test_the_address_of_an_old_code_leads_to_the_present_page(client: Client, name: str) -> None:
    answer = client.get(f"/dich-vu/{name}/")
    assert (answer.status_code, answer.headers["Location"]) == (
        301,
        "/dich-vu/khai-sinh-lien-thong/",
    )
    assert client.get(f"/q/{name}").headers["Location"] == f"/dich-vu/{name}/"
