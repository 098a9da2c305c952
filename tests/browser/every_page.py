"""Every page a citizen may meet, and one of officials, made cheaply: by journeys and Django's own client, no server, no clicking.

A page is what the product answered, with the browser it answered to: pictures on it are asked for by that one.
"""

import re
from dataclasses import dataclass, field
from datetime import datetime
from io import BytesIO

from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client, RequestFactory

from motcua.agencies.models import Agency, Official
from motcua.agencies.operations import appoint
from motcua.agencies.rules.roles import Role
from motcua.documents.models import IssuedPaper
from motcua.help.rules.opinions import Kind
from motcua.identity.models import Account, Recovery
from motcua.identity.rules.recovering import moves_at
from motcua.journeys.opinions import opinion_path
from motcua.journeys.tracking_address import tracking_path
from motcua.kernel.working_calendar import ZONE
from motcua.notices.models import Notice
from motcua.payments.confirmation import confirm
from motcua.procedures.models import Version
from motcua.procedures.records import import_records
from motcua.procedures.rules.form import Page
from motcua.toolkit.clock import now
from motcua.toolkit.jobs import run_due
from motcua.ui import views
from motcua.ui.busy import busy_page
from motcua.ui.refusals import problem_page
from motcua.visits import bookings, halls
from motcua.visits.models import Booking, Ticket
from tests import shelf
from tests.browser.story import Story, first_whole
from tests.documents_samples import jpeg, pdf
from tests.journeys import relatives
from tests.journeys.followed import NAME_FAULT, PAPER_FAULT, Followed, filed
from tests.national_records import record, write
from tests.rooms.outside import World
from tests.signing_in import as_citizen, as_official, as_phone_holder

BIRTH = "khai-sinh-lien-thong"
FORM = "application/x-www-form-urlencoded"
HERE, COMMUNE = "H24.239", "11239"
KINDS = (
    "viec_can_lam",
    "nguoi_khai",
    "lien_he",
    "chau",
    "dia_chi_noi_sinh",
    "dan_toc_que_quan",
    "bhyt",
)
"""Pages of the form that between them ask every kind of question."""


@dataclass
class Shown:
    """One page as it was answered, and whose browser it was."""

    answer: HttpResponse
    client: Client

    @property
    def body(self) -> bytes:
        return self.answer.content


@dataclass
class Album:
    """Pages by the name they are known by."""

    pages: dict[str, Shown] = field(default_factory=dict)

    def get(self, client: Client, **paths: str) -> None:
        """Keep what is answered at these addresses, wherever they lead."""
        for name, path in paths.items():
            self.keep(name, client, client.get(path, follow=True))

    def post(self, client: Client, name: str, path: str, /, **values: object) -> HttpResponse:
        """Keep what is answered to a form, wherever it leads."""
        answer = client.post(path, values, follow=True)
        self.keep(name, client, answer)
        return answer

    def keep(self, name: str, client: Client, answer: HttpResponse) -> None:
        assert answer.status_code < 500 or name.startswith("problem"), (name, answer.status_code)
        assert answer.headers["Content-Type"].startswith("text/html"), name
        self.pages[name.replace("_", "-")] = Shown(answer, client)


# ── open pages ──────────────────────────────────────────────────────────────────────────────────


SERVICE, LEAFLETS = f"/dich-vu/{BIRTH}/", f"/dich-vu/{BIRTH}/to-roi/"
OPEN = {
    "home": "/",
    "search": "/tim/?q=khai+sinh",
    "search-none": "/tim/?q=zzzz",
    "occasion": "/viec/co-con/",
    "service": SERVICE,
    "service-easy": f"{SERVICE}?doc=de-hieu",
    "information": f"/thu-tuc/{record(1)['ma_thu_tuc']}/",
    "leaflets": LEAFLETS,
    "leaflets-here": f"{LEAFLETS}?commune={COMMUNE}",
    "guide": f"{LEAFLETS}huong-dan/?commune={COMMUNE}",
    "poster": f"{LEAFLETS}ap-phich/?commune={COMMUNE}",
    "broadcast": f"{LEAFLETS}phat-thanh/?commune={COMMUNE}",
    "register-online": "/dang-ky-truc-tuyen/",
    "register-online-here": f"/dang-ky-truc-tuyen/?province=31&commune={COMMUNE}",
    "questions": "/hoi-dap/",
    "question": "/hoi-dap/mat-mang/",
    "find": "/theo-doi/",
    "continue": "/khai-tiep/",
    "help": "/giup/",
    "call-me": "/goi-lai/",
    "call-me-here": f"/goi-lai/{HERE}/",
    "accessibility": "/tiep-can/",
    "opinions": "/so-lieu/hai-long/",
    "no-network": "/khong-co-mang/",
    "verify": "/xac-thuc/",
    "verify-none": "/xac-thuc/AAAAABBBBBCCCCCDDDDD",
    "verify-offline": "/xac-thuc/khong-can-mang",
    "log": "/nhat-ky/",
    "display": "/hien-thi/",
    "sign-in": "/dang-nhap/",
    "sign-in-vneid": "/dang-nhap/vneid/",
    "sign-in-phone": "/dang-nhap/dien-thoai/",
    "register": "/dang-ky-tai-khoan/",
    "register-citizen": "/dang-ky-tai-khoan/cong-dan/",
    "register-number": "/dang-ky-tai-khoan/thue-bao/",
    "sign-out": "/dang-xuat/",
    "gallery": "/ui",
    "problem-404": "/khong-co-trang-nay/",
}


