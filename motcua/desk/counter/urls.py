"""The counter's doors, among those of the desk."""

from django.urls import URLPattern, path

from motcua.desk.counter import confirming, entering, hall, handing, letters, mandates, recovering

_AT = "can-bo/quay/"
_DRAFT = f"{_AT}<uuid:draft_id>/"
urlpatterns: list[URLPattern] = [
    path(_AT, entering.home, name="counter"),
    path(f"{_AT}nhap/<slug:slug>/", entering.begin, name="counter_begin"),
    path(f"{_AT}goi-so/", hall.calling, name="calling"),
    path(f"{_AT}lich-hen/", hall.booked, name="visits_booked"),
    path(f"{_AT}sanh/", hall.arrange, name="hall"),
    path("can-bo/uy-quyen/", mandates.home, name="mandates"),
    path("can-bo/uy-quyen/ghi/", mandates.record, name="mandate_record"),
    path("can-bo/uy-quyen/<uuid:mandate_id>/", mandates.one, name="mandate"),
    path("can-bo/uy-quyen/<uuid:mandate_id>/giay/<str:page>", mandates.paper, name="mandate_paper"),
    path("can-bo/mat-so/", recovering.home, name="recoveries"),
    path("can-bo/mat-so/mo-lai/", recovering.begin, name="recovery_begin"),
    path("can-bo/mat-so/<uuid:recovery_id>/", recovering.one, name="recovery"),
    path("can-bo/buu-gui/", letters.home, name="letters"),
    path("can-bo/buu-gui/<uuid:list_id>/", letters.post_list, name="post_list"),
    path("can-bo/buu-gui/<uuid:list_id>/bang-ke.pdf", letters.post_list_pdf, name="post_list_pdf"),
    path(_DRAFT, entering.take_up, name="counter_draft"),
    path(f"{_DRAFT}xac-nhan/", confirming.confirm, name="counter_confirm"),
    path(f"{_DRAFT}to-khai.pdf", confirming.sheet_pdf, name="counter_sheet"),
    path("can-bo/ho-so/<str:code>/phieu-giao-ket-qua.pdf", handing.note_pdf, name="handing_note"),
]
