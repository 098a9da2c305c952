"""Recording in the database: once, in order, never changed."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from motcua.agencies.models import Agency
from motcua.dossiers import drafts
from motcua.dossiers.models import Event as EventRow
from motcua.dossiers.models import LegRow, Work
from motcua.dossiers.operations import Called, Filing, record, submit
from motcua.dossiers.queries import told
from motcua.dossiers.rules import acts as a
from motcua.dossiers.rules.refusals import ChangedMeanwhile, DraftChanged, DraftUnknown
from motcua.dossiers.rules.status import Status
from motcua.procedures.models import Version
from motcua.procedures.rules.catalogue import canonical, digest
from tests import cast
from tests.rules.heart import FAULT, LAW, MONDAY, PROCEDURE, answer, submission

pytestmark = pytest.mark.django_db
LATER = MONDAY + timedelta(hours=1)


@pytest.fixture
def version() -> Version:
    content = canonical(PROCEDURE)
    return Version.objects.create(
        digest=digest(content), code=PROCEDURE.code, slug=PROCEDURE.slug,
        effective_from=PROCEDURE.effective.since, content=content, published_at=MONDAY,
    )  # fmt: skip


@pytest.fixture
def office() -> Agency:
    for code, kind in (
        (cast.POLICE, "commune_police"),
        (cast.INSURANCE, "social_insurance"),
        (cast.COMMUNE, "commune_committee"),
    ):
        made = Agency.objects.create(
            code=code, name=f"Cơ quan {code}", kind=kind, place_code="11284", province_code="31",
            works_in="motcua", address="-", support_name="-", support_phone="-",
            support_hours="-", valid_from=MONDAY.date(),
        )  # fmt: skip
    return made


@pytest.fixture
def code(version: Version, office: Agency) -> str:
    filing = Filing(
        agency=office, version_id=version.pk, answers={"child.full_name": "Trần An"},
        circumstances={}, ways={}, called=Called("Trần An", cast.MAI.name),
    )  # fmt: skip
    act = submission().model_copy(update={"code": "", "version": version.digest})
    return submit(law=LAW, filing=filing, act=act, by=cast.MOTHER, key="file", at=MONDAY).row.code


def receive(code: str, key: str = "receive", seen: int | None = None):
    return record(code=code, act=a.Receive(), by=cast.FRONT_DESK, key=key, at=LATER, seen=seen)


def test_a_filed_dossier_gets_the_agencys_next_code_of_the_day(code):
    assert code == "H24.284-260302-0001"


def test_what_waits_is_in_the_queue_of_whoever_must_act(code):
    assert list(Work.objects.values_list("kind", "role")) == [("receive", "front_desk")]
    receive(code)
    assert list(Work.objects.values_list("kind", "role", "leg")) == [("step", "registrar", "birth")]


def test_the_rows_tell_what_the_history_tells(code):
    receive(code)
    row, dossier, events = told(code)
    assert (row.seq, row.status, row.due_at) == (len(events), dossier.status, dossier.clock.due)
    assert LegRow.objects.get(leg="birth").state == "open"


def test_the_same_act_sent_twice_happens_once(code):
    first = receive(code)
    second = receive(code)
    assert (first.again, second.again) == (False, True)
    assert EventRow.objects.filter(kind="Received").count() == 1


def test_whoever_looked_at_an_older_state_is_told_who_was_faster(code):
    receive(code, seen=1)
    with pytest.raises(ChangedMeanwhile) as refusal:
        record(code=code, act=a.AskWithdraw(), by=cast.MOTHER, key="w", at=LATER, seen=1)
    assert refusal.value.data["who"] == cast.FRONT_DESK.name


def test_work_moves_with_the_clock_when_days_were_lost(code):
    def act(act: a.Act, by, key: str, days: int) -> None:
        record(code=code, act=act, by=by, key=key, at=LATER + timedelta(days=days))

    receive(code)
    act(a.TakeStep(leg="birth", step="draft"), cast.REGISTRAR, "1", 0)
    act(a.ConfirmDraft(leg="birth", step="confirm"), cast.MOTHER, "2", 0)
    act(answer("birth", "register"), cast.REGISTRY, "3", 0)
    act(a.TakeStep(leg="birth", step="sign"), cast.LEADER, "4", 0)
    due = Work.objects.get(kind="step", leg="insurance").due_at
    act(ask_from("insurance"), cast.CLERK, "5", 0)
    act(a.Supplement(leg="insurance", papers=("birth_note",)), cast.MOTHER, "6", 2)
    assert Work.objects.get(kind="step", leg="insurance").due_at > due


def ask_from(leg: str) -> a.AskSupplement:
    return a.AskSupplement(leg=leg, faults=(FAULT,))


def test_the_database_refuses_to_change_or_delete_an_event(code):
    for statement in ("update dossiers_event set kind = 'x'", "delete from dossiers_event"):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    assert told(code)[1].status is Status.REGISTERED


def begin(version: Version, office: Agency):
    return drafts.start(
        version_id=version.pk, agency_id=office.pk, circumstances={}, answers={},
        account_id=None, at=MONDAY,
    )  # fmt: skip


def test_a_draft_opens_with_its_secret_and_with_nothing_else(version, office):
    draft, secret = begin(version, office)
    assert drafts.opened(draft.pk, accounts=(), secret=secret, at=LATER).pk == draft.pk
    for wrong in (None, "", "x" * 24):
        with pytest.raises(DraftUnknown):
            drafts.opened(draft.pk, accounts=(7,), secret=wrong, at=LATER)


def test_a_draft_saved_in_another_tab_is_not_overwritten(version, office):
    draft, secret = begin(version, office)
    other = drafts.opened(draft.pk, accounts=(), secret=secret, at=LATER)
    drafts.save(found=draft, changes={"a.b": "1"}, at=LATER, revision=1)
    with pytest.raises(DraftChanged):
        drafts.save(found=other, changes={"a.b": "2"}, at=LATER, revision=1)
    with pytest.raises(DraftChanged):
        drafts.save(found=other, changes={"a.b": "2"}, at=LATER)


def test_a_draft_ends_when_its_time_is_over(version, office):
    draft, secret = begin(version, office)
    with pytest.raises(DraftUnknown):
        drafts.opened(draft.pk, accounts=(), secret=secret, at=MONDAY + drafts.LIVES)
