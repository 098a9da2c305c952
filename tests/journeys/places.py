"""An example of every address: what stands in the place of its parameters, so that it leads to something.

A parameter is filled by its name (`FILLED`); an address that needs something else of it has a line in `PLACES`.
"""

import re

from tests.journeys.doors import NEVER_WAS

NOBODYS = "00000000-0000-4000-8000-000000000000"
FILLED = {
    "draft_id": "{draft}", "code": "{waiting}", "leg": "birth", "fee": "fee", "result": "birth_paper",
    "slug": "thu", "agency": "H24.239", "key": "{hall}", "document": "{filed_document}",
    "page": "{filed_page}", "book_id": "{book}", "entry_id": "{entry}", "list_id": "{letters}",
    "call_id": "{call}", "opinion_id": "{opinion}", "member_id": "{member}", "view": "1",
    "substitution": "1", "work": "{work}", "typed": "{token}", "record_id": "1", "since": "2026-01-01",
    "helping_id": "{helping}", "paper": "birth_note", "upload_id": "{draft_document}", "check": "{check}",
    "document_id": "{draft_document}", "page_id": "{draft_page}", "number": "1",
}  # fmt: skip
_DRAFT, _MINE, _DESK = "khai/<uuid:draft_id>/", "ho-so/<str:code>/", "can-bo/ho-so/<str:code>/"
_SUPPLEMENT, _LEAFLETS = "ho-so/{asked}/bo-sung/birth/", "dich-vu/thu/to-roi/"
_OF_LEAFLETS, _OF_SUPPLEMENT = "dich-vu/<slug:slug>/to-roi/", f"{_MINE}bo-sung/<str:leg>/"
PLACES = {
    "ngon-ngu/<slug:code>": "ngon-ngu/en?next=//example.org/",
    "xac-thuc/chung-thu/<str:name>": "xac-thuc/chung-thu/root.crt",
    "tim/": "tim/?q=khai",
    "viec/<slug:slug>/": "viec/co-con/",
    "thu-tuc/<str:code>/": "thu-tuc/9.000009/",
    "thu-tuc/<str:code>/ban/<int:record_id>/": "thu-tuc/9.000009/ban/1/",
    f"{_OF_LEAFLETS}<slug:kind>/": f"{_LEAFLETS}ap-phich/?commune=11239",
    f"{_OF_LEAFLETS}<slug:kind>.pdf": f"{_LEAFLETS}ap-phich.pdf?commune=11239",
    f"{_OF_LEAFLETS}<slug:kind>.txt": f"{_LEAFLETS}phat-thanh.txt?commune=11239",
    "dich-vu/<slug:slug>/hinh/<slug:name>.png": "dich-vu/thu/hinh/start.png",
    "hoi-dap/": "hoi-dap/?dich-vu=thu&buoc=papers&noi=11239",
    "hoi-dap/<slug:name>/": "hoi-dap/mat-mang/",
    "to-ky/<slug:code>": "to-ky/chua-tung-co",
    "dang-nhap/": "dang-nhap/?next=//example.org",
    "thoi-nho/<str:token>/": "thoi-nho/{stop}/",
    "danh-gia/<slug:slug>/<str:code>/<str:check>/": "danh-gia/nop/{waiting}/{mark}/",
    "cuoc-goi/<str:token>/": "cuoc-goi/{called}/",
    "so-thu-tu/<str:token>/": "so-thu-tu/{number}/",
    "lich-hen/<str:token>/": "lich-hen/{booked}/",
    "lich-hen/<str:token>/doi-gio/": "lich-hen/{booked}/doi-gio/",
    f"{_DRAFT}trang/<slug:page_id>/": "khai/{draft}/trang/child/",
    f"{_DRAFT}giay-to/<slug:paper>/to-ky.pdf": "khai/{draft}/giay-to/birth_note/to-ky.pdf",
    _OF_SUPPLEMENT: _SUPPLEMENT,
    f"{_OF_SUPPLEMENT}tep/<uuid:document_id>/<slug:page_id>": f"{_SUPPLEMENT}tep/{{brought}}/{{brought_page}}",
    f"{_OF_SUPPLEMENT}gui/<str:paper>/": f"{_SUPPLEMENT}gui/birth_note/",
    f"{_OF_SUPPLEMENT}gui/<str:paper>/<uuid:upload_id>": f"{_SUPPLEMENT}gui/birth_note/{{brought}}",
    f"{_MINE}thanh-toan/<str:fee>/bien-lai.pdf": "ho-so/{born}/thanh-toan/fee/bien-lai.pdf",
    f"{_MINE}phieu/<slug:slug>.pdf": "ho-so/{waiting}/phieu/tiep-nhan-2.pdf",
    f"{_MINE}ket-qua/<uuid:paper>": "ho-so/{born}/ket-qua/{issued}",
    f"{_DESK}giu-viec/<int:work>/": "can-bo/ho-so/{fresh}/giu-viec/{work}/",
    f"{_DESK}viec/<slug:slug>/": "can-bo/ho-so/{fresh}/viec/tiep-nhan/",
    f"{_DESK}viec/<slug:slug>/<slug:part>/": "can-bo/ho-so/{waiting}/viec/thu-tien/fee/",
    f"{_DESK}ket-qua/<uuid:paper>": "can-bo/ho-so/{born}/ket-qua/{issued}",
    f"{_DESK}phieu/<slug:slug>.pdf": "can-bo/ho-so/{waiting}/phieu/tiep-nhan-2.pdf",
    f"{_DESK}phieu-giao-ket-qua.pdf": "can-bo/ho-so/{born}/phieu-giao-ket-qua.pdf",
    f"{_DESK}giay-to/<uuid:document>/<str:page>/to/<int:number>": (
        "can-bo/ho-so/{waiting}/giay-to/{house_paper}/{house_page}/to/1"
    ),
    "can-bo/khoa-truy-cap/<slug:slug>/": "can-bo/khoa-truy-cap/vao/",
    "can-bo/tai-khoan/<slug:what>/": "can-bo/tai-khoan/mat-khau/",
    "can-bo/nhan-su/<int:official_id>/": "can-bo/nhan-su/{registrar}/",
    "tai-khoan/noi/<int:link_id>/go/": "tai-khoan/noi/999/go/",
    "tai-khoan/thiet-bi/<int:sign_in_id>/thoat/": "tai-khoan/thiet-bi/999/thoat/",
    "can-bo/lich/<uuid:key>/": "can-bo/lich/{change}/",
    "can-bo/so/<int:book_id>/tep.<slug:kind>": "can-bo/so/{book}/tep.csv",
    "can-bo/quay/<uuid:draft_id>/": "can-bo/quay/{typed}/",
    "can-bo/quay/<uuid:draft_id>/xac-nhan/": "can-bo/quay/{typed}/xac-nhan/",
    "can-bo/quay/<uuid:draft_id>/to-khai.pdf": "can-bo/quay/{typed}/to-khai.pdf",
    "can-bo/quay/goi-so/": "can-bo/quay/goi-so/?quay=1",
    "can-bo/so-lieu/ky/": "can-bo/so-lieu/ky/?ky=quy",
    "can-bo/so-lieu/chi-so/tep.<slug:kind>": "can-bo/so-lieu/chi-so/tep.csv",
    "can-bo/so-lieu/so-theo-doi/": "can-bo/so-lieu/so-theo-doi/?ky=quy",
    "can-bo/so-lieu/danh-sach/": "can-bo/so-lieu/danh-sach/?so=nop",
    "can-bo/so-lieu/tep/<uuid:key>/": "can-bo/so-lieu/tep/{file}/",
    "can-bo/so-lieu/tep/<uuid:key>/tai-ve": "can-bo/so-lieu/tep/{file}/tai-ve",
}
UNKNOWN = {
    **dict.fromkeys(("waiting", "asked", "born", "fresh"), NEVER_WAS),
    **dict.fromkeys(("draft", "file", "typed", "letters", "call"), NOBODYS),
}
"""What never was, in the place of things."""
SECRETS = {
    **dict.fromkeys(("stop", "called", "hall", "number", "booked"), "chua-tung-co"),
    "check": "00000000", "mark": "0123456789abcdef",
}  # fmt: skip
"""Secrets of addresses as somebody types them who does not know them."""
NEVER = {"uuid": NOBODYS, "int": "999999"}
"""By its kind, what stands for a parameter that no example fills; such an address leads to nothing."""
_PARAMETER = re.compile(r"<(?:(\w+):)?(\w+)>|\(\?P<(\w+)>[^)]*\)")


def leads_nowhere(route):
    """Tell whether the example of a route is of something that never was: its own tests ask for what is."""
    names = {found[1] or found[2] for found in _PARAMETER.findall(route)}
    return (route not in PLACES and not names <= set(FILLED)) or "khan-cap/ho-so/" in route


def place(route):
    """Return the example of a route, with the names of things in it."""
    told = PLACES.get(route)
    if told is None:
        told = _PARAMETER.sub(_filled, route)
    return "/" + told.removeprefix("^").removesuffix("$")


def _filled(found):
    name = found[2] or found[3]
    return FILLED.get(name) or NEVER.get(found[1] or "", "chua-tung-co")
