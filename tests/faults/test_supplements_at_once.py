"""Two parts of one dossier are supplied at the same moment: the answers of both stay."""

import threading
import uuid

import pytest
from django.db import connection

from motcua.dossiers.models import Dossier
from motcua.dossiers.queries import content, told
from motcua.dossiers.rules.facts import Fault
from motcua.journeys import handling, own_dossier
from motcua.toolkit.clock import now
from tests.journeys import ground
from tests.journeys.doors import paid
from tests.journeys.office import Office

pytestmark = [pytest.mark.faults, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def office():
    yield Office()
    ground.forget()


def test_two_parts_supplied_at_the_same_moment_both_keep_their_answers(office, monkeypatch):
    row = office.born()
    paid(office, row)
    for who, leg, field in (
        ("police", "residence", "residence.address"), ("clerk", "insurance", "child.full_name")
    ):  # fmt: skip
        fault = Fault(code="unclear", text="Chưa rõ.", how="Viết lại.", field=field)
        handling.ask_supplement(
            code=row.code, post=office.post(who), leg=leg, faults=(fault,), key=uuid.uuid4().hex,
            seen=None, at=now(),
        )  # fmt: skip
    inside, go_on, recording = threading.Event(), threading.Event(), own_dossier.record

    def slowly(**how):
        if how["act"].leg == "residence":
            inside.set()
            go_on.wait(30)
        return recording(**how)

    monkeypatch.setattr(own_dossier, "record", slowly)

    def supply(leg, **answers):
        try:
            own_dossier.supplement(
                code=row.code, leg=leg, answers=answers, key=uuid.uuid4().hex,
                applicant_id=told(row.code)[1].applicant, at=now(),
            )  # fmt: skip
        finally:
            connection.close()

    first = threading.Thread(
        target=supply, args=("residence",), kwargs={"residence.address": "Thôn Mới"}
    )
    second = threading.Thread(
        target=supply, args=("insurance",), kwargs={"child.full_name": "Trần Minh Ân"}
    )
    first.start()
    assert inside.wait(30)
    second.start()
    second.join(0.5)
    go_on.set()
    first.join(30)
    second.join(30)
    answers = content(Dossier.objects.get(pk=row.pk)).answers
    assert (answers["residence.address"], answers["child.full_name"]) == (
        "Thôn Mới", "Trần Minh Ân",
    )  # fmt: skip
