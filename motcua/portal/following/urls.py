"""The doors to a filed dossier. Receipts and messages carry these addresses: they stay."""

from django.urls import URLPattern, path, re_path

from motcua.portal.following import (
    asking,
    confirming,
    consenting,
    fetching,
    forms,
    mine,
    paying,
    receiving,
    standing,
    supplementing,
    tracking,
    withdrawing,
)
from motcua.portal.tus import places as arriving

app_name = "following"
urlpatterns: list[URLPattern] = [
    path("bien-nhan/<str:code>.pdf", receiving.receipt_pdf, name="receipt_pdf"),
    path("bien-nhan/<str:code>/", receiving.receipt, name="receipt"),
    path("bien-nhan/<str:code>/bang-chung", receiving.proof, name="proof"),
    path("theo-doi/", asking.find, name="find"),
    path("theo-doi/ma-xac-nhan/", asking.code, name="code"),
    path("theo-doi/<str:code>/", tracking.tracking, name="tracking"),
    path("theo-doi/<str:code>/dong/", tracking.close, name="close"),
    path("theo-doi/<str:code>/rut/", withdrawing.withdraw, name="withdraw"),
    re_path(
        r"^theo-doi/(?P<code>[^/]+)/(?P<check>[0-9A-Za-z]{8})/$",
        standing.standing,
        name="standing",
    ),
    path("ho-so-cua-toi/", mine.mine, name="mine"),
    path("dong-y/", consenting.waiting, name="consents"),
    path("dong-y/<str:code>/<str:leg>/", consenting.consent, name="consent"),
    path("ho-so/<str:code>/bo-sung/<str:leg>/", supplementing.supplement, name="supplement"),
    path(
        "ho-so/<str:code>/bo-sung/<str:leg>/gui/<str:paper>/",
        arriving.of_supplement,
        name="uploads",
    ),
    path(
        "ho-so/<str:code>/bo-sung/<str:leg>/gui/<str:paper>/<uuid:upload_id>",
        arriving.of_supplement,
        name="upload",
    ),
    path(
        "ho-so/<str:code>/bo-sung/<str:leg>/tep/<uuid:document_id>/<slug:page_id>",
        supplementing.picture,
        name="picture",
    ),
    path("ho-so/<str:code>/ban-du-thao/<str:leg>/", confirming.draft, name="draft"),
    path(
        "ho-so/<str:code>/ban-du-thao/<str:leg>/<str:result>.pdf",
        confirming.draft_paper,
        name="draft_pdf",
    ),
    path("ho-so/<str:code>/thanh-toan/<str:fee>/", paying.pay, name="pay"),
    path(
        "ho-so/<str:code>/thanh-toan/<str:fee>/bien-lai.pdf",
        paying.fee_receipt,
        name="fee_receipt",
    ),
    path("thanh-toan/tro-ve", paying.returned, name="returned"),
    path("ho-so/<str:code>/ket-qua/<uuid:paper>", fetching.result, name="result"),
    path("ho-so/<str:code>/phieu/<slug:slug>.pdf", forms.form, name="form"),
]
