from collections import Counter
from datetime import UTC, date, datetime, timedelta

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction

from motcua.agencies import coming_in, operations, queries
from motcua.agencies.models import Agency, Official, Post
from motcua.agencies.rules import demo
from motcua.agencies.rules.refusals import (
    PasswordTooShort,
    SecondFactorUsed,
    TooManyTries,
    WrongPassword,
    WrongSecondFactor,
)
from motcua.agencies.rules.roles import Role
from motcua.agencies.rules.second_factor import code_at
from motcua.kernel.refusal import Refusal

AT = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)
PASSWORD = "lua-song-dinh-cau-2026"

pytestmark = pytest.mark.django_db


@pytest.fixture
def hang():
    return operations.create_official(
        username="mot-cua.thu", full_name="Vũ Thị Thu Hằng", password=PASSWORD
    )


def sign_in(username, password, code, at=AT):
    official = coming_in.check_password(username=username, password=password, at=at)
    return coming_in.check_second_factor(official=official, code=code, at=at)


def test_the_right_password_and_code_sign_in(hang):
    signed_in = sign_in("mot-cua.thu", PASSWORD, code_at(hang.totp_secret, AT))
    assert signed_in == hang
    assert signed_in.last_login == AT


@pytest.mark.parametrize(
    ("username", "password"), [("mot-cua.thu", "sai"), ("khong.co", PASSWORD), ("", "")]
)
def test_a_wrong_name_and_a_wrong_password_get_the_same_answer(hang, username, password):
    with pytest.raises(WrongPassword):
        coming_in.check_password(username=username, password=password, at=AT)


def test_the_password_alone_does_not_sign_in(hang):
    official = coming_in.check_password(username="mot-cua.thu", password=PASSWORD, at=AT)
    with pytest.raises(WrongSecondFactor):
        coming_in.check_second_factor(official=official, code="000000", at=AT)
    assert Official.objects.get().last_login is None


def test_a_code_opens_only_once(hang):
    code = code_at(hang.totp_secret, AT)
    sign_in("mot-cua.thu", PASSWORD, code)
    with pytest.raises(SecondFactorUsed):
        sign_in("mot-cua.thu", PASSWORD, code, AT + timedelta(seconds=20))


def test_after_five_wrong_passwords_even_the_right_one_waits_five_minutes(hang):
    for _ in range(5):
        with pytest.raises(Refusal):
            coming_in.check_password(username="mot-cua.thu", password="sai", at=AT)
    with pytest.raises(TooManyTries) as refused:
        coming_in.check_password(username="mot-cua.thu", password=PASSWORD, at=AT)
    assert refused.value.data == {"minutes": 5}
    later = AT + timedelta(minutes=5)
    assert coming_in.check_password(username="mot-cua.thu", password=PASSWORD, at=later) == hang


def test_a_known_password_does_not_give_endless_guesses_at_the_code(hang):
    for _ in range(4):
        with pytest.raises(WrongSecondFactor):
            sign_in("mot-cua.thu", PASSWORD, "000000")
    with pytest.raises(TooManyTries):
        sign_in("mot-cua.thu", PASSWORD, "000000")
    with pytest.raises(TooManyTries):
        sign_in("mot-cua.thu", PASSWORD, code_at(hang.totp_secret, AT))


def test_somebody_who_has_left_does_not_sign_in(hang):
    Official.objects.update(is_active=False)
    with pytest.raises(WrongPassword):
        coming_in.check_password(username="mot-cua.thu", password=PASSWORD, at=AT)


def test_a_short_password_is_refused():
    with pytest.raises(PasswordTooShort):
        operations.create_official(username="a", full_name="A", password="ngắn")


def test_a_new_phone_gets_a_new_secret(hang):
    old = hang.totp_secret
    new = coming_in.renew_second_factor(official=hang)
    assert new != old
    assert sign_in("mot-cua.thu", PASSWORD, code_at(new, AT)) == hang


def test_passwords_are_kept_as_argon2_only(hang):
    assert hang.password.startswith("argon2$argon2id$")


