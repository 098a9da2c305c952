"""Linked agencies that were asked by message learn of a moved date and of a changed result, once, and no more than they may."""

import json

import pytest

from motcua.dossiers import corrections
from motcua.dossiers.models import ReadLog
from motcua.dossiers.rules import acts as a
from motcua.dossiers.rules.facts import SYSTEM, Fault
from motcua.dossiers.tasks import react
from motcua.exchange.models import Outgoing, Party, Question
from motcua.exchange.rules import DATA_FREE, DATA_RESTRICTED, DUE_MOVED, RESULT_CHANGED
from tests.journeys.followed import LEADER, REGISTRAR, filed

pytestmark = pytest.mark.django_db
WRONG = Fault(code="clerical_error", text="Ghi thiếu chữ đệm của trẻ.")
SAID = {
    "child.full_name": "Trần Bao An", "applicant.full_name": "Nguyễn Thị Mai",
    "leg.birth.registration_number": "12/2026",
}  # fmt: skip
NUMBERED = {"leg.birth.registration_number": "13/2026"}
PAID = a.SettleFee(fee="residence_fee", amount=10_000, reference="BL1")


@pytest.fixture
def born(commune):
    """A dossier whose birth is registered; the insurance's own system is asked, the residence waits for its fee."""
    return filed(commune).born()


def sent(kind):
    """Return what each party was told, by its code."""
    rows = Outgoing.objects.filter(kind=kind).order_by("created_at")
    return {row.party_id: json.loads(bytes(row.body))["data"] for row in rows}


def corrected(dossier, now):
    """Let the registrar propose, and the leader sign, that the birth paper says this."""
    dossier.act(REGISTRAR, a.CorrectResult(result="birth_paper", reason=WRONG, fields=tuple(now)))
    corrections.keep(
        row=dossier.row, seq=dossier.now.changes["birth_paper"].seq, result="birth_paper",
        was={key: SAID[key] for key in now}, now=now,
    )  # fmt: skip
    return dossier.act(LEADER, a.SignChange(result="birth_paper"))


def again(dossier):
    """Let the worker do its last reactions a second time."""
    react(code=dossier.code, first=1, last=dossier.row.seq)


def extended(dossier):
    return dossier.act(LEADER, a.Extend(days=2, reason="verification", text="Xin lỗi ông bà."))


def test_whoever_still_works_on_its_part_is_told_of_the_new_date_once(born):
    again(extended(born))
    question = Question.objects.get(party="insurance")
    assert sent(DUE_MOVED) == {
        "insurance": {
            "due": born.now.legs["insurance"].due.isoformat(), "reason": "verification",
            "question": str(question.message_id), "leg": "insurance/decide",
        }
    }  # fmt: skip
    assert Outgoing.objects.filter(kind=DUE_MOVED).count() == 1


def test_who_has_answered_hears_of_no_date(born):
    extended(born.act(SYSTEM, PAID).done("insurance"))
    assert set(sent(DUE_MOVED)) == {"residence"}


def test_a_party_that_is_linked_no_more_is_told_nothing(born):
    Party.objects.update(active=False)
    extended(born)
    assert sent(DUE_MOVED) == {}


def test_a_corrected_field_goes_to_whom_it_was_sent_and_to_nobody_else(born):
    asked = ReadLog.objects.filter(purpose="exchange").count()
    corrected(born, {"child.full_name": "Trần Bảo An", "applicant.full_name": "Nguyễn Mai"})
    assert ReadLog.objects.filter(purpose="exchange").count() == asked + 2
    again(born)
    told_now = sent(RESULT_CHANGED)
    assert told_now["civil-registry"]["fields"] == {"child.full_name": "Trần Bảo An"}
    assert told_now["insurance"]["fields"]["applicant.full_name"] == "Nguyễn Mai"
    assert Outgoing.objects.filter(kind=RESULT_CHANGED).count() == 2


def test_who_built_on_a_result_gets_what_it_says_now(born):
    corrected(born, NUMBERED)
    said = sent(RESULT_CHANGED)["insurance"]["previous_results"]
    assert said == {"birth": {"registration_number": "13/2026"}}


def test_who_is_asked_afterwards_is_asked_with_what_is_right(born):
    corrected(born, NUMBERED).act(SYSTEM, PAID)
    question = Question.objects.get(party="residence").message
    asked = json.loads(bytes(question.body))["data"]
    assert asked["previous_results"]["birth"]["registration_number"] == "13/2026"


def test_a_revoked_result_is_told_with_its_decision(born):
    reason = Fault(code="not_competent", text="Cấp sai nơi.")
    born.act(REGISTRAR, a.RevokeResult(result="birth_paper", reason=reason, decision="15/QĐ-UBND"))
    born.act(LEADER, a.SignChange(result="birth_paper"))
    news = sent(RESULT_CHANGED)["insurance"]
    assert (news["change"], news["decision"]) == ("revoke", "15/QĐ-UBND")


def test_whoever_was_sent_data_hears_of_a_restriction_and_of_its_end_once_and_nothing_of_the_data(
    born,
):
    again(born.act(LEADER, a.Restrict(request="DL-1")))
    asked = set(Question.objects.values_list("party_id", flat=True))
    assert sent(DATA_RESTRICTED).keys() == asked != set()
    assert {frozenset(data) for data in sent(DATA_RESTRICTED).values()} == {
        frozenset({"since", "question", "leg"})
    }
    born.act(LEADER, a.EndHold(request="DL-2", reason="Khiếu nại đã xong"))
    assert sent(DATA_FREE) == {}
    again(born.act(LEADER, a.EndHold(request="DL-1", reason="Người dân rút yêu cầu")))
    assert sent(DATA_FREE).keys() == asked
    assert Outgoing.objects.filter(kind__in=[DATA_RESTRICTED, DATA_FREE]).count() == 2 * len(asked)
