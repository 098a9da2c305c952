"""What is left of an event once people are erased from it: its way, not their words."""

from datetime import UTC, datetime

from motcua.dossiers.rules import events as e
from motcua.dossiers.rules.evolve import fold
from motcua.dossiers.rules.facts import Actor, Fact, Fault, Handing
from motcua.dossiers.rules.forgetting import ERASED, WORDS, without_people
from tests.rules.test_dossiers_histories import PLANS, finish, told

AT = datetime(2026, 11, 20, 9, tzinfo=UTC)
MAI = Actor(kind="applicant", id="7", name="Nguyễn Thị Mai")
HOA = Actor(kind="official", id="3", name="Phạm Thị Mai Hoa", role="front_desk", agency="H24.239")
CODES = frozenset({
    "agency", "agency_name", "basis", "change", "channel", "code", "confirmed", "decision", "fee", "field",
    "ground", "id", "kind", "leg", "mandate", "next", "party", "person", "procedure", "proof", "reference", "relation",
    "result", "role", "stage", "step", "task", "to", "unit", "version", "way", "who", "approved_by", "paper", "name",
    "reason", "request", "of", "signs", "title",
})  # fmt: skip
"""Fields that hold a code, a number of the office, or the name of a thing: they stay."""


def test_words_and_names_of_citizens_go_the_official_the_date_and_the_code_stay():
    fault = Fault(code="blurred", text="Ảnh của cháu An mờ", how="Chụp lại", paper="birth_note")
    event = e.SupplementAsked(at=AT, by=HOA, number=1, faults=(fault,), until=AT)
    left = without_people(event)
    assert left.by == HOA
    assert left.faults[0] == fault.model_copy(update={"text": ERASED, "how": ERASED})
    assert (left.at, left.until, left.number) == (AT, AT, 1)


def test_an_applicant_is_named_no_more_and_still_the_applicant():
    left = without_people(e.WithdrawalAsked(at=AT, by=MAI, reason="Tôi chuyển nhà"))
    assert (left.by.kind, left.by.id, left.by.name, left.reason) == (
        "applicant",
        "7",
        ERASED,
        ERASED,
    )


def test_who_fetched_a_result_goes_and_how_they_were_checked_stays():
    handing = Handing(proof="card", digits="016", authority="", confirmed="code")
    event = e.ResultReturned(
        at=AT, by=HOA, result="paper", way="counter", receiver="Nguyễn Thị Mai", reference="", handing=handing
    )  # fmt: skip
    left = without_people(event)
    assert (left.receiver, left.handing.digits, left.handing.proof) == (ERASED, ERASED, "card")


def test_what_has_nothing_of_people_is_returned_equal():
    event = e.Received(at=AT, by=HOA, due=AT)
    assert without_people(event) == event


def test_an_erased_history_still_tells_where_the_dossier_stands():
    for number, plan in enumerate(PLANS):
        story = told([(number, 0), (3, 0), (5, 0), (8, 0)], plan)
        finish(story)
        before, after = fold(story.events), fold(without_people(one) for one in story.events)
        assert (after.status, after.seq, after.ended_at) == (
            before.status,
            before.seq,
            before.ended_at,
        )


def test_every_text_of_every_event_is_either_kept_as_a_code_or_erased():
    for kind in [*facts(), *e.KINDS.values()]:
        texts = {name for name, known in kind.model_fields.items() if known.annotation is str}
        assert texts - WORDS.get(kind, frozenset()) <= CODES, kind.__name__


def facts() -> list[type[Fact]]:
    """Return the small facts that events hold."""
    return [kind for kind in Fact.__subclasses__() if kind.__module__.endswith("facts")]
