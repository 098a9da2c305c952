"""A granted erasure erases: at once, what no law keeps, with proof; the letter says what went and what stays."""

from dataclasses import replace
from types import SimpleNamespace

import pytest
from django.test import Client

from motcua.audit.models import Waiting
from motcua.dossiers.models import Content, Dossier
from motcua.exchange.models import Outgoing, Question
from motcua.exchange.rules import DATA_ERASED
from motcua.identity.models import Account
from motcua.identity.rules.people import ProvenOrganisation
from motcua.journeys import erasing_on_request
from motcua.journeys.data_requests import letter
from motcua.notices.models import Notice
from motcua.privacy import erasures
from motcua.privacy.models import Erasure, Request
from motcua.procedures.queries import by_digest
from motcua.toolkit.clock import now
from tests.fake_vneid import HOA
from tests.journeys.desk_pages import words
from tests.signing_in import as_citizen, as_phone_holder

pytestmark = pytest.mark.django_db
YES = {"outcome": "granted", "words": "Đã xóa theo yêu cầu."}
PARTLY = {**YES, "outcome": "partly", "ground": "kept_by_law"}


def keeping(name):
    """Return what stands for the published procedure, had it named this class."""

    def found(digest):
        return SimpleNamespace(
            procedure=by_digest(digest).procedure.model_copy(update={"keeps": name})
        )

    return found


@pytest.fixture
def mai(office, settings, monkeypatch):
    """A citizen with one ended dossier, of a class whose time is confirmed, and her browser."""
    settings.RETENTION_CONFIRMED = {"linked_dossier"}
    monkeypatch.setattr(erasing_on_request, "by_digest", keeping("linked_dossier"))
    client = Client()
    account = as_citizen(client)
    client.row = office.born()
    Dossier.objects.filter(pk=client.row.pk).update(account=account, ended_at=now())
    Notice.objects.update(state="failed", next_attempt_at=None)
    told = {"kind": "erasure", "about": client.row.code, "words": "Xin xóa.", "_key": "k"}
    assert client.post("/du-lieu/yeu-cau/", told).status_code == 302
    return client


def answered(office, said):
    return office.browser("front_desk").post(f"/can-bo/du-lieu/{Request.objects.get().pk}/", said)


def test_what_was_declared_brought_and_sent_is_gone_with_proof_when_it_is_granted(office, mai):
    assert answered(office, YES).status_code == 302
    mai.row.refresh_from_db()
    assert Content.objects.get(dossier=mai.row).answers == {}
    assert (mai.row.subject_name, mai.row.phone) == ("", "")
    assert not Notice.objects.filter(subject=mai.row.code).exclude(body="").exists()
    number = Request.objects.get().number
    assert {one.rule for one in Erasure.objects.all()} == {f"granted: {number}"}
    assert Waiting.objects.filter(kind="privacy.answered", reference=number).exists()


def test_the_person_reads_what_was_erased_and_what_the_law_keeps(office, mai):
    answered(office, YES)
    made = Request.objects.get()
    page = words(mai.get(f"/du-lieu/yeu-cau/{made.pk}/"))
    assert f"Hồ sơ {mai.row.code}: đã xóa" in page
    assert "vẫn được giữ theo luật (Luật Hộ tịch" in page
    assert letter(made) == letter(made)


def test_the_official_sees_beforehand_what_goes(office, mai):
    page = office.browser("front_desk").get(f"/can-bo/du-lieu/{Request.objects.get().pk}/")
    assert "Hồ sơ liên thông; tin nhắn đã gửi" in words(page)


def test_the_same_answer_again_erases_nothing_more(office, mai):
    answered(office, YES)
    answered(office, YES)
    assert Erasure.objects.filter(kept_class="linked_dossier").count() == 1


def test_a_dossier_under_way_is_refused_and_nothing_is_answered(office, mai):
    Dossier.objects.update(ended_at=None)
    answer = answered(office, YES)
    assert answer.status_code == 409
    assert "đang được giải quyết, chưa xóa được" in words(answer)
    assert Request.objects.get().outcome == ""
    assert Content.objects.get(dossier=mai.row).answers


def test_what_is_held_is_not_erased_whoever_grants_it(office, mai):
    erasures.hold(subject=mai.row.code, reason="DL-KHAC", by="DL-KHAC", at=now())
    assert answered(office, YES).status_code == 409
    assert answered(office, PARTLY).status_code == 409
    assert not Erasure.objects.exists()


def test_in_part_passes_over_what_is_under_way_and_says_so(office, mai):
    other = office.received()
    account = Request.objects.get().account
    Dossier.objects.filter(pk=other.pk).update(account=account)
    Request.objects.update(subject="")
    assert answered(office, YES).status_code == 409
    assert answered(office, PARTLY).status_code == 302
    assert f"Hồ sơ {other.code} đang được giải quyết nên chưa xóa" in words(
        mai.get(f"/du-lieu/yeu-cau/{Request.objects.get().pk}/")
    )
    assert Content.objects.get(dossier=other).answers


def test_who_asks_by_phone_has_nothing_erased_that_vneid_filed(office, mai):
    """A number in somebody else's hands sees none of it, and must not have it destroyed either."""
    thief, proven = Client(), Request.objects.get().account
    by_phone = as_phone_holder(thief)
    Account.objects.filter(pk=by_phone.pk).update(person=proven.person)
    Request.objects.update(subject="", account=by_phone)
    assert answered(office, YES).status_code == 409
    assert not Erasure.objects.exists()
    page = office.browser("front_desk").get(f"/can-bo/du-lieu/{Request.objects.get().pk}/")
    assert mai.row.code not in words(page)


def test_an_organisations_officer_asks_for_the_organisation_and_not_for_themself(office, mai):
    company = ProvenOrganisation(code="0801234567", name="Công ty TNHH Hoa Sen")
    officer = as_citizen(Client(), replace(HOA, organisation=company))
    Request.objects.update(subject="", account=officer)
    assert answered(office, YES).status_code == 409
    assert not Erasure.objects.exists()


def test_what_a_law_keeps_without_a_known_time_is_not_erased(office, mai, settings):
    settings.RETENTION_CONFIRMED = set()
    assert answered(office, YES).status_code == 409
    assert Content.objects.get(dossier=mai.row).answers


def test_granting_wants_a_second_factor_of_just_now(office, mai, monkeypatch):
    monkeypatch.setattr("motcua.desk.signing_in.session.is_fresh", lambda _request: False)
    assert answered(office, YES).status_code == 403
    assert not Erasure.objects.exists()


def test_whoever_was_sent_the_data_is_told_of_the_erasure_once_and_the_letter_says_so(office, mai):
    for _ in range(2):
        answered(office, YES)
    told = list(Outgoing.objects.filter(kind=DATA_ERASED))
    asked = set(Question.objects.filter(subject=mai.row.code).values_list("party_id", flat=True))
    assert {row.party_id for row in told} == asked != set()
    assert len(told) == len(asked)
    assert not any("Minh An" in bytes(row.body).decode() for row in told)
    lines = erasing_on_request.told(Request.objects.get().done)
    assert any(f"đã báo {len(asked)} cơ quan" in line for line in lines)
