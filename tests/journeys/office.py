"""An office at work: two communes, their police and insurance, their officials, and a service to file.

    def test_…(office):
        row = office.filed()
        office.receive(row)
        page = office.browser("front_desk").get(f"/can-bo/ho-so/{row.code}/")

Thanh Miện's police and insurance work here; the civil registry answers by message.
"""

import uuid
from pathlib import Path

import pytest
from django.test import Client

from motcua.agencies.models import Agency, Official, Post
from motcua.documents import operations as documents
from motcua.dossiers import drafts
from motcua.dossiers.models import Dossier, Event
from motcua.dossiers.operations import record
from motcua.dossiers.queries import told
from motcua.dossiers.rules import acts as a
from motcua.dossiers.tasks import react
from motcua.journeys import filing, handling, own_dossier, saving
from motcua.journeys.actors import filer, party
from motcua.journeys.result_ways import PostAddress, choose_ways
from motcua.journeys.saving import Since
from motcua.procedures.operations import publish
from motcua.procedures.queries import by_digest
from motcua.procedures.rules.catalogue import Folder
from motcua.procedures.rules.procedure import Procedure
from motcua.procedures.rules.reading import Document
from motcua.procedures.rules.reading_answers import Posted
from motcua.toolkit.clock import now
from tests.documents_samples import jpeg, pdf
from tests.journeys import ground
from tests.rules import heart
from tests.rules.heart import a_field, a_step, at_most, said
from tests.signing_in import as_official

COMMUNE, POLICE, INSURANCE = "H24.239", "G01.31.239", "G24.31.12"
ELSEWHERE = "H24.284"
PEOPLE = {
    "front_desk": ("Phạm Thị Mai Hoa", COMMUNE, "front_desk"),
    "second_desk": ("Lê Thị Cúc", COMMUNE, "front_desk"),
    "registrar": ("Trịnh Đức Thuận", COMMUNE, "registrar"),
    "social": ("Mạc Thị Hải Vân", COMMUNE, "social_officer"),
    "economic": ("Tạ Quang Hưng", COMMUNE, "economic_officer"),
    "leader": ("Hoàng Thị Bích Ngà", COMMUNE, "leader"),
    "police": ("Đỗ Mạnh Kha", POLICE, "police_officer"),
    "clerk": ("Ngô Thị Lệ Giang", INSURANCE, "insurance_clerk"),
    "elsewhere": ("Vũ Thị Thu Hằng", ELSEWHERE, "front_desk"),
    "administrator": ("Lương Minh Nhật", COMMUNE, "administrator"),
}


PAGES = [
    {
        "id": "child", "section": said("Người được khai sinh"), "title": said("Cháu"),
        "fields": [
            a_field("child.full_name", "person_name", "Họ, chữ đệm, tên của cháu"),
            a_field("child.birth_date", "date", "Ngày sinh của cháu"),
        ],
    },
    {
        "id": "home", "section": said("Nơi ở"), "title": said("Nơi ở"),
        "fields": [a_field("residence.address", "text", "Nơi thường trú của cháu")],
    },
    {
        "id": "applicant", "section": said("Người nộp"), "title": said("Người nộp"),
        "fields": [
            a_field("applicant.full_name", "person_name", "Họ tên người nộp"),
            a_field("applicant.phone", "phone", "Số điện thoại"),
            a_field("mother.occupation", "text", "Nghề nghiệp của mẹ"),
        ],
    },
]  # fmt: skip
PAPERS = [
    {"id": "birth_note", "name": said("Giấy chứng sinh"), "basis": "luat"},
    {"id": "house_paper", "name": said("Giấy tờ nhà ở"), "basis": "luat", "required": "false"},
]
FEE = {
    "id": "fee", "name": said("Lệ phí đăng ký cư trú"), "blocks": ["residence"],
    "rates": [{"amount": 10_000, "basis": "luat"}],
}  # fmt: skip
SEES = {"fields": ["child.*", "residence.address"], "papers": ["house_paper"]}


