"""Several processes write to the heart at once: nothing is doubled, exactly one wins."""

from collections import Counter
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from motcua.agencies.models import Agency
from motcua.dossiers.codes import next_code
from motcua.dossiers.models import DayCounter, Dossier, Event, Work
from motcua.dossiers.operations import Called, Filing, record, submit
from motcua.dossiers.queries import history
from motcua.dossiers.rules import acts as a
from motcua.dossiers.rules.clock import Law
from motcua.dossiers.rules.facts import Actor
from motcua.dossiers.rules.refusals import ChangedMeanwhile, LegNotOpen, NotNow
from motcua.kernel.working_time import Calendar
from motcua.procedures.models import Version
from motcua.procedures.queries import by_digest
from motcua.procedures.rules.catalogue import canonical, digest
from tests import cast
from tests.faults.at_once import in_processes
from tests.rules import heart

pytestmark = [pytest.mark.faults, pytest.mark.django_db(transaction=True)]

WRITERS = 8
AT = heart.MONDAY


@pytest.fixture
def version() -> Version:
    by_digest.cache_clear()
    with connection.cursor() as cursor:  # jobs are not Django's: no flush takes them away
        cursor.execute("delete from procrastinate_jobs where task_name = 'dossiers.react'")
    for code, kind in (
        (cast.COMMUNE, "commune_committee"),
        (cast.POLICE, "commune_police"),
        (cast.INSURANCE, "social_insurance"),
    ):
        Agency.objects.create(
            code=code, name=code, kind=kind, place_code="11284", province_code="31",
            works_in="motcua", address="–", support_name="–", support_phone="–", support_hours="–",
            valid_from=AT.date(),
        )  # fmt: skip
    content, law = canonical(heart.PROCEDURE), heart.PROCEDURE
    return Version.objects.create(
        digest=digest(content), code=law.code, slug=law.slug, content=content, published_at=AT,
        effective_from=law.effective.since,
    )  # fmt: skip


def number_of(code: str) -> int:
    return int(code.rpartition("-")[2])


def file(version: Version, key: str) -> str:
    act = heart.submission().model_copy(update={"code": "", "version": version.digest})
    filing = Filing(
        agency=Agency.objects.get(code=cast.COMMUNE), version_id=version.pk, answers={},
        circumstances={}, ways={}, called=Called("Bé", cast.MAI.name),
    )  # fmt: skip
    law = Law(heart.PROCEDURE, Calendar({}))
    return submit(law=law, filing=filing, act=act, by=cast.MOTHER, key=key, at=AT).row.code


def outcome(by: Actor, code: str, act: a.Act, key: str, seen: int | None) -> str:
    try:
        record(code=code, act=act, by=by, key=key, at=AT, seen=seen)
    except (ChangedMeanwhile, NotNow, LegNotOpen) as refusal:
        return type(refusal).__name__
    return "done"


def test_eight_writers_never_get_the_same_code(version: Version) -> None:
    def write(number: int) -> list[str]:
        return [file(version, f"{number}:{nth}") for nth in range(40)]

    codes = [code for written in in_processes(WRITERS, write) for code in written]
    assert len(set(codes)) == len(codes) == Dossier.objects.count() == 320
    assert sorted(number_of(code) for code in codes) == list(range(1, 321))


def test_numbers_grow_wider_after_the_last_of_four_digits(version: Version) -> None:
    DayCounter.objects.create(agency=cast.COMMUNE, day=AT.date(), last=9_990)

    def write(number: int) -> list[str]:
        return [file(version, f"{number}:{nth}") for nth in range(5)]

    codes = {code for written in in_processes(WRITERS, write) for code in written}
    numbers = {code.rpartition("-")[2] for code in codes}
    assert numbers == {f"{number:04d}" for number in range(9_991, 10_031)}


def test_each_day_and_each_agency_counts_for_itself() -> None:
    def write(number: int) -> list[str]:
        days = (AT, AT + timedelta(days=1))
        agencies = (cast.COMMUNE, cast.ELSEWHERE)
        return [next_code(agencies[number % 2], days[nth % 2]) for nth in range(20)]

    codes = [code for written in in_processes(WRITERS, write) for code in written]
    assert len(set(codes)) == len(codes) == 160
    assert {number_of(code) for code in codes} == set(range(1, 41))


def test_a_code_of_a_filing_that_failed_is_given_out_again() -> None:
    with transaction.atomic():
        next_code(cast.COMMUNE, AT)
        transaction.set_rollback(True)
    assert number_of(next_code(cast.COMMUNE, AT)) == 1


def test_one_act_sent_a_hundred_times_from_eight_processes_happens_once(version: Version) -> None:
    code = file(version, "file")

    def send(number: int) -> list[str]:
        tries = range(number, 100, WRITERS)
        return [outcome(cast.FRONT_DESK, code, a.Receive(), "receive:1", 1) for _ in tries]

    told = [one for sent in in_processes(WRITERS, send) for one in sent]
    assert Counter(told) == {"done": 100}  # who sends it again hears that it is done
    assert kinds(code).count("Received") == 1
    assert Event.objects.filter(act_key="receive:1").count() == 1
    assert reactions(code) == 2  # to the filing and to the receiving


def test_of_officials_who_act_at_once_exactly_one_wins(version: Version) -> None:
    codes = [file(version, f"file:{nth}") for nth in range(20)]

    def receive(number: int) -> list[str]:
        return [
            outcome(cast.FRONT_DESK, code, a.Receive(), f"{number}:{code}", 1) for code in codes
        ]

    for one in zip(*in_processes(WRITERS, receive), strict=True):
        assert Counter(one) == {"done": 1, "ChangedMeanwhile": WRITERS - 1}
    for code in codes:
        assert_whole(code)
        assert Work.objects.filter(dossier__code=code).count() == 1


def test_two_different_acts_at_once_leave_one_story(version: Version) -> None:
    codes = [file(version, f"file:{nth}") for nth in range(30)]

    def act(number: int) -> list[str]:
        what, by = [
            (a.Receive(), cast.FRONT_DESK),
            (a.Decline(faults=(heart.FAULT,)), cast.FRONT_DESK),
            (a.AskWithdraw(), cast.MOTHER),
        ][number % 3]
        return [outcome(by, code, what, f"{number}:{code}", 1) for code in codes]

    for one in zip(*in_processes(6, act), strict=True):
        assert Counter(one)["done"] == 1
    for code in codes:
        assert_whole(code)


def test_the_database_itself_refuses_a_second_event_in_one_place(version: Version) -> None:
    code = file(version, "file")
    first = Event.objects.get(dossier__code=code, seq=1)
    first.pk = None
    first.act_key = "another"
    with pytest.raises(IntegrityError, match="event_once_in_its_place"):
        first.save(force_insert=True)


def history_rows(code: str) -> list[Event]:
    return list(Event.objects.filter(dossier__code=code).order_by("seq"))


def kinds(code: str) -> list[str]:
    return [event.kind for event in history_rows(code)]


def assert_whole(code: str) -> None:
    """The history has no gap, and the row stands where it ends."""
    rows = history_rows(code)
    row = Dossier.objects.get(code=code)
    assert [event.seq for event in rows] == list(range(1, len(rows) + 1))
    assert row.seq == len(rows) == len(history(row.pk))


def reactions(code: str) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(
            "select count(*) from procrastinate_jobs"
            " where task_name = 'dossiers.react' and args->>'code' = %s",
            [code],
        )
        return cursor.fetchone()[0]
