"""A draft goes on: on another device, at a second start, until its end with notice; and leaves with its person."""

import re
from datetime import timedelta

import pytest
from django.test import Client

from motcua.dossiers import drafts
from motcua.dossiers.models import Dossier, Draft, DraftKey, DraftsForgotten
from motcua.dossiers.rules.draft_codes import show
from motcua.dossiers.rules.drafts import LIVES
from motcua.journeys import continuing, filing
from motcua.journeys.continuing import Contact
from motcua.journeys.reactions.forgetting import forget_expired
from motcua.journeys.reactions.reminding import remind
from motcua.notices.models import Notice
from motcua.toolkit import wiring
from motcua.toolkit.clock import now
from motcua.toolkit.jobs import run_due
from tests.cast import MAI
from tests.journeys.test_attacks import filled
from tests.rooms.outside import FAKES, World
from tests.signing_in import as_phone_holder

pytestmark = pytest.mark.django_db
PHONE = "+84912345001"
PLACE = {"place__province": "31", "place__commune": "11239"}


class Begun:
    """A draft begun without an account on a phone."""

    def __init__(self, office, sms, phone=True):
        self.sms = sms
        self.phone = Client(headers={"user-agent": "Mozilla/5.0 (Linux; Android 9)"})
        answer = self.phone.post("/nop/lien-thong-thu/", PLACE)
        self.path, self.draft = answer.url, Draft.objects.latest("created_at")
        if phone:
            self.leave_phone()

    def leave_phone(self):
        contact = Contact(phone=MAI.phone)
        continuing.leave_contact(draft=self.fresh, contact=contact, language="vi", at=now())

    @property
    def fresh(self):
        return drafts.draft(self.draft.pk)

    def opened_on(self, laptop, code=None):
        """Go through the pages of another device; return the last answer."""
        page = laptop.post("/khai-tiep/", {"ma": show(code or self.draft.code)})
        run_due()
        ticket = {"phieu": page.context["ticket"], "code": sent_code(self.sms) or "000000"}
        return laptop.post("/khai-tiep/ma-xac-nhan/", ticket)

    def touch(self, **values):
        Draft.objects.filter(pk=self.draft.pk).update(**values)


def sent_code(sms):
    """Return the one-time code in the last message; empty when there was none."""
    texts = [letter.body for letter in sms.letters.values() if "Mã xác nhận" in letter.body]
    return re.search(r"[0-9]{6}", texts[-1])[0] if texts else ""


@pytest.fixture
def sms(settings):
    """The road of short messages, as a fake that remembers."""
    for name, value in FAKES.items():
        setattr(settings, name, value)
    wiring.made.cache_clear()
    yield World().sms
    wiring.made.cache_clear()


@pytest.fixture
def begun(office, sms):
    return Begun(office, sms)


# --- on another device ---


def test_the_overview_shows_the_code_to_go_on_with(begun):
    assert show(begun.draft.code) in begun.phone.get(begun.path).content.decode()


def test_with_code_and_one_time_code_the_draft_opens_on_a_laptop(begun):
    laptop = Client(headers={"user-agent": "Mozilla/5.0 (Windows NT 10.0)"})
    answer = begun.opened_on(laptop)
    assert (answer.status_code, answer.url) == (302, begun.path)
    assert laptop.get(begun.path).status_code == 200
    assert set(begun.draft.keys.values_list("device", flat=True)) == {"android", "windows"}


def test_an_unknown_code_is_answered_as_a_known_one(begun):
    known, unknown = Client(), Client()
    one = known.post("/khai-tiep/", {"ma": show(begun.draft.code)}).content.decode()
    other = unknown.post("/khai-tiep/", {"ma": "222-222-222"}).content.decode()
    said = [page.split("<main")[1].split("phieu")[0] for page in (one, other)]
    assert (
        said[0].replace(show(begun.draft.code), "222-222-222").split("csrf")[0]
        == (said[1].split("csrf")[0])
    )
    run_due()
    assert Notice.objects.filter(template="code").count() == 1


def test_a_guessed_one_time_code_opens_nothing_and_is_counted(begun, sms):
    page = Client().post("/khai-tiep/", {"ma": begun.draft.code})
    run_due()
    ticket, right = page.context["ticket"], sent_code(sms)
    wrong = "000000" if right != "000000" else "111111"
    for _ in range(5):
        assert (
            Client().post("/khai-tiep/ma-xac-nhan/", {"phieu": ticket, "code": wrong}).status_code
            == 422
        )
    last = Client().post("/khai-tiep/ma-xac-nhan/", {"phieu": ticket, "code": right})
    assert last.status_code == 422
    assert begun.draft.keys.count() == 1


def test_other_devices_are_locked_out_with_one_press(begun):
    laptop = Client()
    begun.opened_on(laptop)
    begun.phone.post(f"{begun.path}may-khac/", {"_lock": "1"})
    assert laptop.get(begun.path).status_code == 404
    assert begun.phone.get(begun.path).status_code == 200


def test_a_phone_left_in_a_draft_is_told_its_code_once(begun):
    begun.phone.post(f"{begun.path}may-khac/", {"phone": MAI.phone, "email": ""})
    told = Notice.objects.filter(template="draft_kept", road="sms")
    assert [notice.to for notice in told] == [PHONE]
    assert show(begun.draft.code) in told[0].body


def test_a_draft_is_no_way_to_write_to_many_people(begun):
    said = [
        begun.phone.post(f"{begun.path}may-khac/", {"phone": f"09123450{n:02}"}).status_code
        for n in range(10, 16)
    ]
    assert said[-1] == 429


