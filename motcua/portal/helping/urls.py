"""The doors of helping: to fill in, by a call, and of saying what one thought; among those of the portal."""

from django.urls import URLPattern, path

from motcua.portal import opinions
from motcua.portal.calling import urls as calling
from motcua.portal.helping import entering, inviting

_OF = "khai/<uuid:draft_id>/"
urlpatterns: list[URLPattern] = [
    *calling.urlpatterns,
    path("giup/", entering.enter, name="help"),
    path("giup/xac-nhan/", entering.who, name="help_who"),
    path("thoi-nho/<str:token>/", entering.stop_by_link, name="help_stop_by_link"),
    path(f"{_OF}nho-giup/", inviting.invite, name="invite"),
    path(f"{_OF}nho-giup/<uuid:helping_id>/thoi/", inviting.stop, name="help_stop"),
    path(f"{_OF}thoi-giup/", entering.leave, name="help_leave"),
    path("danh-gia/<slug:slug>/<str:code>/<str:check>/", opinions.opinion, name="opinion"),
]
