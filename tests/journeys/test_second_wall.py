"""The second wall: inside an official's request the database shows nothing of another agency, whatever a view asks."""

from contextlib import ExitStack

import pytest
from django.db import DatabaseError, connection, transaction
from django.db.backends.signals import connection_created
from django.db.utils import ProgrammingError
from django.http import HttpResponse
from django.test import Client
from django.utils.timezone import localdate

from motcua.agencies import wall
from motcua.agencies.models import Post, Substitution
from motcua.audit.operations import append
from motcua.config import declared
from motcua.config.walls import NoWall, raise_walls, walled
from motcua.desk.urls import urlpatterns
from motcua.documents.models import Document
from motcua.dossiers.models import Content, Dossier, Event, LegRow, Work
from motcua.toolkit.clock import now
from tests.journeys.office import ELSEWHERE, official_of
from tests.journeys.test_doors import House
from tests.signing_in import as_citizen

pytestmark = pytest.mark.django_db


def role():
    with connection.cursor() as cursor:
        cursor.execute("select current_user, current_setting('motcua.agencies', true)")
        return cursor.fetchone()


def rows_of(table):
    with connection.cursor() as cursor:
        cursor.execute(f"select count(*) from {table}")
        return cursor.fetchone()[0]


def seen(official):
    with wall.behind(official, now()):
        return {
            model.__name__: model.objects.count()
            for model in (Dossier, Content, Event, Work, LegRow, Document)
        }


def all_there():
    return {
        m.__name__: m.objects.count() for m in (Dossier, Content, Event, Work, LegRow, Document)
    }


@pytest.fixture
def row(office):
    return office.received()


@pytest.fixture
def house(office):
    """The office with something of everything, all of it its own."""
    return House(office)


def test_the_agency_whose_dossier_it_is_sees_all_of_it(office, row):
    assert seen(office.officials["registrar"]) == all_there()


def test_an_agency_that_takes_part_sees_it_too(office, row):
    assert seen(office.officials["police"]) == all_there()


@pytest.mark.parametrize("who", ["elsewhere", "administrator"])
def test_whoever_asks_for_all_gets_nothing_of_another_agencys(office, row, who):
    assert set(seen(office.officials[who]).values()) == {0}


def test_a_broken_view_shows_nothing_of_another_agency(office, row, monkeypatch):
    def broken(_request, code):
        return HttpResponse(",".join(Dossier.objects.values_list("code", flat=True)))

    monkeypatch.setattr("motcua.config.guard.Guard.__call__", _without_gates)
    path = f"/can-bo/ho-so/{row.code}/"
    page = next(pattern for pattern in urlpatterns if pattern.name == "dossier")
    monkeypatch.setattr(page, "callback", broken)
    assert office.browser("registrar").get(path).content.decode() == row.code
    assert office.browser("elsewhere").get(path).content.decode() == ""


def _without_gates(guard, request):
    with ExitStack() as walls:
        vars(request)["_walls"] = walls
        return guard.get_response(request)


def test_what_is_not_seen_cannot_be_changed_or_added_to(office, row):
    with wall.behind(office.officials["elsewhere"], now()):
        assert Dossier.objects.update(status=7) == 0
        assert Work.objects.all().delete()[0] == 0
        with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
            Event.objects.create(dossier_id=row.pk, seq=99, kind="X", data={}, at=now())


def test_history_is_not_rewritten_from_the_desk_either(office, row):
    with (
        wall.behind(office.officials["registrar"], now()),
        pytest.raises(ProgrammingError, match="permission denied"),
        transaction.atomic(),
    ):
        Event.objects.filter(dossier=row).update(kind="X")


def test_who_stands_in_for_somebody_sees_with_their_post(office, row):
    far = office.officials["elsewhere"]
    post = office.post("registrar")
    day = localdate()
    Substitution.objects.create(
        post=post, substitute=far, first_day=day, last_day=day, reason="", recorded_by=far,
        recorded_at=now(), key="k",
    )  # fmt: skip
    assert seen(far)["Dossier"] == 1


