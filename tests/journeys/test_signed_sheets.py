"""Papers that somebody signs: printed, signed and photographed – the photograph finds its place – or by a code."""

import hashlib
import io
import re
from pathlib import Path

import pytest
import zxingcpp
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image
from pypdf import PdfWriter

from motcua.agencies.models import Agency
from motcua.documents import photographs, reading_codes, thumbnails
from motcua.documents.queries import documents_of
from motcua.documents.rules.refusals import SheetNotOurs, SheetOfAnotherDraft, SheetOutdated
from motcua.dossiers import drafts
from motcua.journeys import filing, gathering, signed_sheets
from motcua.journeys.case import owner_of_draft, read
from motcua.notices.models import Notice
from motcua.procedures.operations import publish
from motcua.procedures.rules.catalogue import Folder
from motcua.procedures.rules.procedure import Procedure
from motcua.procedures.rules.reading import Document
from motcua.toolkit.clock import now
from tests.cast import COMMUNE
from tests.documents_samples import pdf
from tests.journeys import followed
from tests.journeys.test_uploads import Sender
from tests.photo_set import FRAME, STRAIGHT, laid, wood
from tests.rules.heart import said
from tests.signing_in import as_citizen, as_phone_holder

pytestmark = pytest.mark.django_db
ANSWERS = {
    "applicant.full_name": "Nguyễn Thị Mai",
    "applicant.phone": followed.PHONE,
    "child.full_name": "Trần Bảo An",
    "child.birth_date": "2026-11-05",
}
SIGN = {
    "title": said("Giấy cam đoan"), "by": "applicant.full_name", "says": said("Tôi cam đoan là thật."),
    "shows": ["applicant.full_name", "child.full_name"], "basis": "luat",
}  # fmt: skip


def a_paper(key, *ways):
    return {"id": key, "name": said(key), "basis": "luat", "sign": {**SIGN, "ways": list(ways)}}


@pytest.fixture
def law(commune):
    """A service with a pledge signed either way, and a consent signed by hand."""
    known = followed.procedure().model_dump(mode="json", by_alias=True)
    papers = [a_paper("pledge", "phone", "paper"), a_paper("consent", "paper")]
    changes = {"code": "9.000004", "slug": "ky-thu", "papers": papers}
    procedure = Procedure.model_validate({**known, **changes}, strict=False)
    paper = Document("thu.yaml", {}, {})
    return publish(folder=Folder(Path(), procedure, paper, paper, {}), at=now())


@pytest.fixture
def begin(law, client):
    """Begin a draft of Mai's."""
    account = as_citizen(client)

    def begun():
        draft, _ = drafts.start(
            version_id=law.pk, agency_id=Agency.objects.get(code=COMMUNE).pk, account_id=account.pk,
            circumstances={"channel": "online", "province": "31", "commune": "11284",
                           "for_whom": "self", "relation": "", "level": 0},
            answers=ANSWERS, at=now(),
        )  # fmt: skip
        return draft

    return begun


@pytest.fixture
def draft(begin):
    return begin()


def printed(draft, paper):
    return signed_sheets.sheet(read(draft, now()), paper)


def photographed(sheet):
    """Return a photograph of the printed sheet on a table, as a file."""
    page = Image.open(io.BytesIO(thumbnails.sheet_of(sheet, 1)))
    out = io.BytesIO()
    laid(page.convert("RGB"), wood(FRAME), STRAIGHT).save(out, "JPEG", quality=85)
    return out.getvalue()


def brings(draft, paper, content):
    gathering.add(draft=draft, paper=paper, files=[("a.jpg", io.BytesIO(content))], at=now())


def pages(draft):
    return {document.key: document.page_list for document in documents_of(owner_of_draft(draft))}


def test_a_photograph_of_a_signed_sheet_finds_its_paper_wherever_it_is_dropped(draft):
    brings(draft, "pledge", photographed(printed(draft, "consent")))
    (page,) = pages(draft)["consent"]
    assert "pledge" not in pages(draft)
    assert page.signed == signed_sheets.digest(read(draft, now()), "consent")


def test_among_many_papers_a_sheet_is_dealt_out_at_once(draft):
    content = photographed(printed(draft, "pledge"))
    gathering.add_many(draft=draft, files=[("a.jpg", io.BytesIO(content))], at=now())
    assert set(pages(draft)) == {"pledge"}


def test_a_scan_of_the_sheet_as_pdf_finds_its_paper_too(draft):
    brings(draft, "pledge", printed(draft, "consent"))
    assert set(pages(draft)) == {"consent"}


