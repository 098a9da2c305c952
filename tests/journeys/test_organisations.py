"""Whether an organisation may file stands in a procedure's data, and is said wherever one looks, and kept."""

from dataclasses import replace

import pytest
from django.test import Client

from motcua.dossiers.models import Draft
from motcua.identity.rules.people import ProvenOrganisation
from motcua.journeys import filing
from motcua.portal.finding import today
from motcua.procedures import queries as procedures
from motcua.toolkit.clock import now
from tests import shelf
from tests.fake_vneid import HOA
from tests.journeys import ground
from tests.journeys.desk_pages import words
from tests.signing_in import as_citizen

pytestmark = pytest.mark.django_db
COMPANY = ProvenOrganisation(code="0800123456", name="Công ty Gốm Chu Đậu", capacity="Giám đốc")
OPEN, CLOSED = "dang-ky-tam-tru", "xac-nhan-tinh-trang-hon-nhan"
START = f'href="/nop/{CLOSED}/"'


@pytest.fixture
def officer(db):
    ground.lay()
    shelf.fill(OPEN, CLOSED)
    client = Client()
    client.account = as_citizen(client, replace(HOA, organisation=COMPANY))
    yield client
    ground.forget()


def test_the_page_of_a_service_says_who_may_file_and_offers_no_form_to_whom_it_does_not_serve(
    officer,
):
    closed, opened = (
        words(officer.get(f"/dich-vu/{CLOSED}/")),
        words(officer.get(f"/dich-vu/{OPEN}/")),
    )
    assert "Tài khoản của tổ chức không nộp được việc này" in closed
    assert "Việc này dành cho cá nhân" in closed
    assert START not in closed
    assert "tổ chức bằng tài khoản định danh điện tử" in opened
    assert "Hồ sơ nộp thay cho Công ty Gốm Chu Đậu" in opened
    assert START in words(Client().get(f"/dich-vu/{CLOSED}/"))


def test_before_the_form_an_officer_is_told_whose_the_dossier_will_be(officer):
    assert "Hồ sơ là của Công ty Gốm Chu Đậu" in words(officer.get(f"/nop/{OPEN}/"))
    assert officer.get(f"/nop/{CLOSED}/").status_code == 403


def test_the_search_finds_by_organisation_and_says_so(officer):
    found = words(Client().get("/tim/?q=tạm trú doanh nghiệp"))
    assert "Tổ chức nộp được" in found
    assert "Tổ chức nộp được" not in words(Client().get("/tim/?q=tình trạng hôn nhân"))


def test_what_the_organisation_is_called_is_filled_in(officer):
    published = procedures.current(OPEN, today())
    draft, _ = filing.begin(
        published=published, account=officer.account, level=2, at=now(),
        chosen=filing.Begin(commune="11239", eligibility={"check.mode": "list"}),
    )  # fmt: skip
    assert Draft.objects.get(pk=draft.pk).answers["organisation.name"] == COMPANY.name
