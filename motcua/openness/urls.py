"""The doors of the public face."""

from django.urls import path

from motcua.openness import accessibility, health, log, offline, opinions, verification

app_name = "openness"

urlpatterns = [
    path("healthz/ky-so", health.signing, name="signing-health"),
    path("healthz/tep", health.files, name="files-health"),
    path("healthz/vneid", health.provider, name="provider-health"),
    path("xac-thuc/", verification.ask, name="ask"),
    path("xac-thuc/tep", verification.by_file, name="by-file"),
    path("xac-thuc/khoa.json", offline.keys, name="keys"),
    path("xac-thuc/danh-sach", offline.withdrawn, name="withdrawn"),
    path("xac-thuc/khong-can-mang", offline.page, name="offline"),
    path("xac-thuc/chung-thu/<str:name>", offline.certificate, name="certificate"),
    path("tiep-can/", accessibility.page, name="accessibility"),
    path("healthz/nhat-ky", health.log, name="log-health"),
    path("nhat-ky/", log.page, name="log"),
    path("nhat-ky/dau.json", log.heads, name="log-heads"),
    path("nhat-ky/khoa.txt", log.keys, name="log-keys"),
    path("nhat-ky/dau.txt", log.newest, name="log-newest"),
    path("so-lieu/hai-long/", opinions.figures, name="opinions"),
    path("so-lieu/hai-long.csv", opinions.figures_file, name="opinions-file"),
    path("xac-thuc/<str:typed>", verification.show, name="verify"),
]
