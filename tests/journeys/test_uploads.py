"""Files by the tus protocol: to a draft and to a supplement, cut and gone on with, refused in words."""

import base64
import hashlib

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from motcua.agencies.models import Agency
from motcua.documents.queries import documents_of
from motcua.dossiers import drafts
from motcua.journeys.case import owner_of_draft
from motcua.journeys.gathering import HEAP
from motcua.toolkit.clock import now
from tests.cast import COMMUNE
from tests.documents_samples import jpeg, pdf
from tests.journeys.followed import PAPER_FAULT, filed
from tests.signing_in import as_citizen, as_phone_holder

pytestmark = pytest.mark.django_db
PHOTO = jpeg()
CIRCUMSTANCES = {
    "channel": "online", "province": "31", "commune": "11284", "for_whom": "self",
    "relation": "", "level": 2,
}  # fmt: skip


class Sender:
    """A browser that speaks tus."""

    def __init__(self, client: Client, place: str) -> None:
        self.client, self.place = client, place

    def begins(self, content: bytes, first: bytes = b"", length: int | None = None, **told: str):
        pairs = {"filename": "giấy.jpg", **told}.items()
        said = {
            "Upload-Length": str(len(content) if length is None else length),
            "Upload-Metadata": ",".join(
                f"{name} {base64.b64encode(value.encode()).decode()}" for name, value in pairs
            ),
        }
        return self._does("POST", self.place, first, said)

    def sends(self, place: str, offset: int, content: bytes, **said: str):
        return self._does("PATCH", place, content, {"Upload-Offset": str(offset), **said})

    def looks(self, place: str):
        return self._does("HEAD", place)

    def takes_back(self, place: str):
        return self._does("DELETE", place)

    def _does(self, method, place, content=b"", said=None):
        headers = {"Tus-Resumable": "1.0.0", **(said or {})}
        kind = "application/offset+octet-stream"
        return self.client.generic(method, place, content, headers=headers, CONTENT_TYPE=kind)


@pytest.fixture
def draft(commune, client):
    found, _ = drafts.start(
        version_id=commune.pk, agency_id=Agency.objects.get(code=COMMUNE).pk,
        circumstances=CIRCUMSTANCES, answers={}, account_id=as_citizen(client).pk, at=now(),
    )  # fmt: skip
    return found


@pytest.fixture
def mother(client, draft) -> Sender:
    return Sender(client, f"/khai/{draft.pk}/gui/birth_note/")


def pages(draft, key="birth_note"):
    return [
        page
        for paper in documents_of(owner_of_draft(draft)) if paper.key == key
        for page in paper.page_list
    ]  # fmt: skip


def test_a_photograph_in_pieces_becomes_a_page_under_its_digest(draft, mother):
    place = mother.begins(PHOTO).headers["Location"]
    assert mother.sends(place, 0, PHOTO[:999]).headers["Upload-Offset"] == "999"
    assert mother.looks(place).headers["Upload-Offset"] == "999"
    assert mother.sends(place, 999, PHOTO[999:]).status_code == 204
    assert [page.received for page in pages(draft)] == [hashlib.sha256(PHOTO).hexdigest()]


def test_a_small_file_comes_with_its_beginning(draft, mother):
    answer = mother.begins(PHOTO, first=PHOTO)
    assert (answer.status_code, answer.headers["Upload-Offset"]) == (201, str(len(PHOTO)))
    assert pages(draft)[0].name == "giấy.jpg"


def test_a_beginning_whose_answer_was_lost_goes_on_where_it_was(draft, mother):
    first = mother.begins(PHOTO, first=PHOTO[:500], key="lan-1")
    again = mother.begins(PHOTO, first=PHOTO[:500], key="lan-1")
    assert again.headers["Location"] == first.headers["Location"]
    assert again.headers["Upload-Offset"] == "500"


def test_what_is_offered_and_how_long_it_is_waited_for_is_told(mother):
    offered = mother._does("OPTIONS", mother.place)
    assert offered.headers["Tus-Extension"].split(",") == [
        "creation", "creation-with-upload", "checksum", "expiration", "termination",
    ]  # fmt: skip
    begun = mother.begins(PHOTO)
    assert {"Upload-Expires", "Tus-Resumable"} <= set(begun.headers)
    told = mother.looks(begun.headers["Location"]).headers
    assert told["Upload-Length"] == str(len(PHOTO))
    assert "no-store" in told["Cache-Control"]


def test_another_version_of_the_protocol_is_told_which_one_is_spoken(mother):
    answer = mother.client.post(mother.place, headers={"Tus-Resumable": "0.2.2"})
    assert (answer.status_code, answer.headers["Tus-Version"]) == (412, "1.0.0")


def test_a_piece_for_another_place_is_refused_and_nothing_changes(mother):
    place = mother.begins(PHOTO).headers["Location"]
    answer = mother.sends(place, 7, PHOTO[7:20])
    assert (answer.status_code, answer.json()["code"]) == (409, "documents.offset-differs")
    assert mother.looks(place).headers["Upload-Offset"] == "0"


def test_a_piece_that_is_not_what_its_sum_says_is_not_taken(mother):
    place = mother.begins(PHOTO).headers["Location"]
    right = base64.b64encode(hashlib.sha256(PHOTO[:50]).digest()).decode()
    wrong = mother.sends(place, 0, PHOTO[1:51], **{"Upload-Checksum": f"sha256 {right}"})
    assert wrong.status_code == 460
    intact = mother.sends(place, 0, PHOTO[:50], **{"Upload-Checksum": f"sha256 {right}"})
    assert intact.headers["Upload-Offset"] == "50"