def open_pages(folder) -> Album:
    """Return what anybody may open: finding, reading, checking a paper, signing in, and every way to say no."""
    shelf.fill(BIRTH)
    write(folder, range(3))
    import_records(places=[folder], at=now())
    album, client = Album(), Client()
    album.get(client, **OPEN)
    album.post(client, "find-wrong", "/theo-doi/", ma="abc")
    album.post(client, "sign-in-phone-wrong", "/dang-nhap/dien-thoai/", phone="12")
    album.post(client, "register-details", "/dang-ky-tai-khoan/thue-bao/", phone="0987654321")
    album.post(client, "register-details-wrong", "/dang-ky-tai-khoan/thong-tin/", full_name="1")
    album.post(client, "find-code", "/theo-doi/", ma="H24.284-261123-0001")
    _problems(album)
    return album


def _problems(album: Album) -> None:
    request, client = RequestFactory().get("/"), Client()
    for status in (403, 409, 429, 503):
        text = "Việc này chưa làm được lúc này. Những gì đã lưu vẫn còn."
        album.keep(f"problem_{status}", client, problem_page(request, status=status, text=text))
    album.keep("problem_500", client, views.failed(request))
    for method in ("GET", "POST"):
        told = {"REQUEST_METHOD": method, "HTTP_ACCEPT": "text/html", "CONTENT_TYPE": FORM}
        kind, content = busy_page(told, BytesIO(b"name=Mai"), 600)
        crowd = HttpResponse(content, content_type=kind, status=503)
        album.keep(f"problem_crowd_{method.lower()}", client, crowd)


# ── a filing ────────────────────────────────────────────────────────────────────────────────────


def pages_of_a_filing() -> Album:
    """Return the pages of the birth form, as its own example fills it in: empty, full and wrong."""
    album, client = Album(), Client()
    shelf.fill(BIRTH)
    as_citizen(client, relatives.MAI)
    album.get(client, start=f"/nop/{BIRTH}/")
    album.post(client, "start_wrong", f"/nop/{BIRTH}/")
    draft, story = begun(client, BIRTH)
    album.get(client, overview=draft, invite=f"{draft}nho-giup/")
    for page in story.law.form.pages:
        here = f"{draft}trang/{page.id}/"
        if page.id in KINDS:
            album.get(client, **{f"form_{page.id}": here})
            _wrong(album, client, f"form_{page.id}_wrong", here)
        fill_in(client, here, story, page)
    album.get(client, overview_filled=draft)
    _papers(album, client, draft, story)
    album.get(client, ways=f"{draft}nhan-ket-qua/")
    album.post(client, "check", f"{draft}nhan-ket-qua/", **story.ways)
    album.post(client, "check_wrong", f"{draft}kiem-tra/")
    album.get(client, start_again=f"/nop/{BIRTH}/", mine_drafts="/ho-so-cua-toi/")
    return album


def begun(client: Client, slug: str) -> tuple[str, Story]:
    """Begin a declaration as the procedure's own example tells it; return its address and the example."""
    shelf.fill(slug)
    (folder,) = (settings.CATALOGUE / "procedures").glob(f"*/{slug}")
    story = first_whole(folder, datetime.now(ZONE).date(), relatives.PHONE)
    return client.post(f"/nop/{slug}/", story.beginning)["Location"], story


