import json
import uuid

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings as house
from django.db import IntegrityError, transaction
from http_message_signatures import HTTPMessageSigner, MappingKeyResolver, algorithms

from motcua.exchange import events, people
from motcua.exchange.delivery import deliver_now, sweep
from motcua.exchange.inbox import receive
from motcua.exchange.keys import own_key, public_keys
from motcua.exchange.models import Incoming, Outgoing, Party, Question
from motcua.exchange.operations import ask, cancel, inform, load_parties, replay, supplement
from motcua.exchange.ports import Reply
from motcua.exchange.queries import answer_to, dead_letters, flagged
from motcua.exchange.rules import (
    ANSWERED,
    ASKED,
    DUE_MOVED,
    KeyReused,
    NotUnderstood,
    UnknownParty,
    Unsigned,
    Verdict,
)
from motcua.exchange.signing import (
    ANSWER_COVERED,
    COVERED,
    AnswerMessage,
    Message,
    is_signed_by,
    signed_post,
)
from motcua.toolkit.clock import now
from motcua.toolkit.outbox import TRIES
from tests.rooms.outside import NOON, Ear, at_once, later, own_key_set

pytestmark = pytest.mark.django_db
INBOX = "http://motcua/api/exchange/inbox"
CODE = "11284-261124-0001"
DONE = {"registration_number": "12/2026", "book": "01/2026"}


class System:
    """A sector system with a key of its own that answers as it is told."""

    def __init__(self, code, world):
        self.code, self.world = code, world
        self.new_key()

    def new_key(self):
        self.key = Ed25519PrivateKey.generate()
        jwks = own_key_set()
        raw = self.key.public_key().public_bytes_raw()
        import base64

        x = base64.urlsafe_b64encode(raw).rstrip(b"=").decode()
        jwks["keys"][0] |= {"kid": self.code, "x": x}
        self.world.line.jwks[f"{house.SANDBOX_URL}/exchange/{self.code}/keys.json"] = jwks

    def event(self, question, *, outcome="done", result=DONE, reasons=(), **other):
        data = {
            "question": str(question.message_id), "question_digest": question.message.digest,
            "leg": question.leg, "outcome": outcome, "result": result, "reasons": list(reasons),
        } | other.pop("data", {})  # fmt: skip
        return {
            "specversion": "1.0", "id": str(uuid.uuid4()), "type": ANSWERED, "time": "2026",
            "source": f"urn:motcua:party:{self.code}", "subject": question.subject,
            "sequence": "1", "data": data,
        } | other  # fmt: skip

    def signed(self, event, *, key=None, covered=COVERED, at=None):
        body = event if isinstance(event, bytes) else json.dumps(event).encode()
        message = Message("POST", INBOX, {"Content-Type": "application/cloudevents+json"}, body)
        self.sign(message, key or self.key, covered, body, at)
        return message

    def sign(self, message, key, covered, body, at=None):
        keys = MappingKeyResolver(public_keys={}, private_keys={self.code: key})
        signer = HTTPMessageSigner(signature_algorithm=algorithms.ED25519, key_resolver=keys)
        signer.sign(
            message, key_id=self.code, created=at or now(), label="sig",
            covered_component_ids=covered, body=body,
        )  # fmt: skip


@pytest.fixture
def registry(world):
    load_parties()
    return System("civil-registry", world)


def asked(key="q1", party="civil-registry", subject=CODE, at=NOON):
    return ask(
        key=key, party=party, subject=subject, leg="birth", task="register-birth",
        data={"fields": {"child.name": "Phạm Gia Bảo"}, "due": None}, at=at,
    )  # fmt: skip


def sent(world):
    return [json.loads(body) for _, _, body in world.line.taken]


def test_asking_again_asks_once(registry):
    assert asked().pk == asked().pk
    assert Outgoing.objects.count() == 1


def test_a_key_used_for_another_dossier_is_refused(registry):
    asked()
    with pytest.raises(KeyReused):
        asked(subject="other")


