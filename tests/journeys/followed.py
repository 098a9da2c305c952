"""A filed dossier to follow: a small linked procedure, filed through the real journeys.

The office's side is acted on the heart itself: the desk's pages have tests of their own.
"""

import itertools
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from motcua.agencies.models import Agency
from motcua.documents import operations as documents
from motcua.dossiers import drafts
from motcua.dossiers.models import Dossier as Row
from motcua.dossiers.operations import record
from motcua.dossiers.queries import told
from motcua.dossiers.rules import acts as a
from motcua.dossiers.rules.dossier import Dossier
from motcua.dossiers.rules.facts import Actor, Fault
from motcua.identity.models import Account
from motcua.journeys import filing
from motcua.journeys.actors import filer, party
from motcua.journeys.case import owner_of_draft
from motcua.portal.following import access
from motcua.procedures.models import Version
from motcua.procedures.operations import publish
from motcua.procedures.rules.catalogue import Folder
from motcua.procedures.rules.procedure import Procedure
from motcua.procedures.rules.reading import Document
from motcua.toolkit import wiring
from motcua.toolkit.clock import now
from motcua.toolkit.jobs import run_due
from tests import documents_samples as samples
from tests.cast import COMMUNE, FRONT_DESK, LEADER, REGISTRAR
from tests.journeys import ground
from tests.rooms.outside import FAKES, World
from tests.rules import heart
from tests.rules.heart import a_field, said

PHONE = "+84912345001"

NAME_FAULT = Fault(
    code="unclear", text="Tên của trẻ chưa rõ dấu.", how="Viết lại đủ dấu.",
    basis="Luật Hộ tịch 2014, Điều 16", field="child.full_name",
)  # fmt: skip
PAPER_FAULT = Fault(
    code="blurred", text="Ảnh giấy chứng sinh bị mờ.", how="Chụp lại cả tờ.", paper="birth_note"
)


PAGES = [
    {
        "id": "applicant", "section": said("Người nộp"), "title": said("Người nộp"),
        "fields": [
            a_field("applicant.full_name", "person_name", "Họ tên người nộp"),
            a_field("applicant.phone", "phone", "Số điện thoại"),
            a_field("applicant.email", "email", "Thư điện tử", required=False),
        ],
    },
    {
        "id": "child", "section": said("Trẻ"), "title": said("Trẻ"),
        "fields": [
            a_field("child.full_name", "person_name", "Họ tên của trẻ"),
            a_field("child.birth_date", "date", "Ngày sinh của trẻ"),
            a_field("child.weight", "number", "Cân nặng khi sinh (gam)", required=False),
        ],
        "checks": [
            {"that": "child.full_name != applicant.full_name",
             "say": said("Tên trẻ không thể giống tên người nộp.")},
        ],
    },
]  # fmt: skip
TEMPLATES = {"birth": "giay-khai-sinh", "residence": "thong-bao-cu-tru", "insurance": "the-bhyt"}
NAMES = {
    "birth": "Giấy khai sinh",
    "residence": "Thông báo cư trú",
    "insurance": "Thẻ bảo hiểm y tế",
}
FILLS = {
    "birth": {"child.name": "child.full_name", "child.born_on": "child.birth_date"},
    "residence": {"person.name": "child.full_name"},
    "insurance": {"person.name": "child.full_name"},
}


def procedure() -> Procedure:
    """Return the heart's small procedure with a form, a paper and a fee for the residence."""
    known = heart.PROCEDURE.model_dump(mode="json", by_alias=True)
    changes = {
        "name": said("Khai sinh liên thông thử"),
        "start": {**known["start"], "confirmation": "pledge"},
        "applicant": {"name": "applicant.full_name", "phone": "applicant.phone",
                      "email": "applicant.email"},
        "papers": [{"id": "birth_note", "name": said("Giấy chứng sinh"), "basis": "luat"}],
        "fees": [{"id": "residence_fee", "name": said("Lệ phí thường trú"), "blocks": ["residence"],
                  "rates": [{"amount": 10_000, "basis": "luat"}]}],
        "results": [
            {"id": f"{stage}_paper", "code": "KQ.G15.000031", "name": said(NAMES[stage]),
             "stage": stage, "template": template, "fills": FILLS[stage],
             "ways": ["online", "counter", "post"]}
            for stage, template in TEMPLATES.items()
        ],
        "form": {"pages": PAGES},
    }  # fmt: skip
    return Procedure.model_validate({**known, **changes}, strict=False)


def published() -> Version:
    """Put the procedure on the shelf, unless it is there."""
    paper = Document("thu.yaml", {}, {})
    return publish(folder=Folder(Path(), procedure(), paper, paper, {}), at=now())


