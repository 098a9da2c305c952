"""Addresses of this room: `include("motcua.ui.urls")` at the root."""

from django.urls import path

from motcua.ui import display, views

app_name = "ui"
urlpatterns = [
    path("ngon-ngu/<slug:code>", views.choose_language, name="language"),
    path("hien-thi/", display.display_page, name="display"),
    path("ui", views.gallery, name="gallery"),
]
