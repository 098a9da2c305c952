"""The doors of calls back, among those of the portal. They stand in messages."""

from django.urls import URLPattern, path

from motcua.portal.calling import asking

urlpatterns: list[URLPattern] = [
    path("goi-lai/", asking.choose_office, name="call_me_office"),
    path("goi-lai/<str:agency>/", asking.call_me, name="call_me"),
    path("cuoc-goi/<str:token>/", asking.call, name="call"),
]