def test_the_code_is_read_after_straightening_and_holds_nothing_of_the_person(draft):
    content = photographed(printed(draft, "consent"))
    straight = photographs.straighten(content, photographs.look(content).corners, scan=True)
    (found,) = zxingcpp.read_barcodes(Image.open(io.BytesIO(straight.content)))
    assert re.fullmatch(r"http://[^/]+/to-ky/[a-z2-7]{60}", found.text)


def test_a_sheet_of_another_declaration_is_told_so(begin, draft):
    with pytest.raises(SheetOfAnotherDraft):
        brings(draft, "consent", photographed(printed(begin(), "consent")))
    assert pages(draft) == {}


def test_sent_piece_by_piece_it_is_told_so_too_and_not_asked_for_again(begin, draft, client):
    content = photographed(printed(begin(), "consent"))
    sender = Sender(client, f"/khai/{draft.pk}/gui/consent/")
    answer = sender.sends(sender.begins(content).headers["Location"], 0, content)
    assert (answer.status_code, answer.json()["code"]) == (422, "documents.sheet-of-another-draft")


def test_a_sheet_printed_before_the_answers_changed_is_told_so(draft):
    content = photographed(printed(draft, "consent"))
    changed = drafts.save(found=draft, changes={"child.full_name": "Trần Minh Anh"}, at=now())
    with pytest.raises(SheetOutdated):
        brings(changed, "consent", content)


def test_an_altered_code_is_refused(draft, monkeypatch):
    content = photographed(printed(draft, "consent"))
    monkeypatch.setattr(signed_sheets, "_key", lambda: b"of another house")
    with pytest.raises(SheetNotOurs):
        brings(draft, "consent", content)


def test_a_photograph_without_a_code_stays_where_it_was_put(draft):
    out = io.BytesIO()
    wood(FRAME).save(out, "JPEG")
    brings(draft, "consent", out.getvalue())
    assert [page.signed for page in pages(draft)["consent"]] == [""]


def test_what_was_signed_before_a_change_must_be_signed_again(draft):
    for paper in ("consent", "pledge"):
        brings(draft, paper, photographed(printed(draft, paper)))
    filing.ready_to_file(read(draft, now()), doubts_confirmed=True)
    changed = drafts.save(found=draft, changes={"child.full_name": "Trần Minh Anh"}, at=now())
    with pytest.raises(signed_sheets.SignatureOutdated):
        filing.ready_to_file(read(changed, now()), doubts_confirmed=True)
    for paper in ("consent", "pledge"):
        brings(changed, paper, photographed(printed(changed, paper)))
    filing.ready_to_file(read(changed, now()), doubts_confirmed=True)
    assert len(pages(changed)["consent"]) == 1


def code_sent():
    return re.search(r"\b\d{6}\b", Notice.objects.latest("pk").body)[0]


def test_the_applicant_signs_by_the_code_on_the_phone_and_once(draft, client):
    there = f"/khai/{draft.pk}/giay-to/pledge/ky/"
    assert "Tôi cam đoan là thật." in client.get(there).content.decode()
    client.post(there, {"_send": "1"})
    code = code_sent()
    assert client.post(there, {"code": code}).status_code == 302
    assert client.post(there, {"code": code}).status_code == 422
    (page,) = pages(draft)["pledge"]
    assert (page.kind, page.sheets) == ("pdf", 1)
    assert signed_sheets.is_signed(
        read(draft, now()), "pledge", documents_of(owner_of_draft(draft))
    )
    assert "đã được ký" in client.get(f"/khai/{draft.pk}/giay-to/pledge/").content.decode()


def test_a_code_asked_for_before_a_change_signs_nothing(draft, client):
    there = f"/khai/{draft.pk}/giay-to/pledge/ky/"
    client.post(there, {"_send": "1"})
    code = code_sent()
    drafts.save(found=draft, changes={"child.full_name": "Trần Minh Anh"}, at=now())
    assert client.post(there, {"code": code}).status_code == 422
    assert pages(draft) == {}


def test_what_must_be_signed_by_hand_is_not_signed_on_the_phone(draft, client):
    assert client.get(f"/khai/{draft.pk}/giay-to/consent/ky/").status_code == 404
    with pytest.raises(signed_sheets.NotSignedOnThePhone):
        signed_sheets.sign_by_code(case=read(draft, now()), paper="consent", at=now())


def test_the_page_offers_the_sheet_and_tells_of_an_old_signature(draft, client):
    there = f"/khai/{draft.pk}/giay-to/consent/"
    assert f"{there}to-ky.pdf" in client.get(there).content.decode()
    assert client.get(f"{there}to-ky.pdf").content.startswith(b"%PDF")
    brings(draft, "consent", photographed(printed(draft, "consent")))
    drafts.save(found=draft, changes={"child.full_name": "Trần Minh Anh"}, at=now())
    assert "Xin ký lại" in client.get(there).content.decode()
    assert "cần ký lại" in client.get(f"/khai/{draft.pk}/giay-to/").content.decode()


