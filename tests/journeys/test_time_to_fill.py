"""How long filling in takes: what people took, said where enough of them have filed."""

from datetime import date, datetime, timedelta

import pytest

from motcua.dossiers.models import Draft
from motcua.dossiers.rules.drafts import worked
from motcua.kernel.working_time import ZONE
from motcua.procedures import timing
from motcua.procedures.models import Filling, TimeToFill
from motcua.procedures.queries import current

pytestmark = pytest.mark.django_db
MORNING = datetime(2026, 11, 26, 8, tzinfo=ZONE)


@pytest.mark.parametrize(
    ("pause", "seconds"),
    [(timedelta(seconds=40), 40), (timedelta(minutes=5), 300), (timedelta(minutes=6), 0), (-timedelta(1), 0)],
)  # fmt: skip
def test_a_long_pause_is_no_work(pause, seconds):
    assert worked(MORNING, MORNING + pause) == seconds


def people_took(minutes: list[int], code: str) -> None:
    for each in minutes:
        timing.note_filling(code=code, seconds=60 * each, on=date(2026, 11, 26))
    timing.measure(MORNING)


def law():
    return current("thu", MORNING.date()).procedure


def test_the_authors_guess_stands_until_twenty_have_filed(commune):
    people_took([7] * 19, law().code)
    assert timing.minutes_to_fill(law()) == timing.Minutes(law().minutes_to_fill, measured=False)
    people_took([7], law().code)
    assert timing.minutes_to_fill(law()) == timing.Minutes(7, measured=True)


def test_the_middle_one_counts_and_only_the_latest(commune):
    people_took([60] * 100, law().code)
    people_took([5] * 101 + [90] * 99, law().code)
    found = TimeToFill.objects.get(code=law().code)
    assert (found.seconds, found.filings) == (300, timing.LATEST)


def test_what_was_not_filled_in_by_hand_counts_for_nothing(commune):
    timing.note_filling(code=law().code, seconds=0, on=MORNING.date())
    assert not Filling.objects.exists()


def test_a_filing_leaves_its_time_and_nobody_s_name(office):
    office.filed(meanwhile=lambda draft: Draft.objects.update(worked_seconds=600))
    kept = Filling.objects.values().get()
    assert 600 <= kept.pop("seconds") <= 660
    assert set(kept) == {"id", "code", "on"}


def test_a_page_says_what_people_took(commune, client):
    guess = client.get("/dich-vu/thu/").content.decode()
    assert f"Khoảng {law().minutes_to_fill} phút" in guess
    people_took([12] * 20, law().code)
    for page in ("/dich-vu/thu/", "/nop/thu/"):
        assert "thường mất khoảng 12 phút" in client.get(page).content.decode().lower(), page
