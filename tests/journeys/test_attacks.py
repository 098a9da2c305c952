"""What somebody who means harm, or only shares a telephone, tries – and does not get."""

import uuid
from datetime import UTC, datetime, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from motcua.documents import operations as documents
from motcua.documents.models import Document
from motcua.dossiers import drafts
from motcua.dossiers.models import Dossier, Draft, ReadLog
from motcua.journeys import filing, handling, tracking_codes
from motcua.journeys.case import owner_of_draft
from motcua.journeys.reactions.forgetting import forget_expired
from motcua.notices.models import Notice
from motcua.portal.following import access
from motcua.toolkit.clock import now
from motcua.toolkit.models import Spending
from motcua.ui.draft_keys import keep_secret
from tests.documents_samples import jpeg
from tests.journeys.desk_pages import act_page, dossier_page
from tests.journeys.doors import paid, written
from tests.journeys.office import ANSWERS, _procedure
from tests.signing_in import as_phone_holder

pytestmark = pytest.mark.django_db
CODED = {"code": "9.000003", "slug": "co-ma"}


def begun(office, published=None, account=None):
    """Return a draft with the secret that opens it."""
    return filing.begin(
        published=published or office.linked, chosen=filing.Begin(commune="11239"),
        account=account, level=0, at=now(),
    )  # fmt: skip


def holding(draft, secret, client=None):
    """Return a browser that began the draft."""
    from django.http import HttpResponse

    client, answer = client or Client(), HttpResponse()
    keep_secret(answer, draft.pk, secret, drafts.LIVES)
    for name, morsel in answer.cookies.items():
        client.cookies[name] = morsel.value
        client.cookies[name]["path"] = morsel["path"]
    return client


def filled(client, draft):
    """Answer every page of the form and bring the paper."""
    for page, answers in ANSWERS.items():
        client.post(f"/khai/{draft.pk}/trang/{page}/", answers)
    documents.add_page(
        owner=owner_of_draft(draft), key="birth_note", filename="a.jpg", content=jpeg(), at=now()
    )


# --- the pledge and the code ---


@pytest.fixture
def coded(office):
    """A service confirmed by a code."""
    start = {**_procedure().start.model_dump(mode="json"), "confirmation": "code"}
    return office._published(_procedure(start=start, **CODED))


def test_the_code_page_does_not_open_before_the_pledge(office, coded):
    draft, secret = begun(office, coded)
    client = holding(draft, secret)
    filled(client, draft)
    answer = client.post(f"/khai/{draft.pk}/xac-nhan/", {"_resend": "1"})
    assert answer["Location"] == f"/khai/{draft.pk}/kiem-tra/"
    assert not Notice.objects.exists()


def test_a_pledge_holds_for_what_was_pledged_and_not_for_what_was_changed_since(office, coded):
    draft, secret = begun(office, coded)
    client = holding(draft, secret)
    filled(client, draft)
    client.post(f"/khai/{draft.pk}/kiem-tra/", {"pledge": "1", "doubts": "1"})
    assert client.get(f"/khai/{draft.pk}/xac-nhan/").status_code == 200
    client.post(f"/khai/{draft.pk}/trang/home/", {"residence.address": ["Thôn Khác"]})
    answer = client.get(f"/khai/{draft.pk}/xac-nhan/", follow=True)
    assert answer.resolver_match.view_name == "portal:check"
    shown = answer.content.decode()
    assert '<a href="#pledge">Bản khai đã thay đổi sau khi quý vị cam đoan' in shown
    assert 'id="pledge"' in shown


def test_a_pledge_for_one_draft_is_none_for_another(office, coded):
    first, secret = begun(office, coded)
    client = holding(first, secret)
    filled(client, first)
    client.post(f"/khai/{first.pk}/kiem-tra/", {"pledge": "1", "doubts": "1"})
    other, secret = begun(office, coded)
    holding(other, secret, client)
    assert client.get(f"/khai/{other.pk}/xac-nhan/").status_code == 302


def test_one_network_cannot_have_codes_sent_to_a_thousand_phones(office, coded):
    draft, secret = begun(office, coded)
    client = holding(draft, secret)
    filled(client, draft)
    client.post(f"/khai/{draft.pk}/kiem-tra/", {"pledge": "1", "doubts": "1"})
    Spending.objects.filter(key__startswith="filing-code").update(used=60)
    answer = client.post(f"/khai/{draft.pk}/xac-nhan/", {"_resend": "1"})
    assert answer.status_code in (422, 429)
    assert Notice.objects.count() == 1