def test_a_file_damaged_on_the_way_is_refused_in_words(draft, mother):
    answer = mother.begins(PHOTO, first=PHOTO, sha256="0" * 64)
    assert answer.json()["code"] == "documents.digest-differs"
    assert "giấy.jpg" in answer.json()["text"]
    assert pages(draft) == []


def test_what_is_no_paper_is_refused_as_from_a_form_and_again_when_asked_again(draft, mother):
    begun = mother.begins(b"MZ...", first=b"MZ...")
    assert begun.json()["code"] == "documents.file-not-understood"
    again = mother.sends(begun.headers["Location"], 5, b"")
    assert again.json() == begun.json()


def test_too_big_a_file_is_refused_before_a_byte_of_it(mother):
    answer = mother.begins(b"", length=21 * 1024 * 1024)
    assert (answer.status_code, answer.json()["code"]) == (413, "documents.file-too-large")


@pytest.mark.parametrize(
    "said",
    [{"Upload-Length": "viele"}, {"Upload-Length": "5", "Upload-Metadata": "filename %%%"}, {}],
)
def test_headers_that_make_no_sense_are_refused(mother, said):
    answer = mother._does("POST", mother.place, b"", said)
    assert (answer.status_code, answer.json()["code"]) == (400, "documents.upload-not-understood")


def test_a_paper_that_the_case_does_not_call_for_takes_no_file(mother):
    mother.place = mother.place.replace("birth_note", "passport")
    assert mother.begins(PHOTO).json()["code"] == "documents.paper-unknown"


def test_somebody_elses_upload_is_as_if_it_never_was(draft, mother):
    place = mother.begins(PHOTO).headers["Location"]
    stranger = Sender(Client(), mother.place)
    as_phone_holder(stranger.client)
    answers = [
        stranger.looks(place), stranger.sends(place, 0, PHOTO), stranger.takes_back(place),
        stranger.begins(PHOTO),
    ]  # fmt: skip
    assert {answer.status_code for answer in answers} == {404}
    assert mother.looks(place).headers["Upload-Offset"] == "0"


def test_an_upload_of_one_paper_is_not_reached_through_another_draft(commune, client, mother):
    place = mother.begins(PHOTO).headers["Location"]
    other, _ = drafts.start(
        version_id=commune.pk, agency_id=Agency.objects.get(code=COMMUNE).pk,
        circumstances=CIRCUMSTANCES, answers={}, account_id=as_citizen(client).pk, at=now(),
    )  # fmt: skip
    through = f"/khai/{other.pk}/gui/birth_note/{place.rpartition('/')[2]}"
    assert mother.looks(through).status_code == 410


def test_an_upload_of_one_paper_is_not_finished_as_another(draft, mother):
    """A paper that the case does not call for takes no file by this road either."""
    place = mother.begins(PHOTO).headers["Location"]
    elsewhere = place.replace("birth_note", "to-khai-co-chu-ky")
    assert mother.sends(elsewhere, 0, PHOTO).status_code == 410
    assert mother.looks(place).headers["Upload-Offset"] == "0"
    assert pages(draft, "to-khai-co-chu-ky") == []


def test_an_upload_taken_back_is_gone(mother):
    place = mother.begins(PHOTO).headers["Location"]
    assert mother.takes_back(place).status_code == 204
    assert mother.looks(place).status_code == 410


def test_who_can_only_post_says_what_is_meant(mother):
    place = mother.begins(PHOTO).headers["Location"]
    meant = {"X-HTTP-Method-Override": "PATCH", "Upload-Offset": "0"}
    assert mother._does("POST", place, PHOTO, meant).status_code == 204


def test_a_new_photograph_comes_in_the_place_of_a_page(draft, mother):
    mother.begins(PHOTO, first=PHOTO)
    better = jpeg(800, 600)
    mother.begins(better, first=better, replaces=pages(draft)[0].id)
    assert [page.received for page in pages(draft)] == [hashlib.sha256(better).hexdigest()]


def test_a_scan_of_all_papers_comes_apart_and_each_sheet_tells_what_was_sent(draft, mother):
    mother.place = mother.place.replace("birth_note", HEAP)
    scan = pdf(2)
    mother.begins(scan, first=scan)
    sheets = pages(draft, HEAP)
    assert [sheet.received for sheet in sheets] == [hashlib.sha256(scan).hexdigest()] * 2
    assert len({sheet.id for sheet in sheets}) == 2


def test_a_paper_of_a_supplement_comes_the_same_way(commune, client):
    dossier = filed(commune).received().let_in(client)
    dossier.asked(PAPER_FAULT)
    sender = Sender(client, f"/ho-so/{dossier.code}/bo-sung/birth/gui/birth_note/")
    assert sender.begins(PHOTO, first=PHOTO).status_code == 201
    assert "giấy.jpg" in client.get(f"/ho-so/{dossier.code}/bo-sung/birth/").content.decode()
    sender.place = sender.place.replace("birth_note", "passport")
    assert sender.begins(PHOTO).json()["code"] == "dossiers.not-asked"


def test_a_piece_costs_few_queries(mother):
    place = mother.begins(PHOTO).headers["Location"]
    mother.sends(place, 0, PHOTO[:100])
    with CaptureQueriesContext(connection) as caught:
        mother.sends(place, 100, PHOTO[100:200])
    assert len(caught) <= 8, [query["sql"][:90] for query in caught]
