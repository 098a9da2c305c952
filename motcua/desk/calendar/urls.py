"""The doors of the working calendar, among those of the desk."""

from django.urls import URLPattern, path

from motcua.desk.calendar import views

_CALENDAR = "can-bo/lich/"
urlpatterns: list[URLPattern] = [
    path(_CALENDAR, views.calendar, name="calendar"),
    path(f"{_CALENDAR}<uuid:key>/", views.change, name="calendar_change"),
]
