"""Every door of the house, and who gets which answer at it: one table, checked against the resolvers.

A new address without a row fails. Columns, of GET: nobody, a citizen who owns nothing, the owner, an
official of another agency, one of the right agency without a handling role (the administrator), and one
of the right agency whose role does other acts (the registrar). Officials are nobody outside /can-bo/, for
their session is not sent there; citizens are nobody inside it.
"""

from dataclasses import dataclass

import pytest
from django.test import Client

from motcua.journeys.tracking_address import check_of
from tests.journeys.doors import (
    NEVER_WAS,
    Things,
    at_the_counter,
    body,
    citizens,
    doors,
    said,
    things_of,
    written,
)

pytestmark = pytest.mark.django_db
WHO = ("nobody", "stranger", "owner", "elsewhere", "administrator", "registrar")
WRONG = ("nobody", "stranger", "elsewhere", "administrator", "registrar")
IN = "sign in"


def everybody(answer):
    return (answer,) * len(WHO)


PUBLIC = everybody(200)
NO_GET = everybody(405)
ONWARD = everybody(302)
OWNERS = (404, 404, 200, 404, 404, 404)
CITIZENS = (IN, 200, 200, IN, IN, IN)
MINE = (IN, 405, IN, IN, IN)
"""Posted to a page that only shows what is one's own."""
PRESSED_IN = (IN, 405, 405, IN, IN, IN)
"""A deed behind a button of whoever is signed in."""
PROVEN = (IN, IN, 200, IN, IN, IN)
"""Only VNeID of level 2 comes in; the stranger has a portal account."""
NOT_ASKED = (IN, IN, 404, IN, IN, IN)
NOT_ASKED_OF = (IN, 404, 404, IN, IN, IN)
"""A mandate of other people; who is signed in is answered as for one that never was."""
OFFICE = (IN, IN, IN, 404, 404, 200)
ACT = (IN, IN, IN, 404, 404, 409)
FIGURES = (IN, IN, IN, 200, 403, 403)
"""Each office's front desk reads its own figures; whoever neither leads nor receives reads none."""
COUNTER = (IN, IN, 302, 403, 403)
"""Each front desk acts at its own counter, never at ours."""
ENTRY = (IN, IN, IN, 404, 403, 403)
FILE = (IN, IN, IN, 404, 404, 404)
CALENDAR = (IN, IN, IN, 403, 200, 403)
"""Administrators set the days of their province."""
KEEPERS = (IN, IN, IN, 403, 403, 200)
"""The registrar and the leader keep the books of their own office."""
PRESSED, PRESS = (IN, IN, IN, 405, 405, 405), (IN, IN, 403, 403, 302)
DEED = (IN, IN, IN, 405, 405, 405)
"""A deed behind a button: nothing to see there; done empty-handed it leads back to the queue."""
DONE = (IN, IN, 302, 302, 302)
NO_POST = (405,) * len(WRONG)


@dataclass(frozen=True)
class Door:
    """An address to knock at, and the answers: of GET in the order of WHO, of POST in that of WRONG."""

    path: str
    get: tuple = PUBLIC
    post: tuple = NO_POST
    tokenless: bool = False
    """Whether a POST needs no form token: machines, and forms that change nothing."""


def owned(path, *, posts=False):
    """Return a door of the owner's; everybody else is answered as for what never was."""
    return Door(path, OWNERS, (404,) * len(WRONG) if posts else NO_POST)


def answers_post(path, get=PUBLIC, post=200, **more):
    return Door(path, get, (post,) * len(WRONG), **more)


def office(path, get=OFFICE, post=(IN, IN, 405, 405, 405)):
    return Door(path, get, post)