def _stages():
    decide = heart.RESIDENCE["steps"][0]
    asks = [*decide["asks"], {"id": "since", "label": said("Đăng ký từ ngày"), "type": "date"}]
    residence = {**heart.RESIDENCE, "sees": SEES, "steps": [{**decide, "asks": asks}]}
    insurance = {**heart.INSURANCE, "sees": {"fields": ["child.*"]}}
    return [heart.BIRTH, residence, insurance]


def _procedure(**changes):
    known = heart.PROCEDURE.model_dump(mode="json", by_alias=True)
    fills = {"title": "=Giấy thử nghiệm", "applicant.name": "child.full_name"}
    results = [{**result, "fills": fills} for result in known["results"]]
    plan = {**known["plan"], "stages": _stages()}
    values = {
        **known, "code": "9.000010", "slug": "lien-thong-thu",
        "name": said("Khai sinh liên thông (thử)"), "short": said("Khai sinh liên thông"),
        "papers": PAPERS, "fees": [FEE], "results": results, "plan": plan,
        "fields_of_law": ["civil_status", "residence", "health_insurance"],
        "form": {"pages": PAGES}, **changes,
    }  # fmt: skip
    return Procedure.model_validate(values, strict=False)


LINKED = _procedure()
COUNTER = _procedure(
    code="9.000002",
    slug="ket-hon-thu",
    name=said("Đăng ký kết hôn (thử)"),
    short=said("Kết hôn"),
    fees=[],
    results=[
        {
            "id": "certificate", "code": "KQ.G15.000032", "name": said("Giấy chứng nhận kết hôn"),
            "stage": "marriage", "template": "ket-qua", "ways": ["counter"],
        }
    ],
    plan={
        "limit": at_most(5), "supplement": {"within": at_most(7)},
        "stages": [
            {
                "id": "marriage", "name": said("Kết hôn"), "agency": "receiving",
                "steps": [
                    a_step("draft", "draft", role="registrar"),
                    a_step("attend", "attend", role="registrar"),
                    a_step("sign", "sign", role="leader"),
                ],
            }
        ],
    },
)  # fmt: skip
ANSWERS = {
    "child": {
        "child.full_name": ["Trần Minh An"],
        "child.birth_date__day": ["5"],
        "child.birth_date__month": ["11"],
        "child.birth_date__year": ["2026"],
    },
    "home": {"residence.address": ["Thôn Phú Khê"]},
    "applicant": {
        "applicant.full_name": ["Nguyễn Thị Mai"],
        "applicant.phone": ["0912 345 001"],
        "mother.occupation": ["Thợ may"],
    },
}


