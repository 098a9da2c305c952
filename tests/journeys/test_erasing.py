"""Erasure by class: what is due goes, with proof and without content; what is held, unconfirmed or archived stays."""

from datetime import timedelta

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction

from motcua.audit import operations as audit_operations
from motcua.audit import soundness
from motcua.documents.models import Document
from motcua.documents.queries import issued_for
from motcua.dossiers import emergencies, entering
from motcua.dossiers import erasing as dossiers_erasing
from motcua.dossiers.models import Content, Dossier, EarlierAnswers, Emergency, Event, Handover
from motcua.dossiers.queries import told
from motcua.exchange.models import Outgoing, Question
from motcua.exchange.queries import sent_about
from motcua.exchange.rules import DATA_ERASED
from motcua.journeys import erasing
from motcua.notices.forgetting import wipe_about
from motcua.notices.models import Notice
from motcua.privacy import erasures
from motcua.privacy.models import Erasure
from motcua.privacy.rules.refusals import DossierHeld
from motcua.procedures.queries import by_digest
from motcua.procedures.rules.retention import RetentionClass, retention
from motcua.procedures.rules.texts import Text
from motcua.toolkit.clock import now
from tests.journeys.desk_pages import dossier_page, words

pytestmark = pytest.mark.django_db
LATER = timedelta(days=3 * 366)


def a_class(name="dossier"):
    return RetentionClass(
        id=name,
        name=Text(vi="x", en="x"),
        months=24,
        starts="end",
        ground="Luật thử",
        confirmed=True,
    )


@pytest.fixture
def row(office, monkeypatch):
    """An ended dossier of a procedure that keeps its declarations for two years."""
    row = office.born()
    Dossier.objects.filter(pk=row.pk).update(ended_at=now())
    row.refresh_from_db()
    return row


def kept_by(row, name="dossier"):
    """Return the procedure as if it had named its class."""
    return by_digest(row.version.digest).procedure.model_copy(update={"keeps": name})


def erase(row, one=None, at=None):
    erasing.erase_of_dossier(
        row=row, procedure=kept_by(row), one=one or a_class(), at=at or now() + LATER
    )


def test_what_was_declared_is_gone_and_the_proof_tells_no_content(row):
    erase(row)
    assert Content.objects.get(dossier=row).answers == {}
    proof = Erasure.objects.get()
    assert proof.fields > 3
    assert proof.files == 2
    assert "Minh An" not in "".join(str(value) for value in vars(proof).values())


def test_names_phone_and_papers_go_the_results_and_the_history_stay(row):
    events = Event.objects.filter(dossier=row).count()
    erase(row)
    row.refresh_from_db()
    assert (row.subject_name, row.applicant_name, row.phone) == ("", "", "")
    assert not Document.kept.filter(owner=f"dossier:{row.code}").exists()
    assert issued_for(f"dossier:{row.code}")
    assert Event.objects.filter(dossier=row).count() == events
    assert told(row.code)[1].status


def test_an_erased_dossier_is_still_looked_at_but_found_by_its_code_only(office, row):
    erase(row)
    browser = office.browser("registrar")
    page = browser.get(dossier_page(row))
    assert page.status_code == 200
    assert "Trần Minh An" not in words(page).partition("Lịch sử")[0]
    assert row.code not in words(browser.get("/can-bo/?q=tran+minh+an"))
    assert row.code in words(browser.get(f"/can-bo/?q={row.code}"))


def test_another_class_takes_its_own_answers_only(row):
    contact = a_class("contact")
    procedure = by_digest(row.version.digest).procedure
    erasing.erase_of_dossier(row=row, procedure=procedure, one=contact, at=now() + LATER)
    answers = Content.objects.get(dossier=row).answers
    assert answers["child.full_name"] == "Trần Minh An"


def test_what_is_held_is_not_erased(row):
    erasures.hold(subject=row.code, reason="Đang khiếu nại", by="DL-1", at=now())
    with pytest.raises(DossierHeld):
        erase(row)
    assert Content.objects.get(dossier=row).answers
    erasures.let_go(subject=row.code, by="DL-1", at=now())
    erase(row)
    assert Erasure.objects.exists()


def test_nothing_is_erased_by_a_time_nobody_has_confirmed(row):
    tally = erasing.erase_due(known=retention(), at=now() + timedelta(days=40 * 366))
    assert "linked_dossier" not in tally.dossiers
    assert Content.objects.get(dossier=row).answers


def test_a_class_is_erased_once(row):
    erase(row)
    with pytest.raises(DatabaseError), transaction.atomic():
        erase(row)


def test_the_proof_is_never_changed(row):
    erase(row)
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        Erasure.objects.update(rule="khác")


