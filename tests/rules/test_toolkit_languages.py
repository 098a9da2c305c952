from django.http import HttpResponse
from django.test import RequestFactory
from django.utils.translation import get_language

from motcua.toolkit.languages import ChosenLanguage


def language_of(**request: str) -> str:
    cookie = request.pop("cookie", "")
    asked = RequestFactory().get("/", **request)
    if cookie:
        asked.COOKIES["django_language"] = cookie
    spoken = []
    ChosenLanguage(lambda _: spoken.append(get_language()) or HttpResponse())(asked)
    return spoken[0]


def test_vietnamese_comes_first_whatever_the_phone_speaks():
    assert language_of(HTTP_ACCEPT_LANGUAGE="en-US,en;q=0.9") == "vi"


def test_whoever_chose_english_gets_english():
    assert language_of(cookie="en") == "en"


def test_a_language_nobody_offers_is_vietnamese():
    assert language_of(cookie="xx") == "vi"
