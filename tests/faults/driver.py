"""Drives dossiers through their whole life in a process of its own, which may be killed at any moment.

    python -m tests.faults.driver prepare <file> <count>
    python -m tests.faults.driver drive <file> <share> <of>

Nothing is remembered between two steps: what is next is read from the dossier, and each act has a
key that its repetition shares. So a driver that was killed is simply started again.
"""

import json
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import django
from django.utils.timezone import localdate

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "motcua.config.settings")
django.setup()

from django.conf import settings  # noqa: E402
from django.db import transaction  # noqa: E402

from motcua.agencies.models import Post  # noqa: E402
from motcua.dossiers import drafts  # noqa: E402
from motcua.dossiers.models import Draft  # noqa: E402
from motcua.dossiers.queries import draft as draft_of  # noqa: E402
from motcua.dossiers.queries import told  # noqa: E402
from motcua.dossiers.rules.dossier import Dossier, Leg  # noqa: E402
from motcua.dossiers.rules.status import LegState, Status  # noqa: E402
from motcua.identity.models import Account  # noqa: E402
from motcua.identity.operations import open_phone_account  # noqa: E402
from motcua.identity.rules.people import PersonDetails  # noqa: E402
from motcua.journeys import filing, gathering, handling, own_dossier  # noqa: E402
from motcua.journeys.actors import filer  # noqa: E402
from motcua.journeys.case import read  # noqa: E402
from motcua.journeys.reactions.collecting import demand_key  # noqa: E402
from motcua.kernel.refusal import Refusal  # noqa: E402
from motcua.payments import operations as payments  # noqa: E402
from motcua.payments.queries import demand_of  # noqa: E402
from motcua.procedures.queries import current  # noqa: E402
from motcua.toolkit.clock import now  # noqa: E402
from motcua.toolkit.http import Unreachable, call  # noqa: E402
from tests.documents_samples import pdf  # noqa: E402
from tests.faults import birth  # noqa: E402
from tests.faults.citizen import Citizen  # noqa: E402

OVER = {Status.FINISHED, Status.RETURNED}
BY_HTTP = 5  # every fifth declaration is filed over HTTP
BROWSING = 0.5  # seconds between two looks of a browser
PATIENCE = 20.0  # seconds before a payment that nobody confirmed is begun again
LOOK_AGAIN = 3.0  # seconds until a dossier is looked at where others are to act


def prepare(count: int) -> list[dict[str, str]]:
    """Fill in so many declarations; return the drafts with their secrets."""
    published = current("3.000722", localdate())
    chosen = filing.Begin(commune=birth.COMMUNE, eligibility=birth.ELIGIBLE)
    return [_prepared(published, chosen, number) for number in range(count)]


@transaction.atomic
def _prepared(published: Any, chosen: filing.Begin, number: int) -> dict[str, str]:
    at = now()
    account = _account(number)
    draft, secret = filing.begin(
        published=published, chosen=chosen, account=account, level=0, at=at
    )
    drafts.save(found=draft, changes=birth.answers_of(number), at=at)
    gathering.add(draft=draft, paper="giay_chung_sinh", files=[_paper()], at=at)
    filing.ready_to_file(read(draft, at), doubts_confirmed=True)
    return {"draft": str(draft.pk), "secret": secret}


def _paper() -> tuple[str, Any]:
    from io import BytesIO

    return "giay-chung-sinh.pdf", BytesIO(pdf())


def _account(number: int) -> Account:
    account, _ = open_phone_account(
        phone=birth.phone_of(number),
        details=PersonDetails(
            full_name=f"Nguyễn Thị {number}", personal_number="", birth_date="", sex="", email=""
        ),
        at=now(),
    )
    return account


