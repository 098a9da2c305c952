"""Publishing the catalogue, and finding a procedure by the words people type."""

from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command

from motcua.procedures.models import Listing, Version
from motcua.procedures.operations import publish_catalogue
from motcua.procedures.queries import by_digest, current, listed, search
from motcua.procedures.rules.refusals import ProcedureUnknown
from motcua.toolkit.clock import now

BIRTH, SINGLE, MARRIAGE = "3.000722", "1.004873", "1.000894"

pytestmark = pytest.mark.django_db


@pytest.fixture
def published() -> None:
    publish_catalogue(catalogue=settings.CATALOGUE, at=now())


def versions() -> list[tuple[int, str]]:
    return list(Version.objects.order_by("pk").values_list("pk", "digest"))


@pytest.mark.usefixtures("published")
def test_publishing_again_changes_nothing() -> None:
    before = versions()
    publish_catalogue(catalogue=settings.CATALOGUE, at=now())
    assert versions() == before
    in_force = Version.objects.filter(effective_until__isnull=True)
    assert Listing.objects.count() == in_force.count()


@pytest.mark.usefixtures("published")
def test_a_stored_version_reads_back_as_it_was_written() -> None:
    found = current("khai-sinh-lien-thong", now().date())
    assert by_digest(found.digest).procedure.code == BIRTH
    assert "child.full_name" in found.definition.fields


@pytest.mark.usefixtures("published")
def test_linked_services_stand_in_front() -> None:
    assert listed()[0].code == BIRTH


@pytest.mark.usefixtures("published")
@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("khai sinh", BIRTH),
        ("Khai Sinh", BIRTH),
        ("khai sin", BIRTH),
        ("giay khai sinh", BIRTH),
        ("giấy khai sihn", BIRTH),
        ("the bao hiem y te", BIRTH),
        ("nhap khau cho con", BIRTH),
        ("bhyt", BIRTH),
        ("3.000722", BIRTH),
        ("ket hon", MARRIAGE),
        ("dang ky ket hon", MARRIAGE),
        ("doc than", SINGLE),
        ("độc thân", SINGLE),
        ("giay doc than", SINGLE),
        ("xac nhan tinh trang hon nhan", SINGLE),
        ("tinh trang hôn nhan", SINGLE),
        ("birth certificate", BIRTH),
    ],
)
def test_words_as_people_type_them_find_the_service_first(typed: str, code: str) -> None:
    assert search(typed)[0].code == code


@pytest.mark.usefixtures("published")
def test_words_of_nothing_find_nothing() -> None:
    assert search("xyzzyx qwrtpl") == []
    assert search("  ?! ") == []


@pytest.mark.usefixtures("published")
def test_a_service_that_is_not_there_is_told() -> None:
    with pytest.raises(ProcedureUnknown):
        current("khong-co", now().date())


def test_the_whole_catalogue_is_loaded_by_one_command_and_again_without_change() -> None:
    call_command("load_catalogue")
    before = versions()
    call_command("load_catalogue")
    assert versions() == before
    assert {row.code for row in listed()} >= {BIRTH, SINGLE, MARRIAGE}


def test_the_form_of_the_measurements_is_found_by_address_but_not_by_searching() -> None:
    call_command("load_catalogue", also=[Path(settings.ROOT) / "bench/procedure"])
    assert current("do-tai", now().date()).procedure.code == "9.999999"
    assert not Listing.objects.filter(code="9.999999").exists()
    assert search("do tai") == []
