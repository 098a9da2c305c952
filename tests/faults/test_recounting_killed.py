"""A storm day is recounted by a process that is killed in the middle: another goes on, no date moves twice."""

import os
import signal
import uuid
from datetime import timedelta

import pytest
from django.db import connections

from motcua.agencies.models import CalendarChange
from motcua.agencies.operations import set_calendar_day
from motcua.dossiers.models import Dossier, Event
from motcua.dossiers.operations import record
from motcua.dossiers.rules import acts as a
from motcua.journeys import recounting
from motcua.toolkit.clock import now
from tests import cast
from tests.faults.test_merging_at_once import AT, DOSSIERS
from tests.faults.test_merging_at_once import codes as codes  # noqa: PLC0414 - a fixture

pytestmark = [pytest.mark.faults, pytest.mark.django_db(transaction=True)]


def a_storm_on_the_day(day):
    key = uuid.uuid4()
    CalendarChange.objects.create(
        pk=key, day=day, province_code="31", working=False, worked=True, note="Bão",
        decision="12/CĐ", by="–", at=now(),
    )  # fmt: skip
    set_calendar_day(day=day, province_code="31", working=False, note="Bão", decision="12/CĐ")
    return key


def killed_after(done, key):
    """Fork somebody who recounts and is killed after so many dossiers."""
    connections.close_all()
    child = os.fork()
    if child == 0:
        real, left = recounting.record, [done]

        def counted(**how):
            left[0] -= 1
            if left[0] < 0:
                os.kill(os.getpid(), signal.SIGKILL)
            return real(**how)

        recounting.record = counted
        recounting.carry_out(key)
        os._exit(0)
    os.waitpid(child, 0)


def test_another_process_goes_on_where_one_was_killed(codes):
    for code in codes:
        record(code=code, act=a.Receive(), by=cast.FRONT_DESK, key=f"in:{code}", at=AT)
    key = a_storm_on_the_day(AT.date() + timedelta(days=1))
    killed_after(7, key)
    moved = Event.objects.filter(kind="Recounted")
    assert moved.count() == 7
    assert recounting.carry_out(key).moves.count() == DOSSIERS
    assert moved.values("dossier").distinct().count() == moved.count() == DOSSIERS
    assert Dossier.objects.values("due_at").distinct().count() == 1