def fill_in(client: Client, here: str, story: Story, page: Page) -> None:
    """Answer a page of the form as the example tells it."""
    told = [story.typed.get(one.id, {}) for one in page.fields]
    client.post(here, {"_revision": "", **{name: post[name] for post in told for name in post}})


def _wrong(album: Album, client: Client, name: str, here: str) -> None:
    answer = client.post(here, {"_revision": ""})
    if answer.status_code != 302:
        album.keep(name, client, answer)


def _papers(album: Album, client: Client, draft: str, story: Story) -> None:
    album.get(client, papers=f"{draft}giay-to/", many_papers=f"{draft}nhieu-giay-to/")
    for paper in story.example.papers or ():
        here = f"{draft}giay-to/{paper}/"
        album.get(client, **{f"paper_{paper}": here})
        for name, content in (("chung-sinh.jpg", jpeg(900, 1200)), ("nha.pdf", pdf(1))):
            client.post(here, {"_upload": paper, paper: _file(name, content)})
        album.get(client, **{f"paper_{paper}_brought": here})
    client.post(f"{draft}nhieu-giay-to/", {"_upload": "tep", "tep": _file("a.jpg", jpeg(800, 600))})
    album.get(
        client, papers_brought=f"{draft}giay-to/", many_papers_to_sort=f"{draft}nhieu-giay-to/"
    )


def _file(name: str, content: bytes):
    return SimpleUploadedFile(name, content)


# ── a dossier on its way ────────────────────────────────────────────────────────────────────────


def pages_of_dossiers(commune: Version, family: Version, world: World) -> Album:
    """Return a dossier's pages at every point of its way, what it asks for, and what came of it."""
    album, client = Album(), Client()
    fresh = filed(commune).let_in(client)
    _filed(album, client, fresh)
    paid = _money(album, client, world, filed(commune, way="post").let_in(client))
    _asked(album, client, filed(commune).received().asked(NAME_FAULT, PAPER_FAULT).let_in(client))
    drafted = filed(commune).let_in(client).drafted()
    album.get(
        client,
        tracking_draft=f"/theo-doi/{drafted.code}/",
        draft=f"/ho-so/{drafted.code}/ban-du-thao/birth/",
    )
    paid.born().refused("insurance").done("residence")
    album.get(client, tracking_done=f"/theo-doi/{paid.code}/")
    token = IssuedPaper.objects.latest("pk").token
    album.get(client, verified=f"/xac-thuc/{token}")
    _withdrawn(album, client, filed(commune).let_in(client))
    _consents(album, family)
    _accounts(album, commune)
    return album


def _filed(album: Album, client: Client, fresh: Followed) -> None:
    code = fresh.code
    album.get(
        client, receipt=f"/bien-nhan/{code}/", tracking_filed=f"/theo-doi/{code}/",
        withdraw=f"/theo-doi/{code}/rut/", pay=f"/ho-so/{code}/thanh-toan/residence_fee/",
    )  # fmt: skip
    album.get(client, opinion=opinion_path(Kind.FILING, code))
    fresh.received()
    album.get(client, tracking_received=f"/theo-doi/{code}/")
    album.get(Client(), closed=f"/theo-doi/{code}/", standing=tracking_path(code))


def _money(album: Album, client: Client, world: World, paying: Followed) -> Followed:
    address = f"/ho-so/{paying.code}/thanh-toan/residence_fee/"
    client.post(address)
    word = world.gateway.settle(world.gateway.orders[-1].ref)
    back = f"/thanh-toan/tro-ve?{word}"
    album.get(client, returned_waiting=back, returned_lost="/thanh-toan/tro-ve")
    confirm(query=word, at=now())
    run_due()
    album.get(client, returned_paid=back, paid=address, receipt_paid=f"/bien-nhan/{paying.code}/")
    return paying


def _asked(album: Album, client: Client, asked: Followed) -> None:
    here = f"/ho-so/{asked.code}/bo-sung/birth/"
    album.get(client, tracking_supplement=f"/theo-doi/{asked.code}/", supplement=here)
    album.post(client, "supplement_wrong", here, **{"child.full_name": "1"})


def _withdrawn(album: Album, client: Client, row: Followed) -> None:
    album.post(
        client, "tracking_withdrawn", f"/theo-doi/{row.code}/rut/", act="a" * 22, reason="Khai nhầm"
    )


