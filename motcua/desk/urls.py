"""The officials' doors, all under /can-bo/."""

from django.urls import URLPattern, path

from motcua.desk import acts, dossier, papers, queue

app_name = "desk"
_OF = "can-bo/ho-so/<str:code>/"
urlpatterns: list[URLPattern] = [
    path("can-bo/", queue.queue, name="queue"),
    path(_OF, dossier.dossier, name="dossier"),
    path(f"{_OF}viec/<slug:slug>/", acts.act, name="act"),
    path(f"{_OF}viec/<slug:slug>/<slug:part>/", acts.act, name="act"),
    path(f"{_OF}giay-to/<uuid:document>/<str:page>", papers.page, name="page"),
    path(f"{_OF}giay-to/<uuid:document>/<str:page>/anh-nho", papers.small, name="small"),
    path(f"{_OF}ket-qua/<uuid:paper>", papers.issued, name="issued"),
    path(f"{_OF}du-thao/<slug:result>.pdf", papers.draft, name="draft"),
]