def test_who_scans_a_sheet_is_led_to_the_declaration_or_told_what_it_is(draft, client):
    (found,) = zxingcpp.read_barcodes(
        Image.open(io.BytesIO(thumbnails.sheet_of(printed(draft, "consent"), 1)))
    )
    path = "/" + found.text.split("/", 3)[3]
    assert client.get(path)["Location"] == f"/khai/{draft.pk}/nhieu-giay-to/"
    client.logout()
    as_phone_holder(client)
    told = client.get(path).content.decode()
    assert "tờ ký của một bản khai" in told
    assert str(draft.pk) not in told
    assert client.get("/to-ky/" + "a" * 60).status_code == 404


def test_a_sheet_sent_through_the_page_is_taken_in_as_any_file(draft, client):
    sheet = SimpleUploadedFile("a.jpg", photographed(printed(draft, "consent")), "image/jpeg")
    answer = client.post(f"/khai/{draft.pk}/nhieu-giay-to/", {"tep": sheet})
    assert answer["Location"].startswith(f"/khai/{draft.pk}/giay-to/?da-gui=")
    assert set(pages(draft)) == {"consent"}
    assert moved_to(client.get(answer["Location"])) == [f"/khai/{draft.pk}/giay-to/consent/"]


def moved_to(answer):
    """Return where the page says that sheets went."""
    return re.findall(r'Đã chuyển sang giấy tờ: <a href="([^"]+)"', answer.content.decode())


def test_the_page_says_to_which_paper_a_sheet_went_without_scripts(draft, client):
    there = f"/khai/{draft.pk}/giay-to/pledge/"
    sheet = SimpleUploadedFile("a.jpg", photographed(printed(draft, "consent")), "image/jpeg")
    answer = client.post(there, {"pledge": sheet})
    assert moved_to(client.get(answer["Location"])) == [f"/khai/{draft.pk}/giay-to/consent/"]
    assert moved_to(client.get(there)) == []


def test_the_page_says_it_also_when_the_script_asks_about_what_it_sent(draft, client):
    content = photographed(printed(draft, "consent"))
    sender = Sender(client, f"/khai/{draft.pk}/gui/pledge/")
    assert sender.begins(content, first=content).status_code == 201
    code, there = hashlib.sha256(content).hexdigest()[:16], f"/khai/{draft.pk}/giay-to/pledge/"
    asked = client.get(there, {"da-gui": f"pledge:{code}"}, headers={"X-Part": "pages"})
    assert moved_to(asked) == [f"/khai/{draft.pk}/giay-to/consent/"]
    done = client.post(there, {"_done": "1", "da-gui": f"pledge:{code}"})
    assert moved_to(client.get(done["Location"])) == [f"/khai/{draft.pk}/giay-to/consent/"]


def test_an_address_cannot_make_a_page_say_what_is_not_so(draft, client):
    content = photographed(printed(draft, "consent"))
    brings(draft, "consent", content)
    code, there = hashlib.sha256(content).hexdigest()[:16], f"/khai/{draft.pk}/giay-to/pledge/"
    for told in (f"consent:{code}", "pledge:" + "0" * 16, "pledge", ""):
        assert moved_to(client.get(there, {"da-gui": told})) == []


def scanned(*pdfs):
    """Return one scan of all of them."""
    whole, out = PdfWriter(), io.BytesIO()
    for one in pdfs:
        whole.append(io.BytesIO(one))
    whole.write(out)
    return out.getvalue()


def test_of_a_scan_of_several_sheets_each_finds_its_paper_and_the_rest_stays(draft):
    whole = scanned(pdf(), printed(draft, "consent"), printed(draft, "pledge"))
    brings(draft, "pledge", whole)
    there = pages(draft)
    assert [bool(page.signed) for page in there["pledge"]] == [False, True]
    assert [bool(page.signed) for page in there["consent"]] == [True]
    told = {page.received for kept in there.values() for page in kept}
    assert told == {hashlib.sha256(whole).hexdigest()}


def test_one_sheet_of_another_declaration_in_a_scan_keeps_nothing_of_it(begin, draft):
    whole = scanned(printed(draft, "pledge"), printed(begin(), "consent"))
    with pytest.raises(SheetOfAnotherDraft):
        brings(draft, "pledge", whole)
    assert pages(draft) == {}


def test_no_more_than_twenty_sheets_of_a_scan_are_searched(draft, monkeypatch):
    monkeypatch.setattr(reading_codes, "MOST_SHEETS", 2)
    whole = scanned(pdf(2), printed(draft, "consent"))
    assert len(list(reading_codes.codes_of_sheets(whole))) == 2
