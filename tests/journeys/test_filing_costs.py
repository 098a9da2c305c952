"""What a filing costs the database: counted, so that nobody makes it dear by accident."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from motcua.procedures.operations import publish
from motcua.procedures.rules.catalogue import read_folder
from motcua.toolkit.clock import now
from tests.documents_samples import pdf

pytestmark = pytest.mark.django_db
BENCH = Path(settings.ROOT) / "bench" / "procedure"
ANSWERS = {
    "person.kind": "person", "person.full_name": "Nguyễn Thị Mai",
    "person.birth_date__day": "12", "person.birth_date__month": "4",
    "person.birth_date__year": "1996", "person.email": "mai@example.vn",
    "person.phone": "0912345001",
}  # fmt: skip


class Counted:
    """A browser that says how many queries each of its requests took."""

    def __init__(self) -> None:
        self.client = Client()
        self.costs: dict[str, int] = {}

    def __call__(self, name: str, method: str, path: str, data: dict | None = None):
        with CaptureQueriesContext(connection) as caught:
            answer = getattr(self.client, method)(path, data or {})
        self.costs[name] = len(caught)
        return answer


@pytest.fixture
def counted(office) -> Counted:
    publish(folder=read_folder(BENCH), at=now())
    return Counted()


def _file() -> SimpleUploadedFile:
    return SimpleUploadedFile("giay.pdf", pdf(), "application/pdf")


def begin(browser: Counted) -> str:
    place = {"place__province": "31", "place__commune": "11239"}
    answer = browser("start", "post", "/nop/do-tai/", place)
    assert answer.status_code == 302, re.sub(r"<[^>]+>|\s+", " ", answer.content.decode())[:1500]
    return answer.url


def test_a_filing_stays_within_its_queries(counted):
    counted("first", "get", f"{begin(counted)}trang/nguoi/")  # fills the caches of the process
    draft = begin(counted)
    counted("page", "get", f"{draft}trang/nguoi/")
    counted("save", "post", f"{draft}trang/nguoi/", ANSWERS)
    counted("upload", "post", f"{draft}giay-to/first_file/", {"first_file": _file()})
    counted("check", "get", f"{draft}kiem-tra/")
    # Beginning and uploading each count once against the allowance of their network; who begins gets a key, after a
    # look whether so many began that work is wanted; where a file comes it is asked whether a helper brings it,
    # and whether it is a signed sheet of another paper.
    limits = {"first": 10, "start": 8, "page": 1, "save": 2, "upload": 8, "check": 2}
    assert {name: cost for name, cost in counted.costs.items() if cost > limits[name]} == {}
