"""How officials come in: keys, codes on paper, trusted browsers, and who lets whom."""

import secrets
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from motcua.agencies import administering, coming_in, passkeys, stays
from motcua.agencies.administering import By, Wanted
from motcua.agencies.models import Agency, Deed, Invitation, Official, Passkey, Post, Stay
from motcua.agencies.operations import appoint, create_official
from motcua.agencies.rules.access_refusals import (
    DeedDone,
    DeedUnknown,
    InvitationUnknown,
    LastFactor,
    OneselfNot,
    PasskeyCopied,
    PasskeyRefused,
    PasskeyTaken,
    RecoveryCodeWrong,
    UsernameTaken,
)
from motcua.agencies.rules.refusals import TooManyTries, WrongPassword
from motcua.agencies.rules.roles import Role
from tests.soft_key import PRESENT, SoftKey

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 27, 3, 0, tzinfo=UTC)
TODAY = date(2026, 11, 27)
PASSWORD = "lua dong que sen"


@pytest.fixture
def commune():
    return Agency.objects.create(
        code="H24.239", name="Ủy ban nhân dân xã Thanh Miện", kind="commune_committee",
        place_code="11239", province_code="31", works_in="motcua", address="–", support_name="–",
        support_phone="–", support_hours="–", valid_from=TODAY,
    )  # fmt: skip


@pytest.fixture
def hang():
    return create_official(username="hang", full_name="Vũ Thị Thu Hằng", password=PASSWORD)


@pytest.fixture
def nhat(commune):
    return administrator(commune, "nhat", "Lương Minh Nhật")


def administrator(agency, username, name):
    made = create_official(username=username, full_name=name, password=PASSWORD)
    appoint(official=made, agency=agency, role=Role.ADMINISTRATOR, at=AT)
    return made


# --- passkeys ---


def question():
    return secrets.token_bytes(32)


def with_key(official, **how):
    key, asked = SoftKey(**how), question()
    passkeys.register(
        official=official, answer=key.makes(asked), challenge=asked, name="Điện thoại", at=AT
    )
    return key


def comes_in(key, official=None):
    asked = question()
    return passkeys.proven_by(answer=key.signs(asked), challenge=asked, at=AT, official=official)


def test_a_key_opens_again_and_again(hang):
    key = with_key(hang)
    assert comes_in(key) == comes_in(key) == hang


def test_an_answer_to_another_question_opens_nothing(hang):
    key, asked = with_key(hang), question()
    old = key.signs(asked)
    passkeys.proven_by(answer=old, challenge=asked, at=AT)
    with pytest.raises(PasskeyRefused):
        passkeys.proven_by(answer=old, challenge=question(), at=AT)


def test_another_site_gets_nothing_out_of_a_key(hang):
    key = with_key(hang)
    key.origin = "https://motcua.example.org"
    with pytest.raises(PasskeyRefused):
        comes_in(key)
    key.site, key.origin = "motcua.example.org", SoftKey.origin
    with pytest.raises(PasskeyRefused):
        comes_in(key)


def test_a_key_without_finger_face_or_pin_is_no_second_factor(hang):
    key = with_key(hang)
    key.flags = PRESENT
    with pytest.raises(PasskeyRefused):
        comes_in(key)


def test_a_counter_that_goes_back_stops_the_key_for_good(hang):
    key = with_key(hang)
    comes_in(key)
    key.counter = 1
    with pytest.raises(PasskeyCopied):
        comes_in(key)
    key.counter = 99
    with pytest.raises(PasskeyRefused):
        comes_in(key)


def test_a_forged_counter_stops_nobodys_key(hang):
    key = with_key(hang)
    thief = SoftKey(credential=key.credential, counter=0)
    with pytest.raises(PasskeyRefused):
        comes_in(thief)
    assert comes_in(key) == hang


def test_a_colleagues_key_unlocks_nothing_of_mine(hang, nhat):
    with pytest.raises(PasskeyRefused):
        comes_in(with_key(nhat), official=hang)


@pytest.mark.parametrize("answer", ["", "[]", "{}", '{"rawId": 7}', '{"rawId": "%%"}', "x" * 99999])
def test_an_answer_that_is_none_is_refused(hang, answer):
    with pytest.raises(PasskeyRefused):
        passkeys.proven_by(answer=answer, challenge=question(), at=AT)
    with pytest.raises(PasskeyRefused):
        passkeys.register(official=hang, answer=answer, challenge=question(), name="", at=AT)


def test_a_key_is_added_once(hang):
    key, asked = with_key(hang), question()
    with pytest.raises(PasskeyTaken):
        passkeys.register(official=hang, answer=key.makes(asked), challenge=asked, name="", at=AT)


def test_the_last_way_in_is_not_taken_away(hang):
    with_key(hang)
    key = Passkey.objects.get()
    Official.objects.update(totp_secret="")
    with pytest.raises(LastFactor):
        passkeys.remove(official=hang, key=key.pk)
    with_key(hang)
    passkeys.remove(official=hang, key=key.pk)
    assert len(passkeys.keys_of(hang)) == 1


