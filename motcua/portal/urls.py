"""The citizens' doors. Addresses are Vietnamese words: they stand on leaflets and in messages."""

from django.urls import URLPattern, path

from motcua.portal import (
    checking,
    choosing_ways,
    continuing,
    declaring,
    finding,
    information,
    leaflets,
    looking_up,
    many_papers,
    other_devices,
    papers,
    questions,
    services,
    signing_sheets,
    starting,
    without_network,
    worker,
)
from motcua.portal.data import service as data_use
from motcua.portal.data import urls as data
from motcua.portal.helping import urls as helping
from motcua.portal.tus import places as arriving
from motcua.portal.visits import urls as visits

app_name = "portal"
urlpatterns: list[URLPattern] = [
    path("", finding.home, name="home"),
    path("tim/", finding.search, name="search"),
    path("viec/<slug:slug>/", finding.life_event, name="life_event"),
    path("dich-vu/<str:slug>/", services.service, name="service"),
    path("dich-vu/<slug:slug>/ban/<str:since>/", services.version, name="service_version"),
    path("dich-vu/<slug:slug>/ma-qr.svg", services.service_qr, name="service_qr"),
    path("thu-tuc/<str:code>/", information.information, name="information"),
    path(
        "thu-tuc/<str:code>/ban/<int:record_id>/", information.earlier, name="earlier_information"
    ),
    path("dich-vu/<slug:slug>/du-lieu/", data_use.service, name="data_use"),
    path("dich-vu/<slug:slug>/to-roi/", leaflets.leaflets, name="leaflets"),
    path("dich-vu/<slug:slug>/to-roi/<slug:kind>/", leaflets.leaflet, name="leaflet"),
    path("dich-vu/<slug:slug>/to-roi/<slug:kind>.pdf", leaflets.leaflet_pdf, name="leaflet_pdf"),
    path("dich-vu/<slug:slug>/to-roi/<slug:kind>.txt", leaflets.leaflet_text, name="leaflet_text"),
    path(
        "dich-vu/<slug:slug>/hinh/<slug:name>.png", leaflets.leaflet_picture, name="leaflet_picture"
    ),
    path("q/<str:slug>", finding.short_link, name="short_link"),
    path("hoi-dap/", questions.every_question, name="questions"),
    path("hoi-dap/<slug:name>/", questions.question, name="question"),
    path("dang-ky-truc-tuyen/", finding.register_online, name="register_online"),
    path("sw.js", worker.service_worker, name="service_worker"),
    path("khong-co-mang/", worker.no_network, name="no_network"),
    path("tra-cuu-dia-danh/xa", looking_up.communes, name="communes"),
    path("tra-cuu-dia-danh/tim", looking_up.places, name="places"),
    *visits.urlpatterns,
    *helping.urlpatterns,
    *data.urlpatterns,
    path("nop/<slug:slug>/", starting.start, name="start"),
    path("khai-tiep/", continuing.find, name="continue"),
    path("khai-tiep/ma-xac-nhan/", continuing.code, name="continue_code"),
    path("khai/<uuid:draft_id>/may-khac/", other_devices.other_devices, name="other_devices"),
    path("khai/<uuid:draft_id>/", declaring.overview, name="overview"),
    path("khai/<uuid:draft_id>/trang/<slug:page_id>/", declaring.page, name="page"),
    path("khai/<uuid:draft_id>/giay-to/", papers.papers, name="papers"),
    path("khai/<uuid:draft_id>/nhieu-giay-to/", many_papers.many_papers, name="many_papers"),
    path("khai/<uuid:draft_id>/giay-to/<slug:paper>/", papers.paper, name="paper"),
    path(
        "khai/<uuid:draft_id>/giay-to/<slug:paper>/to-ky.pdf",
        signing_sheets.sheet_pdf,
        name="signing_sheet",
    ),
    path("khai/<uuid:draft_id>/giay-to/<slug:paper>/ky/", signing_sheets.sign, name="sign"),
    path("to-ky/<slug:code>", signing_sheets.scanned, name="scanned_sheet"),
    path("khai/<uuid:draft_id>/gui/<slug:paper>/", arriving.of_draft, name="uploads"),
    path(
        "khai/<uuid:draft_id>/gui/<slug:paper>/<uuid:upload_id>", arriving.of_draft, name="upload"
    ),
    path(
        "khai/<uuid:draft_id>/tep/<uuid:document_id>/<slug:page_id>",
        papers.picture,
        name="picture",
    ),
    path("khai/<uuid:draft_id>/mang-theo.json", without_network.bundle, name="bundle"),
    path("khai/<uuid:draft_id>/nhan-ket-qua/", choosing_ways.ways, name="ways"),
    path("khai/<uuid:draft_id>/kiem-tra/", checking.check, name="check"),
    path("khai/<uuid:draft_id>/xac-nhan/", checking.confirm, name="confirm"),
]
