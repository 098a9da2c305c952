"""Helping somebody to fill in: by a code, within bounds, recorded, ended by a press."""

import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.test import Client

from motcua.dossiers.models import Draft
from motcua.help import codes
from motcua.help.models import Helping, Invitation, Touch
from motcua.help.rules.helping import Lasts, Who
from motcua.identity.models import OneTimeCode
from motcua.journeys import filing
from motcua.notices.models import Notice
from motcua.toolkit.clock import now
from tests.cast import LAN, NAM
from tests.documents_samples import jpeg
from tests.journeys.desk_pages import words
from tests.signing_in import as_citizen

pytestmark = pytest.mark.django_db


class Table:
    """An owner at her draft, and a helper with a telephone of his own."""

    def __init__(self, office):
        self.owner, self.helper = Client(), Client()
        account = as_citizen(self.owner)
        self.draft, _ = filing.begin(
            published=office.linked, chosen=filing.Begin(commune="11239"), account=account,
            level=2, at=now(),
        )  # fmt: skip
        self.at = f"/khai/{self.draft.pk}/"

    def code(self, **more):
        """Let the owner make a code; return its digits."""
        self.owner.post(f"{self.at}nho-giup/", {"_key": "k1", "lasts": "hours", **more})
        return codes.code_of(Invitation.objects.get(ended_at=None))

    def known(self, code):
        """Let the helper type the code; return what the next form carries."""
        answer = self.helper.post("/giup/", {"code": code})
        found = re.search(r'name="phieu" value="([^"]+)"', words(answer))
        return found.group(1) if found else ""

    def named(self, ticket, name=NAM.name, phone=NAM.phone, who="family"):
        posted = {"phieu": ticket, "name": name, "phone": phone, "who": who}
        return self.helper.post("/giup/xac-nhan/", posted)

    def come_in(self, code="", **who):
        """Let the helper in; return the helping."""
        asked = self.named(self.known(code or self.code()), **who)
        ticket = re.search(r'name="phieu" value="([^"]+)"', words(asked)).group(1)
        sent = re.search(r"\d{6}", Notice.objects.filter(template="code").last().body).group()
        answer = self.helper.post("/giup/xac-nhan/", {"phieu": ticket, "code": sent})
        assert answer["Location"] == self.at
        return Helping.objects.get(ended_at=None)

    def now(self):
        return Draft.objects.get(pk=self.draft.pk)


@pytest.fixture
def table(office):
    return Table(office)


def test_the_code_is_shown_large_and_again_after_a_reload(table):
    code = table.code()
    for _ in range(2):
        assert f"{code[:4]} {code[4:]}" in words(table.owner.get(f"{table.at}nho-giup/"))


def test_a_helper_comes_in_and_sees_whose_declaration_it_is(table):
    table.come_in()
    shown = words(table.helper.get(table.at))
    assert "Quý vị đang giúp" in shown
    assert "Nhờ người thân" not in shown


def test_the_owner_is_told_at_once_with_the_way_to_end_it(table):
    helping = table.come_in()
    told = Notice.objects.get(template="helper_entered")
    assert NAM.name in told.body
    assert f"/thoi-nho/{helping.stop_token}/" in told.body


def test_a_code_opens_for_one_helper(table):
    code = table.code()
    table.come_in(code)
    OneTimeCode.objects.all().delete()
    shown = words(table.named(table.known(code), name=LAN.name, phone=LAN.phone))
    assert "không đúng hoặc không còn dùng được" in shown
    assert not OneTimeCode.objects.exists()


def test_a_helper_whose_phone_was_off_comes_back_by_the_same_code(table):
    code = table.code()
    first = table.come_in(code)
    Invitation.objects.update(expires_at=now() - timedelta(seconds=1))
    OneTimeCode.objects.all().delete()
    before, table.helper = table.helper, Client()
    assert table.come_in(code) == first
    assert table.helper.get(table.at).status_code == 200
    assert before.get(table.at).status_code == 404
    assert Notice.objects.filter(template="helper_entered").count() == 1


@pytest.mark.parametrize("over", [{"ended_at": now(), "ending": "owner"}, {"until": now()}])
def test_no_code_brings_back_whose_help_is_over(table, over):
    code = table.code()
    table.come_in(code)
    Helping.objects.update(**over)
    assert table.known(code) == ""


def test_what_a_helper_sends_too_late_is_refused_and_said_to_be_lost(table):
    helping = table.come_in()
    table.owner.post(f"{table.at}nho-giup/{helping.pk}/thoi/")
    typed = {"child.full_name": "Trần Minh An", "_autosave": "1", "_revision": "1"}
    late = table.helper.post(f"{table.at}trang/child/", typed)
    assert (late.status_code, late.json()["code"]) == (410, "help.over-unsaved")
    assert "vừa gửi chưa được lưu" in late.json()["text"]
    assert "vừa gửi chưa được lưu" in words(table.helper.post(f"{table.at}trang/child/", NAMED))
    assert "child.full_name" not in table.now().answers


def test_a_wrong_code_is_told_in_the_same_words_as_one_that_is_over(table):
    over = table.code()
    codes.take_back(subject=f"draft:{table.draft.pk}", at=now())
    for typed in ("00000000", "1234", "", "chín", over):
        page = words(table.helper.post("/giup/", {"code": typed}))
        assert "không đúng hoặc không còn dùng được" in page


def test_guessing_is_braked(table):
    tried = [table.helper.post("/giup/", {"code": f"{n:08}"}).status_code for n in range(22)]
    assert tried[0] == 404
    assert tried[-1] == 429


