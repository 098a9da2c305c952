"""Taking work: one holder at a time, every change of hands kept, acts on held work refused in words."""

import uuid
from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils.timezone import localdate

from motcua.agencies.models import Agency, Official, Post
from motcua.agencies.queries import posts_of
from motcua.dossiers import claims
from motcua.dossiers.models import Event, Handover, Work
from motcua.dossiers.rules.claims import (
    HeldByAnother,
    NotHeld,
    NotTheirPost,
    ReasonNeeded,
    WorkGone,
)
from motcua.dossiers.rules.refusals import NotYours
from motcua.journeys import claiming, handling, standing_in
from motcua.journeys.looking import posts_handling
from motcua.kernel.working_time import ZONE
from motcua.toolkit.clock import now
from tests.journeys import ground

pytestmark = pytest.mark.django_db


def move(office, name, row, moving, **more):
    work = Work.objects.exclude(role="").get(dossier__code=row.code)
    asked = claiming.Asked(moving, more.pop("key", uuid.uuid4().hex), now(), **more)
    posts = posts_handling(office.officials[name], now())
    claiming.move(work=work, posts=posts, asked=asked)


def holder(row):
    held = Work.objects.exclude(role="").get(dossier__code=row.code).official
    return held.full_name if held else ""


def second_registrar(office):
    """Let the economic officer work on civil status too."""
    official = office.officials["economic"]
    Post.objects.create(
        official=official, agency=Agency.objects.get(code="H24.239"), role="registrar",
        valid_from=ground.SINCE,
    )  # fmt: skip
    return official


def hands(row):
    return list(
        Handover.objects.filter(dossier__code=row.code)
        .order_by("pk")
        .values_list("doing", flat=True)
    )


def test_who_claims_a_row_holds_it_and_the_change_of_hands_is_kept(office):
    row = office.filed()
    move(office, "front_desk", row, "claim")
    assert holder(row) == "Phạm Thị Mai Hoa"
    assert hands(row) == ["claim"]


def test_a_second_claimer_is_told_who_holds_it_and_since_when(office):
    row = office.filed()
    move(office, "front_desk", row, "claim")
    with pytest.raises(HeldByAnother) as refusal:
        move(office, "second_desk", row, "claim")
    assert refusal.value.data["who"] == "Phạm Thị Mai Hoa"
    assert refusal.value.data["when"] == Work.objects.get(dossier__code=row.code).claimed_at


def test_a_claim_sent_twice_is_one_change_of_hands(office):
    row = office.filed()
    for _ in range(2):
        move(office, "front_desk", row, "claim", key="once")
    assert hands(row) == ["claim"]


def test_nobody_claims_the_work_of_another_post(office):
    row = office.filed()
    with pytest.raises(NotYours):
        move(office, "leader", row, "claim")
    with pytest.raises(WorkGone):
        move(office, "elsewhere", row, "claim")


def test_a_colleague_takes_over_only_with_a_reason(office):
    row = office.filed()
    move(office, "front_desk", row, "claim")
    with pytest.raises(ReasonNeeded):
        move(office, "second_desk", row, "take_over")
    move(office, "second_desk", row, "take_over", reason="Chị Hoa đi họp.")
    assert holder(row) == "Lê Thị Cúc"
    assert Handover.objects.get(doing="take_over").reason == "Chị Hoa đi họp."


def test_only_the_holder_lays_work_back_or_the_leader_with_a_reason(office):
    row = office.filed()
    move(office, "front_desk", row, "claim")
    with pytest.raises(NotHeld):
        move(office, "second_desk", row, "release")
    with pytest.raises(ReasonNeeded):
        move(office, "leader", row, "release")
    move(office, "leader", row, "release", reason="Chia lại việc.")
    assert holder(row) == ""


def test_the_leader_gives_work_to_whoever_holds_the_post_and_to_nobody_else(office):
    row = office.filed()
    move(office, "leader", row, "assign", to=office.officials["second_desk"])
    assert holder(row) == "Lê Thị Cúc"
    with pytest.raises(NotTheirPost):
        move(office, "leader", row, "assign", to=office.officials["registrar"])


def receive(office, name, row):
    key = uuid.uuid4().hex
    handling.receive(code=row.code, post=office.post(name), key=key, seen=None, at=now())


def test_work_a_colleague_holds_is_not_done_behind_their_back(office):
    row = office.filed()
    move(office, "front_desk", row, "claim")
    with pytest.raises(HeldByAnother):
        receive(office, "second_desk", row)
    receive(office, "front_desk", row)
    assert "Received" in office.kinds(row)