PLACE = {"place__province": "31", "place__commune": "11239"}


def test_one_network_cannot_begin_drafts_without_end(office):
    client = Client()
    assert client.post("/nop/lien-thong-thu/", PLACE).status_code == 302
    Spending.objects.filter(key__startswith="drafts").update(used=1000)
    before = Draft.objects.count()
    assert client.post("/nop/lien-thong-thu/", PLACE).status_code == 429
    assert Draft.objects.count() == before


def test_one_network_cannot_keep_us_cleaning_photographs(office):
    draft, secret = begun(office)
    client = holding(draft, secret)
    path = f"/khai/{draft.pk}/giay-to/birth_note/"
    photo = lambda: SimpleUploadedFile("a.jpg", jpeg())  # noqa: E731
    client.post(path, {"birth_note": photo()})
    Spending.objects.filter(key__startswith="files").update(used=3000)
    answer = client.post(path, {"birth_note": photo()})
    assert answer.status_code == 422
    assert "quá nhiều lần" in answer.content.decode()


# --- telephones that several people use ---


def test_who_signs_out_leaves_neither_a_draft_nor_a_dossier_open_behind(office):
    client = Client()
    account = as_phone_holder(client)
    draft, secret = begun(office, account=account)
    holding(draft, secret, client)
    row = office.filed()
    client.cookies[f"xem-{row.code}"] = access._SIGNER.sign(row.code)
    assert client.get(f"/khai/{draft.pk}/").status_code == 200
    client.post("/dang-xuat/")
    assert client.get(f"/khai/{draft.pk}/").url.startswith("/dang-nhap/")
    assert client.get(f"/theo-doi/{row.code}/").status_code == 404


# --- messages to other people's phones ---


def test_a_phone_with_many_dossiers_is_not_written_to_for_each_of_them(office):
    rows = [office.filed() for _ in range(12)]
    before = Notice.objects.count()
    for row in rows:
        tracking_codes.send.function(code=row.code, reference="r")
    assert Notice.objects.count() - before == tracking_codes.MOST_IN_AN_HOUR


def test_who_asks_again_and_again_takes_no_codes_from_the_dossiers_person(office, monkeypatch):
    at = datetime(2026, 11, 27, 3, 0, tzinfo=UTC)
    row = office.received()
    monkeypatch.setattr(tracking_codes, "now", lambda: at)
    for number in range(20):
        tracking_codes.send.function(code=row.code, reference=f"stranger-{number}")
    at += timedelta(seconds=31)
    tracking_codes.send.function(code=row.code, reference="hers")
    assert Notice.objects.filter(template="code").count() == 2


# --- answers that no page offers ---


def test_an_eligibility_question_cannot_be_passed_by_an_answer_it_does_not_offer(office):
    question = {
        "id": "born.here", "question": {"vi": "Sinh tại Việt Nam?", "en": "Born here?"},
        "options": [
            {"value": "yes", "label": {"vi": "Có", "en": "Yes"}},
            {"value": "no", "label": {"vi": "Không", "en": "No"}},
        ],
        "exits": {"no": {"why": {"vi": "Sinh ở nước ngoài.", "en": "Abroad."},
                         "instead": {"vi": "Làm thủ tục khác.", "en": "Another."}}},
    }  # fmt: skip
    office._published(_procedure(code="9.000004", slug="dieu-kien", eligibility=[question]))
    before = Draft.objects.count()
    answer = Client().post("/nop/dieu-kien/", {**PLACE, "born.here": "có lẽ"})
    assert answer.status_code == 400
    assert Draft.objects.count() == before


@pytest.mark.parametrize(
    "path",
    ["/theo-doi/a%00b/", "/theo-doi/a%00b/ABCDEFGH/", "/ho-so/a%00/bo-sung/x/", "/tim/?q=%00",
     "/tra-cuu-dia-danh/xa?tinh=%00&province=%00", "/xac-thuc/?ma=%00"],
)  # fmt: skip
def test_a_nul_in_an_address_is_a_bad_request_and_no_fault(path):
    client = Client(raise_request_exception=False)
    as_phone_holder(client)
    assert client.get(path).status_code in (400, 404)


def test_a_nul_in_a_form_is_dropped(office):
    client = Client(raise_request_exception=False)
    answer = client.post("/can-bo/dang-nhap/", {"username": "mai\0", "password": "x\0"})
    assert answer.status_code == 403
    assert "mai" in answer.content.decode()