def test_nobody_unknown_is_asked(registry):
    with pytest.raises(UnknownParty):
        asked(party="ministry-of-silly-walks")


def test_a_party_that_left_is_not_asked(registry):
    load_parties({})
    with pytest.raises(UnknownParty):
        asked()


def test_what_is_sent_is_what_was_kept_signed_by_us(registry, world):
    question = asked()
    sweep(at=NOON)
    url, headers, body = world.line.taken[0]
    message = Outgoing.objects.get()
    assert (body, message.digest) == (bytes(message.body), question.message.digest)
    key = public_keys(own_key_set(), kid="motcua")[0]
    assert is_signed_by(Message("POST", url, headers, body), key_id="motcua", key=key)
    assert message.signature["Signature"] == headers["Signature"]


def test_the_party_gets_the_allowed_fields_and_nothing_else(registry, world):
    asked()
    sweep(at=NOON)
    assert sent(world)[0]["data"] == {
        "fields": {"child.name": "Phạm Gia Bảo"}, "due": None, "leg": "birth",
        "task": "register-birth",
    }  # fmt: skip


def test_a_message_is_taken_only_when_acknowledged(registry, world):
    world.line.away.add("civil-registry")
    message = asked().message
    deliver_now([message.pk], at=NOON)
    assert Outgoing.objects.get().state == "waiting"
    world.line.away.clear()
    sweep(at=later(minutes=1))
    assert Outgoing.objects.get().state == "taken"


def test_a_party_away_for_a_day_gets_everything_once_in_order(registry, world):
    world.line.away.add("civil-registry")
    question = asked()
    cancel(question=question, reason="Đã rút", at=NOON)
    for minute in range(0, 24 * 60, 10):
        sweep(at=later(minutes=minute))
    world.line.away.clear()
    sweep(at=later(hours=24, minutes=16))
    assert [event["sequence"] for event in sent(world)] == ["1", "2"]


def test_messages_of_one_dossier_wait_for_the_earlier_one(registry, world):
    first, second = asked(), asked(key="q2")
    world.line.away.add("civil-registry")
    deliver_now([first.message_id], at=NOON)
    world.line.away.clear()
    assert deliver_now([second.message_id], at=NOON) == 0
    sweep(at=later(minutes=1))
    assert [event["sequence"] for event in sent(world)] == ["1", "2"]


def test_one_party_away_does_not_hold_up_another(registry, world):
    world.line.away.add("civil-registry")
    asked(), asked(key="q2", party="residence")
    sweep(at=NOON)
    assert [event["data"]["leg"] for event in sent(world)] == ["birth"]
    assert "residence" in world.line.taken[0][0]


def test_what_a_party_cannot_understand_is_a_dead_letter_and_can_be_replayed(registry, world):
    world.line.status = 400
    question = asked()
    with Ear(events.board) as ear:
        sweep(at=NOON)
    assert [type(event) for event in ear.heard] == [events.Undeliverable]
    assert [message.pk for message in dead_letters()] == [question.message_id]
    world.line.status = 202
    replay(messages=[question.message_id], at=NOON)
    sweep(at=NOON)
    assert Outgoing.objects.get().state == "taken"


def test_a_message_is_given_up_after_enough_tries(registry, world):
    world.line.away.add("civil-registry")
    asked()
    Outgoing.objects.update(attempts=TRIES - 1, next_attempt_at=NOON)
    sweep(at=NOON)
    assert Outgoing.objects.get().state == "dead"


def test_an_answer_has_its_effect_and_is_kept_with_its_proof(registry):
    question = asked()
    message = registry.signed(registry.event(question))
    with Ear(events.board) as ear:
        receipt = receive(message, at=NOON)
    assert receipt.verdict is Verdict.EFFECTIVE
    assert [event.answer.result for event in ear.heard] == [DONE]
    kept = Incoming.objects.get()
    assert (bytes(kept.body), kept.signature["signature"]) == (
        message.body,
        message.headers["Signature"],
    )


