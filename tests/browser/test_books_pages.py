"""Books and the working calendar in Chromium: on a phone and on a screen, and for axe."""

import pytest

from motcua.dossiers.models import Dossier
from motcua.journeys.recounting import carry_out
from motcua.kernel.working_time import ZONE
from motcua.registers.models import Entry
from tests.browser.conftest import DESKTOP, PHONE
from tests.browser.test_desk_pages import aside
from tests.browser.test_desk_pages import at_the_desk as at_the_desk  # noqa: PLC0414 - a fixture
from tests.browser.test_desk_pages import look as look  # noqa: PLC0414 - a fixture
from tests.browser.test_desk_pages import office as office  # noqa: PLC0414 - a fixture
from tests.journeys.test_books import opened_book, written
from tests.journeys.test_recounting import storm

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def kept(office):
    """Keep a book with a struck number; set a day that moved a dossier. Return their pages."""
    book = opened_book(office, first=284)
    written(office, book, "Trần Minh An", "Lò Thị Ngọc Ánh")
    first, last = Entry.objects.order_by("number")
    Entry.objects.filter(pk=first.pk).update(
        struck_at=first.at, struck_by="Hoàng Thị Bích Ngà", struck_reason="Ghi nhầm họ tên"
    )
    row = office.received()
    day = Dossier.objects.get(pk=row.pk).due_at.astimezone(ZONE).date()
    change = carry_out(storm(day).pk)
    return {
        "books": ("leader", "/can-bo/so/"),
        "book": ("leader", f"/can-bo/so/{book.pk}/"),
        "strike": ("leader", f"/can-bo/so/muc/{last.pk}/gach/"),
        "calendar": ("administrator", "/can-bo/lich/"),
        "change": ("administrator", f"/can-bo/lich/{change.pk}/"),
    }


def test_books_and_the_calendar_are_sound_on_a_phone_and_on_a_screen(office, at_the_desk, look):
    pages = aside(lambda: kept(office))
    for viewport in (PHONE, DESKTOP):
        for name, (who, path) in pages.items():
            page = at_the_desk(who, path, viewport=viewport)
            look(page, f"{name}-{viewport['width']}")
            page.context.close()
    assert Entry.objects.filter(struck_at=None).count() == 1
