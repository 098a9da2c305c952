"""The doors of the public face."""

from django.urls import path

from motcua.openness import verification

app_name = "openness"

urlpatterns = [
    path("xac-thuc/", verification.ask, name="ask"),
    path("xac-thuc/tep", verification.by_file, name="by-file"),
    path("xac-thuc/<str:typed>", verification.show, name="verify"),
]