@pytest.mark.parametrize("before", ["99999999999999999999", "-1", "²", "x"])
def test_a_place_in_a_list_that_cannot_be_is_the_first_page(before):
    client = Client(raise_request_exception=False)
    as_phone_holder(client)
    assert client.get("/ho-so-cua-toi/", {"truoc": before}).status_code == 200


@pytest.mark.parametrize(
    "typed", [{"_revision": "x"}, {"_remove": "x"}, {"_add": "x", "x__rows": "9" * 30}]
)
def test_what_a_page_itself_writes_may_be_nonsense(office, typed):
    draft, secret = begun(office)
    client = holding(draft, secret)
    client.raise_request_exception = False
    answer = client.post(f"/khai/{draft.pk}/trang/home/", {**ANSWERS["home"], **typed})
    assert answer.status_code < 500


ENVELOPE = {
    "post_name": "Nguyễn Thị Mai", "post_phone": "0912 345 001", "post__commune": "11239",
    "post__detail": "Thôn Phú Khê",
}  # fmt: skip


@pytest.mark.parametrize(
    "wrong",
    [{"post_name": "Mai " * 5000}, {"post_phone": "9" * 400}, {"post__commune": "x" * 400},
     {"post__detail": "Thôn " * 5000}],
)  # fmt: skip
def test_an_address_that_no_envelope_holds_is_refused_where_it_is_typed(office, wrong):
    draft, secret = begun(office)
    client = holding(draft, secret)
    ways = {f"way.{result.id}": result.ways[-1] for result in office.linked.procedure.results}
    assert (
        client.post(f"/khai/{draft.pk}/nhan-ket-qua/", {**ways, **ENVELOPE, **wrong}).status_code
        == 422
    )
    assert Draft.objects.get(pk=draft.pk).ways == {}
    assert client.post(f"/khai/{draft.pk}/nhan-ket-qua/", {**ways, **ENVELOPE}).status_code == 302


# --- who read it ---


def test_who_opens_only_a_paper_is_written_down_too_and_once_an_hour(office):
    row = office.received()
    paper = Document.kept.get(owner=f"dossier:{row.code}", key="birth_note")
    browser = office.browser("registrar")
    picture = f"{dossier_page(row)}giay-to/{paper.pk}/{paper.page_list[0].id}"
    for path in (picture, picture + "/anh-nho", act_page(row, "yeu-cau-bo-sung", "birth")):
        assert browser.get(path).status_code == 200
    assert ReadLog.objects.filter(dossier__code=row.code).count() == 1


# --- what nobody came back for ---


def test_an_expired_draft_goes_with_its_papers(office):
    draft, _ = begun(office)
    documents.add_page(
        owner=owner_of_draft(draft), key="birth_note", filename="a.jpg", content=jpeg(), at=now()
    )
    later = now() + timedelta(days=61)
    assert forget_expired(at=later) == 1
    assert not Draft.objects.filter(pk=draft.pk).exists()
    assert not Document.kept.filter(owner=owner_of_draft(draft)).exists()
    documents.sweep(before=later + timedelta(days=2))
    assert not Document.objects.filter(owner=owner_of_draft(draft)).exists()


def test_a_draft_that_was_filed_or_still_lives_is_not_forgotten(office):
    office.filed()
    begun(office)
    before = written()
    assert forget_expired(at=now() + timedelta(days=59)) == 0
    Draft.objects.filter(dossier__isnull=True).delete()
    assert forget_expired(at=now() + timedelta(days=400)) == 0
    assert written()["papers"] == before["papers"]


# --- money of a dossier that ended ---


def withdrawn_after_paying(office):
    row = office.received()
    paid(office, row)
    office.withdraw(row)
    handling.answer_withdrawal(
        code=row.code, post=office.post("front_desk"), accepts=True, remark="",
        key=uuid.uuid4().hex, seen=None, at=now(),
    )  # fmt: skip
    office.catch_up(row.code)
    return row


def test_a_fee_paid_for_a_withdrawn_dossier_is_flagged_to_the_desk_and_told_to_the_payer(office):
    row = withdrawn_after_paying(office)
    page = office.browser("front_desk").get(dossier_page(row)).content.decode()
    assert "cần xét hoàn lại" in page
    client = Client()
    Dossier.objects.filter(pk=row.pk).update(account=as_phone_holder(client))
    page = client.get(f"/theo-doi/{row.code}/").content.decode()
    assert "sẽ xem xét hoàn lại" in page
