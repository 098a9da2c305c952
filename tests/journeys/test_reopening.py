"""A part that was refused a first time: the citizen may mend what the procedure names, once."""

import html
import json
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from motcua.dossiers.queries import content
from motcua.dossiers.rules import acts as a
from motcua.dossiers.rules.facts import SYSTEM, Fault
from motcua.dossiers.rules.status import LegState
from motcua.exchange.models import Outgoing
from motcua.journeys.actors import party
from motcua.notices.models import Notice
from motcua.toolkit.jobs import run_due
from tests import documents_samples as samples
from tests.journeys.desk_pages import act_page, did, dossier_page, pressed
from tests.journeys.office import PAPERS, SEES, _procedure, _stages
from tests.journeys.relatives import filed

pytestmark = pytest.mark.django_db
PAID = a.SettleFee(fee="residence_fee", amount=10_000, reference="BL1")
ADDRESS = Fault(
    code="other", text="Tên của trẻ khác với giấy chứng sinh.", how="Sửa tên cho đúng.",
    field="child.full_name",
)  # fmt: skip
ELSEWHERE = Fault(code="other", text="Chưa đủ chỗ ở.", how="Khai lại.", field="residence.place")


def words(answer):
    text = re.sub(r"<(style|script|head)\b.*?</\1>", " ", answer.content.decode(), flags=re.DOTALL)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", text)).split())


@pytest.fixture
def dossier(family, client):
    """A dossier whose residence part is with the police's own system."""
    return filed(family).born().act(SYSTEM, PAID).let_in(client)


def refused(dossier, fault=ADDRESS):
    number = len(dossier.now.requests_made)
    act = a.AnswerLeg(
        leg="residence", step="decide", question=f"q{number}", outcome="refused", faults=(fault,)
    )
    return dossier.act(party("residence"), act)


def page_of(dossier):
    return f"/ho-so/{dossier.code}/bo-sung/residence/"


def test_tracking_says_what_happened_and_that_it_may_be_mended_once(dossier, client):
    page = words(client.get(f"/theo-doi/{refused(dossier).code}/"))
    assert "Sửa phần chưa được giải quyết: Thường trú" in page
    assert "Quý vị được sửa một lần" in page
    assert ADDRESS.text in page
    assert ADDRESS.how in page


def test_the_page_opens_what_the_procedure_names_with_the_agencys_reason(dossier, client):
    page = client.get(page_of(refused(dossier))).content.decode()
    named = set(re.findall(r'name="([a-z_.]+)"', page)) - {"csrfmiddlewaretoken", "act"}
    assert {"child.full_name", "birth_note"} <= named
    assert "applicant.full_name" not in named
    assert ADDRESS.text in page


def test_a_reason_about_something_else_is_told_for_the_whole(dossier, client):
    page = words(client.get(page_of(refused(dossier, ELSEWHERE))))
    assert f"Cần làm {ELSEWHERE.text}" in page


def test_mended_it_goes_to_the_police_again_with_the_new_answer(dossier, client):
    refused(dossier)
    answer = client.post(page_of(dossier), {"child.full_name": "Trần Bảo Ân"})
    assert answer.status_code == 302
    run_due()
    assert content(dossier.row).answers["child.full_name"] == "Trần Bảo Ân"
    sent = Outgoing.objects.filter(party_id="residence").order_by("sequence").last()
    assert sent.kind.endswith("supplemented.v1")
    assert json.loads(bytes(sent.body))["data"]["fields"]["child.full_name"] == "Trần Bảo Ân"


def test_a_paper_alone_mends_it_too(dossier, client):
    refused(dossier)
    photo = SimpleUploadedFile("ro.jpg", samples.jpeg(800, 600), "image/jpeg")
    values = {"child.full_name": "Trần Bảo An", "birth_note": photo}
    assert client.post(page_of(dossier), values).status_code == 302
    assert dossier.now.legs["residence"].state is LegState.OPEN


def test_nothing_changed_is_asked_about_once(dossier, client):
    refused(dossier)
    answer = client.post(page_of(dossier), {"child.full_name": "Trần Bảo An"})
    assert answer.status_code == 422
    assert 'name="same"' in answer.content.decode()


def test_a_second_refusal_is_final_and_the_insurance_goes_on(dossier, client):
    refused(dossier)
    client.post(page_of(dossier), {"child.full_name": "Trần Bảo Ân"})
    refused(dossier)
    assert dossier.now.legs["residence"].state is LegState.REFUSED
    assert dossier.now.legs["insurance"].state is LegState.OPEN


def test_she_is_told_of_it_in_a_message_of_its_own(dossier):
    refused(dossier)
    templates = set(Notice.objects.filter(subject=dossier.code).values_list("template", flat=True))
    assert "leg_reopened" in templates
    assert "leg_refused" not in templates


# --- at a desk here ---


def gentle():
    """Return the office's linked service, in which a first refusal of the residence reopens."""
    birth, residence, insurance = _stages()
    reopens = {"fields": ["residence.address"], "papers": ["house_paper"]}
    stages = [birth, {**residence, "on_refusal": reopens, "sees": SEES}, insurance]
    known = _procedure(code="9.000004", slug="thu-mo-lai", papers=PAPERS)
    told = known.model_dump(mode="json", by_alias=True)
    return type(known).model_validate(
        {**told, "plan": {**told["plan"], "stages": stages}}, strict=False
    )


@pytest.fixture
def at_the_police(office):
    row = office.received(published=office._published(gentle()))
    office.step(row, "registrar", "birth", "draft")
    office.agree(row)
    office.registry_answers(row)
    office.step(row, "leader", "birth", "sign")
    pressed(office.browser("front_desk"), row, "thu-tien", "fee", taken=1)
    office.catch_up(row.code)
    return row


def refuse(office, row):
    item = "reason::residence_data_differ"
    return pressed(
        office.browser("police"), row, "tu-choi", "residence", _stage="send", item=item,
        **{f"text:{item}": "Chỗ ở chưa hợp pháp.", f"how:{item}": "Khai chỗ ở khác."},
    )  # fmt: skip


def test_the_official_reads_beforehand_that_a_first_refusal_may_be_mended(office, at_the_police):
    page = words(office.browser("police").get(act_page(at_the_police, "tu-choi", "residence")))
    assert "Đây là lần từ chối đầu của phần “Thường trú”" in page


def test_the_refusal_at_the_desk_goes_back_once_and_stands_in_the_history(office, at_the_police):
    row = at_the_police
    assert did(refuse(office, row))
    office.catch_up(row.code)
    assert office.now(row).requests["residence"].refused
    page = words(office.browser("police").get(dossier_page(row)))
    assert "Chưa giải quyết, cho sửa một lần" in page
    office.supplement(row, "residence", **{"residence.address": "Thôn Thọ Xuyên"})
    page = words(office.browser("police").get(act_page(row, "tu-choi", "residence")))
    assert "Chỉ phần “Thường trú” bị từ chối" in page
    assert did(refuse(office, row))
    assert office.now(row).leg("residence").state is LegState.REFUSED
