"""A hundred processes write in one book, some of which give up or die: no gap, no double."""

import contextlib
import os
import random
import signal
from datetime import UTC, date, datetime

import pytest
from django.db import connections, transaction

from motcua.agencies.models import Agency
from motcua.registers import operations as books
from motcua.registers.models import Entry
from motcua.registers.operations import Registering
from motcua.registers.queries import gaps
from tests.faults.at_once import in_processes

pytestmark = [pytest.mark.faults, pytest.mark.django_db(transaction=True)]
AT = datetime(2026, 11, 25, 3, 0, tzinfo=UTC)
WRITERS, ACTS_EACH, DEATHS = 100, 2, 15


class _GivesUp(Exception):  # noqa: N818 - a person changes their mind
    """Raised inside the act, after the number was drawn."""


@pytest.fixture
def office():
    made = Agency.objects.create(
        code="H24.284", name="Ủy ban", kind="commune_committee", place_code="11284",
        province_code="31", works_in="motcua", address="–", support_name="–", support_phone="–",
        support_hours="–", valid_from=date(2025, 7, 1),
    )  # fmt: skip
    books.open_book(
        agency_id=made.pk, kind="birth", year=2026, volume=1, first=41, by="Đặng Văn Lâm", at=AT
    )
    return made


def draw(office, case):
    what = Registering(case, "khai_sinh", "Trần An", "Đăng ký khai sinh", "Bùi Quốc Trọng")
    return books.draw(agency_id=office.pk, kind="birth", what=what, at=AT)


@transaction.atomic
def acts(office, case, *, gives_up):
    drawn = draw(office, case)
    if gives_up:
        raise _GivesUp
    return drawn.number


def dies_holding_a_number(office, case):
    """Fork somebody who draws and is killed before the end of the transaction."""
    connections.close_all()
    child = os.fork()
    if child == 0:
        with transaction.atomic():
            draw(office, case)
            os.kill(os.getpid(), signal.SIGKILL)
    os.waitpid(child, 0)


def test_a_hundred_writers_at_once_leave_no_gap_and_no_double(office):
    def write(number):
        chance = random.Random(number)
        done = []
        for nth in range(ACTS_EACH):
            case = f"{number}:{nth}"
            if nth == 0 and number < DEATHS:
                dies_holding_a_number(office, case)
                continue
            with contextlib.suppress(_GivesUp):
                done.append(acts(office, case, gives_up=chance.random() < 0.3))
        return done

    told = [number for done in in_processes(WRITERS, write) for number in done]
    kept = sorted(Entry.objects.values_list("number", flat=True))
    assert kept == list(range(41, 41 + len(told)))
    assert sorted(told) == sorted(f"{number:02}/2026" for number in kept)
    assert len(told) < WRITERS * ACTS_EACH - DEATHS
    assert gaps() == []
