"""What the house writes down of itself – log lines, traces, jobs – names nobody: a whole way is gone, then read."""

import logging

import pytest
from django.conf import settings
from django.db import connection

from motcua.toolkit.logs import JsonLines, configuration
from tests.journeys.desk_pages import dossier_page

pytestmark = pytest.mark.django_db
CAST = (
    "Trần Minh An", "Nguyễn Thị Mai", "Thợ may", "Phú Khê",
    "0912 345 001", "0912345001", "+84912345001", "912345001",
)  # fmt: skip


class Lines(logging.Handler):
    """Keeps every line as the installation would write it, the fine ones too."""

    def __init__(self):
        super().__init__(logging.DEBUG)
        self.setFormatter(JsonLines())
        self.kept = []

    def emit(self, record):
        self.kept.append(self.format(record))


@pytest.fixture
def lines():
    handler, root = Lines(), logging.getLogger()
    before = root.level
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    yield handler.kept
    root.setLevel(before)
    root.removeHandler(handler)


def named(text):
    return [one for one in CAST if one in text]


def test_a_whole_way_leaves_no_name_and_no_number_in_log_or_jobs(office, lines):
    row = office.born()
    browser = office.browser("registrar")
    browser.get(dossier_page(row))
    browser.post(f"{dossier_page(row)}hien/", {"nhom": "contact", "ly-do": "compare"})
    browser.get("/can-bo/?q=0912345001")
    assert lines
    assert named("\n".join(lines)) == []
    with connection.cursor() as cursor:
        cursor.execute("select task_name || args::text from procrastinate_jobs")
        jobs = "\n".join(told for (told,) in cursor.fetchall())
    assert jobs
    assert named(jobs) == []


def caught(fault):
    """Return a fault as whoever catches it sees it, with the frame it comes from."""
    with pytest.raises(type(fault)) as met:
        raise fault
    return met._excinfo


@pytest.mark.parametrize(
    "fault",
    [
        ValueError("'Nguyễn Thị Mai' is no number"),
        KeyError("Trần Minh An"),
        RuntimeError("duplicate key\nDETAIL:  Key (name)=(Nguyễn Thị Mai) already exists."),
        RuntimeError("cannot call 0912345001"),
    ],
    ids=["quoted", "key", "row of the database", "number"],
)  # fmt: skip
def test_a_trace_says_where_and_not_whom(fault):
    record = logging.getLogger("t").makeRecord("t", logging.ERROR, "f", 1, "fault", (), None)
    record.exc_info = caught(fault)
    told = JsonLines().format(record)
    assert "test_nothing_in_logs" in told
    assert type(fault).__name__ in told
    assert named(told) == []


def test_no_error_is_sent_by_mail():
    handlers = {one["class"] for one in configuration("INFO")["handlers"].values()}
    assert handlers == {"logging.StreamHandler"}
    assert not settings.ADMINS
