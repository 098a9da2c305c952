"""Papers as they arrive: taken in clean, kept in order, handed over; hostile ones refused."""

import hashlib
import io
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from django.conf import settings
from django.db import connection
from PIL import Image
from pypdf import PdfReader

from motcua.documents import images, operations, queries
from motcua.documents.models import Blob, Document
from motcua.documents.rules.kinds import FILE_LIMIT, Kind
from motcua.documents.rules.refusals import (
    FileDamaged,
    FileEmpty,
    FileNotUnderstood,
    FileTooLarge,
    HeicNotReadHere,
    PageUnknown,
    PaperUnknown,
    PdfLocked,
    PdfTooIntricate,
    TooManyPages,
    TooManyPixels,
    TooMuchInAll,
)
from motcua.documents.wiring import blob_store
from tests import documents_samples as samples

pytestmark = pytest.mark.django_db

AT = datetime(2026, 11, 20, 8, 0, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
DRAFT = "draft:lan"


def send(content, *, owner=DRAFT, key="birth-notice", filename="ảnh.jpg", at=AT):
    return operations.add_page(owner=owner, key=key, filename=filename, content=content, at=at)


def kept(paper: Document, place: int = 0) -> bytes:
    return blob_store().read(paper.page_list[place].digest)


def opened(content: bytes) -> Image.Image:
    return Image.open(io.BytesIO(content))


def dark_side(image: Image.Image) -> str:
    """Where the dark half of the sample picture stands."""
    grey = image.convert("L")
    w, h = grey.size
    sides = {
        "left": (w // 8, h // 2),
        "right": (w * 7 // 8, h // 2),
        "top": (w // 2, h // 8),
        "bottom": (w // 2, h * 7 // 8),
    }
    dark = {side for side, spot in sides.items() if grey.getpixel(spot) < 100}
    opposite = {"left": "right", "right": "left", "top": "bottom", "bottom": "top"}
    (side,) = [side for side in dark if opposite[side] not in dark]
    return side


@pytest.mark.parametrize(
    "content",
    [
        samples.jpeg(),
        samples.encoded(samples.picture(), "PNG"),
        samples.encoded(samples.picture().convert("RGBA"), "PNG"),
        samples.encoded(samples.picture().convert("P"), "PNG"),
        samples.encoded(samples.picture().convert("1"), "PNG"),
        samples.encoded(samples.picture().convert("I;16"), "PNG"),
        samples.encoded(samples.picture().convert("CMYK"), "JPEG"),
        samples.encoded(samples.picture(), "WEBP"),
        samples.encoded(samples.picture(), "MPO", save_all=True, append_images=[samples.picture()]),
        samples.heic(),
    ],
    ids=["jpeg", "png", "clear", "palette", "bilevel", "16-bit", "cmyk", "webp", "mpo", "heic"],
)
def test_every_picture_of_a_phone_or_a_scanner_is_kept_as_jpeg(content):
    page = send(content).page_list[0]
    assert (page.kind, page.media_type, page.width, page.height) == (
        "image",
        "image/jpeg",
        640,
        480,
    )
    assert opened(blob_store().read(page.digest)).format == "JPEG"


def test_what_was_clear_becomes_white_like_paper():
    paper = send(samples.encoded(Image.new("RGBA", (50, 50), (0, 0, 0, 0)), "PNG"))
    assert opened(kept(paper)).convert("L").getpixel((25, 25)) > 250


def test_a_large_photo_is_shrunk_to_two_thousand_pixels():
    page = send(samples.jpeg(4000, 3000)).page_list[0]
    assert (page.width, page.height) == (2000, 1500)


def test_where_and_by_whom_a_photo_was_taken_is_forgotten_and_it_stands_upright():
    sent = samples.jpeg_with_place_and_turn()
    assert b"Pham Thi Lan" in sent
    image = opened(kept(send(sent)))
    assert b"Pham Thi Lan" not in kept(send(sent))
    assert not image.getexif()
    assert image.size == (480, 640)
    assert dark_side(image) == "top"


def test_the_paper_names_the_digest_of_what_was_sent_and_of_what_is_kept():
    sent = samples.jpeg()
    page = send(sent).page_list[0]
    assert page.received == hashlib.sha256(sent).hexdigest()
    assert page.digest == hashlib.sha256(blob_store().read(page.digest)).hexdigest()
    assert Blob.objects.get(digest=page.digest).size == page.size


def test_a_pdf_keeps_its_sheets():
    page = send(samples.pdf(3), filename="giấy.pdf").page_list[0]
    assert (page.kind, page.media_type, page.sheets) == ("pdf", "application/pdf", 3)


def test_a_pdf_loses_scripts_attachments_links_and_names_but_not_marks():
    sent = samples.active_pdf()
    clean = kept(send(sent, filename="giấy.pdf"))
    for word in (
        b"/JavaScript",
        b"/JS",
        b"/AA",
        b"/OpenAction",
        b"/EmbeddedFile",
        b"/Link",
        b"Lan",
    ):
        assert word in sent
        assert word not in clean
    marks = PdfReader(io.BytesIO(clean)).pages[0]["/Annots"]
    assert [mark.get_object()["/Subtype"] for mark in marks] == ["/FreeText"]


def test_a_pdf_that_is_a_web_page_too_is_kept_as_a_pdf_only():
    sent = samples.pdf_that_is_a_page_too()
    assert b"<script>" in sent
    assert b"<script>" not in kept(send(sent, filename="giấy.pdf"))


@pytest.mark.parametrize(
    ("content", "refusal"),
    [
        (b"", FileEmpty),
        (b"<html><script>alert(1)</script></html>", FileNotUnderstood),
        (b"<svg xmlns='http://www.w3.org/2000/svg' onload='x()'/>", FileNotUnderstood),
        (b"<html></html>" + samples.pdf(), FileNotUnderstood),
        (b"PK\x03\x04" + b"\0" * 100, FileNotUnderstood),
        (samples.jpeg()[:3000], FileDamaged),
        (samples.jpeg()[:4], FileDamaged),
        (samples.heic()[:500], FileDamaged),
        (b"\xff\xd8\xff" + b"<html>" * 100, FileDamaged),
        (b"%PDF-1.7\n" + b"\0" * 300, FileDamaged),
        (samples.pdf()[:300], FileDamaged),
        (samples.locked_pdf(), PdfLocked),
        (samples.png_bomb(), TooManyPixels),
        (samples.pdf(61, fill=8), TooManyPages),
        (samples.jpeg() + b"\0" * FILE_LIMIT, FileTooLarge),
    ],
    ids=[
        "nothing", "html", "svg", "html-before-pdf", "zip", "cut-jpeg", "four-bytes", "cut-heic",
        "html-as-jpeg", "empty-pdf", "cut-pdf", "locked", "bomb", "61-sheets", "too-large",
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_a_paper_is_refused_and_leaves_nothing(content, refusal):
    with pytest.raises(refusal):
        send(content)
    assert not Document.objects.exists()
    assert not Blob.objects.exists()


def test_a_file_of_exactly_twenty_megabytes_is_taken():
    content = samples.jpeg()
    assert send(content + b"\0" * (FILE_LIMIT - len(content))).sheets == 1


def test_an_uploaded_file_is_read_no_further_than_the_limit():
    file = io.BytesIO(samples.jpeg() + b"\0" * (FILE_LIMIT * 2))
    with pytest.raises(FileTooLarge):
        send(file)
    assert file.tell() == FILE_LIMIT + 1


def test_a_pdf_with_a_maze_of_objects_is_refused():
    body = b"%PDF-1.4\n" + b"".join(b"%d 0 obj null endobj\n" % n for n in range(1, 20_100))
    with pytest.raises((PdfTooIntricate, FileDamaged)):
        send(body + samples.pdf())


def test_without_a_heic_reader_the_refusal_tells_how_to_set_the_phone(monkeypatch):
    monkeypatch.setattr(images, "_heic_is_readable", lambda: False)
    with pytest.raises(HeicNotReadHere) as refused:
        images.reencode(samples.heic(), Kind.HEIC, name="a.heic")
    assert "Tương thích nhất" in refused.value.text


def test_several_photos_make_one_paper_in_order():
    send(samples.jpeg(100, 100))
    send(samples.jpeg(200, 100))
    paper = send(samples.jpeg(300, 100))
    assert [page.width for page in paper.page_list] == [100, 200, 300]
    assert [known.id for known in queries.documents_of(DRAFT)] == [paper.id]


def test_the_same_file_sent_again_stands_once():
    first = send(samples.jpeg())
    again = send(samples.jpeg())
    assert (again.id, again.sheets) == (first.id, 1)


def test_a_page_goes_and_the_last_takes_the_paper_with_it():
    send(samples.jpeg(100, 100))
    paper = send(samples.jpeg(200, 100))
    first, second = paper.page_list
    left = operations.remove_page(owner=DRAFT, document=paper.id, page=first.id, at=AT)
    assert [page.id for page in left.page_list] == [second.id]
    operations.remove_page(owner=DRAFT, document=paper.id, page=second.id, at=AT)
    assert queries.documents_of(DRAFT) == []


def test_after_a_paper_was_removed_it_can_be_given_anew():
    paper = send(samples.jpeg())
    (page,) = paper.page_list
    operations.remove_page(owner=DRAFT, document=paper.id, page=page.id, at=AT)
    assert send(samples.jpeg()).id != paper.id


def test_a_photo_is_turned_clockwise_and_four_turns_lose_nothing():
    paper = send(samples.jpeg())
    page = paper.page_list[0]
    turned = operations.turn_page(owner=DRAFT, document=paper.id, page=page.id, degrees=90, at=AT)
    assert dark_side(opened(kept(turned))) == "top"
    assert (turned.page_list[0].width, turned.page_list[0].height) == (480, 640)
    for _ in range(3):
        turned = operations.turn_page(
            owner=DRAFT, document=paper.id, page=page.id, degrees=90, at=AT
        )
    assert turned.page_list[0].digest == page.digest


def test_a_pdf_is_turned_too():
    paper = send(samples.pdf(2), filename="giấy.pdf")
    page = paper.page_list[0]
    turned = operations.turn_page(owner=DRAFT, document=paper.id, page=page.id, degrees=270, at=AT)
    assert [each.rotation for each in PdfReader(io.BytesIO(kept(turned))).pages] == [270, 270]


def test_a_better_photo_takes_the_place_of_a_bad_one():
    send(samples.jpeg(100, 100))
    paper = send(samples.jpeg(200, 100))
    bad = paper.page_list[0]
    better = operations.replace_page(
        owner=DRAFT, document=paper.id, page=bad.id, filename="b.jpg",
        content=samples.jpeg(150, 100), at=AT,
    )  # fmt: skip
    assert [page.width for page in better.page_list] == [150, 200]


def test_nobody_changes_a_paper_of_somebody_else():
    paper = send(samples.jpeg())
    page = paper.page_list[0].id
    with pytest.raises(PaperUnknown):
        operations.remove_page(owner="draft:stranger", document=paper.id, page=page, at=AT)
    with pytest.raises(PaperUnknown):
        queries.document("draft:stranger", paper.id)
    with pytest.raises(PaperUnknown):
        queries.document(DRAFT, uuid4())


def test_sixty_sheets_in_all_papers_of_one_owner_are_enough():
    send(samples.pdf(40, fill=8), key="a")
    with pytest.raises(TooManyPages):
        send(samples.pdf(21, fill=9), key="b")
    assert [paper.key for paper in queries.documents_of(DRAFT)] == ["a"]


def test_a_hundred_megabytes_in_all_papers_of_one_owner_are_enough():
    send(samples.jpeg(), key="a")
    Document.kept.update(size=100 * 1_048_576)
    with pytest.raises(TooMuchInAll):
        send(samples.jpeg(100, 100), key="b")


def test_filing_hands_all_papers_over_in_one_statement(django_assert_num_queries):
    send(samples.jpeg(), key="a")
    send(samples.pdf(), key="b", filename="b.pdf", at=AT + timedelta(seconds=1))
    with django_assert_num_queries(2):  # what is replaced, what comes
        moved = operations.claim(owner_from=DRAFT, owner_to="dossier:H31-1", at=AT)
    assert moved == 2
    assert [paper.key for paper in queries.documents_of("dossier:H31-1")] == ["a", "b"]
    assert operations.claim(owner_from=DRAFT, owner_to="dossier:H31-1", at=AT) == 0


def test_a_supplement_replaces_the_earlier_version_and_keeps_it_as_history():
    old = send(samples.jpeg(), key="a")
    send(samples.jpeg(), key="b")
    operations.claim(owner_from=DRAFT, owner_to="dossier:H31-1", at=AT)
    new = send(samples.jpeg(200, 200), key="a", owner="draft:supplement")
    later = AT + timedelta(days=1)
    operations.claim(owner_from="draft:supplement", owner_to="dossier:H31-1", at=later)
    assert {paper.id for paper in queries.documents_of("dossier:H31-1")} >= {new.id}
    assert [paper.id for paper in queries.earlier_versions_of("dossier:H31-1")] == [old.id]
    assert queries.document("dossier:H31-1", old.id).sheets == 1


def test_a_page_is_read_back_piece_by_piece():
    paper = send(samples.jpeg())
    page = paper.page_list[0]
    assert b"".join(queries.open_page(paper, page.id).stream) == blob_store().read(page.digest)
    with pytest.raises(PageUnknown):
        queries.open_page(paper, "none")


def test_an_upload_costs_two_queries(django_assert_num_queries):
    send(samples.jpeg(100, 100))
    with django_assert_num_queries(
        4
    ):  # savepoint, papers under their lock, bytes and paper, release
        send(samples.jpeg(200, 100))


def test_files_lie_under_their_digest_readable_only_by_the_owner_of_the_process():
    digest = send(samples.jpeg()).page_list[0].digest
    place = settings.FILES_ROOT / digest[:2] / digest
    assert place.stat().st_mode & 0o077 == 0
    assert not list(settings.FILES_ROOT.rglob(".arriving-*"))


def test_no_path_can_be_smuggled_in_as_a_digest():
    for evil in ("../../secrets/django-key", "a" * 63, "A" * 64, "/" * 64):
        with pytest.raises(FileNotFoundError):
            blob_store().read(evil)


@pytest.mark.django_db(transaction=True)
def test_photos_sent_at_the_same_moment_all_arrive_in_one_paper():
    def send_one(width):
        try:
            send(samples.jpeg(width, 100))
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(send_one, [100, 200, 300, 400]))
    (paper,) = queries.documents_of(DRAFT)
    assert sorted(page.width for page in paper.page_list) == [100, 200, 300, 400]
