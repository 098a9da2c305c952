"""How pages look and speak for one person: letters, contrast, colours, motion, easy words.

Kept in a cookie of this browser and written into `<html>` by the server, so that it needs no script and
no account. Whoever chose nothing has no cookie: their page is the same as everybody's.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Self
from urllib.parse import parse_qsl, urlencode

from django.conf import settings
from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from motcua.ui.fields import FieldView, Option

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.http import HttpRequest, HttpResponse
    from django.utils.safestring import SafeString

COOKIE = "hien-thi"
_A_YEAR = 365 * 24 * 3600
CHOICES: Mapping[str, frozenset[str]] = {
    "text": frozenset({"large", "largest"}),
    "contrast": frozenset({"more"}),
    "theme": frozenset({"light", "dark"}),
    "motion": frozenset({"less"}),
    "words": frozenset({"easy"}),
    "listen": frozenset({"off"}),
}
"""What may be chosen; whatever else a cookie or a form says counts as nothing."""


@dataclass(frozen=True)
class Display:
    """What one person chose; an empty text leaves it as the house and the phone have it."""

    text: str = ""
    contrast: str = ""
    theme: str = ""
    motion: str = ""
    words: str = ""
    listen: str = ""

    @classmethod
    def read(cls, told: Mapping[str, str]) -> Self:
        """Return what is told, as far as it can be chosen."""
        return cls(**{name: told[name] for name in CHOICES if told.get(name) in CHOICES[name]})

    @property
    def chosen(self) -> dict[str, str]:
        """What was chosen, without what was left."""
        return {name: value for name, value in asdict(self).items() if value}

    @property
    def attributes(self) -> SafeString:
        """The attributes of `<html>` that the style sheet knows."""
        return format_html_join("", ' data-{}="{}"', self.chosen.items())


def display_of(request: HttpRequest) -> Display:
    """Return what the person in front of this browser chose."""
    return Display.read(dict(parse_qsl(request.COOKIES.get(COOKIE, ""))))


def display_context(request: HttpRequest) -> dict[str, Display]:
    """Give every page what was chosen: a context processor."""
    return {"display": display_of(request)}


@require_http_methods(["GET", "HEAD", "POST"])
def display_page(request: HttpRequest) -> HttpResponse:
    """Ask how pages shall look; keep it in a cookie and show this page in its new look."""
    back = _local(request.POST.get("next") or request.GET.get("next", "/"))
    if request.method == "POST":
        chosen = Display() if "_reset" in request.POST else Display.read(request.POST.dict())
        return _kept(chosen, back)
    context = {
        "fields": _fields(display_of(request)),
        "next": back,
        "saved": "da-luu" in request.GET,
    }
    return render(request, "ui/display.html", context)


def _local(path: str) -> str:
    allowed = path.startswith("/") and url_has_allowed_host_and_scheme(path, None)
    return path if allowed else "/"


def _kept(chosen: Display, back: str) -> HttpResponse:
    answer = HttpResponseRedirect(
        f"{reverse('ui:display')}?{urlencode({'da-luu': 1, 'next': back})}"
    )
    if not chosen.chosen:
        answer.delete_cookie(COOKIE, samesite="Lax")
        return answer
    answer.set_cookie(
        COOKIE,
        urlencode(chosen.chosen),
        max_age=_A_YEAR,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    return answer


def _fields(now: Display) -> list[FieldView]:
    """Return the questions, each with what holds now."""
    questions = {
        "text": (
            gettext("Cỡ chữ"),
            {"": gettext("Vừa"), "large": gettext("Lớn"), "largest": gettext("Lớn nhất")},
        ),
        "contrast": (
            gettext("Độ tương phản"),
            {"": gettext("Vừa"), "more": gettext("Đậm, rõ hơn")},
        ),
        "theme": (
            gettext("Nền trang"),
            {
                "": gettext("Theo điện thoại, máy tính"),
                "light": gettext("Nền sáng"),
                "dark": gettext("Nền tối"),
            },
        ),
        "motion": (
            gettext("Chuyển động"),
            {"": gettext("Theo điện thoại, máy tính"), "less": gettext("Ít chuyển động")},
        ),
        "words": (
            gettext("Bài hướng dẫn"),
            {"": gettext("Bản đầy đủ"), "easy": gettext("Bản dễ hiểu: câu ngắn, lời thường")},
        ),
        "listen": (
            gettext("Đọc thành tiếng"),
            {"": gettext("Có nút “Nghe” khi máy đọc được"), "off": gettext("Không cần nút “Nghe”")},
        ),
    }
    return [_field(name, *question, now) for name, question in questions.items()]


def _field(name: str, label: str, labels: Mapping[str, str], now: Display) -> FieldView:
    chosen = getattr(now, name)
    options = [Option(value, words, selected=value == chosen) for value, words in labels.items()]
    return FieldView(id=name, name=name, widget="radio", label=label, options=options)