def test_the_database_erases_nothing_beside_a_dossier_without_proof(row):
    EarlierAnswers.objects.create(dossier=row, seq=1, answers={"a": 1}, until=now())
    with pytest.raises(DatabaseError, match="nor without proof"), transaction.atomic():
        connection.cursor().execute("select dossiers_erase_beside(%s)", [row.pk])
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        EarlierAnswers.objects.all().delete()
    erase(row)
    assert not EarlierAnswers.objects.exists()


def test_whoever_was_sent_the_data_is_told_of_the_erasure_by_night_too_once(row, monkeypatch):
    kept = (row.version_id, kept_by(row, "linked_dossier"))
    monkeypatch.setattr(erasing, "_versions", lambda: [kept])
    Notice.objects.filter(state="queued").update(state="failed", next_attempt_at=None)
    for _ in range(2):
        erasing.erase_due(known=retention({"linked_dossier"}), at=now() + 10 * LATER)
    told = list(Outgoing.objects.filter(kind=DATA_ERASED).values_list("party_id", flat=True))
    asked = set(Question.objects.filter(subject=row.code).values_list("party_id", flat=True))
    assert sorted(told) == sorted(asked) != []


def test_messages_that_have_served_say_nothing_any_more(row):
    Notice.objects.filter(state="queued").update(state="failed", next_attempt_at=None)
    assert Notice.objects.exclude(to="").exists()
    tally = erasing.erase_due(known=retention(), at=now() + LATER)
    assert tally.messages == Notice.objects.count()
    assert not Notice.objects.exclude(body="").exists()


ARCHIVE = {
    "documents.IssuedPaper", "registers.Entry", "privacy.Request", "payments.Demand", "payments.Receipt",
}  # fmt: skip
"""What stays by law with whom it is about: results, books, requests and their answers, the accounts."""


def plain(row):
    """Return a row as its readers would see it, messages as the text they are."""
    return " ".join(
        bytes(part).decode(errors="replace") if isinstance(part, bytes | memoryview) else str(part)
        for part in row
    )


def test_after_erasing_no_table_holds_a_word_of_them_but_the_archive(row):
    Notice.objects.filter(state="queued").update(state="failed", next_attempt_at=None)
    Outgoing.objects.update(state="taken", taken_at=now())
    wipe_about(subject=row.code)
    erase(row)
    words = ("Trần Minh An", "Nguyễn Thị Mai", "0912345001", "0912 345 001", "Thôn Phú Khê")
    holding = {
        model._meta.label
        for model in apps.get_models()
        for one in model._default_manager.values_list()
        if any(word in plain(one) for word in words)
    }
    assert holding <= ARCHIVE
    assert sent_about([row.code])[0].fields  # what was shared with whom is still told, by its names
    assert audit_operations.number_waiting()
    assert [*soundness.faults(), *entering.differences()] == []


def with_words(office, row):
    """Let work have changed hands for a reason, and somebody have opened the dossier in an emergency."""
    post = office.post("front_desk")
    hand = {
        "kind": "step",
        "agency": post.agency,
        "role": post.role,
        "doing": "release",
        "at": now(),
    }
    Handover.objects.create(dossier=row, reason="Mẹ cháu An là chị tôi", key="h1", **hand)
    Handover.objects.create(dossier=row, reason="", key="h2", **hand)
    stranger = office.post("elsewhere")
    opened = emergencies.open_in_emergency(
        code=row.code, post=stranger, reason="life", words="Cháu An cấp cứu", key="e1", at=now()
    )
    Emergency.objects.filter(pk=opened.pk).update(
        finding="justified", remark="Đúng, cháu An", reviewed_by=post.official, reviewed_at=now()
    )


def test_why_work_changed_hands_and_an_emergency_opened_it_goes_and_that_it_did_stays(office, row):
    with_words(office, row)
    erase(row)
    assert [
        hand.reason for hand in Handover.objects.filter(key__in=["h1", "h2"]).order_by("pk")
    ] == ["•••", ""]
    opened = Emergency.objects.get(dossier=row)
    assert (opened.words, opened.remark, opened.reason) == ("•••", "•••", "life")


def test_the_reason_of_a_change_of_hands_is_erased_with_proof_only_and_never_rewritten(office, row):
    with_words(office, row)
    with pytest.raises(DatabaseError, match="nor without proof"), transaction.atomic():
        dossiers_erasing.erase_words(row)
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        Handover.objects.filter(key="h1").update(reason="khác")


def test_after_it_the_log_still_verifies(office, row):
    with_words(office, row)
    erase(row)
    assert audit_operations.number_waiting()
    assert [*soundness.faults(), *entering.differences()] == []