def test_the_same_event_again_is_acknowledged_without_a_second_effect(registry):
    message = registry.signed(registry.event(asked()))
    with Ear(events.board) as ear:
        first, second = receive(message, at=NOON), receive(message, at=NOON)
    assert (first.duplicate, second.duplicate) == (False, True)
    assert len(ear.heard) == 1


def test_the_same_answer_under_another_id_changes_nothing(registry):
    question = asked()
    receive(registry.signed(registry.event(question)), at=NOON)
    with Ear(events.board) as ear:
        again = receive(registry.signed(registry.event(question)), at=NOON)
    assert (again.verdict, ear.heard) == (Verdict.REPEATED, [])


def test_a_second_different_answer_is_kept_flagged_and_changes_nothing(registry):
    question = asked()
    receive(registry.signed(registry.event(question)), at=NOON)
    other = registry.event(question, result={"registration_number": "13/2026"})
    with Ear(events.board) as ear:
        assert receive(registry.signed(other), at=NOON).verdict is Verdict.CONFLICTING
    assert [type(event) for event in ear.heard] == [events.SetAside]
    assert [kept.event_id for kept in flagged()] == [other["id"]]
    assert answer_to(Question.objects.get()).result == DONE


def test_an_answer_to_another_text_of_the_question_is_refused_and_kept(registry):
    event = registry.event(asked(), data={"question_digest": "0" * 64})
    assert receive(registry.signed(event), at=NOON).verdict is Verdict.WRONG_DIGEST
    assert Question.objects.get().state == "open"
    assert len(flagged()) == 1


def test_an_answer_to_what_nobody_asked_is_refused(registry):
    event = registry.event(asked(), data={"question": str(uuid.uuid4())})
    assert receive(registry.signed(event), at=NOON).verdict is Verdict.NO_QUESTION


def test_a_party_does_not_answer_for_another(registry, world):
    question = asked(party="residence")
    assert receive(registry.signed(registry.event(question)), at=NOON).verdict is (
        Verdict.NO_QUESTION
    )


def test_a_party_does_not_speak_in_anothers_name(registry):
    event = registry.event(asked(), source="urn:motcua:party:residence")
    with pytest.raises(NotUnderstood):
        receive(registry.signed(event), at=NOON)


def test_an_answer_about_another_dossier_is_refused(registry):
    event = registry.event(asked(), subject="11284-261124-0002")
    assert receive(registry.signed(event), at=NOON).verdict is Verdict.WRONG_SUBJECT


def test_an_event_id_with_another_content_is_refused(registry):
    question = asked()
    first = registry.event(question)
    receive(registry.signed(first), at=NOON)
    with pytest.raises(NotUnderstood):
        receive(registry.signed(first | {"time": "2027"}), at=NOON)


def test_an_answer_after_the_cancellation_is_kept_and_flagged(registry):
    question = asked()
    cancel(question=question, reason="Đã rút", at=NOON)
    cancel(question=question, reason="Đã rút", at=NOON)
    assert Outgoing.objects.count() == 2
    assert receive(registry.signed(registry.event(question)), at=NOON).verdict is Verdict.LATE


def test_a_supplement_opens_a_new_question_that_names_the_first(registry, world):
    first = asked()
    no = {"code": "name", "text": "Tên chưa rõ", "field": "child.name", "how": "Sửa tên"}
    event = registry.event(first, outcome="supplement", result={}, reasons=[no])
    receive(registry.signed(event), at=NOON)
    second = supplement(key="q1/2", question=first, data={"fields": {}}, at=NOON)
    third = supplement(key="q1/3", question=second, data={"fields": {}}, at=NOON)
    sweep(at=NOON)
    assert [e["data"].get("answers") for e in sent(world)] == [None] + 2 * [str(first.message_id)]
    assert receive(registry.signed(registry.event(third)), at=NOON).verdict is Verdict.EFFECTIVE


