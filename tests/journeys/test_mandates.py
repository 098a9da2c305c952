"""Acting for another: given by VNeID or a code, accepted, used to file, seen by both, ended at once."""

import re
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from motcua.agencies import wall
from motcua.documents.queries import documents_of
from motcua.dossiers.models import Dossier
from motcua.dossiers.queries import told
from motcua.dossiers.rules.facts import OnBehalf
from motcua.identity.models import Account
from motcua.identity.rules.people import ProvenOrganisation
from motcua.journeys import filing, mandating, saving
from motcua.journeys.actors import filer
from motcua.journeys.behalf import behalf_words
from motcua.journeys.erasing import erase_due
from motcua.journeys.saving import Since
from motcua.mandates.models import Mandate, Use
from motcua.mandates.operations import end_what_ran_out
from motcua.mandates.rules import refusals
from motcua.mandates.rules.grounds import ground_of_relation
from motcua.notices.models import Notice
from motcua.procedures.operations import publish
from motcua.procedures.queries import by_digest
from motcua.procedures.rules.catalogue import read_folder
from motcua.procedures.rules.reading_answers import Posted
from motcua.procedures.rules.retention import retention
from motcua.toolkit.clock import now
from tests.cast import LAN, NAM
from tests.documents_samples import jpeg
from tests.fake_vneid import HOA
from tests.journeys.desk_pages import words
from tests.journeys.office import ANSWERS, COMMUNE
from tests.signing_in import as_citizen, as_phone_holder

pytestmark = pytest.mark.django_db
FORM = {
    "ground": "spouse",
    "scope": "everything",
    "acts": ["file", "follow", "supplement"],
    "days": "30",
}
NAMS, LANS = "+84912345002", "+84912345003"


class Pair:
    """Hoa with VNeID, and Nam with a portal account; each at a browser of their own."""

    def __init__(self, office):
        self.office = office
        self.hoa, self.nam = Client(), Client()
        self.hers = as_citizen(self.hoa)
        self.his = as_phone_holder(self.nam, phone=NAMS, name=NAM.name)

    def give(self, **more):
        """Let Hoa give Nam a mandate; return it."""
        posted = {**FORM, "name": NAM.name, "phone": NAM.phone, **more}
        answer = self.hoa.post("/uy-quyen/nho/", posted)
        assert answer.status_code == 302, words(answer)
        return Mandate.objects.latest("made_at")

    def accept(self, row):
        self.nam.post(f"/uy-quyen/tin/{row.holder_token}/", {"_accept": "1"})
        return Mandate.objects.get(pk=row.pk)

    def live(self, **more):
        return self.accept(self.give(**more))

    def draft(self, row, phone="0912 345 678"):
        """Let Nam fill in for Hoa."""
        draft, _ = filing.begin(
            published=self.office.linked, account=self.his, level=0, at=now(),
            chosen=filing.Begin(commune="11239", mandate=str(row.pk)),
        )  # fmt: skip
        for page in self.office.linked.procedure.form.pages:
            told_here = {**ANSWERS[page.id]}
            if page.id == "applicant":
                told_here |= {"applicant.full_name": [HOA.full_name], "applicant.phone": [phone]}
            saving.save_page(
                draft=draft, page=page, posted=Posted(told_here), since=Since(), language="vi",
                at=now(),
            )  # fmt: skip
        self.office._papers(draft)
        return draft

    def file(self, draft):
        recorded = filing.file(
            draft_id=draft.pk, by=filer(draft, self.his), doubts_confirmed=True, language="vi",
            at=now(),
        )  # fmt: skip
        self.office.catch_up(recorded.row.code)
        return recorded.row

    def filed(self, **more):
        """Let Nam file for Hoa; return the mandate and the dossier."""
        row = self.live(**more)
        return row, self.file(self.draft(row))

    def sees(self, client, dossier):
        return client.get(f"/theo-doi/{dossier.code}/").status_code


@pytest.fixture
def pair(office):
    return Pair(office)


def said(template):
    return [
        notice.body
        for notice in Notice.objects.filter(template=template, road="sms").order_by("pk")
    ]


def sent_code():
    return re.search(r"\d{6}", Notice.objects.filter(template="code").last().body).group()


def test_by_vneid_her_word_is_in_the_sign_in_and_he_is_asked_to_accept(pair):
    row = pair.give()
    assert row.giver_word == "strong"
    assert f"/uy-quyen/tin/{row.holder_token}/" in said("mandate_offered")[0]
    assert pair.accept(row).confirmed_at
    assert len(said("mandate_confirmed")) == 2


