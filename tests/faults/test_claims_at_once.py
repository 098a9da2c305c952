"""Several officials reach for the same work at once: exactly one holds it, and one change of hands is kept."""

from collections import Counter

import pytest

from motcua.agencies.models import Agency, Official, Post
from motcua.dossiers.claims import Hand, claim
from motcua.dossiers.models import Handover, Work
from motcua.dossiers.rules.claims import HeldByAnother
from motcua.procedures.models import Version
from tests import cast
from tests.faults.at_once import in_processes
from tests.faults.test_dossiers_at_once import AT, file
from tests.faults.test_dossiers_at_once import version as version  # noqa: PLC0414 - a fixture

pytestmark = [pytest.mark.faults, pytest.mark.django_db(transaction=True)]
HANDS = 20


def posts() -> list[Post]:
    agency = Agency.objects.get(code=cast.COMMUNE)
    return [
        Post.objects.create(
            official=Official.objects.create(username=f"u{n}", full_name=f"Người {n}"),
            agency=agency, role="front_desk", valid_from=AT.date(),
        )
        for n in range(HANDS)
    ]  # fmt: skip


def reach_for(work: int, post: Post, key: str) -> str:
    try:
        claim(work=work, hand=Hand(post, key, AT))
    except HeldByAnother as refusal:
        return str(refusal.data["who"])
    return "mine"


def test_of_twenty_who_claim_at_once_exactly_one_gets_it_and_the_others_hear_who(
    version: Version,
) -> None:
    file(version, "file")
    work, there = Work.objects.get().pk, posts()
    told = in_processes(HANDS, lambda n: reach_for(work, there[n], f"key:{n}"))
    held = Work.objects.select_related("official").get()
    assert held.official is not None
    assert Counter(told) == {"mine": 1, held.official.full_name: HANDS - 1}
    assert Handover.objects.count() == 1


def test_one_claim_sent_from_twenty_tabs_is_one_change_of_hands(version: Version) -> None:
    file(version, "file")
    work, mine = Work.objects.get().pk, posts()[0]
    told = in_processes(HANDS, lambda _: reach_for(work, mine, "the same"))
    assert Counter(told) == {"mine": HANDS}
    assert Handover.objects.count() == 1