def test_after_a_request_the_connection_is_everybodys_again_also_after_a_fault(office, row):
    before = role()
    browser = office.browser("elsewhere")
    browser.raise_request_exception = False
    browser.get("/can-bo/")
    assert role() == (before[0], "")
    with pytest.raises(ZeroDivisionError), wall.behind(office.officials["elsewhere"], now()):
        1 / 0  # noqa: B018
    assert role() == (before[0], "")
    assert Dossier.objects.count() == 1


def test_a_connection_that_is_opened_in_the_middle_is_behind_the_wall_too(office, row):
    with wall.behind(office.officials["elsewhere"], now()):
        with connection.cursor() as cursor:
            cursor.execute("select set_config('role', 'none', false)")  # as a fresh one would be
        connection_created.send(sender=type(connection), connection=connection)
        assert role()[0] == wall.DESK_ROLE
        assert Dossier.objects.count() == 0


def test_every_table_that_tells_of_dossiers_is_behind_the_wall():
    with connection.cursor() as cursor:
        cursor.execute("select tablename from pg_policies where policyname = 'wall'")
        there = {name for (name,) in cursor.fetchall()}
    assert there == set(walled())
    assert {"dossiers_event", "dossiers_content", "dossiers_note", "dossiers_readlog"} <= there


def test_no_table_that_tells_of_people_shows_another_office_a_row(house):
    tables = [name for name, passes in walled().items() if passes.seen != "false"]
    filled = {name for name in tables if rows_of(name)}
    with wall.behind(house.office.officials["elsewhere"], now()):
        assert {name for name in filled if rows_of(name)} == set()
    assert len(filled) > len(tables) // 2


def test_of_the_wall_that_nobody_passes_no_office_sees_a_row(house):
    kept = [name for name, passes in walled().items() if passes.seen == "false"]
    append(kind="a", reference="b", content={}, at=now())
    assert {"identity_signin", "audit_content"} <= {name for name in kept if rows_of(name)}
    with wall.behind(house.office.officials["leader"], now()):
        assert {name for name in kept if rows_of(name)} == set()


def test_people_of_ones_own_dossiers_are_seen_and_no_others(office, row):
    account = as_citizen(Client())
    Dossier.objects.filter(pk=row.pk).update(account=account)
    for who, seen_there in (("registrar", 1), ("elsewhere", 0)):
        with wall.behind(office.officials[who], now()):
            assert (rows_of("identity_account"), rows_of("identity_person")) == (seen_there,) * 2


def test_stepping_aside_is_for_one_deed_and_a_fault_in_it_leads_back_too(office, row):
    with wall.behind(office.officials["elsewhere"], now()):
        with wall.aside():
            assert Dossier.objects.count() == 1
        assert Dossier.objects.count() == 0
        with pytest.raises(DatabaseError), transaction.atomic(), wall.aside():
            Dossier.objects.raw("select nonsense")[0]
        assert role()[0] == wall.DESK_ROLE
        assert Dossier.objects.count() == 0


def test_the_embedded_database_makes_the_role_that_requests_put_on():
    assert declared.DESK_ROLE == wall.DESK_ROLE


def test_a_role_that_may_not_be_made_says_who_must_make_it():
    with connection.cursor() as cursor:
        cursor.execute("create role poor_owner; create role somebody; set local role poor_owner")
    with pytest.raises(NoWall, match='grant motcua_desk to "somebody"'), transaction.atomic():
        raise_walls(connection, app_role="somebody")


def test_an_official_without_a_post_sees_nothing(office, row):
    fresh = official_of("moi", "Người Mới", ELSEWHERE, "registrar")
    Post.objects.filter(official=fresh).delete()
    assert set(seen(fresh).values()) == {0}
