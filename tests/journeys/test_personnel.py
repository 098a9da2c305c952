"""An agency's administrators look after its officials: invite, give and end posts, reset; two people where it matters."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils.timezone import localdate

from motcua.agencies.models import Agency, Deed, Official, Post
from motcua.agencies.operations import appoint, substitute
from motcua.agencies.queries import posts_of
from motcua.agencies.rules.roles import Role
from motcua.toolkit.clock import now
from motcua.toolkit.session_store import SessionStore
from tests.journeys import ground
from tests.signing_in import as_official

pytestmark = pytest.mark.django_db
STAFF = "/can-bo/nhan-su/"


def somebody(username, name, role, agency="H24.239"):
    made = Official.objects.create(username=username, full_name=name, totp_secret="A" * 32)
    appoint(official=made, agency=Agency.objects.get(code=agency), role=role, at=now())
    return made


def at_desk(official):
    client = Client()
    as_official(client, official)
    return client


@pytest.fixture
def nhat(db):
    ground.lay()
    return somebody("nhat", "Lương Minh Nhật", Role.ADMINISTRATOR)


@pytest.fixture
def hoa(nhat):
    return somebody("hoa", "Phạm Thị Mai Hoa", Role.FRONT_DESK)


def post_form(role, **more):
    return {"vi-tri": role, "tu": f"{localdate():%Y-%m-%d}", **more}


def words(answer):
    return answer.content.decode()


def test_she_invites_somebody_and_gets_a_code_to_hand_over(nhat):
    told = post_form("registrar", **{"ten": "Thuan", "ho-ten": "Trịnh Đức Thuận"})
    page = words(at_desk(nhat).post(f"{STAFF}moi/", told))
    code = re.search(r'<p class="code"[^>]*>([^<]+)<', page)[1]
    begun = Client().post("/can-bo/bat-dau/", {"username": "thuan", "code": code})
    assert begun["Location"] == "/can-bo/bat-dau/mat-khau/"
    assert Post.objects.get(official__username="thuan").role == "registrar"


def test_the_list_shows_who_works_there_and_nobody_else(nhat, hoa):
    somebody("la", "Vũ Thị Lạ", Role.FRONT_DESK, agency="H24.284")
    page = words(at_desk(nhat).get(STAFF))
    assert "Phạm Thị Mai Hoa" in page
    assert "Vũ Thị Lạ" not in page


def test_a_leaders_post_waits_for_a_second_administrator(nhat, hoa):
    binh = somebody("binh", "Bùi Thanh Bình", Role.ADMINISTRATOR)
    at_desk(nhat).post(f"{STAFF}{hoa.pk}/", post_form("leader", do="giao"))
    deed = Deed.objects.get(kind="post", accepted=None)
    path = f"{STAFF}de-nghi/{deed.pk}/"
    assert at_desk(nhat).post(path, {"do": "xac-nhan"}).status_code == 403
    assert [post.role for post in posts_of(hoa, now())] == ["front_desk"]
    assert at_desk(binh).post(path, {"do": "xac-nhan"}).status_code == 302
    assert {post.role for post in posts_of(hoa, now())} == {"front_desk", "leader"}


def test_who_administers_alone_is_told_what_to_do_until_there_is_a_second(nhat, hoa):
    alone = "chỉ có một người quản trị"
    page = words(at_desk(nhat).get(STAFF))
    assert alone in page
    assert "bin/motcua officials H24.239 --confirm" in page
    somebody("binh", "Bùi Thanh Bình", Role.ADMINISTRATOR)
    assert alone not in words(at_desk(nhat).get(STAFF))


def test_nobody_changes_their_own_posts(nhat):
    desk = at_desk(nhat)
    mine = Post.objects.get(official=nhat)
    for told in (post_form("front_desk", do="giao"), {"do": "thoi", "post": mine.pk}):
        assert "Không ai tự giao" in words(desk.post(f"{STAFF}{nhat.pk}/", told))
    assert [post.role for post in posts_of(nhat, now())] == ["administrator"]


def test_a_post_ends_and_gives_no_rights_any_more(nhat, hoa):
    post = Post.objects.get(official=hoa)
    at_desk(nhat).post(f"{STAFF}{hoa.pk}/", {"do": "thoi", "post": post.pk})
    assert posts_of(hoa, now()) == []


def test_who_is_reset_is_out_at_once(nhat, hoa):
    desk = at_desk(hoa)
    page = words(at_desk(nhat).post(f"{STAFF}{hoa.pk}/", {"do": "dat-lai"}))
    assert "Mã mời của" in page
    assert desk.get("/can-bo/").status_code == 302


def test_administering_wants_a_factor_of_the_last_ten_minutes(nhat, hoa):
    desk = at_desk(nhat)
    session = SessionStore(desk.cookies["motcua-can-bo"].value)
    old = (now() - timedelta(minutes=11)).isoformat()
    session["official"] = {**session["official"], "proven": old}
    session.save()
    page = words(desk.post(f"{STAFF}{hoa.pk}/", post_form("registrar", do="giao")))
    assert "Xác nhận lại" in page
    assert 'value="registrar"' in page
    assert len(posts_of(hoa, now())) == 1


def test_a_role_of_another_kind_of_agency_is_not_given(nhat, hoa):
    answer = at_desk(nhat).post(f"{STAFF}{hoa.pk}/", post_form("police_officer", do="giao"))
    assert answer.status_code == 400


def test_the_page_of_everybody_costs_the_same_for_three_and_for_thirty(
    nhat, hoa, django_assert_max_num_queries
):
    for number in range(30):
        somebody(f"nguoi{number}", f"Người {number}", Role.FRONT_DESK)
    desk = at_desk(nhat)
    with django_assert_max_num_queries(9):
        desk.get(STAFF)


DEPUTY = {"ky": "KT", "chuc-danh": "Phó Chủ tịch"}


def test_how_somebody_signs_is_confirmed_by_two_and_shown_with_the_post(nhat, hoa):
    at_desk(nhat).post(f"{STAFF}{hoa.pk}/", {**post_form("leader", **DEPUTY), "do": "giao"})
    deed = Deed.objects.get(official=hoa, role="leader")
    assert deed.accepted is None
    other = somebody("an", "Vũ An", Role.ADMINISTRATOR)
    at_desk(other).post(f"{STAFF}de-nghi/{deed.pk}/", {"do": "xac-nhan"})
    assert Post.objects.get(official=hoa, role="leader").title == "Phó Chủ tịch"
    assert "ký: KT. Chủ tịch / Phó Chủ tịch" in words(at_desk(nhat).get(f"{STAFF}{hoa.pk}/"))


def test_another_line_from_a_day_on_ends_the_post_and_goes_on_with_it(nhat, hoa):
    post = Post.objects.get(official=hoa)
    Post.objects.filter(pk=post.pk).update(valid_from=localdate() - timedelta(days=9))
    told = post_form("front_desk", **{"chuc-danh": "Trưởng bộ phận"})
    for _ in range(2):
        at_desk(nhat).post(f"{STAFF}{hoa.pk}/", {**told, "do": "giao"})
    before, now_held = Post.objects.filter(official=hoa).order_by("valid_from")
    assert (before.valid_to, now_held.title) == (now_held.valid_from, "Trưởng bộ phận")
    assert [one.title for one in posts_of(hoa, now())] == ["Trưởng bộ phận"]


def test_a_deputy_without_a_title_is_asked_for_it(nhat, hoa):
    told = {**post_form("leader", ky="KT"), "do": "giao"}
    assert "Hãy ghi chức danh" in words(at_desk(nhat).post(f"{STAFF}{hoa.pk}/", told))


def test_who_stands_in_for_the_head_signs_as_their_delegate(nhat, hoa):
    head = somebody("chu-tich", "Đinh Thế Anh", Role.LEADER)
    substitute(
        post=Post.objects.get(official=head), substitute=hoa, first_day=localdate(),
        last_day=localdate() + timedelta(days=1), reason="Đi công tác", by=head, key="k", at=now(),
    )  # fmt: skip
    lent = next(post for post in posts_of(hoa, now()) if post.in_place_of)
    assert (lent.signs, lent.title) == ("TUQ", "Bộ phận một cửa")
