"""Random histories: whatever people and systems do, in whatever order, the law of statuses holds."""

import itertools
import random
from datetime import timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from motcua.dossiers.rules import acts as a
from motcua.dossiers.rules import events as e
from motcua.dossiers.rules.clock import whole_promise
from motcua.dossiers.rules.dossier import Dossier
from motcua.dossiers.rules.events import KINDS, restored, stored
from motcua.dossiers.rules.evolve import evolve, fold
from motcua.dossiers.rules.facts import Actor
from motcua.dossiers.rules.moves import MOVES
from motcua.dossiers.rules.status import LegState, Status
from motcua.kernel.refusal import Refusal
from motcua.kernel.working_time import ZONE
from tests import cast
from tests.rules.heart import FAULT, FIELD_FAULT, GENTLE, LAW, MONDAY, RELATIVES, Story, answer

S = Status
# The transitions the national portal knows (domain notes, §3.2), written down apart from the code.
LEGAL = {
    S.REGISTERED: {S.RECEIVED, S.DECLINED, S.SUPPLEMENT, S.WITHDRAWING},
    S.RECEIVED: {S.PROCESSING, S.FEE, S.WITHDRAWING},
    S.PROCESSING: {S.SUPPLEMENT, S.FEE, S.FINISHED, S.DECLINED, S.STOPPED, S.WITHDRAWING},
    S.SUPPLEMENT: {S.REGISTERED, S.PROCESSING, S.STOPPED, S.DECLINED, S.WITHDRAWING},
    S.FEE: {S.PROCESSING, S.STOPPED, S.WITHDRAWING},
    S.WITHDRAWING: {
        S.STOPPED, S.REGISTERED, S.RECEIVED, S.PROCESSING, S.SUPPLEMENT, S.FEE,
    },
    S.FINISHED: {S.RETURNED},
    S.DECLINED: set(), S.STOPPED: set(), S.RETURNED: set(),
}  # fmt: skip
PEOPLE = (
    cast.MOTHER, cast.NOBODY, cast.FRONT_DESK, cast.REGISTRAR, cast.LEADER, cast.POLICE_OFFICER,
    cast.CLERK, cast.OTHER_DESK, cast.REGISTRY, cast.CLOCKWORK,
    Actor(kind="agency", id="residence"), Actor(kind="agency", id="insurance"),
    *(Actor(kind="person", id=key) for key in RELATIVES),
)  # fmt: skip
LEGS = {
    "birth": ("draft", "confirm", "register", "sign"),
    "residence": ("decide",),
    "insurance": ("consent", "decide"),
}
APOLOGY = {"days": 2, "reason": "verification", "text": "Xin lỗi ông bà."}
STEPS = [(leg, step) for leg, steps in LEGS.items() for step in steps]


