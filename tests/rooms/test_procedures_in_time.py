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
DEATH, DEATH_IN_2023, DEATH_PILOT = "2.002913", "2.002622", "1.011537"
TODAY, THEN = date(2026, 11, 23), date(2024, 1, 15)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _published() -> None:
    for slug in ("khai-sinh-lien-thong", "khai-tu-lien-thong"):
        present = Path(settings.CATALOGUE) / "procedures/ho-tich" / slug
        for place in (present / "versions/2023", present):
            publish(folder=read_folder(place), at=now())


def code_on(day: date, name: str = "khai-sinh-lien-thong") -> str:
    return current(name, day).procedure.code


@pytest.mark.parametrize(
    ("day", "birth", "death"),
    [
        (date(2023, 7, 10), IN_2023, DEATH_IN_2023),
        (THEN, IN_2023, DEATH_IN_2023),
        (date(2024, 6, 30), IN_2023, DEATH_IN_2023),
        (date(2024, 7, 1), BIRTH, DEATH),
        (TODAY, BIRTH, DEATH),
    ],
)
def test_on_every_day_the_version_of_that_day_is_in_force(
    day: date, birth: str, death: str
) -> None:
    assert code_on(day) == birth
    assert code_on(day, "khai-tu-lien-thong") == death


@pytest.mark.parametrize("slug", ["khai-sinh-lien-thong", "khai-tu-lien-thong"])
def test_before_it_went_online_there_was_no_such_service(slug: str) -> None:
    with pytest.raises(ProcedureUnknown):
        current(slug, date(2023, 7, 9))


@pytest.mark.parametrize("name", [BIRTH, IN_2023, ON_PAPER])
def test_every_code_it_ever_had_leads_to_the_version_of_the_day(name: str) -> None:
    assert (code_on(TODAY, name), code_on(THEN, name)) == (BIRTH, IN_2023)


@pytest.mark.parametrize("name", [DEATH, DEATH_IN_2023, DEATH_PILOT])
def test_so_do_the_codes_of_the_death_registration(name: str) -> None:
    assert (code_on(TODAY, name), code_on(THEN, name)) == (DEATH, DEATH_IN_2023)


@pytest.mark.parametrize("name", ["9.999999", "KQ.G15.000031", "2.00098"])
def test_a_code_of_nothing_leads_nowhere(name: str) -> None:
    with pytest.raises(ProcedureUnknown):
        current(name, TODAY)


def test_the_forms_of_then_are_not_those_of_today() -> None:
    then, today = (current("khai-sinh-lien-thong", day) for day in (THEN, TODAY))
    assert then.procedure.plan.limit.amount > today.procedure.plan.limit.amount
    assert "birth_note.code" in today.definition.fields.keys() - then.definition.fields.keys()
    assert "to_khai_da_ky" in {paper.id for paper in then.procedure.papers}


def test_a_death_was_signed_on_paper_and_the_district_gave_less() -> None:
    then, today = (current("khai-tu-lien-thong", day) for day in (THEN, TODAY))
    assert then.definition.fields["burial.amount"].compute == "7200000"
    assert "survivors.kind" in today.definition.fields.keys() - then.definition.fields.keys()
    new, old = ({paper.id for paper in one.procedure.papers} for one in (today, then))
    assert {"to_khai_da_ky", "to_khai_mai_tang"} <= old - new


def test_only_what_is_in_force_is_listed() -> None:
    assert {row.code for row in Listing.objects.all()} == {BIRTH, DEATH}


@pytest.mark.parametrize(
    ("name", "slug"),
    [(code, "khai-sinh-lien-thong") for code in (BIRTH, IN_2023, ON_PAPER)]
    + [(code, "khai-tu-lien-thong") for code in (DEATH, DEATH_IN_2023, DEATH_PILOT)],
)
def test_the_address_of_an_old_code_leads_to_the_present_page(
    client: Client, name: str, slug: str
) -> None:
    answer = client.get(f"/dich-vu/{name}/")
    assert (answer.status_code, answer.headers["Location"]) == (301, f"/dich-vu/{slug}/")
    assert client.get(f"/q/{name}").headers["Location"] == f"/dich-vu/{name}/"
