"""A merger runs while officials act: every dossier arrives, and each act was done once or refused."""

from collections import Counter
from datetime import UTC, date, datetime

import pytest
from django.db import connection

from motcua.agencies.models import Agency, AgencySuccession
from motcua.dossiers.models import Dossier, Event, Work
from motcua.dossiers.operations import Called, Filing, record, submit
from motcua.dossiers.rules import acts as a
from motcua.dossiers.rules.clock import Law
from motcua.dossiers.rules.facts import Actor
from motcua.dossiers.rules.refusals import ChangedMeanwhile, NotNow, NotYours
from motcua.journeys.merging import carry_out
from motcua.kernel.working_time import Calendar
from motcua.procedures.models import Version
from motcua.procedures.queries import by_digest
from motcua.procedures.rules.catalogue import canonical, digest
from tests import cast
from tests.faults.at_once import in_processes
from tests.rules import heart

pytestmark = [pytest.mark.faults, pytest.mark.django_db(transaction=True)]
AT, NEW, DOSSIERS = heart.MONDAY, "H24.900", 24


def an_agency(code, kind):
    return Agency.objects.create(
        code=code, name=code, kind=kind, place_code="11284", province_code="31",
        works_in="motcua", address="–", support_name="–", support_phone="–", support_hours="–",
        valid_from=AT.date(),
    )  # fmt: skip


@pytest.fixture
def codes():
    by_digest.cache_clear()
    with connection.cursor() as cursor:  # jobs are not Django's: no flush takes them away
        cursor.execute("delete from procrastinate_jobs where task_name = 'dossiers.react'")
    an_agency(cast.POLICE, "commune_police")
    an_agency(cast.INSURANCE, "social_insurance")
    old, new = an_agency(cast.COMMUNE, "commune_committee"), an_agency(NEW, "commune_committee")
    AgencySuccession.objects.create(
        old=old, new=new, since=date(2026, 3, 1), decision="1/NQ", recorded_at=datetime.now(UTC)
    )
    content, law = canonical(heart.PROCEDURE), heart.PROCEDURE
    version = Version.objects.create(
        digest=digest(content), code=law.code, slug=law.slug, content=content, published_at=AT,
        effective_from=law.effective.since,
    )  # fmt: skip
    return [filed(version, old, f"{number}") for number in range(DOSSIERS)]


def filed(version, agency, key):
    act = heart.submission().model_copy(update={"code": "", "version": version.digest})
    filing = Filing(
        agency=agency, version_id=version.pk, answers={}, circumstances={}, ways={},
        called=Called("Bé", cast.MAI.name),
    )  # fmt: skip
    law = Law(heart.PROCEDURE, Calendar({}))
    return submit(law=law, filing=filing, act=act, by=cast.MOTHER, key=key, at=AT).row.code


def receives(code, agency, key):
    by = Actor(kind="official", id="1", name="Vũ Thị Hạnh", role="front_desk", agency=agency)
    try:
        record(code=code, act=a.Receive(), by=by, key=key, at=AT)
    except (NotYours, NotNow, ChangedMeanwhile) as no:
        return type(no).__name__
    return "done"


def test_officials_act_while_the_communes_merge(codes):
    def work(number):
        if number == 0:
            carry_out([cast.COMMUNE])
            return []
        agency = (cast.COMMUNE, NEW)[number % 2]
        return [receives(code, agency, f"{number}:{code}") for code in reversed(codes)]

    _, *told = in_processes(5, work)
    outcomes = Counter(one for each in told for one in each)
    assert set(Dossier.objects.values_list("agency__code", flat=True)) == {NEW}
    assert outcomes["done"] == Event.objects.filter(kind="Received").count()
    moved = Event.objects.filter(kind="Transferred")
    assert moved.values("dossier").distinct().count() == moved.count() == DOSSIERS
    assert not Work.objects.filter(agency__code=cast.COMMUNE).exists()