def _acts() -> list[a.Act]:
    acts: list[a.Act] = [
        a.Receive(), a.Decline(faults=(FAULT,)), a.AskWithdraw(), a.AcceptWithdraw(),
        a.DeclineWithdraw(remark="không"), a.Stop(faults=(FAULT,)),
    ]  # fmt: skip
    acts += [a.ProposeExtension(**APOLOGY), a.DismissExtension(remark="kịp"), a.Extend(**APOLOGY)]
    for until in (MONDAY + timedelta(hours=4), MONDAY + timedelta(days=4000)):
        acts += [
            a.Consult(
                leg=leg, agency=cast.POLICE, agency_name="Công an", role="police_officer",
                question="Có cư trú không?", until=until,
            )
            for leg in LEGS
        ]  # fmt: skip
    acts += [a.AnswerConsultation(number=number, answer="Có") for number in (1, 2)]
    for leg in ("", *LEGS):
        acts += [
            a.AskSupplement(leg=leg, faults=(fault,), approved_by="leader")
            for fault in (FAULT, FIELD_FAULT)
        ]
        acts.append(a.Supplement(leg=leg, papers=("birth_note",)))
        acts.append(a.Supplement(leg=leg, papers=("consent_paper",)))
        acts.append(a.Supplement(leg=leg, fields=("child.full_name",)))
        fewer = {"insurance": {"consent": RELATIVES[:1]}}
        acts.append(a.Supplement(leg=leg, fields=("child.full_name",), consenters=fewer))
        acts.append(a.LapseSupplement(leg=leg))
    for leg in ("", "birth"):
        acts.append(a.PrepareRequest(leg=leg, faults=(FAULT,)))
        acts.append(a.DeclineRequest(leg=leg, remark="không"))
    for leg, step in STEPS:
        acts.append(a.TakeStep(leg=leg, step=step, values={"notice_number": "1"}))
        acts.append(a.SendBack(leg=leg, step=step, remark="sửa"))
        acts.append(a.ConfirmDraft(leg=leg, step=step))
        acts.append(a.ConfirmDraft(leg=leg, step=step, agrees=False, remark="sai"))
        acts.append(a.ConfirmDraft(leg=leg, step=step, silence=True))
        acts += [answer(leg, step, outcome) for outcome in ("done", "refused", "supplement")]
    for person in RELATIVES:
        consent = a.GiveConsent(leg="insurance", step="consent", person=person)
        acts += [consent, consent.model_copy(update={"agrees": False})]
    acts.append(a.LapseConsent(leg="insurance", step="consent"))
    for leg in LEGS:
        acts.append(a.RefuseLeg(leg=leg, faults=(FAULT,)))
        acts.append(a.ReturnResult(result=f"{leg}_paper", way="counter"))
        acts.append(a.ReturnResult(result=f"{leg}_paper", way="online"))
        changed = {"result": f"{leg}_paper", "reason": FAULT}
        acts += [
            a.CorrectResult(**changed, fields=("child.full_name",)),
            a.RevokeResult(**changed, decision="1/QĐ"),
            a.ReinstateResult(**changed, decision="2/QĐ"),
            a.SignChange(result=f"{leg}_paper"),
            a.DropChange(result=f"{leg}_paper", remark="không"),
        ]
    for fee in ("fee", "copies"):
        acts.append(a.SettleFee(fee=fee, amount=10_000, reference="BL"))
    return acts


ACTS = _acts()
CHOICES = [(by, act) for act in ACTS for by in PEOPLE]
OF_RESULTS = (
    a.ReturnResult, a.CorrectResult, a.RevokeResult, a.ReinstateResult, a.SignChange, a.DropChange,
)  # fmt: skip
STRIDE = 7919  # prime to the number of choices: every one comes round once
moves = st.lists(
    st.tuples(st.integers(0, len(CHOICES) - 1), st.sampled_from([0, 1, 30, 300])), max_size=25
)
PLANS: list[dict[str, Any]] = [
    {},
    {"residence_party": "residence"},
    {"residence_party": "residence", "insurance_party": "insurance"},
    {"law": GENTLE, "relatives": RELATIVES},
    {
        "law": GENTLE,
        "relatives": RELATIVES,
        "residence_party": "residence",
        "insurance_party": "insurance",
    },
    {"until": "born", "copies": 8_000},
    {"law": GENTLE, "relatives": RELATIVES, "until": "born"},
    {"until": "correcting"},
]
"""How a dossier is filed, under which law, and how far it has come before the random part begins."""
parties = st.sampled_from(PLANS)


def told(history: list[tuple[int, int]], plan: dict[str, Any]) -> Story:
    """Return a story in which each number picks the next act that the rules allow."""
    how = dict(plan)
    story = Story(how.pop("law", LAW))
    getattr(story, how.pop("until", "filed"))(**how)
    for first, hours in history:
        story.later(hours=hours)
        for turn in range(len(CHOICES)):
            by, act = CHOICES[(first + turn * STRIDE) % len(CHOICES)]
            if _harsh(act) and first % 8:  # endings are one in eight, or nothing gets far
                continue
            if (
                isinstance(act, a.SettleFee) and first % 4
            ):  # money comes late, or nothing waits for it
                continue
            try:
                story(by, act)
            except Refusal:
                continue
            break
    return story


