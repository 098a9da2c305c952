"""The language of a page: the one the person chose, else the installation's own.

Not the browser's: many phones in Viet Nam speak English to their owners, who read Vietnamese.
"""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation

from motcua.toolkit.passages import mark_vietnamese
from motcua.toolkit.spoken import Language

Answer = Callable[[HttpRequest], HttpResponse]


class ChosenLanguage:
    """Middleware: speak the language of the cookie, Vietnamese where none was chosen.

    An office's desk (a realm of its own) speaks its working languages only.
    """

    def __init__(self, get_response: Answer) -> None:
        """Keep the rest of the house."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        language = _language_of(request)
        with translation.override(language.code):
            request.LANGUAGE_CODE = language.code
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language.code)
        if language.letters and _is_page(response):
            response.content = mark_vietnamese(response.content.decode(), language.letters)
        return response


def _language_of(request: HttpRequest) -> Language:
    languages: dict[str, Language] = settings.SPOKEN
    own = languages[settings.LANGUAGE_CODE]
    chosen = languages.get(request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, ""), own)
    at_a_desk = any(request.path.startswith(realm) for realm in settings.SESSION_REALMS)
    return own if at_a_desk and not chosen.working else chosen


def _is_page(response: HttpResponse) -> bool:
    return not response.streaming and response.headers.get("Content-Type", "").startswith(
        "text/html"
    )