def test_a_listener_that_fails_leaves_the_question_open(registry):
    message = registry.signed(registry.event(asked()))
    with Ear(events.board) as ear:
        ear.fails = True
        with pytest.raises(RuntimeError):
            receive(message, at=NOON)
    assert receive(message, at=NOON).verdict is Verdict.EFFECTIVE


@pytest.mark.parametrize("part", ["body", "path", "signature", "type", "digest"])
def test_a_message_changed_on_its_way_is_refused(registry, part):
    message = registry.signed(registry.event(asked()))
    if part == "body":
        message.body = message.body.replace(b"12/2026", b"13/2026")
    elif part == "path":
        message.url = "http://motcua/api/exchange/other"
    elif part == "signature":
        message.headers["Signature"] = "sig=:" + "A" * 86 + "==:"
    elif part == "type":
        message.headers["Content-Type"] = "text/plain"
    else:
        del message.headers["Content-Digest"]
    with pytest.raises(Unsigned):
        receive(message, at=NOON)


def test_a_message_signed_too_long_ago_is_refused(registry):
    from datetime import timedelta

    event = registry.event(asked())
    with pytest.raises(Unsigned):
        receive(registry.signed(event, at=now() - timedelta(minutes=11)), at=NOON)


def test_a_signature_that_leaves_out_the_body_is_refused(registry):
    body = json.dumps(registry.event(asked())).encode()
    message = Message("POST", INBOX, {"Content-Type": "application/cloudevents+json"}, body)
    registry.sign(message, registry.key, ("@method", "@path", "content-type"), None)
    with pytest.raises(Unsigned):
        receive(message, at=NOON)


def test_a_stranger_is_refused(registry, world):
    question = asked()
    with pytest.raises(Unsigned):
        receive(System("stranger", world).signed(registry.event(question)), at=NOON)


def test_another_key_in_a_partys_name_is_refused(registry):
    message = registry.signed(registry.event(asked()), key=Ed25519PrivateKey.generate())
    with pytest.raises(Unsigned):
        receive(message, at=NOON)


@pytest.mark.parametrize("header", ["", "sig=", 'sig=();keyid="civil-registry"', "é", "sig=1"])
def test_nonsense_in_the_signature_is_refused(registry, header):
    message = registry.signed(registry.event(asked()))
    message.headers["Signature-Input"] = header
    with pytest.raises(Unsigned):
        receive(message, at=NOON)


def test_keys_are_fetched_once_and_again_when_a_party_changes_them(registry, world):
    receive(registry.signed(registry.event(asked())), at=NOON)
    receive(registry.signed(registry.event(asked(key="q2"))), at=NOON)
    assert world.line.keys_asked == 1
    registry.new_key()
    receive(registry.signed(registry.event(asked(key="q3"))), at=later(minutes=1))
    assert world.line.keys_asked == 2


def test_a_flood_of_wrong_signatures_does_not_make_us_flood_the_party(registry, world):
    for _ in range(5):
        with pytest.raises(Unsigned):
            receive(registry.signed(b"{}", key=Ed25519PrivateKey.generate()), at=NOON)
    assert world.line.keys_asked == 1


@pytest.mark.parametrize(
    "change",
    [
        {"specversion": "0.3"}, {"id": ""}, {"id": 5}, {"subject": None}, {"data": []},
        {"type": "vn.motcua.leg.asked.v1"}, {"data": {"outcome": "perhaps"}},
        {"data": {"result": [1]}}, {"data": {"outcome": "refused"}}, {"data": {"reasons": ["no"]}},
        {"data": {"question": 7}},
    ],
)  # fmt: skip
def test_what_is_not_of_the_agreed_form_is_not_understood(registry, change):
    question = asked()
    changed = change.get("data")
    event = registry.event(question) | {k: v for k, v in change.items() if k != "data"}
    if changed is not None:
        event["data"] = event["data"] | changed if isinstance(changed, dict) else changed
    with pytest.raises(NotUnderstood):
        receive(registry.signed(event), at=NOON)