def walk(story: Story) -> list[Dossier]:
    states: list[Dossier] = []
    for event in story.events:
        states.append(evolve(states[-1] if states else None, event))
    return states


@settings(max_examples=60, deadline=None)
@given(moves, parties)
def test_statuses_change_only_as_the_law_knows(history, plan):
    states = walk(told(history, plan))
    for before, after in itertools.pairwise(states):
        assert after.status == before.status or after.status in LEGAL[before.status]


@settings(max_examples=40, deadline=None)
@given(moves, parties)
def test_a_finished_leg_is_never_undone(history, plan):
    done: set[str] = set()
    for state in walk(told(history, plan)):
        now = {leg.id for leg in state.legs.values() if leg.state is LegState.DONE}
        assert done <= now
        done = now


@settings(max_examples=40, deadline=None)
@given(moves, parties)
def test_the_clock_stands_still_exactly_while_somebody_else_must_act(history, plan):
    for state in walk(told(history, plan)):
        waiting = state.status in (S.SUPPLEMENT, S.FEE, S.WITHDRAWING)
        if state.clock.received_at and not state.status.final:
            assert state.clock.standing == waiting
            assert (state.clock.due is None) == waiting


@settings(max_examples=40, deadline=None)
@given(moves, parties)
def test_a_history_survives_being_stored_and_read_again(history, plan):
    story = told(history, plan)
    again = [restored(*stored(event)) for event in story.events]
    assert fold(again) == story.now


@settings(max_examples=40, deadline=None)
@given(moves, parties)
def test_nothing_can_be_done_to_a_dossier_that_is_over_but_to_its_results(history, plan):
    story = told(history, plan)
    if not story.now.status.final:
        return
    status, legs, seq = story.now.status, story.now.legs, story.now.seq
    for by in PEOPLE:
        for act in ACTS:
            try:
                story(by, act)
            except Refusal:
                continue
            assert isinstance(act, OF_RESULTS)
    assert (story.now.status, story.now.legs) == (status, legs)
    assert story.now.seq == seq or any(leg.state is LegState.DONE for leg in legs.values())


_PUT_OFF = (
    a.AskSupplement, a.SendBack, a.Consult, a.ProposeExtension, a.CorrectResult, a.RevokeResult,
)  # fmt: skip
"""Acts that could be done again and again."""


def finish(story: Story) -> Status:
    """Let everybody do their duty for a while; return where the dossier ends up."""
    for _ in range(60):
        before = story.now.seq
        for by, act in CHOICES:
            if isinstance(act, _PUT_OFF) or _harsh(act) or _spoils(act):
                continue
            story.at += timedelta(minutes=1)
            try:
                story(by, act)
            except Refusal:
                continue
        if story.now.status.final:
            break
        if story.now.seq == before:
            story.later(days=20)
    return story.now.status


def _harsh(act: a.Act) -> bool:
    ends = (a.Decline, a.Stop, a.RefuseLeg, a.AskWithdraw, a.AcceptWithdraw, a.DropChange)
    return isinstance(act, ends) or getattr(act, "outcome", "") == "refused"


def _spoils(act: a.Act) -> bool:
    return getattr(act, "outcome", "") == "supplement" or getattr(act, "agrees", True) is False


def final_refusals(story: Story, leg: str) -> tuple[int, int]:
    """Return how often a leg's refusal went back to the applicant, and how often it was final."""
    of_leg = [event for event in story.events if getattr(event, "leg", "") == leg]
    back = sum(getattr(event, "refused", False) for event in of_leg)
    return back, sum(isinstance(event, e.LegRefused) for event in of_leg)