def test_who_typed_no_phone_for_it_is_reached_where_the_declaration_says(office, sms):
    begun = Begun(office, sms, phone=False)
    filled(begun.phone, begun.draft)
    assert begun.opened_on(Client()).status_code == 302


# --- a second start ---


def test_a_second_start_on_the_same_phone_offers_the_open_draft_by_initials(begun):
    begun.phone.post(f"{begun.path}trang/child/", {"child.full_name": "Trần Minh An"})
    page = begun.phone.get("/nop/lien-thong-thu/").content.decode()
    assert begun.path in page
    assert "T. M. An" in page
    assert "Trần Minh An" not in page
    assert begun.path not in Client().get("/nop/lien-thong-thu/").content.decode()


def test_a_second_start_with_the_account_offers_it_on_any_device(office):
    account = as_phone_holder(Client(), phone=PHONE, name=MAI.name)
    draft, _ = filing.begin(
        published=office.linked, chosen=filing.Begin(commune="11239"), account=account, level=0,
        at=now(),
    )  # fmt: skip
    laptop = Client()
    as_phone_holder(laptop, phone=PHONE, name=MAI.name)
    assert f"/khai/{draft.pk}/" in laptop.get("/nop/lien-thong-thu/").content.decode()


# --- its end ---


def warned(begun):
    told = Notice.objects.filter(template="draft_ending", road="sms").order_by("pk")
    return [notice.to for notice in told]


def test_the_end_is_told_fourteen_and_three_days_before_each_once(begun):
    end = begun.fresh.expires_at
    for days in (20, 14, 13, 4, 3, 1):
        remind(at=end - timedelta(days=days))
    bodies = Notice.objects.filter(template="draft_ending").order_by("pk")
    assert ["14 ngày" in bodies[0].body, "3 ngày" in bodies[1].body, len(bodies)] == [True, True, 2]


def test_a_draft_changed_after_its_warning_is_warned_of_its_new_end_only(begun):
    end = begun.fresh.expires_at
    remind(at=end - timedelta(days=14))
    begun.phone.post(f"{begun.path}trang/child/", {"child.full_name": "Trần An"})
    begun.touch(expires_at=end + LIVES)
    remind(at=end - timedelta(days=3))
    assert len(warned(begun)) == 1
    remind(at=end + LIVES - timedelta(days=14))
    assert len(warned(begun)) == 2


def test_opening_by_the_link_of_the_message_keeps_it_for_the_whole_time_again(begun):
    begun.touch(expires_at=now() + timedelta(days=2), warned=3)
    answer = begun.phone.post("/khai-tiep/", {"ma": show(begun.draft.code)})
    assert answer.url == begun.path
    assert begun.fresh.expires_at > now() + LIVES - timedelta(minutes=1)
    assert begun.fresh.warned == 0


def test_who_told_nothing_in_the_draft_is_warned_where_the_account_is_reached(office, sms):
    account = as_phone_holder(Client(), phone=PHONE, name=MAI.name)
    draft, _ = filing.begin(
        published=office.linked, chosen=filing.Begin(commune="11239"), account=account, level=0,
        at=now(),
    )  # fmt: skip
    Draft.objects.filter(pk=draft.pk).update(answers={})
    assert remind(at=draft.expires_at - timedelta(days=14)) == 1
    assert Notice.objects.get(template="draft_ending").to == PHONE


def test_nothing_of_a_forgotten_draft_is_kept_but_its_number(begun):
    begun.touch(expires_at=now())
    assert forget_expired(at=now()) == 1
    assert not Draft.objects.exists()
    assert not DraftKey.objects.exists()
    assert DraftsForgotten.objects.get().drafts == 1


def test_two_sweeps_of_one_day_count_together(office, sms):
    for _ in range(2):
        begun = Begun(office, sms, phone=False)
        begun.touch(expires_at=now())
        forget_expired(at=now())
    assert DraftsForgotten.objects.get().drafts == 2


# --- signing out ---


def test_after_signing_out_the_phone_opens_no_draft(begun):
    phone = begun.phone
    as_phone_holder(phone, phone=PHONE, name=MAI.name)
    kept = {name: morsel.value for name, morsel in phone.cookies.items()}
    phone.post("/dang-xuat/")
    assert not [
        name for name, one in phone.cookies.items() if begun.draft.pk.hex in name and one.value
    ]
    again = Client()
    for name, value in kept.items():
        again.cookies[name] = value
    assert again.get(begun.path).status_code == 404
    assert begun.draft.keys.count() == 0


def test_no_page_of_a_draft_stays_in_the_phone_for_the_back_key(begun):
    for path in ("", "trang/child/", "may-khac/", "kiem-tra/", "nhan-ket-qua/"):
        assert "no-store" in begun.phone.get(begun.path + path).headers["Cache-Control"]


# --- one dossier of one draft ---


def test_filed_from_two_devices_there_is_one_dossier_and_both_see_its_receipt(begun, sms):
    laptop = Client()
    begun.opened_on(laptop)
    filled(begun.phone, begun.draft)
    devices = (begun.phone, laptop)
    for device in devices:
        device.post(f"{begun.path}kiem-tra/", {"pledge": "1", "doubts": "1"})
    run_due()
    code = {"code": sent_code(sms)}
    answers = [device.post(f"{begun.path}xac-nhan/", code) for device in devices]
    row = Dossier.objects.get()
    assert [answer.url for answer in answers] == [f"/bien-nhan/{row.code}/"] * 2
    assert [device.get(f"/bien-nhan/{row.code}/").status_code for device in devices] == [200, 200]