@pytest.mark.parametrize("body", [b"", b"[]", b"nonsense", b"[" * 50_000])
def test_what_is_no_event_at_all_is_not_understood(registry, body):
    with pytest.raises((NotUnderstood, Unsigned)):
        receive(registry.signed(body), at=NOON)


def test_the_database_refuses_an_answered_question_without_answer(registry):
    asked()
    with pytest.raises(IntegrityError), transaction.atomic():
        Question.objects.update(state="answered")


def test_our_key_is_made_once_and_readable_by_us_only():
    from pathlib import Path

    place = Path(house.HOME) / "secrets" / "exchange-key.pem"
    assert own_key() is own_key()
    assert place.stat().st_mode & 0o077 == 0


def found(world, body, status=200, key=None, system=None):
    system = system or System("population", world)
    message = AnswerMessage(status, {"Content-Type": "application/json"}, body)
    system.sign(message, key or system.key, ANSWER_COVERED, body)
    world.line.replies.append(Reply(status, message.headers, body))
    return people.person(number="031185001234", at=NOON)


def test_the_population_database_tells_who_a_number_belongs_to(registry, world):
    body = json.dumps({"personal_number": "031185001234", "name": "Phạm Văn Nam", "sex": "male"})
    system = System("population", world)
    assert found(world, body.encode(), system=system).name == "Phạm Văn Nam"
    assert found(world, b'{"error": "unknown"}', status=404, system=system) is None


def test_an_answer_about_a_person_that_is_not_signed_is_refused(registry, world):
    body = json.dumps({"personal_number": "031185001234", "name": "Ai đó"}).encode()
    with pytest.raises(Unsigned):
        found(world, body, key=Ed25519PrivateKey.generate())


@pytest.mark.django_db(transaction=True)
def test_two_answers_at_once_have_one_effect(world):
    load_parties()
    registry = System("civil-registry", world)
    question = asked()
    messages = [registry.signed(registry.event(question)) for _ in range(4)]
    with Ear(events.board) as ear:
        verdicts = at_once(4, lambda: receive(messages.pop(), at=NOON).verdict)
    assert sorted(verdicts) == sorted([Verdict.EFFECTIVE] + 3 * [Verdict.REPEATED])
    assert len(ear.heard) == 1


@pytest.mark.django_db(transaction=True)
def test_questions_asked_at_once_are_numbered_one_after_the_other(world):
    load_parties()
    keys = [f"q{number}" for number in range(4)]
    at_once(4, lambda: asked(key=keys.pop()))
    assert sorted(Outgoing.objects.values_list("sequence", flat=True)) == [1, 2, 3, 4]


@pytest.mark.django_db(transaction=True)
def test_two_workers_deliver_a_message_once(world):
    load_parties()
    message = asked().message_id
    at_once(4, lambda: deliver_now([message], at=NOON))
    assert len(world.line.taken) == 1


def test_a_party_whose_address_changed_loses_its_keys(registry):
    Party.objects.update(keys={"keys": []}, keys_asked_at=NOON)
    said = {name: dict(party) for name, party in house.EXCHANGE_PARTIES.items()}
    said["residence"]["keys_url"] = "http://127.0.0.1:9/keys.json"
    load_parties(said)
    assert Party.objects.get(code="residence").keys == {}
    assert Party.objects.get(code="insurance").keys == {"keys": []}


def test_a_message_is_signed_anew_at_each_attempt():
    first = signed_post("http://x.example/inbox", b"{}", at=NOON)
    assert (
        first["Signature-Input"]
        != signed_post("http://x.example/inbox", b"{}", at=later(minutes=1))["Signature-Input"]
    )


def test_what_changed_is_told_once_after_the_question_and_asks_for_nothing(registry, world):
    question = asked()
    for _ in range(2):
        inform(key="q1/due", question=question, kind=DUE_MOVED, data={"due": "2026-12-01"}, at=NOON)
    sweep(at=NOON)
    assert [event["type"] for event in sent(world)] == [ASKED, DUE_MOVED]
    assert Question.objects.count() == 1