def test_the_app_reads_its_secret_from_an_address(hang):
    assert queries.second_factor_address(hang).startswith(
        "otpauth://totp/M%E1%BB%99t%20C%E1%BB%ADa"
    )


@pytest.fixture
def demonstration():
    operations.load_demo(at=AT)
    yield settings.HOME / "demo-officials.txt"
    (settings.HOME / "demo-officials.txt").unlink(missing_ok=True)


def test_every_demonstration_official_can_sign_in_from_the_sheet(demonstration):
    for who in demo.read(demonstration.read_text(encoding="utf-8")).values():
        assert sign_in(who.username, who.password, code_at(who.totp_secret, AT)).username


def test_the_sheet_is_for_its_owner_only(demonstration):
    assert demonstration.stat().st_mode & 0o777 == 0o600


def test_loading_the_demonstration_again_changes_nothing(
    demonstration, django_assert_max_num_queries
):
    before = demonstration.read_text(encoding="utf-8")
    with django_assert_max_num_queries(2):
        assert operations.load_demo(at=AT) is False
    assert demonstration.read_text(encoding="utf-8") == before


def test_a_new_database_gets_the_people_of_the_old_sheet(demonstration):
    sheet = demonstration.read_text(encoding="utf-8")
    Post.objects.all().delete()
    Official.objects.all().delete()
    assert operations.load_demo(at=AT) is True
    assert demonstration.read_text(encoding="utf-8") == sheet
    who = next(iter(demo.read(sheet).values()))
    coming_in.check_password(username=who.username, password=who.password, at=AT)


def test_a_lost_sheet_gives_everybody_new_passwords(demonstration):
    old = demo.read(demonstration.read_text(encoding="utf-8"))
    demonstration.unlink()
    operations.load_demo(at=AT)
    new = demo.read(demonstration.read_text(encoding="utf-8"))
    assert set(new) == set(old)
    assert all(new[name].password != old[name].password for name in old)
    who = new["ho-tich.thanh-mien"]
    coming_in.check_password(username=who.username, password=who.password, at=AT)


def test_the_command_tells_the_present_code(demonstration, capsys):
    call_command("demo_code", "lanh-dao.thanh-mien")
    assert len(capsys.readouterr().out.strip()) == 6
    with pytest.raises(CommandError, match="lanh-dao"):
        call_command("demo_code", "khong.co")


def test_the_demonstration_has_a_person_for_every_role(demonstration):
    assert set(Post.objects.values_list("role", flat=True)) == {role.value for role in Role}


def test_each_agency_of_the_demonstration_has_two_administrators(demonstration):
    staffed = set(Post.objects.values_list("agency", flat=True))
    posts = Post.objects.filter(role=Role.ADMINISTRATOR)
    there = Counter(posts.values_list("agency", flat=True))
    assert there == dict.fromkeys(staffed, 2)


def test_posts_tell_the_agency_without_another_question(demonstration, django_assert_num_queries):
    official = Official.objects.get(username="cong-an.thanh-mien")
    with django_assert_num_queries(1):
        posts = queries.posts_of(official, AT)
        assert [(post.agency.code, post.role) for post in posts] == [
            ("G01.31.239", "police_officer")
        ]


def test_a_post_that_was_ended_gives_no_rights_any_more(demonstration):
    official = Official.objects.get(username="cong-an.thanh-mien")
    operations.dismiss(post=queries.posts_of(official, AT)[0], at=AT)
    assert queries.posts_of(official, AT) == []
    assert queries.posts_of(official, date(2026, 11, 22)) == []


def test_a_post_cannot_be_held_twice(demonstration):
    post = Post.objects.first()
    again = operations.appoint(
        official=post.official, agency=post.agency, role=Role(post.role), at=AT
    )
    assert again == post
    with pytest.raises(IntegrityError), transaction.atomic():
        Post.objects.create(
            official=post.official, agency=post.agency, role=post.role, valid_from=AT.date()
        )


def test_work_that_leaves_the_house_has_a_party_to_go_to(demonstration):
    with pytest.raises(IntegrityError), transaction.atomic():
        Agency.objects.filter(works_in="exchange").update(exchange_party="")
