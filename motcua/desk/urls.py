"""The officials' doors, all under /can-bo/."""

from django.urls import URLPattern, path

from motcua.desk import acts, asides, dossier, mornings, papers, revealing
from motcua.desk.books import urls as books
from motcua.desk.calendar import urls as calendar
from motcua.desk.checking import urls as checking
from motcua.desk.counter import urls as counter
from motcua.desk.emergency import urls as emergency
from motcua.desk.figures import files
from motcua.desk.figures import views as figures
from motcua.desk.forms import of_dossier as forms
from motcua.desk.officials import urls as officials
from motcua.desk.queues import urls as queues
from motcua.desk.support import urls as support

app_name = "desk"
_OF = "can-bo/ho-so/<str:code>/"
_FIGURES = "can-bo/so-lieu/"
urlpatterns: list[URLPattern] = [
    *queues.urlpatterns,
    *books.urlpatterns,
    *calendar.urlpatterns,
    *counter.urlpatterns,
    *checking.urlpatterns,
    *support.urlpatterns,
    *officials.urlpatterns,
    *emergency.urlpatterns,
    path("can-bo/nhac-han/", mornings.behind, name="behind"),
    path(_FIGURES, figures.day, name="figures"),
    path(f"{_FIGURES}ky/", figures.period, name="figures_period"),
    path(f"{_FIGURES}chi-so/", figures.indicators, name="figures_indicators"),
    path(
        f"{_FIGURES}chi-so/tep.<slug:kind>", figures.indicators_file, name="figures_indicators_file"
    ),
    path(f"{_FIGURES}so-theo-doi/", figures.register_page, name="register"),
    path(f"{_FIGURES}danh-sach/", figures.behind, name="figure_list"),
    path(f"{_FIGURES}tep/", files.ask, name="figure_files"),
    path(f"{_FIGURES}tep/<uuid:key>/", files.watch, name="figure_file"),
    path(f"{_FIGURES}tep/<uuid:key>/tai-ve", files.fetch, name="figure_fetch"),
    path(_OF, dossier.dossier, name="dossier"),
    path(f"{_OF}ghi-chu/", asides.note, name="note"),
    path(f"{_OF}hien/", revealing.reveal, name="reveal"),
    path(f"{_OF}viec/<slug:slug>/", acts.act, name="act"),
    path(f"{_OF}viec/<slug:slug>/<slug:part>/", acts.act, name="act"),
    path(f"{_OF}giay-to/<uuid:document>/<str:page>", papers.page, name="page"),
    path(f"{_OF}giay-to/<uuid:document>/<str:page>/anh-nho", papers.small, name="small"),
    path(f"{_OF}ket-qua/<uuid:paper>", papers.issued, name="issued"),
    path(f"{_OF}phieu/<slug:slug>.pdf", forms.form, name="form"),
    path(f"{_OF}du-thao/<slug:result>.pdf", papers.draft, name="draft"),
]