class Office:
    """Everything that the tests of the desk do besides the desk itself."""

    def __init__(self):
        ground.lay()
        self.at = now()
        self.officials = {name: official_of(name, *who) for name, who in PEOPLE.items()}
        self.linked = self._published(LINKED)
        self.counter = self._published(COUNTER)
        self.told = {}

    def _published(self, procedure):
        nowhere = Document("", {}, {})
        folder = Folder(Path(), procedure, nowhere, nowhere, {})
        return by_digest(publish(folder=folder, at=self.at).digest)

    def post(self, name):
        return Post.objects.select_related("agency", "official").get(official=self.officials[name])

    def browser(self, name):
        client = Client()
        as_official(client, self.officials[name])
        return client

    # --- what citizens do ---

    def filed(
        self, *, published=None, way="online", commune="11239", child="Trần Minh An", meanwhile=None
    ):
        """File a dossier page by page with its papers, `meanwhile` with its draft before; return its row."""
        published = published or self.linked
        draft, _ = filing.begin(
            published=published, chosen=filing.Begin(commune=commune), account=None, level=0,
            at=now(),
        )  # fmt: skip
        for page in published.procedure.form.pages:
            values = {**ANSWERS[page.id]}
            if page.id == "child":
                values["child.full_name"] = [child]
            saving.save_page(
                draft=draft, page=page, posted=Posted(values), since=Since(), language="vi",
                at=now(),
            )  # fmt: skip
        self._papers(draft)
        self._ways(draft, published, way)
        if meanwhile:
            meanwhile(draft)
        recorded = filing.file(
            draft_id=draft.pk, by=filer(draft, None), doubts_confirmed=True, language="vi",
            at=now(),
        )  # fmt: skip
        self.catch_up(recorded.row.code)
        return recorded.row

    def _papers(self, draft):
        owner, at = f"draft:{draft.pk}", now()
        documents.add_page(
            owner=owner, key="birth_note", filename="chung-sinh.jpg", content=jpeg(300, 400), at=at
        )
        documents.add_page(
            owner=owner, key="house_paper", filename="nha.pdf", content=pdf(1), at=at
        )

    def _ways(self, draft, published, way):
        if way == "online":
            return
        ways = {result.id: way for result in published.procedure.results}
        address = PostAddress("Nguyễn Thị Mai", "0912345001", "11239", "Thôn Phú Khê")
        choose_ways(draft=drafts.draft(draft.pk), ways=ways, address=address, at=now())

    def supplement(self, row, leg, **answers):
        """The citizen answers a request, with a better picture where one is asked for."""
        _, dossier, _ = told(row.code)
        request = dossier.requests[leg]
        for paper in request.papers:
            documents.add_page(
                owner=own_dossier.supplement_owner(row.code, request), key=paper,
                filename="ro-hon.jpg", content=jpeg(1000, 1300), at=now(),
            )  # fmt: skip
        own_dossier.supplement(
            code=row.code, leg=leg, answers=answers, key=uuid.uuid4().hex,
            applicant_id=dossier.applicant, at=now(),
        )  # fmt: skip
        self.catch_up(row.code)

    def agree(self, row):
        """The citizen agrees with the draft; the registry then writes it down."""
        own_dossier.confirm_draft(
            row=row, leg="birth", step="confirm", agrees=True, remark="", key=uuid.uuid4().hex,
            applicant_id=self.now(row).applicant, at=now(),
        )  # fmt: skip
        self.catch_up(row.code)

    def withdraw(self, row):
        own_dossier.withdraw(
            row=row, reason="Khai nhầm", key=uuid.uuid4().hex,
            applicant_id=self.now(row).applicant, at=now(),
        )  # fmt: skip

    def registry_answers(self, row):
        act = a.AnswerLeg(
            leg="birth", step="register", question="q", outcome="done",
            values={"registration_number": "12/2026"},
        )  # fmt: skip
        record(code=row.code, act=act, by=party("civil-registry"), key=uuid.uuid4().hex, at=now())
        self.catch_up(row.code)

    # --- what officials did before the test begins ---

    def received(self, **how):
        row = self.filed(**how)
        handling.receive(
            code=row.code, post=self.post("front_desk"), key=uuid.uuid4().hex, seen=None, at=now()
        )
        self.catch_up(row.code)
        return row

    def step(self, row, name, leg, step, **values):
        handling.take_step(
            code=row.code, post=self.post(name), leg=leg, step=step, values=values,
            key=uuid.uuid4().hex, seen=None, at=now(),
        )  # fmt: skip
        self.catch_up(row.code)

    def to_sign(self, **how):
        """Return a dossier whose birth leg waits for the leader."""
        row = self.received(**how)
        self.step(row, "registrar", "birth", "draft")
        self.agree(row)
        self.registry_answers(row)
        return row

    def born(self, **how):
        """Return a dossier whose birth leg is done."""
        row = self.to_sign(**how)
        self.step(row, "leader", "birth", "sign")
        return row

    # --- looking ---

    def now(self, row):
        return told(row.code)[1]

    def kinds(self, row):
        return list(
            Event.objects.filter(dossier__code=row.code)
            .order_by("seq")
            .values_list("kind", flat=True)
        )

    def catch_up(self, code):
        """Do what the worker would: every reaction to what happened since."""
        while (last := Dossier.objects.get(code=code).seq) > self.told.get(code, 0):
            first = self.told.get(code, 0) + 1
            self.told[code] = last
            react(code=code, first=first, last=last)


def official_of(name, full_name, agency, role):
    """Return an official with one post, made if there is none of the name."""
    official, new = Official.objects.get_or_create(
        username=f"thu.{name}", defaults={"full_name": full_name}
    )
    if not new:
        return official
    Post.objects.create(
        official=official, agency=Agency.objects.get(code=agency), role=role,
        valid_from=ground.SINCE,
    )  # fmt: skip
    return official


@pytest.fixture
def office(db):
    yield Office()
    ground.forget()