def _consents(album: Album, family: Version) -> None:
    waiting = relatives.filed(family).born()
    client = Client()
    as_citizen(client, relatives.SISTER)
    here = f"/dong-y/{waiting.code}/insurance/"
    album.get(client, consents="/dong-y/", consent=here, mine_asked="/ho-so-cua-toi/")
    album.post(client, "consent_wrong", here, act="b" * 22)
    other = Client()
    as_citizen(other, relatives.STRANGER)
    album.get(other, consents_none="/dong-y/", consent_not_asked=here)


def _accounts(album: Album, commune: Version) -> None:
    client, new = Client(), Client()
    account = as_citizen(client, relatives.MAI)
    for _ in range(2):
        filed(commune, account=account)
    album.get(client, account="/tai-khoan/", mine="/ho-so-cua-toi/", sign_out_sure="/dang-xuat/")
    album.get(
        client, account_shared="/tai-khoan/da-chia-se/", account_number="/tai-khoan/so-dien-thoai/"
    )
    as_phone_holder(new)
    album.get(new, account_phone="/tai-khoan/", mine_none="/ho-so-cua-toi/")
    _opened_again(album, new)
    album.get(
        client, mandates="/uy-quyen/", mandate_give="/uy-quyen/nho/", mandate_ask="/uy-quyen/xin/"
    )
    album.get(new, step_up="/dang-nhap/?level=2&viec=withdraw&next=/ho-so-cua-toi/")
    album.post(new, "signed_out", "/dang-xuat/")
    album.get(new, locked_out="/dang-nhap/khong-vao-duoc/")
    album.post(new, "problem_vneid", "/dang-nhap/vneid/")
    _silent(album, Client())


def _opened_again(album: Album, client: Client) -> None:
    """At a counter somebody asks for another number in the name of whoever is signed in, who stops it."""
    lost, at = Account.objects.filter(kind="phone").latest("pk"), now()
    row = Recovery.objects.create(
        account=lost, person=lost.person, new_phone="+84912345088", dossier="", office=1, token="moi" * 7,
        act_key="mo", recorded_by=1, recorded_at=at, proved_at=at, checked_by=2, checked_at=at,
        moves_at=moves_at(at),
    )  # fmt: skip
    here = f"/doi-so/{row.token}/"
    album.get(client, account_moving="/tai-khoan/", number_moving=here)
    album.post(client, "number_stays", here)


def _silent(album: Album, client: Client) -> None:
    """A number that nobody has used for long is asked whose it is."""
    Account.objects.filter(kind="phone").update(last_sign_in=None)
    client.post("/dang-nhap/dien-thoai/", {"phone": "0987 654 321"})
    code = re.search(r"\b[0-9]{6}\b", Notice.objects.latest("pk").body)
    assert code
    album.post(client, "whose_number", "/dang-nhap/ma/", code=code[0])


# ── an official ─────────────────────────────────────────────────────────────────────────────────


def pages_of_an_official() -> Album:
    """Return the page where an official says how they are told that something waits."""
    album, client = Album(), Client()
    hoa = Official.objects.create(username="hoa.every-page", full_name="Phạm Thị Mai Hoa")
    office = Agency.objects.get(code=HERE)
    appoint(official=hoa, agency=office, role=Role.FRONT_DESK, at=now())
    as_official(client, hoa)
    told = "/can-bo/tai-khoan/nhan-tin/"
    album.get(client, told_at=told)
    album.post(client, "told_at_wrong", told, phone="12", email="")
    return album


# ── the hall ────────────────────────────────────────────────────────────────────────────────────


def pages_of_visits() -> Album:
    """Return the pages of a booked time and of a number in the hall."""
    album, client = Album(), Client()
    hall = halls.hall_of(Agency.objects.get(code=HERE))
    album.get(
        client, book="/hen-gio/", book_time=f"/hen-gio/{HERE}/",
        kiosk=f"/sanh/{hall.key}/lay-so/", hall_screen=f"/sanh/{hall.key}/man-hinh/",
    )  # fmt: skip
    times = bookings.times_by_day(hall, now())
    start = next(slot.starts_at for day in list(times.values())[1:] for slot in day)
    wish = {"start": start.isoformat(), "kind": "file"}
    album.post(client, "book_who", f"/hen-gio/{HERE}/", **wish)
    as_phone_holder(client)
    album.post(client, "booking", f"/hen-gio/{HERE}/", **wish)
    mine = Booking.objects.get()
    album.get(client, booking_move=f"/lich-hen/{mine.token}/doi-gio/")
    client.post(f"/sanh/{hall.key}/lay-so/", {"kind": "file", "key": "k1"})
    album.get(client, turn=f"/so-thu-tu/{Ticket.objects.get().token}/")
    return album