def test_where_browsers_allow_no_keys_none_is_asked_for(hang, settings):
    settings.BASE_URL = "http://203.0.113.7"
    assert passkeys.site() is None
    with pytest.raises(PasskeyRefused):
        passkeys.to_sign_in(challenge=question())


# --- codes on paper ---


def test_ten_codes_on_paper_open_once_each(hang):
    codes = coming_in.new_recovery_codes(official=hang)
    assert len(set(codes)) == 10
    coming_in.use_recovery_code(official=hang, code=codes[0].lower(), at=AT)
    with pytest.raises(RecoveryCodeWrong):
        coming_in.use_recovery_code(official=hang, code=codes[0], at=AT)


def test_new_codes_make_the_old_ones_worthless(hang):
    old = coming_in.new_recovery_codes(official=hang)
    coming_in.new_recovery_codes(official=hang)
    with pytest.raises(RecoveryCodeWrong):
        coming_in.use_recovery_code(official=hang, code=old[0], at=AT)


def test_codes_are_guessed_no_longer_than_passwords(hang, nhat):
    code = coming_in.new_recovery_codes(official=nhat)[0]
    for _ in range(4):
        with pytest.raises(RecoveryCodeWrong):
            coming_in.use_recovery_code(official=hang, code=code, at=AT)
    with pytest.raises(TooManyTries):
        coming_in.use_recovery_code(official=hang, code=code, at=AT)


def refusals_of(username, at):
    for _ in range(7):
        with pytest.raises((WrongPassword, TooManyTries)) as refused:
            coming_in.check_password(username=username, password="sai", at=at)
        yield type(refused.value), refused.value.data


def test_no_pause_tells_which_names_there_are(hang):
    for at in (AT, AT + timedelta(minutes=2), AT + timedelta(minutes=6)):
        assert list(refusals_of("hang", at)) == list(refusals_of("khong-ai", at))


# --- browsers and stays ---


def test_a_browser_is_trusted_for_thirty_days_and_for_one_person(hang, nhat):
    token = stays.trust(official=hang, browser="Firefox", at=AT)
    assert stays.is_trusted(official=hang, token=token, at=AT + timedelta(days=29))
    assert not stays.is_trusted(official=hang, token=token, at=AT + timedelta(days=30))
    assert not stays.is_trusted(official=nhat, token=token, at=AT)


def test_a_new_password_ends_other_sign_ins_and_all_trust(hang):
    here, there = (stays.begin(official=hang, browser="–", at=AT) for _ in range(2))
    token = stays.trust(official=hang, browser="–", at=AT)
    coming_in.change_password(
        official=hang, password="bon con trau an co", keep=str(here.pk), at=AT
    )
    assert Stay.objects.get(ended_at__isnull=True) == here != there
    assert not stays.is_trusted(official=hang, token=token, at=AT)


# --- administrators ---


def by(official, agency, key="k1", at=AT):
    return By(agency, official, key, at)


def a_post(role, first=TODAY, last=None):
    return Wanted(role, first, last)


def test_an_invited_official_begins_with_a_code_within_a_day_once(commune, nhat):
    hoa, code = administering.invite(
        by(nhat, commune), username="hoa", full_name="Mai Hoa", wanted=a_post(Role.FRONT_DESK)
    )
    assert Post.objects.get(official=hoa).role == Role.FRONT_DESK
    with pytest.raises(WrongPassword):
        coming_in.check_password(username="hoa", password="", at=AT)
    assert administering.invited(username="hoa", code=code.lower(), at=AT)[0] == hoa
    late = AT + timedelta(hours=24)
    with pytest.raises(InvitationUnknown):
        administering.invited(username="hoa", code=code, at=late)
    administering.end_invitation(hoa, AT)
    with pytest.raises(InvitationUnknown):
        administering.invited(username="hoa", code=code, at=AT)


def test_sent_twice_one_official_is_invited_and_the_second_code_counts(commune, nhat):
    told = {"username": "hoa", "full_name": "Mai Hoa", "wanted": a_post(Role.FRONT_DESK)}
    administering.invite(by(nhat, commune), **told)
    hoa, code = administering.invite(by(nhat, commune), **told)
    assert Post.objects.filter(official=hoa).count() == 1
    assert Invitation.objects.filter(ended_at__isnull=True).count() == 1
    assert administering.invited(username="hoa", code=code, at=AT)[0] == hoa


def test_an_old_invitation_sent_again_gives_no_code_for_who_works_here_by_now(commune, nhat):
    """Else one administrator alone could become whom two have made a leader since."""
    told = {"username": "hoa", "full_name": "Mai Hoa", "wanted": a_post(Role.FRONT_DESK)}
    hoa, _ = administering.invite(by(nhat, commune), **told)
    administering.end_invitation(hoa, AT)
    with pytest.raises(DeedDone):
        administering.invite(by(nhat, commune), **told)
    assert not Invitation.objects.filter(ended_at__isnull=True).exists()