def test_with_a_portal_account_a_code_to_her_own_phone_is_her_word(pair):
    lan = Client()
    as_phone_holder(lan, phone=LANS, name=LAN.name)
    answer = lan.post("/uy-quyen/nho/", {**FORM, "name": NAM.name, "phone": NAM.phone})
    assert said("mandate_offered") == []
    lan.post(answer["Location"], {"code": sent_code()})
    assert Mandate.objects.get().giver_word == "code"
    assert len(said("mandate_offered")) == 1


def test_he_asks_and_she_confirms_without_an_account(pair):
    answer = pair.nam.post("/uy-quyen/xin/", {**FORM, "name": LAN.name, "phone": LAN.phone})
    row = Mandate.objects.get()
    assert "Chờ người ủy quyền xác nhận" in words(pair.nam.get(answer["Location"]))
    hers, door = Client(), f"/uy-quyen/tin/{row.giver_token}/"
    assert NAM.name in words(hers.get(door))
    hers.post(door, {"_send": "1"})
    hers.post(door, {"code": "000000"})
    assert not Mandate.objects.get().confirmed_at
    hers.post(door, {"code": sent_code()})
    assert Mandate.objects.get().confirmed_at


def test_a_message_that_was_lost_waits_where_that_phone_signs_in(pair):
    row = pair.give()
    assert f"/uy-quyen/tin/{row.holder_token}/" in words(pair.nam.get("/uy-quyen/"))


def test_what_is_wrong_is_said_and_nothing_is_sent(pair):
    for wrong in ({"ground": ""}, {"scope": "procedure:none"}, {"acts": []}, {"phone": "0912 345 678"},
                  {"ground": "helper"}, {"ground": "written"}):  # fmt: skip
        answer = pair.hoa.post(
            "/uy-quyen/nho/", {**FORM, "name": NAM.name, "phone": NAM.phone, **wrong}
        )
        assert answer.status_code == 400
    assert not Mandate.objects.exists()
    assert not Notice.objects.exists()


def test_nobody_is_flooded_with_wishes_to_act_for_them(pair):
    answers = [
        pair.nam.post("/uy-quyen/xin/", {**FORM, "name": LAN.name, "phone": LAN.phone}).status_code
        for _ in range(mandating.MOST_ASKED + 1)
    ]
    assert answers[-1] == 429


def test_before_the_form_he_chooses_for_whom(pair, office):
    start = f"/nop/{office.linked.procedure.slug}/"
    assert "hay làm thay ai" not in words(pair.nam.get(start))
    row = pair.live()
    assert f"Làm thay {HOA.full_name}" in words(pair.nam.get(start))
    chosen = {"place__province": "31", "place__commune": "11239", "mandate": str(row.pk)}
    began = pair.nam.post(start, chosen)
    assert f"khai thay <strong>{HOA.full_name}</strong>" in words(pair.nam.get(began["Location"]))


def test_what_he_files_is_hers_and_she_is_told(pair):
    row, dossier = pair.filed()
    assert Dossier.objects.get(code=dossier.code).account_id == pair.hers.pk
    assert dossier.code in words(pair.hoa.get("/ho-so-cua-toi/"))
    assert dossier.code in said("mandate_filed")[0]
    assert row.giver_token in said("mandate_filed")[0]


def test_the_history_names_him_to_her_and_to_the_desk(pair, office):
    _, dossier = pair.filed()
    for page in (
        words(pair.hoa.get(f"/theo-doi/{dossier.code}/")),
        words(office.browser("front_desk").get(f"/can-bo/ho-so/{dossier.code}/")),
    ):
        assert re.search(f"{NAM.name} nộp thay {HOA.full_name} theo ủy quyền", page)


def test_both_see_it_and_what_he_does_there_is_kept(pair):
    row, dossier = pair.filed()
    assert pair.sees(pair.hoa, dossier) == pair.sees(pair.nam, dossier) == 200
    assert "Quý vị xem hồ sơ này thay" in words(pair.nam.get(f"/theo-doi/{dossier.code}/"))
    assert {use.act for use in Use.objects.all()} == {"file", "follow"}
    assert "Xem hồ sơ đang ở đâu" in words(pair.hoa.get(f"/uy-quyen/{row.pk}/"))


def test_what_was_not_given_he_cannot_do(pair):
    _, dossier = pair.filed()
    answer = pair.nam.get(f"/theo-doi/{dossier.code}/rut/")
    assert answer.status_code == 403
    assert "không có trong ủy quyền" in words(answer)


