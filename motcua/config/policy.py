"""Who may come to which address: the whole policy of the house, in one table.

What does not stand here is not answered (`config/guard`). What is known before a view runs – the address, the
method, who is signed in – the guard decides; whether this person may have this thing, one function decides that
the row names, a gate (`toolkit/gates`). `docs/reference/permissions.md` and the matrix of tests are made from this
table (docs/why/0031-one-policy-and-two-walls.md).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from django.urls import URLPattern, URLResolver, get_resolver

from motcua.agencies.rules.roles import Role
from motcua.config.rows import (
    Group,
    Reach,
    Rule,
    Who,
    arriving,
    begun,
    both,
    citizen,
    done,
    holder,
    machine,
    official,
    shown,
)
from motcua.deliveries import letters, lists
from motcua.dossiers.rules.sight import HANDLING
from motcua.exchange import inbox
from motcua.help import calls, codes
from motcua.help import opinions as opinions_given
from motcua.identity import recoveries
from motcua.journeys import (
    administering,
    bookkeeping,
    consenting,
    copying,
    counter,
    emergencies,
    held_files,
    looking,
    opinions,
    recording_mandates,
    recounting,
    recovering,
    supporting,
    tracking_address,
)
from motcua.journeys import data_requests as asking_about_data
from motcua.mandates import queries as mandates
from motcua.payments import confirmation
from motcua.portal import pages
from motcua.portal.following import access
from motcua.privacy import copies
from motcua.privacy import requests as data_requests
from motcua.registers import queries as registers
from motcua.reports import operations as reports
from motcua.reports import seats
from motcua.toolkit.gates import is_gate
from motcua.visits import bookings, halls, tickets

EVERYBODY = Who(Group.EVERYBODY)
PAGE, FORM, BUTTON = shown(EVERYBODY), both(EVERYBODY), done(EVERYBODY)
"""Everybody's: looked at, filled in, pressed."""

DRAFT = holder(pages.draft_of)
DOSSIER = holder(access.opened)
SIGNED_IN = citizen()
ASKED = citizen(level=consenting.LEVEL)

COLLEAGUE = official()
HANDLER = official(looking.look, roles=frozenset(Role(role) for role in HANDLING), reach=Reach.PART)
SEER = official(*HANDLER.gates, roles=HANDLER.roles, reach=Reach.LIST)
READER = official(seats.seat, roles=seats.READERS)
ASKER = official(reports.file_of, roles=seats.READERS, reach=Reach.OWN)
KEEPER = official(bookkeeping.keeper, roles=bookkeeping.KEEPERS)
OF_BOOK = official(
    bookkeeping.keeper, registers.book, roles=bookkeeping.KEEPERS, reach=Reach.OFFICE
)
OF_ENTRY = official(
    bookkeeping.keeper, bookkeeping.entry_of, roles=bookkeeping.KEEPERS, reach=Reach.OFFICE
)
STRIKER = official(*OF_ENTRY.gates, roles=frozenset({Role.LEADER}), reach=Reach.OFFICE)
CALENDAR = replace(
    official(recounting.provinces_of, roles=frozenset({Role.ADMINISTRATOR})), beyond=True
)
"""Setting a day shows which dates of the whole province it would move."""
PERSONNEL = official(administering.administrator, roles=frozenset({Role.ADMINISTRATOR}))
OF_PERSON = official(
    *PERSONNEL.gates, administering.person_of, roles=PERSONNEL.roles, reach=Reach.OFFICE
)
RESCUER = official(emergencies.handler, roles=HANDLER.roles)
OF_EMERGENCY = replace(
    official(emergencies.read, roles=HANDLER.roles, reach=Reach.OWN), emergency=True
)
REVIEWER = official(emergencies.led_by, roles=frozenset({Role.LEADER}))
AT_COUNTER = frozenset({Role.FRONT_DESK})
CLERK = official(counter.posts_at_counter, roles=AT_COUNTER)
TYPIST = official(counter.opened, roles=AT_COUNTER, reach=Reach.OFFICE)
TAKER = official(counter.take_up, roles=AT_COUNTER, reach=Reach.OFFICE)
POSTER = official(counter.posts_at_counter, lists.list_of, roles=AT_COUNTER, reach=Reach.OFFICE)
RECORDER = official(recording_mandates.recorder, roles=recording_mandates.RECORDERS)
OF_MANDATE = official(
    recording_mandates.recorder, mandates.of_office, roles=recording_mandates.RECORDERS,
    reach=Reach.OFFICE,
)  # fmt: skip
RECOVERER = official(recovering.recoverer, roles=recovering.RECOVERERS)
OF_RECOVERY = official(
    recovering.recoverer, recoveries.of_office, roles=recovering.RECOVERERS, reach=Reach.OFFICE
)
CALLER = official(supporting.caller, roles=supporting.CALLERS)
OF_CALL = official(
    supporting.caller, calls.call_of_office, roles=supporting.CALLERS, reach=Reach.OFFICE
)
ANSWERER = official(
    supporting.caller, opinions_given.opinion_of_office, supporting.must_lead,
    roles=frozenset({Role.LEADER}), reach=Reach.OFFICE,
)  # fmt: skip
DATA_ANSWERER = official(asking_about_data.answerer, roles=asking_about_data.ANSWERERS)
OF_DATA_REQUEST = official(
    asking_about_data.answerer, data_requests.request_of_office,
    roles=asking_about_data.ANSWERERS, reach=Reach.OFFICE,
)  # fmt: skip
HOLDS_FILES = official(held_files.keeper, roles=held_files.KEEPERS)
OF_HELD_FILE = official(
    held_files.keeper, held_files.of_office, roles=held_files.KEEPERS, reach=Reach.OFFICE
)
LISTER = official(supporting.lister, roles=supporting.LISTERS)

