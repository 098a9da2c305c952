"""What an operator is told of signing: whether it goes, and which certificate ends first."""

from datetime import UTC, datetime, timedelta

import pytest

from motcua.config.cli import main
from motcua.documents import issuing, paper_keys, signing_state
from motcua.documents.models import IssuedPaper
from motcua.documents.ports import SigningNotPossible, Standing
from motcua.toolkit import jobs
from motcua.toolkit.clock import now

AT = datetime(2026, 11, 26, 9, 0, tzinfo=UTC)


class Hand:
    """A signer whose token says what it is told to say."""

    practice = False

    def __init__(self, why="", left=None):
        self.why = why
        self.ends = {"dau": AT + left, "khac": AT + timedelta(days=900)} if left is not None else {}

    def standing(self):
        return Standing(why=self.why, ends=self.ends)

    def sign(self, *_what, **_how):
        raise SigningNotPossible(why=self.why)


@pytest.fixture
def hand(monkeypatch, own_home):
    def put(**how):
        one = Hand(**how)
        for module in ("signing_state", "issuing"):
            monkeypatch.setattr(f"motcua.documents.{module}.signer", lambda: one)

    return put


@pytest.mark.parametrize(
    ("left", "warning"),
    [(timedelta(days=31), None), (timedelta(days=30), 30), (timedelta(days=8), 30), (timedelta(days=7), 7),
     (timedelta(hours=25), 7), (timedelta(hours=24), 1)],
)  # fmt: skip
def test_warnings_come_thirty_seven_and_one_day_before_the_end(hand, left, warning):
    hand(left=left)
    state = signing_state.look(AT)
    assert (state.certificate, state.warning, state.why) == ("dau", warning, "")


def test_a_certificate_that_has_ended_is_no_warning_but_a_no(hand):
    hand(left=timedelta())
    assert signing_state.look(AT).why == "certificate-refused"


def test_what_the_worker_found_is_read_by_the_health_page(hand, client):
    hand(left=timedelta(days=5))
    assert client.get("/healthz/ky-so").status_code == 503
    signing_state.look(now())
    assert client.get("/healthz/ky-so").json()["within_days"] == 7
    hand(why="token-missing")
    signing_state.look(now())
    answer = client.get("/healthz/ky-so")
    assert (answer.status_code, answer.json()["why"]) == (503, "token-missing")


def test_a_worker_that_fell_silent_is_not_believed(hand, client):
    hand(left=timedelta(days=90))
    signing_state.look(now() - timedelta(minutes=16))
    assert client.get("/healthz/ky-so").json()["why"] == "not-looked-at"


@pytest.mark.django_db
def test_without_its_token_a_paper_is_not_issued(hand):
    hand(why="token-missing")
    with pytest.raises(SigningNotPossible):
        issuing.issue(
            owner="dossier:1", kind="k", key="1", template="ket-qua", title="Quyết định", data={}, agency="UBND",
            signer_name="Bình", signer_title="Chủ tịch", at=AT,
        )  # fmt: skip
    assert not IssuedPaper.objects.exists()


def test_a_job_that_waits_for_the_token_is_never_given_up():
    from procrastinate.jobs import Job

    tried = Job(id=1, queue="q", lock=None, queueing_lock=None, task_name="t", attempts=5000)
    backoff = jobs.Backoff(attempts=40)
    waiting = SigningNotPossible(why="token-missing")
    assert backoff.get_retry_decision(exception=waiting, job=tried) is not None
    assert backoff.get_retry_decision(exception=ValueError(), job=tried) is None


@pytest.mark.django_db
def test_an_operator_makes_and_withdraws_keys_of_codes(own_home, capsys):
    assert main(["signing", "--new-key"]) == 0
    (first,) = paper_keys.all_keys()
    assert main(["signing", "--withdraw-key", first.id.hex()]) == 0
    assert paper_keys.verifying_keys() == {}
    assert "khóa thực hành" in capsys.readouterr().out
    assert main(["signing", "--withdraw-key", "00"]) == 1
