"""A number is lost: the card at the counter, a code, a second official, three days – and nobody takes it over."""

import re
from datetime import timedelta

import pytest
from django.test import Client

from motcua.agencies import contacts
from motcua.audit.models import Waiting
from motcua.dossiers import drafts
from motcua.identity import recoveries
from motcua.identity.models import Account, Person, Recovery
from motcua.identity.operations import open_phone_account
from motcua.identity.queries import phone_account
from motcua.identity.rules.people import PersonDetails
from motcua.identity.rules.recovering import COOLING, MOST_A_DAY, MOST_OF_ONE
from motcua.journeys import filing, recovering, saving
from motcua.journeys.actors import filer, official
from motcua.journeys.erasing import erase_due
from motcua.journeys.saving import Since
from motcua.journeys.telling_officials import tell_all
from motcua.mandates import operations
from motcua.mandates.models import Mandate
from motcua.mandates.operations import Granting, Party
from motcua.mandates.rules.grounds import Terms
from motcua.mandates.rules.mandates import Act, Reach, Scope
from motcua.notices.models import Notice
from motcua.privacy.models import Erasure
from motcua.procedures.rules.reading_answers import Posted
from motcua.procedures.rules.retention import retention
from motcua.toolkit.clock import now
from tests.cast import LAN
from tests.fake_vneid import HOA
from tests.journeys.desk_pages import words
from tests.journeys.office import ANSWERS, COUNTER, PAGES
from tests.rules.heart import a_field
from tests.signing_in import _let_in, as_citizen

pytestmark = pytest.mark.django_db
OLD, NEW = "+84912345003", "+84912345088"
DETAILS = PersonDetails(
    full_name=LAN.name, birth_date=LAN.born, sex="female", personal_number=LAN.number, email="lan@example.vn"
)  # fmt: skip
NUMBER = a_field(
    "applicant.personal_number", "personal_number", "Số định danh", prefill="personal_number"
)
FORM = [*PAGES[:2], {**PAGES[2], "fields": [*PAGES[2]["fields"], NUMBER]}]
HOME = "/can-bo/mat-so/"
CARD = {
    "number": LAN.number, "name": LAN.name, "born__day": "20", "born__month": "1", "born__year": "1958",
    "phone": "0912 345 088", "compared": "1",
}  # fmt: skip


class Lost:
    """Lan's portal account, the office that knows her, and the counter's two browsers."""

    def __init__(self, office):
        self.office = office
        law = COUNTER.model_dump(mode="json", by_alias=True)
        law |= {"code": "9.000003", "slug": "mat-so", "form": {"pages": FORM}}
        self.published = office._published(type(COUNTER).model_validate(law, strict=False))
        self.account, _ = open_phone_account(phone=OLD, details=DETAILS, at=now())
        self.lan, self.desk = Client(), office.browser("front_desk")
        self.second = office.browser("second_desk")
        _let_in(self.lan, self.account, 0)

    def filed(self, *, seen=True, account=None, number=LAN.number):
        """File for Lan: typed at the counter from her card, or by herself on the portal."""
        draft, _ = filing.begin(
            published=self.published, account=account, level=0, at=now(),
            chosen=filing.Begin(commune="11239", channel="counter" if seen else "online"),
        )  # fmt: skip
        for page in self.published.procedure.form.pages:
            told = {**ANSWERS[page.id]}
            if page.id == "applicant":
                told |= {
                    "applicant.full_name": [LAN.name], "applicant.phone": [LAN.phone],
                    "applicant.personal_number": [number],
                }  # fmt: skip
            saving.save_page(
                draft=draft, page=page, posted=Posted(told), since=Since(), language="vi", at=now()
            )
        self.office._papers(draft)
        return filing.file(
            draft_id=draft.pk, by=filer(drafts.draft(draft.pk), account), language="vi", doubts_confirmed=True,
            typed_by=official(self.office.post("front_desk")) if seen else None,
            confirmed="code" if seen else "", at=now(),
        ).row  # fmt: skip

    def begun(self, **more):
        answer = self.desk.post(f"{HOME}mo-lai/", {**CARD, **more})
        assert answer.status_code == 302, words(answer)
        return Recovery.objects.latest("recorded_at")

    def confirmed(self, **more):
        row = self.begun(**more)
        page = f"{HOME}{row.pk}/"
        self.desk.post(page, {"_prove": "1", "code": sent_code()})
        self.second.post(page, {"_confirm": "1", "compared": "1"})
        return Recovery.objects.get(pk=row.pk)

    def moved(self, **more):
        row = self.confirmed(**more)
        recovering.move_all(at=now() + COOLING + timedelta(minutes=1))
        return Recovery.objects.get(pk=row.pk)


