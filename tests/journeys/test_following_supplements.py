"""Supplying what was asked for: exactly there, and nothing beside."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from motcua.documents.queries import documents_of, earlier_versions_of
from motcua.dossiers.queries import content, history
from motcua.dossiers.rules.status import LegState
from motcua.dossiers.search import found_by_officials
from tests import documents_samples as samples
from tests.journeys.followed import NAME_FAULT, PAPER_FAULT, filed

pytestmark = pytest.mark.django_db
KEY = "5" * 32


@pytest.fixture
def dossier(commune, client):
    return filed(commune).received().let_in(client)


def address(dossier, leg="birth"):
    return f"/ho-so/{dossier.code}/bo-sung/{leg}/"


def photo(name="lai.jpg", width=800):
    return SimpleUploadedFile(name, samples.jpeg(width, 600), "image/jpeg")


def sent(client, dossier, leg="birth", **fields):
    named = {name.replace("__dot__", "."): value for name, value in fields.items()}
    return client.post(address(dossier, leg), {"act": KEY, **named})


def answers(dossier):
    return content(dossier.row).answers


def test_only_the_asked_field_reopens_with_fault_and_old_answer(dossier, client):
    dossier.asked()
    page = client.get(address(dossier)).content.decode()
    names = set(re.findall(r'name="([a-z]+\.[a-z_]+)"', page))
    assert names == {"child.full_name"}
    assert NAME_FAULT.text in page
    assert NAME_FAULT.how in page
    assert "Luật Hộ tịch 2014, Điều 16" in page
    assert "Trần Bao An" in page.partition("Hiện có:")[2]


def test_no_date_is_expected_while_the_office_waits_to_take_the_dossier_in(commune, client):
    dossier = filed(commune).let_in(client).asked(leg="")
    page = client.get(f"/theo-doi/{dossier.code}/").content.decode()
    assert "Thời hạn chưa bắt đầu" in page
    assert "Dự kiến trả kết quả" not in page
    assert "Nộp lúc" not in page


def test_the_new_answer_goes_in_and_the_leg_goes_on(dossier, client):
    dossier.asked()
    answer = sent(client, dossier, child__dot__full_name="Trần Bảo An")
    assert answer.url == f"/theo-doi/{dossier.code}/"
    assert answers(dossier)["child.full_name"] == "Trần Bảo An"
    assert dossier.now.legs["birth"].state is LegState.OPEN


def test_the_dossier_is_called_and_found_by_its_new_name(dossier, client):
    dossier.asked()
    sent(client, dossier, child__dot__full_name="Trần Gia Đức")
    row = dossier.row
    assert row.subject_name == "Trần Gia Đức"
    found = found_by_officials("gia duc", [row.agency_id])
    assert [one.code for one in found] == [row.code]


def test_a_field_that_was_not_asked_for_stays_as_it_is(dossier, client):
    dossier.asked()
    sent(client, dossier, child__dot__full_name="Trần Bảo An", child__dot__weight="3200")
    assert "child.weight" not in answers(dossier)


def test_sending_twice_supplies_once(dossier, client):
    dossier.asked()
    for _ in range(2):
        assert sent(client, dossier, child__dot__full_name="Trần Bảo An").status_code == 302
    kinds = [type(event).__name__ for event in history(dossier.row.pk)]
    assert kinds.count("Supplemented") == 1


def test_an_answer_that_cannot_be_is_shown_back_with_what_was_typed(dossier, client):
    dossier.asked()
    answer = sent(client, dossier, child__dot__full_name="Tr@n 123")
    assert answer.status_code == 422
    assert "Tr@n 123" in answer.content.decode()
    assert "birth" in dossier.now.requests


def test_an_empty_answer_is_asked_for_again(dossier, client):
    dossier.asked()
    assert sent(client, dossier, child__dot__full_name="").status_code == 422


def test_an_answer_against_the_rules_of_the_form_is_refused(dossier, client):
    dossier.asked()
    answer = sent(client, dossier, child__dot__full_name="Nguyễn Thị Mai")
    assert "Tên trẻ không thể giống tên người nộp." in answer.content.decode()


def test_nothing_changed_is_asked_about_once_and_may_then_be_kept(dossier, client):
    dossier.asked()
    answer = sent(client, dossier, child__dot__full_name="Trần Bao An")
    assert answer.status_code == 422
    assert 'name="same"' in answer.content.decode()
    answer = sent(client, dossier, child__dot__full_name="Trần Bao An", same="1")
    assert answer.status_code == 302
    assert dossier.now.requests == {}


def test_a_paper_is_photographed_anew_and_the_old_one_stays_as_history(dossier, client):
    dossier.asked(PAPER_FAULT)
    assert "giấy chứng sinh.jpg" in client.get(address(dossier)).content.decode()
    sent(client, dossier, _upload="birth_note", birth_note=photo())
    assert sent(client, dossier).status_code == 302
    owner = f"dossier:{dossier.code}"
    assert [d.page_list[0].name for d in documents_of(owner)] == ["lai.jpg"]
    assert len(earlier_versions_of(owner)) == 1


def test_a_paper_chosen_with_the_last_button_counts_too(dossier, client):
    dossier.asked(PAPER_FAULT)
    assert sent(client, dossier, birth_note=photo()).status_code == 302


def test_without_the_paper_nothing_is_sent(dossier, client):
    dossier.asked(PAPER_FAULT)
    answer = sent(client, dossier)
    assert answer.status_code == 422
    assert "birth" in dossier.now.requests


def test_a_file_that_is_no_paper_is_explained(dossier, client):
    dossier.asked(PAPER_FAULT)
    bad = SimpleUploadedFile("virus.exe", b"MZ\x90", "application/octet-stream")
    answer = sent(client, dossier, _upload="birth_note", birth_note=bad)
    assert answer.status_code == 422


def test_what_was_typed_survives_the_upload_of_a_paper(dossier, client):
    dossier.asked(NAME_FAULT, PAPER_FAULT)
    answer = sent(
        client, dossier, _upload="birth_note", birth_note=photo(),
        child__dot__full_name="Trần Bảo An",
    )  # fmt: skip
    assert 'value="Trần Bảo An"' in answer.content.decode()


def test_gathered_pages_are_shown_to_their_owner_only(dossier, client):
    dossier.asked(PAPER_FAULT)
    page = sent(client, dossier, _upload="birth_note", birth_note=photo()).content.decode()
    picture = re.search(r'src="([^"]+\?nho=1)"', page)[1]
    assert client.get(picture)["Content-Type"] == "image/jpeg"
    client.cookies.clear()
    assert client.get(picture).status_code == 404


def test_a_page_can_be_taken_out_again(dossier, client):
    dossier.asked(PAPER_FAULT)
    page = sent(client, dossier, _upload="birth_note", birth_note=photo()).content.decode()
    remove = re.search(r'value="(remove:[^"]+)"', page)[1]
    sent(client, dossier, _page=remove)
    assert sent(client, dossier).status_code == 422


def test_the_desks_own_request_before_reception_has_its_own_address(commune, client):
    dossier = filed(commune).let_in(client).asked(leg="")
    assert "Tên của trẻ chưa rõ dấu." in client.get(address(dossier, "quay")).content.decode()
    assert sent(client, dossier, "quay", child__dot__full_name="Trần Bảo An").status_code == 302
    assert dossier.now.status == 1


def test_where_nothing_is_asked_the_address_leads_to_the_dossier(dossier, client):
    assert client.get(address(dossier)).url == f"/theo-doi/{dossier.code}/"
