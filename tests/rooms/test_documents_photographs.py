"""Photographs sent as plain files: looked at, laid straight when asked, the picture as it was sent kept."""

import hashlib
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from motcua.documents import operations, photographs
from motcua.documents.rules.photographs import LIMITS
from motcua.documents.rules.refusals import LookNotUnderstood
from motcua.documents.straightening import looks, show_as
from motcua.documents.wiring import blob_store
from tests.photo_set import photograph

pytestmark = pytest.mark.django_db

AT = datetime(2026, 11, 20, 8, 0, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
DRAFT = "draft:lan"


@pytest.fixture(scope="module")
def photos():
    return {name: photograph(name).content for name in ("ban-go", "khan-trai-ban")}


def sent(content):
    return operations.add_page(owner=DRAFT, key="note", filename="a.jpg", content=content, at=AT)


def shown(paper, look):
    (page,) = paper.page_list
    changed = show_as(owner=DRAFT, document=paper.pk, page=page.id, look=look, at=AT)
    return changed, changed.page_list[0]


def test_a_photograph_is_kept_as_it_came_and_its_sheet_is_seen(photos):
    (page,) = sent(photos["ban-go"]).page_list
    assert (page.look, page.faults, len(page.corners)) == ("sent", [], 4)
    assert looks(page) == ["straight", "scan"]


def test_laid_straight_it_is_a_light_a4_sheet_and_the_received_file_stays_known(photos):
    _, page = shown(sent(photos["khan-trai-ban"]), "straight")
    assert abs(page.height / page.width / 2**0.5 - 1) < 0.02
    assert page.size <= LIMITS.page_bytes
    assert page.received == hashlib.sha256(photos["khan-trai-ban"]).hexdigest()
    assert len(blob_store().read(page.digest)) == page.size


@pytest.mark.parametrize("name", ["ban-go", "khan-trai-ban"])
@pytest.mark.parametrize("scan", [True, False])
def test_a_sheet_that_was_laid_straight_has_no_fault(photos, name, scan):
    corners = photographs.look(photos[name]).corners
    straight = photographs.straighten(photos[name], corners, scan=scan)
    assert photographs.look(straight.content).faults == ()


def test_whoever_likes_the_picture_better_as_it_was_has_it_back(photos):
    paper = sent(photos["ban-go"])
    before = paper.page_list[0]
    paper, straight = shown(paper, "straight")
    paper, scan = shown(paper, "scan")
    paper, back = shown(paper, "sent")
    assert (back.digest, back.look, back.as_sent) == (before.digest, "sent", "")
    assert len({before.digest, straight.digest, scan.digest}) == 3


def test_the_picture_as_it_was_sent_outlives_the_sweep(photos):
    paper = sent(photos["ban-go"])
    shown(paper, "straight")
    operations.sweep(before=AT + timedelta(days=400))
    assert blob_store().has(paper.page_list[0].digest)


def test_the_same_look_twice_is_harmless_and_an_unknown_one_is_refused(photos):
    paper, first = shown(sent(photos["ban-go"]), "scan")
    paper, again = shown(paper, "scan")
    assert first == again
    with pytest.raises(LookNotUnderstood):
        shown(paper, "painted")