def test_what_he_does_is_his_in_the_history(pair):
    _, dossier = pair.filed(acts=["file", "withdraw"])
    pair.nam.post(f"/theo-doi/{dossier.code}/rut/", {"reason": "Khai nhầm", "act": "a" * 32})
    assert f"{NAM.name} (thay {HOA.full_name})" in words(pair.hoa.get(f"/theo-doi/{dossier.code}/"))


def test_she_ends_it_and_at_once_he_sees_nothing_more_not_even_what_he_filed(pair):
    row, dossier = pair.filed()
    pair.hoa.post(f"/uy-quyen/{row.pk}/", {"_end": "1"})
    assert pair.sees(pair.nam, dossier) == 404
    assert pair.sees(pair.hoa, dossier) == 200
    assert len(said("mandate_ended")) == 2
    assert told(dossier.code)[1].status == 1


def test_an_ended_mandate_files_nothing(pair):
    row = pair.live()
    draft = pair.draft(row)
    pair.nam.post(f"/uy-quyen/tin/{row.holder_token}/", {"_end": "1"})
    with pytest.raises(refusals.MandateOver):
        pair.file(draft)
    assert not Dossier.objects.exists()


def test_a_draft_filed_by_mandate_opens_to_its_holder_no_longer_than_the_mandate(pair):
    row = pair.live()
    draft = pair.draft(row)
    pair.file(draft)
    onward = pair.nam.get(f"/khai/{draft.pk}/")
    pair.hoa.post(f"/uy-quyen/{row.pk}/", {"_end": "1"})
    assert pair.nam.get(onward["Location"]).status_code == 404


def test_what_is_filed_for_her_must_reach_her(pair):
    with pytest.raises(refusals.GiversPhone):
        pair.file(pair.draft(pair.live(), phone=NAM.phone))


def test_a_stranger_uses_nobodys_mandate(pair):
    row, dossier = pair.filed()
    stranger = Client()
    account = as_phone_holder(stranger, phone="+84912345009", name="Lê Văn Lạ")
    assert pair.sees(stranger, dossier) == 404
    assert stranger.get(f"/uy-quyen/{row.pk}/").status_code == 404
    with pytest.raises(refusals.MandateOver):
        filing.begin(
            published=pair.office.linked, account=account, level=0, at=now(),
            chosen=filing.Begin(commune="11239", mandate=str(row.pk)),
        )  # fmt: skip


def test_one_dossier_is_given_by_whom_it_belongs_to(pair):
    _, dossier = pair.filed()
    Mandate.objects.filter(ended_at=None).first()
    lan = Client()
    as_phone_holder(lan, phone=LANS, name=LAN.name)
    posted = {**FORM, "ground": "relative", "scope": f"dossier:{dossier.code}", "acts": ["follow"],
              "name": LAN.name, "phone": LAN.phone}  # fmt: skip
    assert pair.nam.post(f"/uy-quyen/nho/?ho-so={dossier.code}", posted).status_code == 400
    assert pair.hoa.post(f"/uy-quyen/nho/?ho-so={dossier.code}", posted).status_code == 302
    row = Mandate.objects.get(reach="dossier")
    lan.post(f"/uy-quyen/tin/{row.holder_token}/", {"_accept": "1"})
    assert pair.sees(lan, dossier) == 200


def test_a_giver_without_an_account_follows_by_her_phone_and_finds_it_once_she_has_one(pair):
    pair.nam.post("/uy-quyen/xin/", {**FORM, "name": LAN.name, "phone": LAN.phone})
    row = Mandate.objects.get()
    mandating.send_code(row=row, at=now())
    mandating.agree_by_code(row=row, code=sent_code(), at=now())
    dossier = pair.file(pair.draft(row, phone=LAN.phone))
    assert Dossier.objects.get(code=dossier.code).account_id is None
    assert pair.sees(pair.nam, dossier) == 200


def test_it_ends_by_itself(pair):
    row, dossier = pair.filed()
    assert end_what_ran_out(at=now() + timedelta(days=32)) == 1
    assert pair.sees(pair.nam, dossier) == 404
    assert Mandate.objects.get(pk=row.pk).ending == "time"


def test_who_holds_nothing_costs_one_query_more(pair, django_assert_max_num_queries):
    _, dossier = pair.filed()
    stranger = Client()
    as_phone_holder(stranger, phone="+84912345009", name="Lê Văn Lạ")
    pair.sees(stranger, dossier)
    Account.objects.count()
    with django_assert_max_num_queries(9):
        pair.sees(stranger, dossier)