def test_work_sent_back_returns_to_whoever_had_drafted_it(office):
    row = office.received()
    second_registrar(office)
    move(office, "registrar", row, "claim")
    office.step(row, "registrar", "birth", "draft")
    office.agree(row)
    office.registry_answers(row)
    handling.send_back(
        code=row.code, post=office.post("leader"), leg="birth", step="sign", remark="Sai tên đệm",
        key="back", seen=None, at=now(),
    )  # fmt: skip
    assert holder(row) == "Trịnh Đức Thuận"
    assert hands(row) == ["claim", "carry"]


def test_who_left_the_post_gets_nothing_back(office):
    row = office.received()
    move(office, "registrar", row, "claim")
    office.step(row, "registrar", "birth", "draft")
    office.agree(row)
    office.registry_answers(row)
    Post.objects.filter(official=office.officials["registrar"]).update(valid_to=localdate())
    handling.send_back(
        code=row.code, post=office.post("leader"), leg="birth", step="sign", remark="Sai tên đệm",
        key="back", seen=None, at=now(),
    )  # fmt: skip
    assert holder(row) == ""


def test_the_database_keeps_every_change_of_hands(office):
    row = office.filed()
    move(office, "front_desk", row, "claim")
    for statement in ("update dossiers_handover set reason = 'x'", "delete from dossiers_handover"):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


# --- standing in ---


def lend(office, away, substitute, by=None, days=3):
    by = by or away
    posts = posts_handling(office.officials[by], now())
    reach = standing_in.reach(posts=posts, at=now())
    today = now().astimezone(ZONE).date()
    lending = standing_in.Lending(
        office.post(away).pk, office.officials[substitute].pk, today, today + timedelta(days=days),
        "Nghỉ phép", uuid.uuid4().hex,
    )  # fmt: skip
    return standing_in.lend(by=office.officials[by], reach=reach, lending=lending, at=now())


def test_a_substitute_sees_the_work_and_acts_in_the_others_place(office):
    row = office.received()
    move(office, "registrar", row, "claim")
    lend(office, "registrar", "social")
    posts = posts_handling(office.officials["social"], now())
    post = next(post for post in posts if post.in_place_of)
    handling.take_step(
        code=row.code, post=post, leg="birth", step="draft", values={}, key="k", seen=None, at=now()
    )
    by = Event.objects.get(dossier__code=row.code, act_key="k").data["by"]
    assert (by["name"], by["in_place_of"]) == ("Mạc Thị Hải Vân", "Trịnh Đức Thuận")
    assert by["id"] == str(office.officials["social"].pk)


def test_the_history_says_in_whose_place_somebody_acted(office):
    row = office.received()
    lend(office, "registrar", "social")
    posts = posts_handling(office.officials["social"], now())
    post = next(post for post in posts if post.in_place_of)
    handling.take_step(
        code=row.code, post=post, leg="birth", step="draft", values={}, key="k", seen=None, at=now()
    )
    page = office.browser("leader").get(f"/can-bo/ho-so/{row.code}/").content.decode()
    assert "Mạc Thị Hải Vân (thay Trịnh Đức Thuận)" in page


def test_standing_in_begins_and_ends_by_itself(office):
    substitute = office.officials["social"]
    lend(office, "registrar", "social", days=3)
    for days, roles in ((-1, 1), (0, 2), (3, 2), (4, 1)):
        assert len(posts_of(substitute, now() + timedelta(days=days))) == roles


def test_who_is_back_early_ends_it(office):
    lent = lend(office, "registrar", "social")
    posts = posts_handling(office.officials["registrar"], now())
    reach = standing_in.reach(posts=posts, at=now())
    standing_in.end(by=office.officials["registrar"], reach=reach, substitution=lent.pk, at=now())
    assert len(posts_of(office.officials["social"], now())) == 1


def test_the_leader_names_a_substitute_for_whoever_is_ill_and_a_colleague_does_not(office):
    lend(office, "registrar", "social", by="leader")
    with pytest.raises(standing_in.SubstitutionNotYours):
        lend(office, "registrar", "economic", by="social")


def test_a_borrowed_post_is_not_lent_on(office):
    lend(office, "registrar", "social")
    posts = posts_handling(office.officials["social"], now())
    reach = standing_in.reach(posts=posts, at=now())
    assert {post.official_id for post in reach.posts} == {office.officials["social"].pk}


def test_a_substitute_holds_what_they_claimed_in_the_others_place(office):
    row = office.received()
    lend(office, "registrar", "social")
    move(office, "social", row, "claim")
    assert holder(row) == "Mạc Thị Hải Vân"
    assert Handover.objects.get().in_place_of == "Trịnh Đức Thuận"
    assert isinstance(claims.handovers_of(row)[0].to_official, Official)


def test_leaders_see_who_holds_how_much(office):
    row, _ = office.filed(), office.filed()
    move(office, "front_desk", row, "claim")
    page = office.browser("leader").get("/can-bo/so-lieu/")
    assert [(bar.label, bar.value) for bar in page.context["holders"]] == [("Phạm Thị Mai Hoa", 1)]
