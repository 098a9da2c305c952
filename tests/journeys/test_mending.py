"""A fault is mended where the answer was given."""

import pytest
from django.conf import settings

from motcua.dossiers.models import Content
from motcua.dossiers.rules.facts import Fault
from motcua.journeys.mending import mendable
from motcua.procedures.operations import publish_folder
from motcua.toolkit.clock import now

pytestmark = pytest.mark.django_db
BIRTH = "procedures/ho-tich/khai-sinh-lien-thong"
NAME = Fault(code="name_differs", text="Sai họ", how="Sửa", field="mother.full_name")


@pytest.fixture
def row(office):
    version = publish_folder(folder=settings.CATALOGUE / BIRTH, at=now())
    filed = office.filed()
    filed.version, filed.version_id = version, version.pk
    return filed


def declared(row, relation: str) -> None:
    answers = {"applicant.relation": relation, "child.case": "thong_thuong"}
    Content.objects.filter(dossier=row).update(answers=answers)


def test_a_mother_who_files_mends_her_name_where_she_wrote_it(row):
    declared(row, "mother")
    assert mendable(row, [NAME])[0].field == "applicant.full_name"


def test_a_grandmother_mends_the_mothers_name_in_the_mothers_place(row):
    declared(row, "grandmother")
    assert mendable(row, [NAME])[0].field == "mother.full_name"


def test_a_fault_of_a_paper_stays_with_its_paper(row):
    paper = Fault(code="unreadable", text="Mờ", how="Chụp lại", paper="giay_chung_sinh")
    assert mendable(row, [paper]) == (paper,)
