"""The doors of the checking page, among those of the desk."""

from django.urls import URLPattern, path

from motcua.desk import papers
from motcua.desk.checking import views

_OF = "can-bo/ho-so/<str:code>/"
urlpatterns: list[URLPattern] = [
    path(f"{_OF}kiem-tra/", views.check, name="check"),
    path(f"{_OF}giay-to/<uuid:document>/<str:page>/to/<int:number>", papers.sheet, name="sheet"),
]