_DRAFT, _MINE, _DESK = "khai/<uuid:draft_id>/", "ho-so/<str:code>/", "can-bo/ho-so/<str:code>/"
_FIGURES, _BOOKS = "can-bo/so-lieu/", "can-bo/so/"
_COUNTER = "can-bo/quay/"
TABLE = {
    # --- machines and supervisors ---
    "healthz": Door("/healthz"),
    "readyz": Door("/readyz"),
    "healthz/vneid": Door("/healthz/vneid", everybody(503)),  # no worker has looked yet
    "healthz/tep": Door("/healthz/tep"),
    "healthz/nhat-ky": Door("/healthz/nhat-ky", everybody(503)),  # no head is signed
    "healthz/ky-so": Door("/healthz/ky-so", everybody(503)),  # no worker has looked yet
    "api/payments/vnpay/ipn": Door("/api/payments/vnpay/ipn", tokenless=True),
    "api/deliveries/post/scans": answers_post(
        "/api/deliveries/post/scans", NO_GET, 401, tokenless=True
    ),
    "api/exchange/inbox": answers_post("/api/exchange/inbox", NO_GET, 401, tokenless=True),
    "api/exchange/keys.json": Door("/api/exchange/keys.json", tokenless=True),
    # --- everybody ---
    "ngon-ngu/<slug:code>": Door("/ngon-ngu/en?next=//example.org/", ONWARD),
    "hien-thi/": answers_post("/hien-thi/", PUBLIC, 302),
    "tiep-can/": Door("/tiep-can/"),
    "ui": answers_post("/ui"),
    "sw.js": Door("/sw.js"),
    "khong-co-mang/": Door("/khong-co-mang/"),
    "xac-thuc/": Door("/xac-thuc/"),
    "xac-thuc/tep": answers_post("/xac-thuc/tep", NO_GET, 404, tokenless=True),
    "xac-thuc/khoa.json": Door("/xac-thuc/khoa.json"),
    "xac-thuc/danh-sach": Door("/xac-thuc/danh-sach"),
    "xac-thuc/khong-can-mang": Door("/xac-thuc/khong-can-mang"),
    "xac-thuc/chung-thu/<str:name>": Door("/xac-thuc/chung-thu/root.crt"),
    "xac-thuc/<str:typed>": answers_post("/xac-thuc/{token}", tokenless=True),
    "": answers_post("/"),
    "tim/": answers_post("/tim/?q=khai"),
    "dich-vu/<str:slug>/": answers_post("/dich-vu/thu/"),
    "viec/<slug:slug>/": answers_post("/viec/co-con/"),
    "dich-vu/<slug:slug>/ban/<str:since>/": answers_post(
        "/dich-vu/thu/ban/2026-01-01/", everybody(301), 301
    ),
    "thu-tuc/<str:code>/": answers_post("/thu-tuc/9.000009/", everybody(404), 404),
    "thu-tuc/<str:code>/ban/<int:record_id>/": answers_post(
        "/thu-tuc/9.000009/ban/1/", everybody(404), 404
    ),
    "dich-vu/<slug:slug>/du-lieu/": Door("/dich-vu/thu/du-lieu/"),
    "dich-vu/<slug:slug>/to-roi/": Door("/dich-vu/thu/to-roi/"),
    "dich-vu/<slug:slug>/to-roi/<slug:kind>/": Door("/dich-vu/thu/to-roi/ap-phich/?commune=11239"),
    "dich-vu/<slug:slug>/to-roi/<slug:kind>.pdf": Door(
        "/dich-vu/thu/to-roi/ap-phich.pdf?commune=11239"
    ),
    "dich-vu/<slug:slug>/to-roi/<slug:kind>.txt": Door(
        "/dich-vu/thu/to-roi/phat-thanh.txt?commune=11239"
    ),
    "dich-vu/<slug:slug>/hinh/<slug:name>.png": Door("/dich-vu/thu/hinh/start.png", everybody(404)),
    "dich-vu/<slug:slug>/ma-qr.svg": answers_post("/dich-vu/thu/ma-qr.svg"),
    "q/<str:slug>": answers_post("/q/thu", ONWARD, 302),
    "hoi-dap/": Door("/hoi-dap/?dich-vu=thu&buoc=papers&noi=11239"),
    "hoi-dap/<slug:name>/": Door("/hoi-dap/mat-mang/"),
    "dang-ky-truc-tuyen/": answers_post("/dang-ky-truc-tuyen/"),
    "tra-cuu-dia-danh/xa": answers_post("/tra-cuu-dia-danh/xa"),
    "tra-cuu-dia-danh/tim": answers_post("/tra-cuu-dia-danh/tim"),
    "nop/<slug:slug>/": answers_post("/nop/thu/", PUBLIC, 400),
    "theo-doi/": answers_post("/theo-doi/", PUBLIC, 422),
    "theo-doi/ma-xac-nhan/": answers_post("/theo-doi/ma-xac-nhan/", ONWARD, 302),
    "theo-doi/<str:code>/dong/": answers_post("/theo-doi/{waiting}/dong/", NO_GET, 302),
    "thanh-toan/tro-ve": Door("/thanh-toan/tro-ve"),
    # whoever holds the receipt: its check is the key
    "^theo-doi/(?P<code>[^/]+)/(?P<check>[0-9A-Za-z]{8})/$": Door("/theo-doi/{waiting}/{check}/"),
    # --- signing in ---
    "dang-nhap/": Door("/dang-nhap/?next=//example.org", (200, 302, 302, 200, 200, 200)),
    "dang-nhap/con-lai/": answers_post("/dang-nhap/con-lai/"),
    "dang-nhap/vneid/": answers_post("/dang-nhap/vneid/", PUBLIC, 503),  # nobody answers there
    "dang-nhap/vneid/tro-ve": Door("/dang-nhap/vneid/tro-ve", (400, 302, 302, 400, 400, 400)),
    "dang-nhap/vneid/da-nhan/": Door("/dang-nhap/vneid/da-nhan/", CITIZENS, MINE),
    "dang-nhap/dien-thoai/": answers_post("/dang-nhap/dien-thoai/", PUBLIC, 422),
    "dang-nhap/ma/": answers_post("/dang-nhap/ma/", everybody(IN), IN),
    "dang-ky-tai-khoan/": Door("/dang-ky-tai-khoan/"),
    "dang-ky-tai-khoan/cong-dan/": Door("/dang-ky-tai-khoan/cong-dan/"),
    "dang-ky-tai-khoan/thue-bao/": answers_post("/dang-ky-tai-khoan/thue-bao/", PUBLIC, 422),
    "dang-ky-tai-khoan/thong-tin/": answers_post(
        "/dang-ky-tai-khoan/thong-tin/", everybody(400), 400
    ),
    "dang-xuat/": answers_post("/dang-xuat/"),
    "dang-nhap/chu-so/": answers_post("/dang-nhap/chu-so/", everybody(400), 400),
    "dang-nhap/khong-vao-duoc/": Door("/dang-nhap/khong-vao-duoc/"),
    "tai-khoan/": Door("/tai-khoan/", CITIZENS, MINE),
    "tai-khoan/so-dien-thoai/": Door("/tai-khoan/so-dien-thoai/", CITIZENS, (IN, 422, IN, IN, IN)),
    "tai-khoan/so-dien-thoai/ma/": Door(
        "/tai-khoan/so-dien-thoai/ma/", (IN, 302, 302, IN, IN, IN), (IN, 302, IN, IN, IN)
    ),
    "tai-khoan/so-dien-thoai/bo/": Door(
        "/tai-khoan/so-dien-thoai/bo/", CITIZENS, (IN, 409, IN, IN, IN)
    ),
    "tai-khoan/noi/<int:link_id>/go/": Door(
        "/tai-khoan/noi/999/go/", CITIZENS, (IN, 409, IN, IN, IN)
    ),
    "tai-khoan/thiet-bi/<int:sign_in_id>/thoat/": Door(
        "/tai-khoan/thiet-bi/999/thoat/", PRESSED_IN, (IN, 302, IN, IN, IN)
    ),
    "tai-khoan/thiet-bi/thoat-khac/": Door(
        "/tai-khoan/thiet-bi/thoat-khac/", PRESSED_IN, (IN, 302, IN, IN, IN)
    ),
    "tai-khoan/da-chia-se/": Door("/tai-khoan/da-chia-se/", CITIZENS, MINE),
    # --- one's own data: requests are of who made them, copies of who proved it by VNeID ---
    "du-lieu/": Door("/du-lieu/", CITIZENS, MINE),
    "du-lieu/yeu-cau/": Door("/du-lieu/yeu-cau/", CITIZENS, (IN, 404, IN, IN, IN)),
    "du-lieu/yeu-cau/<uuid:request_id>/": Door(
        "/du-lieu/yeu-cau/{draft}/", (IN, 404, 404, IN, IN, IN), MINE
    ),
    "du-lieu/yeu-cau/<uuid:request_id>/thu-tra-loi.pdf": Door(
        "/du-lieu/yeu-cau/{draft}/thu-tra-loi.pdf", (IN, 404, 404, IN, IN, IN), MINE
    ),
    "du-lieu/ban-sao/": Door("/du-lieu/ban-sao/", (IN, IN, 405, IN, IN, IN), (IN,) * len(WRONG)),
    "du-lieu/ban-sao/<uuid:copy_id>/": Door(
        "/du-lieu/ban-sao/{draft}/", NOT_ASKED, (IN,) * len(WRONG)
    ),
    "du-lieu/ban-sao/<uuid:copy_id>/tai-ve": Door(
        "/du-lieu/ban-sao/{draft}/tai-ve", NOT_ASKED, (IN,) * len(WRONG)
    ),
    "ho-so-cua-toi/": Door("/ho-so-cua-toi/", CITIZENS, MINE),
    # --- consents: whoever is asked, and not even the dossier's owner ---
    "dong-y/": Door("/dong-y/", PROVEN, (IN,) * len(WRONG)),
    "dong-y/<str:code>/<str:leg>/": Door("/dong-y/{waiting}/birth/", NOT_ASKED, (IN,) * len(WRONG)),
    "khai-tiep/": answers_post("/khai-tiep/", PUBLIC, 422),
    "khai-tiep/ma-xac-nhan/": answers_post("/khai-tiep/ma-xac-nhan/", ONWARD, 302),
    # --- a draft: its owner ---
    _DRAFT: owned("/khai/{draft}/", posts=True),
    f"{_DRAFT}trang/<slug:page_id>/": owned("/khai/{draft}/trang/child/", posts=True),
    f"{_DRAFT}giay-to/": owned("/khai/{draft}/giay-to/", posts=True),
    f"{_DRAFT}giay-to/<slug:paper>/": owned("/khai/{draft}/giay-to/birth_note/", posts=True),
    f"{_DRAFT}giay-to/<slug:paper>/to-ky.pdf": Door(  # nobody signs a birth note here
        "/khai/{draft}/giay-to/birth_note/to-ky.pdf", everybody(404)
    ),
    f"{_DRAFT}giay-to/<slug:paper>/ky/": Door(
        "/khai/{draft}/giay-to/birth_note/ky/", everybody(404), (404,) * len(WRONG)
    ),
    f"{_DRAFT}tep/<uuid:document_id>/<slug:page_id>": owned(
        "/khai/{draft}/tep/{draft_document}/{draft_page}", posts=True
    ),
    f"{_DRAFT}gui/<slug:paper>/": Door(
        "/khai/{draft}/gui/birth_note/", NO_GET, (404,) * len(WRONG)
    ),
    f"{_DRAFT}gui/<slug:paper>/<uuid:upload_id>": Door(
        "/khai/{draft}/gui/birth_note/{draft_document}", NO_GET, (404,) * len(WRONG)
    ),
    "to-ky/<slug:code>": Door("/to-ky/chua-tung-co", everybody(404)),
    f"{_DRAFT}may-khac/": owned("/khai/{draft}/may-khac/", posts=True),
    f"{_DRAFT}mang-theo.json": owned("/khai/{draft}/mang-theo.json"),
    f"{_DRAFT}nhan-ket-qua/": owned("/khai/{draft}/nhan-ket-qua/", posts=True),
    f"{_DRAFT}kiem-tra/": owned("/khai/{draft}/kiem-tra/", posts=True),
    f"{_DRAFT}xac-nhan/": Door(
        "/khai/{draft}/xac-nhan/", (404, 404, 302, 404, 404, 404), (404,) * 5
    ),
    f"{_DRAFT}nhieu-giay-to/": owned("/khai/{draft}/nhieu-giay-to/", posts=True),
    f"{_DRAFT}nho-giup/": owned("/khai/{draft}/nho-giup/", posts=True),
    f"{_DRAFT}nho-giup/<uuid:helping_id>/thoi/": Door(
        "/khai/{draft}/nho-giup/{draft_document}/thoi/", NO_GET, (404,) * len(WRONG)
    ),
    f"{_DRAFT}thoi-giup/": answers_post("/khai/{draft}/thoi-giup/", NO_GET, 302),
    # --- helping: whoever has a code, or the address in the owner's message ---
    "giup/": answers_post("/giup/", PUBLIC, 404),
    "giup/xac-nhan/": answers_post("/giup/xac-nhan/", ONWARD, 302),
    "thoi-nho/<str:token>/": answers_post("/thoi-nho/chua-tung-co/", everybody(404), 404),
    # --- acting for another: whoever is signed in, its two people, whoever has its message ---
    "uy-quyen/": Door("/uy-quyen/", CITIZENS),
    "uy-quyen/nho/": Door("/uy-quyen/nho/", CITIZENS, (IN, 400, IN, IN, IN)),
    "uy-quyen/xin/": Door("/uy-quyen/xin/", CITIZENS, (IN, 400, IN, IN, IN)),
    "uy-quyen/<uuid:mandate_id>/": Door("/uy-quyen/{draft}/", NOT_ASKED_OF, (IN, 404, IN, IN, IN)),
    "uy-quyen/<uuid:mandate_id>/ma/": Door(
        "/uy-quyen/{draft}/ma/", NOT_ASKED_OF, (IN, 404, IN, IN, IN)
    ),
    "uy-quyen/tin/<str:token>/": answers_post("/uy-quyen/tin/chua-tung-co/", everybody(404), 404),
    # --- opinions: whoever was sent the address; what may be published, everybody ---
    "danh-gia/<slug:slug>/<str:code>/<str:check>/": answers_post(
        "/danh-gia/nop/{waiting}/0123456789abcdef/", everybody(404), 404
    ),
    "nhat-ky/": Door("/nhat-ky/"),
    "nhat-ky/dau.json": Door("/nhat-ky/dau.json"),
    "nhat-ky/khoa.txt": Door("/nhat-ky/khoa.txt"),
    "nhat-ky/dau.txt": Door("/nhat-ky/dau.txt", everybody(404)),  # none is signed yet
    "so-lieu/hai-long/": Door("/so-lieu/hai-long/"),
    "so-lieu/hai-long.csv": Door("/so-lieu/hai-long.csv"),
    # --- calls back: everybody; a promised one, whoever was sent its address ---
    "goi-lai/": Door("/goi-lai/"),
    "goi-lai/<str:agency>/": answers_post("/goi-lai/H24.239/", PUBLIC, 400),
    "cuoc-goi/<str:token>/": answers_post("/cuoc-goi/chua-tung-co/", everybody(404), 404),
    # --- the hall: whoever has its key, a slip, the address of a booked time ---
    "sanh/<str:key>/lay-so/": answers_post("/sanh/{hall}/lay-so/", PUBLIC, 400),
    "sanh/<str:key>/man-hinh/": Door("/sanh/{hall}/man-hinh/"),
    "so-thu-tu/<str:token>/": Door("/so-thu-tu/{number}/"),
    "hen-gio/": Door("/hen-gio/"),
    "hen-gio/<str:agency>/": answers_post("/hen-gio/H24.239/", PUBLIC, 422),
    "hen-gio/<str:agency>/xac-nhan/": answers_post("/hen-gio/H24.239/xac-nhan/", ONWARD, 302),
    "lich-hen/<str:token>/": answers_post("/lich-hen/{booked}/", PUBLIC, 409),
    "lich-hen/<str:token>/doi-gio/": answers_post("/lich-hen/{booked}/doi-gio/", PUBLIC, 422),
    # --- a filed dossier: its owner ---
    "bien-nhan/<str:code>.pdf": owned("/bien-nhan/{waiting}.pdf"),
    "bien-nhan/<str:code>/": owned("/bien-nhan/{waiting}/"),
    "bien-nhan/<str:code>/bang-chung": Door(
        "/bien-nhan/{waiting}/bang-chung", (404, 404, 302, 404, 404, 404)
    ),
    "theo-doi/<str:code>/": owned("/theo-doi/{waiting}/"),
    "theo-doi/<str:code>/rut/": owned("/theo-doi/{waiting}/rut/", posts=True),
    f"{_MINE}bo-sung/<str:leg>/": owned("/ho-so/{asked}/bo-sung/birth/", posts=True),
    f"{_MINE}bo-sung/<str:leg>/tep/<uuid:document_id>/<slug:page_id>": owned(
        "/ho-so/{asked}/bo-sung/birth/tep/{brought}/{brought_page}"
    ),
    f"{_MINE}bo-sung/<str:leg>/gui/<str:paper>/": Door(
        "/ho-so/{asked}/bo-sung/birth/gui/birth_note/", NO_GET, (404,) * len(WRONG)
    ),
    f"{_MINE}bo-sung/<str:leg>/gui/<str:paper>/<uuid:upload_id>": Door(
        "/ho-so/{asked}/bo-sung/birth/gui/birth_note/{brought}", NO_GET, (404,) * len(WRONG)
    ),
    f"{_MINE}ban-du-thao/<str:leg>/": owned("/ho-so/{waiting}/ban-du-thao/birth/", posts=True),
    f"{_MINE}ban-du-thao/<str:leg>/<str:result>.pdf": owned(
        "/ho-so/{waiting}/ban-du-thao/birth/birth_paper.pdf"
    ),
    f"{_MINE}thanh-toan/<str:fee>/": owned("/ho-so/{waiting}/thanh-toan/fee/", posts=True),
    f"{_MINE}thanh-toan/<str:fee>/bien-lai.pdf": owned("/ho-so/{born}/thanh-toan/fee/bien-lai.pdf"),
    f"{_MINE}phieu/<slug:slug>.pdf": owned("/ho-so/{waiting}/phieu/tiep-nhan-2.pdf"),
    f"{_MINE}ket-qua/<uuid:paper>": owned("/ho-so/{born}/ket-qua/{issued}"),
    # --- officials ---
    "can-bo/dang-nhap/": Door(
        "/can-bo/dang-nhap/", (200, 200, 200, 302, 302, 302), (403, 403, 302, 302, 302)
    ),
    "can-bo/dang-nhap/ma/": answers_post("/can-bo/dang-nhap/ma/", everybody(IN), IN),
    "can-bo/dang-xuat/": answers_post("/can-bo/dang-xuat/", PUBLIC, IN),
    "can-bo/bat-dau/": answers_post("/can-bo/bat-dau/", PUBLIC, 403),
    "can-bo/bat-dau/mat-khau/": answers_post("/can-bo/bat-dau/mat-khau/", ONWARD, 302),
    "can-bo/bat-dau/xac-thuc/": answers_post("/can-bo/bat-dau/xac-thuc/", ONWARD, 302),
    "can-bo/khoa-truy-cap/<slug:slug>/": answers_post("/can-bo/khoa-truy-cap/vao/", NO_GET, 200),
    "can-bo/khoa/": answers_post("/can-bo/khoa/", ONWARD, 302),
    "can-bo/xac-nhan-lai/": Door(
        "/can-bo/xac-nhan-lai/", (IN, IN, IN, 403, 403, 403), (IN, IN, 403, 403, 403)
    ),
    "can-bo/tai-khoan/": office("/can-bo/tai-khoan/", (IN, IN, IN, 200, 200, 200)),
    "can-bo/tai-khoan/<slug:what>/": office(
        "/can-bo/tai-khoan/mat-khau/", (IN, IN, IN, 200, 200, 200), (IN, IN, 403, 403, 403)
    ),
    "can-bo/": office("/can-bo/", (IN, IN, IN, 200, 200, 200)),
    "can-bo/hang-loat/": office("/can-bo/hang-loat/", DEED, DONE),
    "can-bo/bo-loc/": office("/can-bo/bo-loc/", DEED, DONE),
    "can-bo/bo-loc/<int:view>/bo/": office("/can-bo/bo-loc/1/bo/", DEED, DONE),
    "can-bo/vang-mat/": office(
        "/can-bo/vang-mat/", (IN, IN, IN, 200, 200, 200), (IN, IN, 400, 400, 400)
    ),
    "can-bo/vang-mat/<int:substitution>/het/": office(
        "/can-bo/vang-mat/1/het/", DEED, (IN, IN, 403, 403, 403)
    ),
    f"{_DESK}giu-viec/<int:work>/": office(
        "/can-bo/ho-so/{fresh}/giu-viec/{work}/", OFFICE, (IN, IN, 404, 404, 404)
    ),
    "can-bo/nhac-han/": office("/can-bo/nhac-han/", (IN, IN, IN, 200, 200, 200)),
    _DESK: office("/can-bo/ho-so/{waiting}/"),
    f"{_DESK}ghi-chu/": office("/can-bo/ho-so/{waiting}/ghi-chu/", DEED, (IN, IN, 404, 404, 302)),
    f"{_DESK}hien/": office("/can-bo/ho-so/{waiting}/hien/", DEED, (IN, IN, 404, 404, 404)),
    f"{_DESK}viec/<slug:slug>/": office(
        "/can-bo/ho-so/{fresh}/viec/tiep-nhan/", ACT, (IN, IN, 404, 404, 409)
    ),
    f"{_DESK}viec/<slug:slug>/<slug:part>/": office(
        "/can-bo/ho-so/{waiting}/viec/thu-tien/fee/", ACT, (IN, IN, 404, 404, 400)
    ),
    f"{_DESK}giay-to/<uuid:document>/<str:page>": office(
        "/can-bo/ho-so/{waiting}/giay-to/{filed_document}/{filed_page}"
    ),
    f"{_DESK}giay-to/<uuid:document>/<str:page>/anh-nho": office(
        "/can-bo/ho-so/{waiting}/giay-to/{filed_document}/{filed_page}/anh-nho"
    ),
    f"{_DESK}kiem-tra/": office("/can-bo/ho-so/{waiting}/kiem-tra/", post=(IN, IN, 404, 404, 409)),
    f"{_DESK}giay-to/<uuid:document>/<str:page>/to/<int:number>": office(
        "/can-bo/ho-so/{waiting}/giay-to/{filed_document}/{filed_page}/to/9", FILE
    ),
    f"{_DESK}ket-qua/<uuid:paper>": office("/can-bo/ho-so/{born}/ket-qua/{issued}"),
    f"{_DESK}phieu/<slug:slug>.pdf": office("/can-bo/ho-so/{waiting}/phieu/tiep-nhan-2.pdf"),
    f"{_DESK}du-thao/<slug:result>.pdf": office("/can-bo/ho-so/{waiting}/du-thao/birth_paper.pdf"),
    "can-bo/khan-cap/": office(
        "/can-bo/khan-cap/", (IN, IN, IN, 200, 403, 200), (IN, IN, 400, 403, 400)
    ),
    "can-bo/khan-cap/ho-so/<str:code>/": office("/can-bo/khan-cap/ho-so/{waiting}/", FILE),
    "can-bo/khan-cap/ho-so/<str:code>/giay-to/<uuid:document>/<str:page>": office(
        "/can-bo/khan-cap/ho-so/{waiting}/giay-to/{filed_document}/{filed_page}", FILE
    ),
    "can-bo/khan-cap/xem-lai/": office("/can-bo/khan-cap/xem-lai/", (IN, IN, IN, 403, 403, 403)),
    "can-bo/khan-cap/xem-lai/<int:emergency>/": office(
        "/can-bo/khan-cap/xem-lai/999/", DEED, (IN, IN, 403, 403, 403)
    ),
    "can-bo/nhan-su/": office("/can-bo/nhan-su/", CALENDAR),
    "can-bo/nhan-su/moi/": office("/can-bo/nhan-su/moi/", CALENDAR, (IN, IN, 403, 400, 403)),
    "can-bo/nhan-su/de-nghi/<int:deed>/": office(
        "/can-bo/nhan-su/de-nghi/999/", DEED, (IN, IN, 403, 404, 403)
    ),
    "can-bo/nhan-su/<int:official_id>/": office(
        "/can-bo/nhan-su/999/", (IN, IN, IN, 403, 404, 403), (IN, IN, 403, 404, 403)
    ),
    "can-bo/lich/": office("/can-bo/lich/", CALENDAR, (IN, IN, 403, 400, 403)),
    "can-bo/lich/<uuid:key>/": office("/can-bo/lich/{change}/", CALENDAR),
    _BOOKS: office("/can-bo/so/", KEEPERS, (IN, IN, 403, 403, 400)),
    f"{_BOOKS}<int:book_id>/": office("/can-bo/so/{book}/", KEEPERS),
    f"{_BOOKS}<int:book_id>/quyen-moi/": office("/can-bo/so/{book}/quyen-moi/", PRESSED, PRESS),
    f"{_BOOKS}<int:book_id>/dong/": office("/can-bo/so/{book}/dong/", PRESSED, PRESS),
    f"{_BOOKS}<int:book_id>/tep.<slug:kind>": office("/can-bo/so/{book}/tep.csv", KEEPERS),
    f"{_BOOKS}muc/<int:entry_id>/gach/": office(
        "/can-bo/so/muc/{entry}/gach/", KEEPERS, (IN, IN, 403, 403, 403)
    ),
    f"{_DESK}phieu-giao-ket-qua.pdf": office("/can-bo/ho-so/{born}/phieu-giao-ket-qua.pdf"),
    # --- the counter: the front desk of each office, its own entries and lists ---
    _COUNTER: office("/can-bo/quay/", FIGURES),
    f"{_COUNTER}nhap/<slug:slug>/": office("/can-bo/quay/nhap/thu/", FIGURES, COUNTER),
    f"{_COUNTER}<uuid:draft_id>/": office(
        "/can-bo/quay/{typed}/", (IN, IN, IN, 405, 405, 405), (IN, IN, 404, 403, 403)
    ),
    f"{_COUNTER}<uuid:draft_id>/xac-nhan/": office(
        "/can-bo/quay/{typed}/xac-nhan/", ENTRY, (IN, IN, 404, 403, 403)
    ),
    f"{_COUNTER}<uuid:draft_id>/to-khai.pdf": office("/can-bo/quay/{typed}/to-khai.pdf", ENTRY),
    f"{_COUNTER}goi-so/": office("/can-bo/quay/goi-so/?quay=1", FIGURES, COUNTER),
    f"{_COUNTER}lich-hen/": office("/can-bo/quay/lich-hen/", FIGURES, COUNTER),
    f"{_COUNTER}sanh/": office("/can-bo/quay/sanh/", FIGURES, COUNTER),
    "can-bo/uy-quyen/": office("/can-bo/uy-quyen/", FIGURES),
    "can-bo/uy-quyen/ghi/": office("/can-bo/uy-quyen/ghi/", FIGURES, (IN, IN, 400, 403, 403)),
    "can-bo/uy-quyen/<uuid:mandate_id>/": office(
        "/can-bo/uy-quyen/{draft}/", ENTRY, (IN, IN, 404, 403, 403)
    ),
    "can-bo/uy-quyen/<uuid:mandate_id>/giay/<str:page>": office(
        "/can-bo/uy-quyen/{draft}/giay/1", ENTRY
    ),
    "can-bo/buu-gui/": office("/can-bo/buu-gui/", FIGURES, COUNTER),
    "can-bo/buu-gui/<uuid:list_id>/": office(
        "/can-bo/buu-gui/{letters}/", ENTRY, (IN, IN, 404, 403, 403)
    ),
    "can-bo/buu-gui/<uuid:list_id>/bang-ke.pdf": office(
        "/can-bo/buu-gui/{letters}/bang-ke.pdf", ENTRY
    ),
    # --- support: each front desk and leader for their own office; administrators keep the team's list ---
    "can-bo/goi-lai/": office("/can-bo/goi-lai/", FIGURES),
    "can-bo/goi-lai/<uuid:call_id>/": office(
        "/can-bo/goi-lai/{draft}/", ENTRY, (IN, IN, 404, 403, 403)
    ),
    "can-bo/du-lieu/": office("/can-bo/du-lieu/", FIGURES),
    "can-bo/du-lieu/<uuid:request_id>/": office(
        "/can-bo/du-lieu/{draft}/", ENTRY, (IN, IN, 404, 403, 403)
    ),
    "can-bo/y-kien/": office("/can-bo/y-kien/", FIGURES),
    "can-bo/y-kien/<int:opinion_id>/": office(
        "/can-bo/y-kien/999/", ENTRY, (IN, IN, 404, 403, 403)
    ),
    "can-bo/to-cong-nghe-so/": office(
        "/can-bo/to-cong-nghe-so/", (IN, IN, IN, 200, 200, 403), (IN, IN, 400, 400, 403)
    ),
    "can-bo/to-cong-nghe-so/<int:member_id>/bo/": office(
        "/can-bo/to-cong-nghe-so/999/bo/", DEED, (IN, IN, 302, 302, 403)
    ),
    _FIGURES: office("/can-bo/so-lieu/", FIGURES),
    f"{_FIGURES}ky/": office("/can-bo/so-lieu/ky/?ky=quy", FIGURES),
    f"{_FIGURES}chi-so/": office("/can-bo/so-lieu/chi-so/", FIGURES),
    f"{_FIGURES}chi-so/tep.<slug:kind>": office("/can-bo/so-lieu/chi-so/tep.csv", FIGURES),
    f"{_FIGURES}so-theo-doi/": office("/can-bo/so-lieu/so-theo-doi/?ky=quy", FIGURES),
    f"{_FIGURES}danh-sach/": office("/can-bo/so-lieu/danh-sach/?so=nop", FIGURES),
    f"{_FIGURES}tep/": office(
        "/can-bo/so-lieu/tep/", (IN, IN, IN, 405, 405, 405), (IN, IN, 404, 403, 403)
    ),
    f"{_FIGURES}tep/<uuid:key>/": office("/can-bo/so-lieu/tep/{file}/", FILE),
    f"{_FIGURES}tep/<uuid:key>/tai-ve": office("/can-bo/so-lieu/tep/{file}/tai-ve", FILE),
}


