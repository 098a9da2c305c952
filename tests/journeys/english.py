"""What is still Vietnamese on a page that was asked for in English."""

import re
from functools import cache
from html import unescape
from html.parser import HTMLParser

from django.conf import settings
from django.test import Client
from django.utils import translation

from motcua.config.words import words_of

SHOWN = {"aria-label", "placeholder", "title", "alt", "value"}
# Labels of the small procedures of the tests, which speak Vietnamese in both languages.
GIVEN = {"Người nộp", "Số điện thoại", "Thư điện tử"}
SILENT = {"script", "style", "template"}


class Shown(HTMLParser):
    """Collects what a page says: its texts and the attributes that are read out."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []
        self.language = ""
        self._silent = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "html":
            self.language = given.get("lang") or ""
        self.texts += [value for name, value in attrs if name in SHOWN and value]
        self._silent = tag if tag in SILENT else self._silent

    def handle_endtag(self, tag: str) -> None:
        self._silent = "" if tag == self._silent else self._silent

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.texts.append(data)


@cache
def patterns() -> re.Pattern[str]:
    """Return what matches a whole text that should have been translated, gaps filled in or not."""
    with translation.override("en"):
        untranslated = {
            form
            for words in words_of(settings.ROOT / "motcua").values()
            for form in (words.text, words.plural)
            if form and len(form) > 3 and translation.gettext(form) != form
        }
    filled = [_filled(form) for form in sorted(untranslated) if _filled(form)]
    return re.compile("|".join(filled))


def _filled(text: str) -> str:
    plain = re.sub(r"</?\w+>", "", unescape(text)).replace("%%", "%")
    parts = re.split(r"%\(\w+\)[sd]|\{\w+\}", " ".join(plain.split()))
    longest = max(len(part.strip()) for part in parts)
    return ".+?".join(re.escape(part) for part in parts) if longest > 2 else ""


def vietnamese_left(html: str) -> list[str]:
    """Return the texts of a page that have an English and are not in English."""
    page = Shown()
    page.feed(html)
    texts = [" ".join(text.split()) for text in page.texts]
    return [text for text in texts if text not in GIVEN and patterns().fullmatch(text)]


def read_in_english(client: Client, path: str) -> str:
    """Read a page with the cookie that chooses English; it must say that it is English."""
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    answer = client.get(path)
    assert answer.status_code < 500, path
    assert "Location" not in answer, f"{path} leads to {answer.get('Location')}"
    page = Shown()
    html: str = answer.content.decode()
    page.feed(html)
    assert (page.language, answer["Content-Language"]) == ("en", "en"), path
    return html