class Life:
    """One dossier's way; each step does at most one thing."""

    def __init__(self, number: int, known: dict[str, str]) -> None:
        self.number = number
        self.draft_id = known["draft"]
        self.citizen = Citizen(
            settings.BASE_URL, settings.SANDBOX_URL, known["draft"], known["secret"]
        )
        self.paid_at = float("-inf")
        self.look_at = 0.0

    def step(self) -> bool:
        """Do what is next; return whether the dossier's way is over."""
        if time.monotonic() < self.look_at:
            return False
        draft = draft_of(self.draft_id)  # type: ignore[arg-type]
        if draft.dossier is None:
            self._file(draft)
            return False
        row, dossier, _ = told(draft.dossier.code)
        acts = self._acts(row, dossier)
        for act in acts:
            act()
        if not acts:
            self.look_at = time.monotonic() + LOOK_AGAIN
        return dossier.status in OVER and not dossier.unpaid

    def _file(self, draft: Draft) -> None:
        if self.number % BY_HTTP == 0:
            self.citizen.file(birth.phone_of(self.number))
            self.look_at = time.monotonic() + BROWSING
            return
        filing.file(
            draft_id=draft.pk, by=filer(draft, draft.account), doubts_confirmed=True, language="vi",
            at=now(),
        )  # fmt: skip

    def _acts(self, row: Any, dossier: Dossier) -> list[Callable[[], Any]]:
        acts: list[Callable[[], Any]] = []
        if dossier.status is Status.REGISTERED:
            acts.append(lambda: self._desk(handling.receive, row, dossier, "front_desk"))
        leg = dossier.legs["khai_sinh"]
        if leg.state is LegState.OPEN and leg.step in _STEPS:
            acts.append(lambda: _STEPS[leg.step](self, row, dossier, leg))
        due = time.monotonic() > self.paid_at + PATIENCE
        if due and dossier.unpaid and dossier.clock.received_at:
            acts.append(lambda: self._pay(row, dossier))
        return acts

    def _desk(self, journey: Any, row: Any, dossier: Dossier, role: str, **more: Any) -> None:
        what = "-".join(str(more[name]) for name in ("leg", "step") if name in more)
        journey(
            code=row.code, post=post(row.agency_id, role), seen=dossier.seq, at=now(),
            key=f"{journey.__name__}:{what}:{row.code}", **more,
        )  # fmt: skip

    def _draft(self, row: Any, dossier: Dossier, leg: Leg) -> None:
        self._desk(
            handling.take_step, row, dossier, "registrar", leg=leg.id, step=leg.step, values={}
        )

    def _confirm(self, row: Any, dossier: Dossier, leg: Leg) -> None:
        own_dossier.confirm_draft(
            row=row, leg=leg.id, step=leg.step, agrees=True, remark="", at=now(),
            key=f"confirm:{row.code}", applicant_id=dossier.applicant,
        )  # fmt: skip

    def _sign(self, row: Any, dossier: Dossier, leg: Leg) -> None:
        self._desk(handling.take_step, row, dossier, "leader", leg=leg.id, step=leg.step, values={})

    def _pay(self, row: Any, dossier: Dossier) -> None:
        """Pay at the gateway as a browser does, in four different ways."""
        (fee,) = dossier.unpaid
        if demand_of(demand_key(row.code, fee.id)) is None:
            return  # the worker has not written it yet: a person sees no button to pay either
        self.paid_at = time.monotonic()
        address = payments.start_attempt(
            key=demand_key(row.code, fee.id), at=now(), payer_ip="127.0.0.1",
            return_url=f"{settings.BASE_URL}/",
        )  # fmt: skip
        reference = parse_qs(urlsplit(address).query)["vnp_TxnRef"][0]
        choice = ("pay", "twice", "close", "pay")[self.number % 4]
        call("GET", address)
        call(
            "POST", f"{settings.SANDBOX_URL}/payments/choose",
            body=f"reference={reference}&choice={choice}".encode(),
            headers={"Content-Type": "application/x-www-form-urlencoded"},
        )  # fmt: skip


_STEPS: dict[str, Callable[[Life, Any, Dossier, Leg], None]] = {
    "draft": Life._draft,
    "confirm": Life._confirm,
    "sign": Life._sign,
}
_posts: dict[tuple[int, str], Post] = {}


def post(agency: int, role: str) -> Post:
    """Return somebody in this post."""
    if (agency, role) not in _posts:
        rows = Post.objects.select_related("official", "agency")
        _posts[agency, role] = rows.filter(agency_id=agency, role=role)[0]
    return _posts[agency, role]


def drive(lives: list[Life]) -> None:
    """Go round until every way is over; whoever is away is met again."""
    while lives:
        left = []
        for life in lives:
            try:
                over = life.step()
            except Refusal as refusal:
                sys.stderr.write(f"{life.number}: {refusal.code}\n")
                over = False
            except (Unreachable, OSError) as trouble:
                sys.stderr.write(f"{life.number}: {type(trouble).__name__}\n")
                over, life.look_at = False, time.monotonic() + LOOK_AGAIN
            if not over:
                left.append(life)
        lives = left
        time.sleep(0.2)


def main() -> None:
    verb, place = sys.argv[1], Path(sys.argv[2])
    if verb == "prepare":
        place.write_text(json.dumps(prepare(int(sys.argv[3]))), encoding="ascii")
        return
    share, of = int(sys.argv[3]), int(sys.argv[4])
    known = list(enumerate(json.loads(place.read_text(encoding="ascii"))))
    drive([Life(number, draft) for number, draft in known[share::of]])


if __name__ == "__main__":
    main()
