"""Moments that come by themselves come: whatever a worker's clock says, whatever came in between."""

import uuid
from datetime import timedelta

import pytest
from django.db import connection

from motcua.dossiers.rules.facts import Fault
from motcua.dossiers.rules.status import LegState
from motcua.journeys import handling
from motcua.journeys.reactions import timing
from motcua.toolkit.clock import now
from motcua.toolkit.jobs import run_due

pytestmark = pytest.mark.django_db


def drafted(office):
    """Return a dossier whose draft certificate waits for its applicant."""
    row = office.received()
    office.step(row, "registrar", "birth", "draft")
    return row


def its_time_comes(monkeypatch, kind, *, clock=timedelta()):
    """Make the waiting jobs of a kind due, on a worker whose clock differs from the queue's."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select max((args->>'due')::timestamptz) from procrastinate_jobs"
            " where status = 'todo' and task_name = %s",
            [kind],
        )
        due = cursor.fetchone()[0]
        monkeypatch.setattr(timing, "now", lambda: due + clock)
        cursor.execute(
            "update procrastinate_jobs set scheduled_at = now() - interval '1 second'"
            " where status = 'todo' and task_name = %s",
            [kind],
        )
    run_due()


def declined(office, row):
    """Let the desk decline the withdrawal that was asked for."""
    handling.answer_withdrawal(
        code=row.code, post=office.post("front_desk"), accepts=False, remark="Đã giải quyết gần xong",
        key=uuid.uuid4().hex, seen=None, at=now(),
    )  # fmt: skip
    office.catch_up(row.code)


def test_silence_agrees_also_on_a_worker_whose_clock_is_behind(office, monkeypatch):
    row = drafted(office)
    its_time_comes(monkeypatch, "journeys.silence_agrees", clock=timedelta(seconds=-5))
    assert office.now(row).leg("birth").step != "confirm"


def test_a_day_of_silence_that_ended_during_a_withdrawal_counts_once_that_is_declined(
    office, monkeypatch
):
    row = drafted(office)
    office.withdraw(row)
    its_time_comes(monkeypatch, "journeys.silence_agrees")
    assert office.now(row).leg("birth").step == "confirm"
    declined(office, row)
    its_time_comes(monkeypatch, "journeys.silence_agrees")
    assert office.now(row).leg("birth").step != "confirm"


def test_a_request_that_ran_out_during_a_withdrawal_lapses_once_that_is_declined(
    office, monkeypatch
):
    row = office.received()
    fault = Fault(code="unclear", text="Chưa rõ.", how="Viết lại.", field="child.full_name")
    handling.ask_supplement(
        code=row.code, post=office.post("registrar"), leg="birth", faults=(fault,),
        key=uuid.uuid4().hex, seen=None, at=now(),
    )  # fmt: skip
    office.catch_up(row.code)
    office.withdraw(row)
    its_time_comes(monkeypatch, "journeys.request_lapses")
    declined(office, row)
    its_time_comes(monkeypatch, "journeys.request_lapses")
    assert office.now(row).leg("birth").state is LegState.REFUSED


def test_silence_about_an_earlier_draft_does_not_agree_with_a_later_one(office, monkeypatch):
    row = drafted(office)
    until = office.now(row).leg("birth").step_until
    early = until - timedelta(hours=1)
    monkeypatch.setattr(timing, "now", lambda: early)
    timing.silence_agrees.function(
        code=row.code, leg="birth", step="confirm", key="silence:earlier", due=early.isoformat()
    )
    assert office.now(row).leg("birth").step == "confirm"