def test_a_code_given_again_lasts_no_longer_than_the_first(commune, nhat):
    told = {"username": "hoa", "full_name": "Mai Hoa", "wanted": a_post(Role.FRONT_DESK)}
    administering.invite(by(nhat, commune), **told)
    late = AT + timedelta(hours=23)
    _, code = administering.invite(by(nhat, commune, at=late), **told)
    with pytest.raises(InvitationUnknown):
        administering.invited(username="hoa", code=code, at=AT + timedelta(hours=24))
    with pytest.raises(DeedDone):
        administering.invite(by(nhat, commune, at=AT + timedelta(hours=25)), **told)


def test_a_name_that_is_taken_is_not_invited(commune, nhat, hang):
    with pytest.raises(UsernameTaken):
        administering.invite(
            by(nhat, commune), username="hang", full_name="–", wanted=a_post(Role.REGISTRAR)
        )


def test_a_leader_is_appointed_by_two(commune, nhat, hang):
    second = administrator(commune, "binh", "Bùi Thanh Bình")
    deed = administering.give_post(by(nhat, commune), official=hang, wanted=a_post(Role.LEADER))
    assert not Post.objects.filter(official=hang).exists()
    for who in (nhat, hang):
        with pytest.raises(OneselfNot):
            administering.decide(deed=deed.pk, agency=commune, by=who, accept=True, at=AT)
    administering.decide(deed=deed.pk, agency=commune, by=second, accept=True, at=AT)
    assert Post.objects.get(official=hang).role == Role.LEADER
    with pytest.raises(DeedUnknown):
        administering.decide(deed=deed.pk, agency=commune, by=second, accept=True, at=AT)


def test_what_is_turned_down_gives_nothing(commune, nhat, hang):
    second = administrator(commune, "binh", "Bùi Thanh Bình")
    deed = administering.give_post(by(nhat, commune), official=hang, wanted=a_post(Role.LEADER))
    administering.decide(deed=deed.pk, agency=commune, by=second, accept=False, at=AT)
    assert not Post.objects.filter(official=hang).exists()


def test_nobody_gives_themself_a_post(commune, nhat):
    with pytest.raises(OneselfNot):
        administering.give_post(by(nhat, commune), official=nhat, wanted=a_post(Role.FRONT_DESK))
    with pytest.raises(IntegrityError), transaction.atomic():
        Deed.objects.create(
            key="x", kind="post", agency=commune, official=nhat, by=nhat, at=AT, by_two=False,
            accepted=True, decided_at=AT,
        )  # fmt: skip


def test_the_database_lets_nobody_confirm_their_own_proposal(commune, nhat, hang):
    deed = administering.give_post(by(nhat, commune), official=hang, wanted=a_post(Role.LEADER))
    with pytest.raises(IntegrityError), transaction.atomic():
        Deed.objects.filter(pk=deed.pk).update(accepted=True, decided_at=AT, decided_by=nhat)


def test_a_reset_takes_every_way_in_and_gives_a_code_to_begin_anew(commune, nhat, hang):
    key = with_key(hang)
    stays.begin(official=hang, browser="–", at=AT)
    _, code = administering.reset(by(nhat, commune), official=hang)
    assert administering.invited(username="hang", code=code, at=AT)[0] == hang
    assert not Stay.objects.filter(ended_at__isnull=True).exists()
    with pytest.raises(PasskeyRefused):
        comes_in(key)
    with pytest.raises(WrongPassword):
        coming_in.check_password(username="hang", password=PASSWORD, at=AT)


def test_a_reset_sent_again_takes_nothing_more(commune, nhat, hang):
    administering.reset(by(nhat, commune), official=hang)
    _, code = administering.reset(by(nhat, commune), official=hang)
    assert administering.invited(username="hang", code=code, at=AT)[0] == hang
    coming_in.set_password(official=hang, password=PASSWORD)
    administering.end_invitation(hang, AT)
    with pytest.raises(DeedDone):
        administering.reset(by(nhat, commune), official=hang)
    assert coming_in.check_password(username="hang", password=PASSWORD, at=AT) == hang


def test_another_administrator_is_reset_by_two(commune, nhat):
    binh = administrator(commune, "binh", "Bùi Thanh Bình")
    third = administrator(commune, "cuc", "Lê Thị Cúc")
    deed, code = administering.reset(by(nhat, commune), official=binh)
    assert code == ""
    assert coming_in.check_password(username="binh", password=PASSWORD, at=AT) == binh
    code = administering.decide(deed=deed.pk, agency=commune, by=third, accept=True, at=AT)
    assert administering.invited(username="binh", code=code, at=AT)[0] == binh


def test_the_operator_is_the_second_person_where_there_is_only_one(commune, nhat, hang):
    deed = administering.give_post(by(nhat, commune), official=hang, wanted=a_post(Role.LEADER))
    administering.decide(deed=deed.pk, agency=commune, by=None, accept=True, at=AT)
    assert Post.objects.get(official=hang).role == Role.LEADER


def test_sign_ins_of_long_ago_are_forgotten(hang):
    stays.begin(official=hang, browser="–", at=AT - timedelta(days=91))
    kept = stays.begin(official=hang, browser="–", at=AT - timedelta(days=89))
    stays.forget_old(AT)
    assert Stay.objects.get() == kept