_DRAFT, _MINE, _DESK = "khai/<uuid:draft_id>/", "ho-so/<str:code>/", "can-bo/ho-so/<str:code>/"
_SERVICE, _FIGURES, _BOOKS, _COUNTER = (
    "dich-vu/<slug:slug>/", "can-bo/so-lieu/", "can-bo/so/", "can-bo/quay/",
)  # fmt: skip

POLICY: Mapping[str, Rule] = {
    # --- supervisors and machines ---
    "healthz": PAGE,
    "readyz": PAGE,
    "healthz/vneid": PAGE,
    "healthz/ky-so": PAGE,
    "healthz/nhat-ky": PAGE,
    "healthz/tep": PAGE,
    "api/openapi.json": PAGE,
    # Asking how it looks must not settle a fee: no HEAD.
    "api/payments/vnpay/ipn": Rule(machine(confirmation.confirm), methods=frozenset({"GET"})),
    "api/deliveries/post/scans": done(machine(letters.told)),
    "api/exchange/inbox": done(machine(inbox.receive)),
    "api/exchange/keys.json": PAGE,
    # --- everybody: how pages look, what can be verified, what there is to file ---
    "ngon-ngu/<slug:code>": PAGE,
    "hien-thi/": FORM,
    "tiep-can/": PAGE,
    "ui": FORM,
    "sw.js": PAGE,
    "khong-co-mang/": PAGE,
    "xac-thuc/": PAGE,
    "xac-thuc/tep": BUTTON,
    "xac-thuc/khoa.json": PAGE,
    "xac-thuc/danh-sach": PAGE,
    "xac-thuc/khong-can-mang": PAGE,
    "xac-thuc/chung-thu/<str:name>": PAGE,
    "xac-thuc/<str:typed>": FORM,
    "nhat-ky/": PAGE,
    "nhat-ky/dau.json": PAGE,
    "nhat-ky/khoa.txt": PAGE,
    "nhat-ky/dau.txt": PAGE,
    "so-lieu/hai-long/": PAGE,
    "so-lieu/hai-long.csv": PAGE,
    "": FORM,
    "tim/": FORM,
    "viec/<slug:slug>/": FORM,
    "dich-vu/<str:slug>/": FORM,
    f"{_SERVICE}ban/<str:since>/": FORM,
    f"{_SERVICE}ma-qr.svg": FORM,
    f"{_SERVICE}du-lieu/": PAGE,
    f"{_SERVICE}to-roi/": PAGE,
    f"{_SERVICE}to-roi/<slug:kind>/": PAGE,
    f"{_SERVICE}to-roi/<slug:kind>.pdf": PAGE,
    f"{_SERVICE}to-roi/<slug:kind>.txt": PAGE,
    f"{_SERVICE}hinh/<slug:name>.png": PAGE,
    "thu-tuc/<str:code>/": FORM,
    "thu-tuc/<str:code>/ban/<int:record_id>/": FORM,
    "q/<str:slug>": FORM,
    "hoi-dap/": PAGE,
    "hoi-dap/<slug:name>/": PAGE,
    "dang-ky-truc-tuyen/": FORM,
    "tra-cuu-dia-danh/xa": FORM,
    "tra-cuu-dia-danh/tim": FORM,
    "nop/<slug:slug>/": FORM,
    # --- coming in: who proves something at these gets a key of their own ---
    "theo-doi/": FORM,
    "theo-doi/ma-xac-nhan/": FORM,
    "theo-doi/<str:code>/dong/": BUTTON,
    "thanh-toan/tro-ve": PAGE,
    "khai-tiep/": FORM,
    "khai-tiep/ma-xac-nhan/": FORM,
    "to-ky/<slug:code>": PAGE,
    "giup/": FORM,
    "giup/xac-nhan/": FORM,
    f"{_DRAFT}thoi-giup/": BUTTON,
    "goi-lai/": PAGE,
    "goi-lai/<str:agency>/": FORM,
    "hen-gio/": PAGE,
    "hen-gio/<str:agency>/": FORM,
    "hen-gio/<str:agency>/xac-nhan/": FORM,
    "dang-nhap/": PAGE,
    "dang-nhap/con-lai/": FORM,
    "dang-nhap/vneid/": FORM,
    "dang-nhap/vneid/tro-ve": PAGE,
    "dang-nhap/dien-thoai/": FORM,
    "dang-nhap/ma/": FORM,
    "dang-nhap/chu-so/": FORM,
    "dang-nhap/khong-vao-duoc/": PAGE,
    "dang-ky-tai-khoan/": PAGE,
    "dang-ky-tai-khoan/cong-dan/": PAGE,
    "dang-ky-tai-khoan/thue-bao/": FORM,
    "dang-ky-tai-khoan/thong-tin/": FORM,
    "dang-xuat/": FORM,
    # --- whoever is signed in ---
    "dang-nhap/vneid/da-nhan/": shown(SIGNED_IN),
    "du-lieu/": shown(SIGNED_IN),
    "du-lieu/yeu-cau/": both(SIGNED_IN),
    "du-lieu/yeu-cau/<uuid:request_id>/": shown(citizen(data_requests.request_of_account)),
    "du-lieu/yeu-cau/<uuid:request_id>/thu-tra-loi.pdf": shown(
        citizen(data_requests.request_of_account)
    ),
    "du-lieu/ban-sao/": done(citizen(level=copying.LEVEL)),
    "du-lieu/ban-sao/<uuid:copy_id>/": shown(citizen(copies.copy_of_account, level=copying.LEVEL)),
    "du-lieu/ban-sao/<uuid:copy_id>/tai-ve": shown(
        citizen(copies.copy_of_account, level=copying.LEVEL)
    ),
    "tai-khoan/": shown(SIGNED_IN),
    "tai-khoan/so-dien-thoai/": both(SIGNED_IN),
    "tai-khoan/so-dien-thoai/ma/": both(SIGNED_IN),
    "tai-khoan/so-dien-thoai/bo/": both(SIGNED_IN),
    "tai-khoan/noi/<int:link_id>/go/": both(SIGNED_IN),
    "tai-khoan/thiet-bi/<int:sign_in_id>/thoat/": done(SIGNED_IN),
    "tai-khoan/thiet-bi/thoat-khac/": done(SIGNED_IN),
    "tai-khoan/da-chia-se/": shown(SIGNED_IN),
    "ho-so-cua-toi/": shown(SIGNED_IN),
    "uy-quyen/": shown(SIGNED_IN),
    "uy-quyen/nho/": both(SIGNED_IN),
    "uy-quyen/xin/": both(SIGNED_IN),
    "uy-quyen/<uuid:mandate_id>/": both(citizen(mandates.of_person)),
    "uy-quyen/<uuid:mandate_id>/ma/": both(citizen(mandates.of_person)),
    "dong-y/": shown(ASKED),
    "dong-y/<str:code>/<str:leg>/": both(citizen(consenting.asked, level=consenting.LEVEL)),
    # --- whoever was given the secret in the address ---
    "^theo-doi/(?P<code>[^/]+)/(?P<check>[0-9A-Za-z]{8})/$": shown(
        holder(tracking_address.is_check)
    ),
    "uy-quyen/tin/<str:token>/": both(holder(mandates.by_token)),
    "doi-so/<str:token>/": both(holder(recoveries.by_token)),
    "thoi-nho/<str:token>/": both(holder(codes.helping_to_stop)),
    "danh-gia/<slug:slug>/<str:code>/<str:check>/": both(holder(opinions.asked)),
    "cuoc-goi/<str:token>/": both(holder(calls.call_by_token)),
    "sanh/<str:key>/lay-so/": both(holder(halls.hall_by_key)),
    "sanh/<str:key>/man-hinh/": shown(holder(halls.hall_by_key)),
    "so-thu-tu/<str:token>/": shown(holder(tickets.ticket_by_token)),
    "lich-hen/<str:token>/": both(holder(bookings.booking_by_token)),
    "lich-hen/<str:token>/doi-gio/": both(holder(bookings.booking_by_token)),
    # --- whose draft it is: their account, their browser, their helper where helpers may come ---
    _DRAFT: both(DRAFT),
    f"{_DRAFT}trang/<slug:page_id>/": both(DRAFT),
    f"{_DRAFT}giay-to/": both(DRAFT),
    f"{_DRAFT}nhieu-giay-to/": both(DRAFT),
    f"{_DRAFT}giay-to/<slug:paper>/": both(DRAFT),
    f"{_DRAFT}giay-to/<slug:paper>/to-ky.pdf": shown(DRAFT),
    f"{_DRAFT}giay-to/<slug:paper>/ky/": both(DRAFT),
    f"{_DRAFT}gui/<slug:paper>/": begun(DRAFT),
    f"{_DRAFT}gui/<slug:paper>/<uuid:upload_id>": arriving(DRAFT),
    f"{_DRAFT}tep/<uuid:document_id>/<slug:page_id>": both(DRAFT),
    f"{_DRAFT}mang-theo.json": shown(DRAFT),
    f"{_DRAFT}may-khac/": both(DRAFT),
    f"{_DRAFT}nho-giup/": both(DRAFT),
    f"{_DRAFT}nho-giup/<uuid:helping_id>/thoi/": done(DRAFT),
    f"{_DRAFT}nhan-ket-qua/": both(DRAFT),
    f"{_DRAFT}kiem-tra/": both(DRAFT),
    f"{_DRAFT}xac-nhan/": both(DRAFT),
    # --- whose dossier it is: their account, or a browser that proved it ---
    "bien-nhan/<str:code>.pdf": shown(DOSSIER),
    "bien-nhan/<str:code>/": shown(DOSSIER),
    "bien-nhan/<str:code>/bang-chung": shown(DOSSIER),
    "theo-doi/<str:code>/": shown(DOSSIER),
    "theo-doi/<str:code>/rut/": both(DOSSIER),
    f"{_MINE}bo-sung/<str:leg>/": both(DOSSIER),
    f"{_MINE}bo-sung/<str:leg>/tep/<uuid:document_id>/<slug:page_id>": shown(DOSSIER),
    f"{_MINE}bo-sung/<str:leg>/gui/<str:paper>/": begun(DOSSIER),
    f"{_MINE}bo-sung/<str:leg>/gui/<str:paper>/<uuid:upload_id>": arriving(DOSSIER),
    f"{_MINE}ban-du-thao/<str:leg>/": both(DOSSIER),
    f"{_MINE}ban-du-thao/<str:leg>/<str:result>.pdf": shown(DOSSIER),
    f"{_MINE}thanh-toan/<str:fee>/": both(DOSSIER),
    f"{_MINE}thanh-toan/<str:fee>/bien-lai.pdf": shown(DOSSIER),
    f"{_MINE}phieu/<slug:slug>.pdf": shown(DOSSIER),
    f"{_MINE}ket-qua/<uuid:paper>": shown(DOSSIER),
    # --- officials coming in and going ---
    "can-bo/dang-nhap/": FORM,
    "can-bo/dang-nhap/ma/": FORM,
    "can-bo/dang-xuat/": FORM,
    "can-bo/bat-dau/": FORM,
    "can-bo/bat-dau/mat-khau/": FORM,
    "can-bo/bat-dau/xac-thuc/": FORM,
    "can-bo/khoa-truy-cap/<slug:slug>/": BUTTON,
    "can-bo/khoa/": FORM,
    "can-bo/xac-nhan-lai/": FORM,
    "can-bo/tai-khoan/": shown(COLLEAGUE),
    "can-bo/tai-khoan/<slug:what>/": both(COLLEAGUE),
    # --- officials: their own queue, filters, absence ---
    "can-bo/": shown(COLLEAGUE),
    "can-bo/nhac-han/": shown(COLLEAGUE),
    "can-bo/hang-loat/": done(COLLEAGUE),
    "can-bo/bo-loc/": done(COLLEAGUE),
    "can-bo/bo-loc/<int:view>/bo/": done(COLLEAGUE),
    "can-bo/vang-mat/": both(COLLEAGUE),
    "can-bo/vang-mat/<int:substitution>/het/": done(COLLEAGUE),
    # --- officials: a dossier ---
    _DESK: shown(HANDLER),
    f"{_DESK}giu-viec/<int:work>/": both(SEER),
    f"{_DESK}ghi-chu/": done(HANDLER),
    f"{_DESK}hien/": done(HANDLER),
    f"{_DESK}viec/<slug:slug>/": both(HANDLER),
    f"{_DESK}viec/<slug:slug>/<slug:part>/": both(HANDLER),
    f"{_DESK}kiem-tra/": both(HANDLER),
    f"{_DESK}giay-to/<uuid:document>/<str:page>": shown(SEER),
    f"{_DESK}giay-to/<uuid:document>/<str:page>/anh-nho": shown(SEER),
    f"{_DESK}giay-to/<uuid:document>/<str:page>/to/<int:number>": shown(SEER),
    f"{_DESK}ket-qua/<uuid:paper>": shown(SEER),
    f"{_DESK}phieu/<slug:slug>.pdf": shown(SEER),
    f"{_DESK}du-thao/<slug:result>.pdf": shown(SEER),
    f"{_DESK}phieu-giao-ket-qua.pdf": shown(SEER),
    # --- officials: dossiers of others, in an emergency ---
    "can-bo/khan-cap/": both(RESCUER),
    "can-bo/khan-cap/ho-so/<str:code>/": shown(OF_EMERGENCY),
    "can-bo/khan-cap/ho-so/<str:code>/giay-to/<uuid:document>/<str:page>": shown(OF_EMERGENCY),
    "can-bo/khan-cap/xem-lai/": shown(REVIEWER),
    "can-bo/khan-cap/xem-lai/<int:emergency>/": done(REVIEWER),
    # --- officials: what their office keeps ---
    "can-bo/lich/": both(CALENDAR),
    "can-bo/lich/<uuid:key>/": shown(CALENDAR),
    _BOOKS: both(KEEPER),
    f"{_BOOKS}<int:book_id>/": shown(OF_BOOK),
    f"{_BOOKS}<int:book_id>/quyen-moi/": done(OF_BOOK),
    f"{_BOOKS}<int:book_id>/dong/": done(OF_BOOK),
    f"{_BOOKS}<int:book_id>/tep.<slug:kind>": shown(OF_BOOK),
    f"{_BOOKS}muc/<int:entry_id>/gach/": Rule(OF_ENTRY, STRIKER),
    "can-bo/nhan-su/": shown(PERSONNEL),
    "can-bo/nhan-su/moi/": both(PERSONNEL),
    "can-bo/nhan-su/de-nghi/<int:deed>/": done(PERSONNEL),
    "can-bo/nhan-su/<int:official_id>/": both(OF_PERSON),
    # --- officials: the counter, its letters and its hall ---
    _COUNTER: shown(CLERK),
    f"{_COUNTER}nhap/<slug:slug>/": both(CLERK),
    f"{_COUNTER}<uuid:draft_id>/": done(TAKER),
    f"{_COUNTER}<uuid:draft_id>/xac-nhan/": both(TYPIST),
    f"{_COUNTER}<uuid:draft_id>/to-khai.pdf": shown(TYPIST),
    f"{_COUNTER}goi-so/": both(CLERK),
    f"{_COUNTER}lich-hen/": both(CLERK),
    f"{_COUNTER}sanh/": both(CLERK),
    "can-bo/uy-quyen/": shown(RECORDER),
    "can-bo/uy-quyen/ghi/": both(RECORDER),
    "can-bo/uy-quyen/<uuid:mandate_id>/": both(OF_MANDATE),
    "can-bo/uy-quyen/<uuid:mandate_id>/giay/<str:page>": shown(OF_MANDATE),
    "can-bo/mat-so/": shown(RECOVERER),
    "can-bo/mat-so/mo-lai/": both(RECOVERER),
    "can-bo/mat-so/<uuid:recovery_id>/": both(OF_RECOVERY),
    "can-bo/buu-gui/": both(CLERK),
    "can-bo/buu-gui/<uuid:list_id>/": both(POSTER),
    "can-bo/buu-gui/<uuid:list_id>/bang-ke.pdf": shown(POSTER),
    # --- officials: supporting people ---
    "can-bo/goi-lai/": shown(CALLER),
    "can-bo/goi-lai/<uuid:call_id>/": both(OF_CALL),
    "can-bo/y-kien/": shown(CALLER),
    "can-bo/y-kien/<int:opinion_id>/": both(ANSWERER),
    "can-bo/du-lieu/": shown(DATA_ANSWERER),
    "can-bo/du-lieu/<uuid:request_id>/": both(OF_DATA_REQUEST),
    "can-bo/tep-cach-ly/": shown(HOLDS_FILES),
    "can-bo/tep-cach-ly/<uuid:held_id>/": done(OF_HELD_FILE),
    "can-bo/to-cong-nghe-so/": both(LISTER),
    "can-bo/to-cong-nghe-so/<int:member_id>/bo/": done(LISTER),
    # --- officials: figures of their office ---
    _FIGURES: shown(READER),
    f"{_FIGURES}ky/": shown(READER),
    f"{_FIGURES}chi-so/": shown(READER),
    f"{_FIGURES}chi-so/tep.<slug:kind>": shown(READER),
    f"{_FIGURES}so-theo-doi/": shown(READER),
    f"{_FIGURES}danh-sach/": shown(READER),
    f"{_FIGURES}tep/": done(READER),
    f"{_FIGURES}tep/<uuid:key>/": shown(ASKER),
    f"{_FIGURES}tep/<uuid:key>/tai-ve": shown(ASKER),
}


def unsound() -> list[str]:
    """Return a sentence for each address without a rule, each rule without an address, each gate that notes nothing."""
    known = set(routes(get_resolver().url_patterns))
    named = {
        gate
        for rule in POLICY.values()
        for who in (rule.read, rule.write)
        if who
        for gate in who.gates
    }
    return [
        *(
            f"/{route} has no row in motcua/config/policy.py"
            for route in sorted(known - set(POLICY))
        ),
        *(
            f"/{route} stands in the policy, but leads nowhere"
            for route in sorted(set(POLICY) - known)
        ),
        *(
            f"{one.__module__}.{one.__name__} is named as a gate and is none"
            for one in named
            if not is_gate(one)
        ),
    ]


def routes(patterns: Sequence[URLPattern | URLResolver], before: str = "") -> Iterator[str]:
    """Yield the route of every address, as the resolvers spell it."""
    for pattern in patterns:
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from routes(pattern.url_patterns, route)
        else:
            yield route