def sent_code():
    return re.search(r"\d{6}", Notice.objects.filter(template="code").last().body).group()


def said(template):
    return {notice.to for notice in Notice.objects.filter(template=template)}


@pytest.fixture
def lost(office):
    return Lost(office)


def test_by_card_code_and_two_officials_the_number_moves_after_three_days(lost):
    lost.filed()
    row = lost.confirmed()
    assert recovering.move_all(at=row.moves_at - timedelta(minutes=1)) == 0
    assert recovering.move_all(at=row.moves_at) == 1
    assert phone_account(OLD) is None
    assert phone_account(NEW).person_id == lost.account.person_id
    assert lost.lan.get("/tai-khoan/").status_code == 302


def test_what_the_lost_number_has_given_others_ends_with_it(lost):
    """Whoever had it meanwhile may have let themselves act for her; what she gave otherwise stays."""
    lost.filed()
    told = Terms(
        "spouse",
        frozenset({Act.FOLLOW}),
        Scope(Reach.EVERYTHING),
        now(),
        now() + timedelta(days=90),
    )
    for number, word in enumerate((Mandate.Word.CODE, Mandate.Word.STRONG)):
        giver = Party(LAN.name, OLD, lost.account.person_id)
        holder = Party("Kẻ Trộm", f"+8491234509{number}")
        granting = Granting(giver, holder, told, Mandate.Side.GIVER, word)
        operations.grant(granting=granting, key=f"k{number}", at=now())
    lost.moved()
    assert [one.giver_word for one in Mandate.objects.filter(ended_at=None)] == ["strong"]


def test_the_old_number_and_address_are_told_before_and_after(lost):
    lost.filed()
    lost.confirmed()
    assert said("recovery_begun") == {OLD, "lan@example.vn"}
    recovering.move_all(at=now() + COOLING)
    assert said("recovery_moved") == {OLD, "lan@example.vn", NEW}


def test_who_holds_the_old_number_stops_it_by_the_message_and_sees_it_in_the_account(lost):
    lost.filed()
    row = lost.confirmed()
    assert "Không phải tôi: dừng lại" in words(lost.lan.get("/tai-khoan/"))
    assert "Dừng việc đổi số" in words(Client().get(f"/doi-so/{row.token}/"))
    Client().post(f"/doi-so/{row.token}/")
    assert recovering.move_all(at=now() + COOLING) == 0
    assert phone_account(OLD).pk == lost.account.pk
    assert said("recovery_stopped") == {NEW}
    assert "Người giữ số cũ đã dừng" in words(lost.lan.get("/tai-khoan/"))


def test_nobody_confirms_what_they_began_and_nothing_goes_without_the_code(lost):
    lost.filed()
    page = f"{HOME}{lost.begun().pk}/"
    assert lost.second.post(page, {"_confirm": "1", "compared": "1"}).status_code == 409
    assert lost.desk.post(page, {"_prove": "1", "code": "000000"}).status_code == 422
    lost.desk.post(page, {"_prove": "1", "code": sent_code()})
    assert lost.desk.post(page, {"_confirm": "1", "compared": "1"}).status_code == 403
    assert lost.second.post(page, {"_confirm": "1"}).status_code == 422
    assert Recovery.objects.get().checked_at is None


def test_what_only_the_account_has_told_opens_nothing(lost):
    lost.filed(seen=False, account=lost.account)
    answer = lost.desk.post(f"{HOME}mo-lai/", CARD)
    assert "chưa từng được đối chiếu với căn cước" in words(answer)
    assert not Recovery.objects.exists()


@pytest.mark.parametrize(
    "told", [{"number": HOA.personal_number}, {"name": "Lê Thị Khác"}, {"born__year": "1959", "number": "030158001235"}]
)  # fmt: skip
def test_another_card_finds_nobody(lost, told):
    lost.filed()
    assert "Không có tài khoản nào khớp" in words(lost.desk.post(f"{HOME}mo-lai/", CARD | told))