class House:
    """The office with its things, and a fresh browser of each who comes."""

    def __init__(self, office):
        people, account = citizens()
        self.things: Things = at_the_counter(office, things_of(office, account))
        self.things.check = check_of(self.things.waiting)
        self._cookies = {name: client.cookies for name, client in vars(people).items()}
        for name in ("elsewhere", "administrator", "registrar", "front_desk"):
            self._cookies[name] = office.browser(name).cookies

    def browser(self, who, **how):
        """Return a browser that has done nothing yet: what one door did, the next does not see."""
        client = Client(raise_request_exception=False, **how)
        for name, morsel in self._cookies[who].items():
            client.cookies[name] = morsel.value
            client.cookies[name]["path"] = morsel["path"]
        return client

    def path(self, door, **others):
        return door.path.format(**{**self.things.names(), **others})


@pytest.fixture
def house(office):
    return House(office)


def test_every_door_of_the_house_has_a_row_and_no_row_is_without_its_door():
    assert set(doors()) == set(TABLE)


def test_everybody_gets_the_declared_answer(house):
    wrong = []
    for door in TABLE.values():
        path = house.path(door)
        got = tuple(said(house.browser(who).get(path)) for who in WHO)
        if got != door.get:
            wrong.append((path, dict(zip(WHO, zip(got, door.get, strict=True), strict=True))))
    assert not wrong


