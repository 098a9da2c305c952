"""The language of a page: the one the person chose, else the installation's own.

Not the browser's: many phones in Viet Nam speak English to their owners, who read Vietnamese.
"""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation

Answer = Callable[[HttpRequest], HttpResponse]


class ChosenLanguage:
    """Middleware: speak the language of the cookie, Vietnamese where none was chosen."""

    def __init__(self, get_response: Answer) -> None:
        """Keep the rest of the house."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        known = {code for code, _ in settings.LANGUAGES}
        language = chosen if chosen in known else settings.LANGUAGE_CODE
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        return response
