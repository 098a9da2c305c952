"""Files on their way: kept across cuts, decided upon once, forgotten after a day."""

import hashlib
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from django.db import IntegrityError, connection

from motcua.documents import operations, queries, uploads
from motcua.documents.models import Upload, UploadPiece
from motcua.documents.rules.refusals import (
    DigestDiffers,
    FileNotUnderstood,
    OffsetDiffers,
    TooMuchInAll,
    UploadGone,
    UploadTooLong,
)
from tests.documents_samples import jpeg

pytestmark = pytest.mark.django_db

AT = datetime(2026, 11, 20, 8, 0, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
DRAFT, PAPER = "draft:lan", "birth-notice"
PHOTO = jpeg()


def begun(content=PHOTO, *, owner=DRAFT, act_key="", at=AT, digest="") -> Upload:
    return uploads.begin(
        owner=owner, key=PAPER, act_key=act_key or uuid4().hex, name="ảnh.jpg",
        length=len(content), digest=digest, at=at,
    )  # fmt: skip


def a_page(upload: Upload, content: bytes, at: datetime) -> None:
    operations.add_page(
        owner=upload.owner, key=upload.key, filename=upload.name, content=content, at=at
    )


def sent(upload: Upload, offset: int, content: bytes, *, owner=DRAFT, at=AT) -> Upload:
    return uploads.receive(
        owner=owner,
        key=upload.key,
        upload=upload.pk,
        offset=offset,
        content=content,
        keep=a_page,
        at=at,
    )


def pages() -> list[str]:
    return [page.received for paper in queries.documents_of(DRAFT) for page in paper.page_list]


def test_a_photograph_in_three_pieces_becomes_one_page() -> None:
    upload = begun()
    sent(upload, 0, PHOTO[:1000])
    sent(upload, 1000, PHOTO[1000:1500])
    assert pages() == []
    assert sent(upload, 1500, PHOTO[1500:]).state == "kept"
    assert pages() == [hashlib.sha256(PHOTO).hexdigest()]
    assert not UploadPiece.objects.exists()


def test_after_a_cut_it_is_known_how_much_has_come() -> None:
    upload = begun()
    sent(upload, 0, PHOTO[:1234])
    assert uploads.found(owner=DRAFT, key=PAPER, upload=upload.pk, at=AT).received == 1234


def test_the_last_piece_sent_twice_is_harmless() -> None:
    upload = begun()
    sent(upload, 0, PHOTO)
    assert sent(upload, len(PHOTO), b"").state == "kept"
    with pytest.raises(OffsetDiffers):
        sent(upload, 0, PHOTO)
    assert len(pages()) == 1


def test_a_beginning_sent_twice_begins_one_upload() -> None:
    assert begun(act_key="ảnh-1").pk == begun(act_key="ảnh-1").pk
    assert begun(act_key="ảnh-1", owner="draft:hùng").pk != begun(act_key="ảnh-1").pk


def test_a_piece_for_another_place_or_beyond_the_end_changes_nothing() -> None:
    upload = begun()
    sent(upload, 0, PHOTO[:10])
    with pytest.raises(OffsetDiffers) as refused:
        sent(upload, 0, PHOTO[:10])
    assert refused.value.data == {"offset": 10}
    with pytest.raises(UploadTooLong):
        sent(upload, 10, PHOTO)
    assert uploads.found(owner=DRAFT, key=PAPER, upload=upload.pk, at=AT).received == 10


def test_somebody_elses_upload_is_not_there() -> None:
    upload = begun()
    with pytest.raises(UploadGone):
        sent(upload, 0, PHOTO, owner="draft:hùng")
    with pytest.raises(UploadGone):
        uploads.take_back(owner="draft:hùng", key=PAPER, upload=upload.pk)
    assert uploads.found(owner=DRAFT, key=PAPER, upload=upload.pk, at=AT).received == 0


def test_a_file_that_was_damaged_on_the_way_is_refused_and_stays_so() -> None:
    upload = begun(digest=hashlib.sha256(b"another").hexdigest())
    for offset, content in [(0, PHOTO), (len(PHOTO), b"")]:
        with pytest.raises(DigestDiffers):
            sent(upload, offset, content)
    assert pages() == []


def test_what_is_no_paper_is_refused_with_its_reason_each_time_it_is_asked() -> None:
    upload = begun(b"MZ this is a program")
    for offset, content in [(0, b"MZ this is a program"), (20, b"")]:
        with pytest.raises(FileNotUnderstood) as refused:
            sent(upload, offset, content)
        assert refused.value.data["name"] == "ảnh.jpg"
    assert not UploadPiece.objects.exists()


def test_uploads_on_their_way_count_toward_the_limit_of_the_owner() -> None:
    for _ in range(5):
        begun(b"x" * 20 * 1024 * 1024)
    with pytest.raises(TooMuchInAll):
        begun()
    begun(at=AT + timedelta(hours=25))  # the others are over by then


def test_an_upload_taken_back_is_gone_with_its_pieces() -> None:
    upload = begun()
    sent(upload, 0, PHOTO[:10])
    uploads.take_back(owner=DRAFT, key=PAPER, upload=upload.pk)
    with pytest.raises(UploadGone):
        sent(upload, 10, PHOTO[10:])
    assert not UploadPiece.objects.exists()


def test_each_piece_gives_another_day_then_the_upload_is_forgotten() -> None:
    upload, later = begun(), AT + timedelta(hours=23)
    sent(upload, 0, PHOTO[:10], at=later)
    assert uploads.sweep(at=later + timedelta(hours=23)) == 0
    with pytest.raises(UploadGone):
        sent(upload, 10, PHOTO[10:], at=later + timedelta(hours=24))
    assert uploads.sweep(at=later + timedelta(hours=24)) == 2
    assert begun(act_key=upload.act_key, at=later + timedelta(hours=24)).received == 0


def test_the_database_forbids_a_whole_file_that_nobody_decided_upon() -> None:
    upload = begun()
    with pytest.raises(IntegrityError):
        Upload.objects.filter(pk=upload.pk).update(received=len(PHOTO))


def test_the_database_forbids_a_large_piece() -> None:
    with pytest.raises(IntegrityError):
        UploadPiece.objects.create(upload=begun(), start=0, content=b"x" * 65_537)


@pytest.mark.django_db(transaction=True)
def test_of_two_pieces_for_one_place_sent_at_once_one_is_taken() -> None:
    upload = begun()

    def send(piece: bytes) -> str:
        try:
            sent(upload, 0, piece)
        except OffsetDiffers:
            return "differs"
        finally:
            connection.close()
        return "taken"

    with ThreadPoolExecutor(2) as both:
        assert sorted(both.map(send, [PHOTO[:900], PHOTO[:700]])) == ["differs", "taken"]
    there = uploads.found(owner=DRAFT, key=PAPER, upload=upload.pk, at=AT)
    assert there.received in {900, 700}
    assert sum(len(piece.content) for piece in there.pieces.all()) == there.received
