"""A dossier that waits for relatives' consent, and whose residence part may be mended after a first refusal.

Mai files; her sister Hoa has a phone, her brother Bình has none; each agrees by VNeID for themselves.
"""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from motcua.agencies.models import Agency
from motcua.documents import operations as documents
from motcua.dossiers import drafts
from motcua.identity.models import Account
from motcua.identity.rules.people import ProvenIdentity
from motcua.journeys import filing
from motcua.journeys.actors import filer
from motcua.journeys.case import owner_of_draft
from motcua.procedures.models import Version
from motcua.procedures.operations import publish
from motcua.procedures.rules.catalogue import Folder
from motcua.procedures.rules.procedure import Procedure
from motcua.procedures.rules.reading import Document
from motcua.toolkit.clock import now
from motcua.toolkit.jobs import run_due
from tests import documents_samples as samples
from tests.cast import COMMUNE
from tests.fake_vneid import HOA
from tests.journeys import followed
from tests.journeys.followed import PHONE, Followed
from tests.rules import heart
from tests.rules.heart import a_field, a_step, at_most, said

SISTER = HOA
BROTHER = replace(
    HOA, subject="tech-binh", personal_number="030090000777", full_name="Nguyễn Văn Bình",
    sex="male", birth_date="1990-01-01", phone="", email="",
)  # fmt: skip
MAI = replace(
    HOA, subject="tech-mai", personal_number="030196004321", full_name="Nguyễn Thị Mai",
    birth_date="1996-04-12", phone=PHONE, email="",
)  # fmt: skip
STRANGER = replace(
    HOA, subject="tech-la", personal_number="030090009999", full_name="Lê Văn Lạ", phone="",
    email="",
)  # fmt: skip
ROWS = a_field(
    "relatives.list", "group", "Thân nhân",
    fields=[
        a_field("relatives.full_name", "person_name", "Họ tên thân nhân"),
        a_field("relatives.personal_number", "personal_number", "Số định danh"),
        a_field("relatives.phone", "phone", "Điện thoại", required=False),
    ],
)  # fmt: skip
PAPERS = [
    {"id": "birth_note", "name": said("Giấy chứng sinh"), "basis": "luat"},
    {"id": "consent_paper", "name": said("Giấy đồng ý có chữ ký"), "basis": "luat",
     "required": "false"},
]  # fmt: skip
CONSENT = a_step(
    "consent", "consent", of="relatives.list", within=at_most(5), paper="consent_paper",
    sees={"fields": ["child.full_name", "child.birth_date"]},
    name=said("Từng thân nhân đồng ý"),
)  # fmt: skip


def procedure() -> Procedure:
    """Return the small linked procedure with a list of relatives who must agree to the insurance."""
    known = followed.procedure().model_dump(mode="json", by_alias=True)
    form = known["form"]["pages"]
    form[0]["fields"].append(a_field("applicant.personal_number", "personal_number", "Số của mẹ"))
    form.append({"id": "relatives", "section": said("Thân nhân"), "title": said("Thân nhân"),
                 "fields": [ROWS]})  # fmt: skip
    insurance = {**heart.INSURANCE, "steps": [CONSENT, *heart.INSURANCE["steps"]]}
    residence = {**heart.RESIDENCE, "on_refusal": heart.REOPENED}
    plan = {**known["plan"], "stages": [heart.BIRTH, residence, insurance]}
    changes = {"code": "9.000003", "slug": "than-nhan-thu", "papers": PAPERS, "plan": plan}
    return Procedure.model_validate({**known, **changes}, strict=False)


@pytest.fixture
def family(commune: Version) -> Version:
    """The procedure, published beside the others."""
    paper = Document("thu.yaml", {}, {})
    return publish(folder=Folder(Path(), procedure(), paper, paper, {}), at=now())


def row(person: ProvenIdentity) -> dict[str, str]:
    """Return a person as a row of the declaration."""
    told = {"full_name": person.full_name, "personal_number": person.personal_number}
    return told | ({"phone": person.phone} if person.phone else {})


def filed(family: Version, *people: ProvenIdentity, account: Account | None = None) -> Followed:
    """File a dossier whose list holds these people; by default the sister, the brother and Mai herself."""
    at = now()
    circumstances: dict[str, Any] = {
        "channel": "online", "province": "31", "commune": "11284", "for_whom": "self",
        "relation": "", "level": 0,
    }  # fmt: skip
    answers = {
        "applicant.full_name": MAI.full_name,
        "applicant.phone": PHONE,
        "applicant.personal_number": MAI.personal_number,
        "child.full_name": "Trần Bảo An",
        "child.birth_date": "2026-11-05",
        "relatives.list": [row(person) for person in people or (SISTER, BROTHER, MAI)],
    }
    draft, _ = drafts.start(
        version_id=family.pk,
        agency_id=Agency.objects.get(code=COMMUNE).pk,
        circumstances=circumstances,
        answers=answers,
        account_id=account.pk if account else None,
        at=at,
    )
    documents.add_page(
        owner=owner_of_draft(draft), key="birth_note", filename="a.jpg", content=samples.jpeg(),
        at=at,
    )  # fmt: skip
    recorded = filing.file(
        draft_id=draft.pk, by=filer(draft, account), doubts_confirmed=True, language="vi", at=at
    )
    run_due()
    return Followed(recorded.row.code)