PAPER = {"ground": "officer", "scope": "everything", "acts": ["file"], "days": "90",
         "giver_name": "Hợp tác xã Thanh Miện", "giver_phone": "0912345008",
         "holder_name": NAM.name, "holder_phone": NAM.phone}  # fmt: skip


def letter():
    return SimpleUploadedFile("giay-gioi-thieu.jpg", jpeg(900, 1200), content_type="image/jpeg")


def test_at_the_counter_a_letter_is_recorded_seen_by_a_second_official_and_lies_with_what_is_filed(
    pair, office
):
    desk, second = office.browser("front_desk"), office.browser("second_desk")
    assert desk.post("/can-bo/uy-quyen/ghi/", PAPER).status_code == 400
    page = desk.post("/can-bo/uy-quyen/ghi/", {**PAPER, "paper": letter()})["Location"]
    row = pair.accept(Mandate.objects.get())
    assert not row.confirmed_at
    assert desk.post(page, {"_check": "1"}).status_code == 400
    second.post(page, {"_check": "1"})
    assert Mandate.objects.get().confirmed_at
    dossier = pair.file(pair.draft(row, phone="0912345008"))
    shown = words(desk.get(f"/can-bo/ho-so/{dossier.code}/"))
    assert "Hợp tác xã Thanh Miện" in shown
    assert "Giấy ủy quyền nằm cùng giấy tờ" in shown
    assert documents_of(f"dossier:{dossier.code}")[-1].key == "giay-uy-quyen"


def test_the_papers_of_another_office_are_not_found(pair, office):
    page = office.browser("front_desk").post("/can-bo/uy-quyen/ghi/", {**PAPER, "paper": letter()})
    elsewhere = office.browser("elsewhere")
    assert elsewhere.get(page["Location"]).status_code == 404


def test_what_a_parent_declares_stands_in_the_history():
    declared = OnBehalf(ground=ground_of_relation("mother"), relation="mother")
    assert declared.ground == "parent"
    root = Path(settings.CATALOGUE)
    folder = read_folder(root / "procedures/ho-tich/dang-ky-khai-sinh", root)
    law = by_digest(publish(folder=folder, at=now()).digest)
    assert behalf_words(declared, law, "vi") == "quan hệ do người nộp khai: Mẹ"


def test_a_letter_makes_room_for_itself_and_the_counter_sees_only_what_it_has_recorded(
    pair, office
):
    waiting = pair.give()
    paper = {**PAPER, "giver_name": HOA.full_name, "giver_phone": waiting.giver_phone}
    answer = office.browser("front_desk").post(
        "/can-bo/uy-quyen/ghi/", {**paper, "paper": letter()}
    )
    assert answer.status_code == 302, words(answer)
    waiting.refresh_from_db()
    assert waiting.ending == "replaced"
    for who, seen in (("second_desk", [COMMUNE]), ("elsewhere", [])):
        with wall.behind(office.officials[who], now()):
            assert [row.agency.code for row in Mandate.objects.all()] == seen


def test_three_years_after_its_end_nobody_is_named_and_the_evidence_stays(pair, office):
    page = office.browser("front_desk").post("/can-bo/uy-quyen/ghi/", {**PAPER, "paper": letter()})
    office.browser("front_desk").post(page["Location"], {"_end": "1"})
    row = Mandate.objects.get()
    for years, left in ((2, 1), (4, 0)):
        erase_due(known=retention(), at=row.ended_at + timedelta(days=366 * years))
        row.refresh_from_db()
        assert [bool(row.giver_name), bool(row.holder_phone)] == [bool(left)] * 2
        assert len(documents_of(f"mandate:{row.pk}")) == left
    assert row.giver_key
    assert row.changes.count() > 1
    assert PAPER["giver_name"] not in words(office.browser("front_desk").get("/can-bo/uy-quyen/"))


def test_who_is_signed_in_for_an_organisation_sees_none_of_their_own(pair):
    row = pair.live()
    company = ProvenOrganisation(code="0800123456", name="Công ty Gốm Chu Đậu")
    officer = Client()
    as_citizen(officer, replace(HOA, organisation=company))
    for path in ("/uy-quyen/", "/uy-quyen/nho/", f"/uy-quyen/{row.pk}/"):
        answer = officer.get(path)
        assert (answer.status_code, NAM.name in words(answer)) == (403, False)