@settings(max_examples=60, deadline=None)
@given(moves, parties)
def test_a_date_is_moved_once_at_most_the_day_before_and_is_what_the_clock_derives(history, plan):
    story = told(history, plan)
    moved = [event for event in story.events if isinstance(event, e.Extended)]
    assert len(moved) <= 1
    assert all(one.at.astimezone(ZONE).date() < one.was.date() < one.due.date() for one in moved)
    if story.now.clock.due:
        found = whole_promise(story.law, story.now)
        assert found is not None
        assert found.due == story.now.clock.due


@settings(max_examples=60, deadline=None)
@given(moves, parties)
def test_a_leg_is_reopened_once_at_most_and_refused_for_good_after_that(history, plan):
    story = told(history, plan)
    back, final = final_refusals(story, "residence")
    assert back <= (1 if plan.get("law") else 0)
    assert final <= 1


@settings(max_examples=60, deadline=None)
@given(moves, parties)
def test_nobody_consents_twice_to_the_same_asking_and_nobody_who_was_not_asked(history, plan):
    for before, after in itertools.pairwise(walk(told(history, plan))):
        now = after.leg("insurance")
        assert now.agreed <= set(now.asked)
        assert before.leg("insurance").agreed <= now.agreed or not now.agreed


@settings(max_examples=60, deadline=None)
@given(moves, parties)
def test_the_insurance_decides_only_when_all_agreed_or_their_paper_came(history, plan):
    if "law" not in plan:
        return
    asked, agreed, paper = set[str](), set[str](), False
    for event in told(history, plan).events:
        if isinstance(event, e.ConsentAwaited):
            asked, agreed = set(event.people), set()
        elif isinstance(event, e.ConsentGiven):
            agreed.add(event.person)
        elif isinstance(event, e.Supplemented) and event.leg == "insurance":
            paper = "consent_paper" in event.papers
        elif isinstance(event, e.Supplemented) and event.consenters:
            asked = set(event.consenters["insurance"]["consent"])
        elif isinstance(event, e.StepTaken) and event.step == "consent":
            assert paper or asked <= agreed


@settings(max_examples=40, deadline=None)
@given(moves, parties)
def test_no_result_is_handed_over_that_counts_no_more_and_nobody_signs_their_own_change(
    history, plan
):
    states: list[Dossier] = []
    for event in told(history, plan).events:
        before = states[-1] if states else None
        if before and isinstance(event, e.ResultReturned):
            assert event.result not in before.revoked | before.returned
        if before and isinstance(event, e.ResultCorrected | e.ResultRevoked | e.ResultReinstated):
            assert event.by.id != before.changes[event.result].by.id
        states.append(evolve(before, event))


@settings(max_examples=25, deadline=None)
@given(moves, parties)
def test_from_wherever_it_is_a_dossier_can_always_come_to_an_end(history, plan):
    assert finish(told(history, plan)).final


def test_every_act_has_its_move_and_every_event_its_fold():
    assert {act.__name__ for act in a.Act.__subclasses__()} == {act.__name__ for act in MOVES}
    assert len(KINDS) > 20


def test_every_status_and_every_kind_of_event_is_reached_by_some_history():
    seen_statuses: set[Status] = set()
    seen_kinds: set[str] = set()
    for seed in range(40):
        numbers = random.Random(1000 + seed)
        plan = PLANS[seed % len(PLANS)]
        history = [(numbers.randrange(len(CHOICES)), numbers.choice([0, 300])) for _ in range(20)]
        story = told(history, plan)
        finish(story)
        seen_statuses.update(state.status for state in walk(story))
        seen_kinds.update(story.kinds())
    assert seen_statuses == set(Status)
    # The calendar and the map change outside: see test_dossiers_recounting and test_dossiers_transferring; what
    # people ask about their data comes from outside too: see test_dossiers_holding.
    outside = {"Recounted", "Transferred", "Restricted", "HoldEnded", "ContactMoved"}
    assert set(KINDS) - outside == seen_kinds
