"""The figures in Chromium: on a phone and on a screen, for axe, and a list made a file without scripts."""

from datetime import timedelta

import pytest

from motcua.dossiers.models import Dossier, LegRow
from motcua.toolkit.clock import now
from motcua.toolkit.jobs import run_due
from tests.browser.conftest import DESKTOP, PHONE
from tests.browser.test_desk_pages import aside
from tests.browser.test_desk_pages import at_the_desk as at_the_desk  # noqa: PLC0414 - a fixture
from tests.browser.test_desk_pages import look as look  # noqa: PLC0414 - a fixture
from tests.browser.test_desk_pages import office as office  # noqa: PLC0414 - a fixture

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
FIGURES = "/can-bo/so-lieu/"
PAGES = {"today": "", "period": "ky/", "indicators": "chi-so/", "list": "danh-sach/?so=tre-han"}


def busy(office):
    """Bring a new dossier, one at work, one late, one that waits for other agencies."""
    office.filed()
    office.born()
    late, gone = office.received(), now() - timedelta(days=3)
    Dossier.objects.filter(code=late.code).update(due_at=gone)
    LegRow.objects.filter(dossier__code=late.code, leg="birth").update(due_at=gone)


def test_the_figures_are_sound_on_a_phone_and_on_a_screen(office, at_the_desk, look):
    aside(lambda: busy(office))
    for viewport in (PHONE, DESKTOP):
        for name, path in PAGES.items():
            page = at_the_desk("leader", FIGURES + path, viewport=viewport)
            look(page, f"figures-{name}-{viewport['width']}")
    assert page.locator("tbody tr").count() == 1


def test_a_list_becomes_a_file_without_scripts(office, at_the_desk):
    office.filed()
    page = at_the_desk("leader", "/can-bo/", java_script_enabled=False)
    page.get_by_role("link", name="Số liệu").click()
    page.get_by_role("link", name="Nộp vào").click()
    page.get_by_role("button", name="Lập tệp CSV").click()
    assert page.get_by_text("Tệp đang chờ đến lượt.").is_visible()
    aside(run_due)
    page.get_by_role("link", name="Xem tiến độ").click()
    with page.expect_download() as fetched:
        page.get_by_role("link", name="Tải tệp CSV").click()
    assert fetched.value.suggested_filename.endswith(".csv")