def test_the_wrong_person_posts_in_vain(house):
    wrong, before = [], written()
    for door in sorted(TABLE.values(), key=lambda door: "dang-xuat" in door.path):
        path = house.path(door)
        got = tuple(said(house.browser(who).post(path)) for who in WRONG)
        if got != door.post or written() != before:
            wrong.append((path, got, written() == before))
    assert not wrong


UNKNOWN = {
    "draft": "00000000-0000-4000-8000-000000000000",
    "file": "00000000-0000-4000-8000-000000000000",
    "typed": "00000000-0000-4000-8000-000000000000",
    "letters": "00000000-0000-4000-8000-000000000000",
    **dict.fromkeys(("waiting", "asked", "born", "fresh"), NEVER_WAS),
}


def _told(house, who, path, code):
    answer = house.browser(who).get(path)
    return answer.status_code, body(answer, code)


def test_what_is_somebody_elses_is_answered_word_for_word_like_what_never_was(house):
    told_apart = []
    for door in TABLE.values():
        name = next((name for name in UNKNOWN if f"{{{name}}}" in door.path), "")
        for who in ("nobody", "stranger", "elsewhere", "administrator"):
            if not name or door.get[WHO.index(who)] != 404:
                continue
            theirs = _told(house, who, house.path(door), getattr(house.things, name))
            never = _told(house, who, house.path(door, **UNKNOWN), UNKNOWN[name])
            told_apart += [(door.path, who)] if theirs != never else []
    assert not told_apart