def test_a_code_lives_half_an_hour(table):
    code = table.code()
    Invitation.objects.update(expires_at=now() - timedelta(seconds=1))
    assert table.known(code) == ""


def test_the_owners_own_phone_lets_nobody_in(table):
    ticket = table.known(table.code())
    table.named(ticket, phone=Invitation.objects.get().owner_phone)
    assert not OneTimeCode.objects.filter(purpose="help").exists()


def test_whoever_says_to_be_of_the_team_must_be_in_the_list(table):
    shown = words(
        table.named(table.known(table.code()), name=LAN.name, phone=LAN.phone, who="team")
    )
    assert "chưa có trong danh sách tổ công nghệ số" in shown


def test_what_is_the_owners_stays_closed_to_the_helper(table):
    table.come_in()
    for door in ("nhan-ket-qua/", "xac-nhan/", "nho-giup/", "may-khac/"):
        answer = table.helper.get(f"{table.at}{door}")
        assert answer.status_code == 403, door
        assert "chính người nộp hồ sơ" in words(answer)


def test_a_helper_looks_at_the_whole_but_cannot_file(table):
    table.come_in()
    shown = words(table.helper.get(f"{table.at}kiem-tra/"))
    assert "Đến lượt người nộp hồ sơ" in shown
    assert "pledge" not in shown
    assert table.helper.post(f"{table.at}kiem-tra/", {"pledge": "1"}).status_code == 403


def test_the_owner_sees_what_the_helper_opened(table):
    helping = table.come_in()
    table.helper.get(f"{table.at}trang/child/")
    table.helper.get(f"{table.at}trang/child/")
    assert list(helping.touches.values_list("page", "doing")) == [("page:child", "saw")]
    shown = words(table.owner.get(f"{table.at}nho-giup/"))
    assert NAM.name in shown
    assert NAM.phone[1:] not in shown


def test_one_press_of_the_owner_ends_it_in_the_helpers_open_page(table):
    helping = table.come_in()
    table.owner.post(f"{table.at}nho-giup/{helping.pk}/thoi/")
    assert table.helper.get(table.at).status_code == 410


def test_the_link_in_the_message_ends_it_without_a_sign_in(table):
    helping = table.come_in()
    path = f"/thoi-nho/{helping.stop_token}/"
    assert table.helper.get(path).status_code == 200
    assert table.helper.get(table.at).status_code == 200
    Client().post(path)
    assert table.helper.get(table.at).status_code == 410
    assert "Đã dừng" in words(Client().get(path))


def test_the_helper_may_leave_and_a_stranger_ends_nobodys_help(table):
    helping = table.come_in()
    Client().post(f"{table.at}thoi-giup/")
    assert Helping.objects.get().ended_at is None
    table.helper.post(f"{table.at}thoi-giup/")
    helping.refresh_from_db()
    assert helping.ending == "helper"


def test_help_ends_with_its_time(table):
    table.come_in()
    Helping.objects.update(until=now() - timedelta(seconds=1))
    assert table.helper.get(table.at).status_code == 410


def test_what_a_helper_touched_cannot_be_changed(table):
    table.come_in()
    table.helper.get(table.at)
    with pytest.raises(IntegrityError), transaction.atomic():
        Touch.objects.update(page="–")


NAMED = {"child.full_name": "Trần Minh An", "_revision": "1", "_was": "{}"}


def test_what_a_helper_writes_is_kept_with_their_name_beside_its_revision(table):
    helping = table.come_in()
    table.helper.post(f"{table.at}trang/child/", NAMED)
    draft = table.now()
    assert draft.answers["child.full_name"] == "Trần Minh An"
    saved = helping.touches.get(doing="saved")
    assert (saved.page, saved.revision) == ("page:child", draft.revision)
    assert draft.touched["child.full_name"] == draft.revision


def test_no_helper_changes_where_the_codes_go(table):
    table.come_in()
    path = f"{table.at}trang/applicant/"
    assert 'name="applicant.phone"' not in words(table.helper.get(path))
    before = table.now().answers.get("applicant.phone")
    table.helper.post(path, {"applicant.phone": "0912345009", "mother.occupation": "Thợ may"})
    after = table.now().answers
    assert (after.get("applicant.phone"), after["mother.occupation"]) == (before, "Thợ may")


def test_a_helper_photographs_papers_and_the_owner_sees_it(table):
    table.come_in()
    path = f"{table.at}giay-to/birth_note/"
    table.helper.post(path, {"birth_note": SimpleUploadedFile("a.jpg", jpeg())})
    shown = words(table.owner.get(f"{table.at}nho-giup/"))
    assert "Giấy chứng sinh: đã ghi" in shown


def helped(draft):
    """Let somebody come in and write into a draft."""
    made = codes.invite(
        subject=f"draft:{draft.pk}", agency_id=draft.agency_id, owner=codes.Owner("+84912345001"),
        lasts=Lasts.HOURS, key="k", at=now(),
    )  # fmt: skip
    helper = codes.Helper(LAN.name, "+84912345003", Who.FAMILY)
    helping, _ = codes.enter(invitation_id=made.pk, helper=helper, at=now())
    codes.saved(helping=helping, page="page:child", revision=2, at=now())


def test_the_dossiers_history_names_who_helped(office):
    row = office.received(meanwhile=helped)
    page = office.browser("front_desk").get(f"/can-bo/ho-so/{row.code}/")
    assert f"Khai giúp: {LAN.name}, người thân, người quen." in words(page)
    assert Helping.objects.get().ending == "filed"
    police = office.browser("police").get(f"/can-bo/ho-so/{row.code}/")
    assert LAN.name not in words(police)
