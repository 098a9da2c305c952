"""Notes among colleagues: added, never changed, seen by their own agency alone."""

import json
import uuid

import pytest
from django.db import DatabaseError, connection, transaction

from motcua.dossiers.models import Note
from motcua.notices.models import Notice
from tests.journeys.desk_pages import dossier_page, words
from tests.journeys.test_extending import as_owner

pytestmark = pytest.mark.django_db
SECRET = "Nghi giấy chứng sinh đã dùng ở hồ sơ khác, hỏi lại bệnh viện."


def noted(office, row, name="registrar", text=SECRET, key=None):
    page = f"{dossier_page(row)}ghi-chu/"
    return office.browser(name).post(page, {"text": text, "key": key or str(uuid.uuid4())})


def test_colleagues_of_the_agency_read_it_with_who_and_when(office):
    row = office.received()
    assert noted(office, row).status_code == 302
    page = words(office.browser("leader").get(dossier_page(row)))
    assert SECRET in page
    assert "Trịnh Đức Thuận" in page


def test_nobody_else_reads_it(office):
    row = office.born()
    noted(office, row)
    owner = as_owner(row)
    pages = [
        words(office.browser("police").get(dossier_page(row))),
        words(office.browser("clerk").get(dossier_page(row))),
        words(owner.get(f"/theo-doi/{row.code}/")),
        words(owner.get(f"/ho-so/{row.code}/bien-nhan/")),
        json.dumps(list(Notice.objects.values_list("body", flat=True)), ensure_ascii=False),
    ]
    assert not any(SECRET in page for page in pages)


def test_a_linked_agency_has_notes_of_its_own(office):
    row = office.born()
    noted(office, row, "clerk", "Đã gọi hỏi mã thẻ.")
    assert "Đã gọi hỏi mã thẻ." in words(office.browser("clerk").get(dossier_page(row)))
    assert "Đã gọi hỏi mã thẻ." not in words(office.browser("leader").get(dossier_page(row)))


def test_another_office_adds_none(office):
    row = office.received()
    assert noted(office, row, "elsewhere").status_code == 404
    assert not Note.objects.exists()


def test_sent_twice_it_stands_once_and_empty_it_does_not_stand(office):
    row = office.received()
    key = str(uuid.uuid4())
    noted(office, row, key=key)
    noted(office, row, key=key)
    answer = noted(office, row, text="  ")
    assert "ghi-chu-trong" in answer["Location"]
    told = words(office.browser("registrar").get(answer["Location"]))
    assert "notice-warning" in told[: told.index("Chưa lưu: ghi chú chưa có nội dung.")]
    assert Note.objects.count() == 1


@pytest.mark.parametrize(
    "sql", ["update dossiers_note set text = 'x'", "delete from dossiers_note"]
)
def test_the_database_itself_keeps_it(office, sql):
    noted(office, office.received())
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)