def test_a_receipts_address_with_another_check_is_answered_like_a_code_that_never_was(house):
    waiting, check = house.things.waiting, house.things.check
    guessed = check[:-1] + ("0" if check[-1] != "0" else "1")
    theirs = _told(house, "nobody", f"/theo-doi/{waiting}/{guessed}/", waiting)
    assert theirs == _told(house, "nobody", f"/theo-doi/{NEVER_WAS}/{guessed}/", NEVER_WAS)


def test_no_form_is_taken_without_its_token_not_even_from_whoever_may_send_it(house):
    taken, before = [], written()
    for route, door in TABLE.items():
        if door.tokenless:
            continue
        who = "front_desk" if route.startswith("can-bo/") else "owner"
        answer = house.browser(who, enforce_csrf_checks=True).post(house.path(door))
        if answer.status_code != 403:
            taken.append(door.path)
    assert not taken
    assert written() == before


def test_only_doors_that_write_nothing_or_prove_their_sender_do_without_a_token():
    tokenless = {route for route, door in TABLE.items() if door.tokenless}
    assert {route for route in tokenless if not route.startswith("api/")} == {
        "xac-thuc/tep",
        "xac-thuc/<str:typed>",
    }


def test_no_page_of_a_person_stays_in_a_cache(house):
    kept = []
    for door in TABLE.values():
        if door.get in (PUBLIC, NO_GET):
            continue
        for who in ("owner", "registrar"):
            control = house.browser(who).get(house.path(door)).headers["Cache-Control"]
            if "public" in control or not ("no-store" in control or "no-cache" in control):
                kept.append((door.path, who, control))
    assert not kept


def test_no_door_leads_off_the_site(house):
    for path in ("/ngon-ngu/en?next=", "/dang-nhap/?next=", "/can-bo/dang-nhap/?next="):
        for evil in (
            "//example.org",
            "https://example.org",
            "/\\example.org",
            "javascript:alert(1)",
        ):
            for who in ("owner", "registrar"):
                answer = house.browser(who).get(path + evil)
                assert "example.org" not in answer.headers.get("Location", "")


def test_a_foreign_host_is_not_answered(house):
    answer = house.browser("nobody").get("/", headers={"host": "example.org"})
    assert answer.status_code == 400