def test_whom_vneid_has_proved_comes_back_by_vneid_only(lost):
    lost.filed()
    Person.objects.filter(pk=lost.account.person_id).update(verified_at=now(), verified_by="vneid")
    assert "đã nối với VNeID" in words(lost.desk.post(f"{HOME}mo-lai/", CARD))


def test_an_account_joined_to_vneid_meanwhile_does_not_move(lost):
    lost.filed()
    row = lost.confirmed()
    proven = as_citizen(Client()).person
    Account.objects.filter(pk=lost.account.pk).update(person=proven)
    assert recovering.move_all(at=row.moves_at) == 0
    assert Recovery.objects.get().ending == "overtaken"
    assert phone_account(NEW) is None


def test_a_number_that_is_somebody_elses_is_refused(lost):
    lost.filed()
    other = PersonDetails(full_name="Lê Văn Bình", birth_date="1960")
    open_phone_account(phone=NEW, details=other, at=now())
    assert "tài khoản của một người khác" in words(lost.desk.post(f"{HOME}mo-lai/", CARD))


def test_an_account_the_new_number_has_opened_for_the_same_person_joins(lost):
    lost.filed()
    newer, _ = open_phone_account(phone=NEW, details=DETAILS, at=now())
    lost.moved()
    assert phone_account(NEW).pk == newer.pk
    assert phone_account(NEW).person_id == lost.account.person_id


def test_it_stands_in_the_log_and_with_another_office_it_is_unknown(lost):
    lost.filed()
    row = lost.moved()
    entered = Waiting.objects.filter(kind="identity.recovery", reference=row.pk.hex)
    assert entered.count() == 4
    elsewhere = lost.office.browser("elsewhere")
    assert elsewhere.get(f"{HOME}{row.pk}/").status_code == 404
    assert "Không có tài khoản nào khớp" in words(elsewhere.post(f"{HOME}mo-lai/", CARD))


def test_what_nobody_confirms_in_three_days_is_over(lost):
    lost.filed()
    lost.begun()
    recoveries.end_late(at=now() + timedelta(days=3, minutes=1))
    assert Recovery.objects.get().ending == "time"


def test_pressed_twice_one_is_begun(lost):
    lost.filed()
    assert lost.begun(act="a" * 32).pk == lost.begun(act="a" * 32).pk


def test_a_press_that_comes_again_begins_one_and_is_no_further_try(lost):
    lost.filed()
    rows = {lost.begun(act="1").pk for _ in range(MOST_OF_ONE + 1)}
    assert len(rows) == 1
    assert Recovery.objects.count() == 1


def test_an_official_tries_cards_twenty_times_a_day_and_no_more(lost):
    tried = [words(lost.desk.post(f"{HOME}mo-lai/", CARD)) for _ in range(MOST_A_DAY + 1)]
    assert "Không có tài khoản nào khớp" in tried[-2]
    assert "Không có tài khoản nào khớp" not in tried[-1]


def test_the_others_of_the_office_are_told_that_it_waits_for_a_second_person(lost):
    lost.filed()
    for name, phone in {"front_desk": "0912 345 771", "second_desk": "0912 345 772"}.items():
        contacts.keep(official=lost.office.post(name).official, phone=phone, email="", at=now())
    row = lost.begun()
    assert tell_all(at=now()) == 0
    lost.desk.post(f"{HOME}{row.pk}/", {"_prove": "1", "code": sent_code()})
    assert [tell_all(at=now()) for _ in range(2)] == [1, 0]
    [told] = Notice.objects.filter(template="desk_waiting")
    assert told.to == "+84912345772"
    assert not any(word in told.body for word in (LAN.name, LAN.number, row.dossier, "088"))


def test_long_after_it_ended_it_is_erased_with_proof_once_the_time_is_confirmed(lost):
    lost.filed()
    row, later = lost.moved(), now() + timedelta(days=4 * 366)
    assert erase_due(known=retention(), at=later).recoveries == 0
    known = retention({"recoveries"})
    assert erase_due(known=known, at=now() + timedelta(days=900)).recoveries == 0
    assert erase_due(known=known, at=later).recoveries == 1
    assert not Recovery.objects.exists()
    proof = Erasure.objects.get(subject=f"recovery:{row.pk.hex}")
    assert (proof.kept_class, proof.fields) == ("recoveries", 1)
    assert phone_account(NEW) is not None
    assert Waiting.objects.filter(kind="identity.recovery").exists()