@contextmanager
def opened(settings: Any) -> Iterator[Version]:
    """Open a commune with its agencies, one procedure, and fakes of the world outside; the rooms listen."""
    for name, value in FAKES.items():
        setattr(settings, name, value)
    wiring.made.cache_clear()
    ground.lay()
    yield published()
    wiring.made.cache_clear()
    ground.forget()


@pytest.fixture
def commune(settings: Any) -> Iterator[Version]:
    with opened(settings) as version:
        yield version


@pytest.fixture
def world(commune: Version) -> World:
    """The fakes of the world outside, as they stand."""
    return World()


_acts = itertools.count()


@dataclass
class Followed:
    """A dossier somebody follows."""

    code: str

    @property
    def row(self) -> Row:
        return Row.objects.get(code=self.code)

    @property
    def now(self) -> Dossier:
        return told(self.code)[1]

    @property
    def mother(self) -> Actor:
        return Actor(kind="applicant", id=self.now.applicant, name=self.row.applicant_name)

    def act(self, by: Actor, act: a.Act) -> "Followed":
        """Do an act, and let the rooms react."""
        record(code=self.code, act=act, by=by, key=f"test:{next(_acts)}", at=now())
        run_due()
        return self

    def received(self) -> "Followed":
        return self.act(FRONT_DESK, a.Receive())

    def drafted(self) -> "Followed":
        return self.received().act(REGISTRAR, a.TakeStep(leg="birth", step="draft"))

    def born(self) -> "Followed":
        self.drafted().act(self.mother, a.ConfirmDraft(leg="birth", step="confirm"))
        done = a.AnswerLeg(
            leg="birth", step="register", question=f"q{next(_acts)}", outcome="done",
            values={"registration_number": "12/2026"},
        )  # fmt: skip
        self.act(party("civil-registry"), done)
        return self.act(LEADER, a.TakeStep(leg="birth", step="sign"))

    def done(self, leg: str) -> "Followed":
        """Let the agency of a leg answer that its part is done."""
        return self._answered(leg, "done", values={"number": "1"})

    def refused(self, leg: str) -> "Followed":
        fault = Fault(code="had", text="Trẻ đã có thẻ.", how="Dùng thẻ đã có.")
        return self._answered(leg, "refused", faults=(fault,))

    def _answered(self, leg: str, outcome: Any, **more: Any) -> "Followed":
        by = party({"residence": "residence", "insurance": "insurance"}[leg])
        act = a.AnswerLeg(
            leg=leg, step="decide", question=f"q{next(_acts)}", outcome=outcome, **more
        )
        return self.act(by, act)

    def asked(self, *faults: Fault, leg: str = "birth") -> "Followed":
        """Let the registrar ask for a supplement."""
        by = REGISTRAR if leg else FRONT_DESK
        return self.act(by, a.AskSupplement(leg=leg, faults=faults or (NAME_FAULT,)))

    def let_in(self, client: Client) -> "Followed":
        """Give a browser what it has right after filing."""
        from django.http import HttpResponse

        answer = HttpResponse()
        access.grant(answer, self.code)
        for name, morsel in answer.cookies.items():
            client.cookies[name] = morsel.value
        return self


def filed(
    commune: Version, *, account: Account | None = None, way: str = "online", papers: bool = True
) -> Followed:
    """File a dossier by the journeys, and let the rooms react."""
    at = now() - timedelta(minutes=1)
    circumstances = {
        "channel": "online", "province": "31", "commune": "11284", "for_whom": "self",
        "relation": "", "level": 0,
    }  # fmt: skip
    answers = {
        "applicant.full_name": "Nguyễn Thị Mai",
        "applicant.phone": PHONE,
        "child.full_name": "Trần Bao An",
        "child.birth_date": "2026-11-05",
    }
    draft, _ = drafts.start(
        version_id=commune.pk,
        agency_id=Agency.objects.get(code=COMMUNE).pk,
        circumstances=circumstances,
        answers=answers,
        account_id=account.pk if account else None,
        at=at,
    )
    if papers:
        documents.add_page(
            owner=owner_of_draft(draft), key="birth_note", filename="giấy chứng sinh.jpg",
            content=samples.jpeg(), at=at,
        )  # fmt: skip
    chosen = {f"{stage}_paper": way for stage in TEMPLATES}
    address = {"name": "Nguyễn Thị Mai", "phone": PHONE, "commune": "11284", "detail": "Thôn 2"}
    drafts.save(found=draft, changes={}, ways={"results": chosen, "address": address}, at=at)
    recorded = filing.file(
        draft_id=draft.pk, by=filer(draft, account), doubts_confirmed=True, language="vi", at=at
    )
    run_due()
    return Followed(recorded.row.code)
