"""How pages look for one person: what was chosen is in the page, and nothing else ever is."""

import pytest
from django.test import Client

from motcua.ui.display import COOKIE, Display

PAGE = "/hien-thi/"
CHOSEN = {"text": "largest", "contrast": "more", "theme": "dark", "motion": "less", "words": "easy"}


@pytest.fixture
def grandmother():
    return Client()


def html(client, path=PAGE):
    return client.get(path).content.decode()


def test_whoever_chose_nothing_gets_the_page_of_everybody(grandmother):
    assert '<html lang="vi">' in html(grandmother)


def test_what_is_chosen_is_in_the_next_page_without_any_script(grandmother):
    answer = grandmother.post(PAGE, {**CHOSEN, "next": "/tim/?q=khai"}, follow=True)
    shown = answer.content.decode()
    assert (
        '<html lang="vi" data-text="largest" data-contrast="more" data-theme="dark"'
        ' data-motion="less" data-words="easy">' in shown
    )
    assert 'role="status"' in shown
    assert 'href="/tim/?q=khai"' in shown


def test_the_page_shows_what_holds(grandmother):
    grandmother.post(PAGE, {"text": "large"})
    assert 'value="large" checked' in " ".join(html(grandmother).split())


def test_everything_goes_back_to_how_it_was(grandmother):
    grandmother.post(PAGE, CHOSEN)
    grandmother.post(PAGE, {**CHOSEN, "_reset": "1"})
    assert '<html lang="vi">' in html(grandmother)


@pytest.mark.parametrize(
    "told", ["text=huge", 'theme="><script>', "onload=x", "%00", "text=large" * 900]
)
def test_a_cookie_that_is_not_ours_changes_nothing(grandmother, told):
    grandmother.cookies[COOKIE] = told
    assert '<html lang="vi">' in html(grandmother)


@pytest.mark.parametrize("next_path", ["//example.org", "https://example.org/", "javascript:x"])
def test_the_way_back_leads_nowhere_else(grandmother, next_path):
    answer = grandmother.post(PAGE, {"text": "large", "next": next_path}, follow=True)
    assert "example.org" not in answer.content.decode()


def test_every_page_leads_to_it_and_remembers_where_one_was(grandmother):
    assert 'href="/hien-thi/?next=/ui"' in html(grandmother, "/ui")


def test_only_what_may_be_chosen_is_read():
    assert Display.read({"text": "large", "theme": "pink"}) == Display(text="large")
