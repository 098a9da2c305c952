"""Pages one meets now and then: several rows, two answers to one question, a helper, a signature, money that did not go."""

import io
import re

import zxingcpp
from django.conf import settings
from django.test import Client
from PIL import Image

from motcua.documents.thumbnails import sheet_of
from motcua.dossiers.models import Draft
from motcua.help.codes import code_of
from motcua.help.models import Call, Helping, Invitation
from motcua.help.rules.opinions import Kind
from motcua.journeys.opinions import opinion_path
from motcua.payments.rules import Outcome
from motcua.procedures.models import Version
from motcua.toolkit.jobs import run_due
from motcua.ui.display import COOKIE
from tests.browser.every_page import BIRTH, HERE, SERVICE, Album, begun, fill_in
from tests.browser.story import Story
from tests.journeys.followed import filed
from tests.journeys.relatives import MAI
from tests.rooms.outside import World
from tests.signing_in import as_citizen, as_phone_holder

SHOP = "thanh-lap-ho-kinh-doanh"
NAME = "child.full_name"
RICE = {"name": "Bán lẻ gạo, mì, nước mắm", "code": "4711", "main": "yes"}
BIKES = {"name": "Sửa xe đạp, xe máy"}
NOODLES = {"name": "Bán phở buổi sáng"}


def pages_now_and_then(commune: Version, world: World) -> Album:
    """Return what is not met on the straight way."""
    album, owner = Album(), Client()
    as_citizen(owner, MAI)
    _rows(album)
    draft, story = begun(owner, BIRTH)
    _two_answers(album, owner, f"{draft}trang/chau/")
    _declare(owner, draft, story)
    _other_devices(album, owner, draft, world)
    _helped(album, owner, draft, world)
    _signed(album, owner, draft, world)
    _called(album)
    _unpaid(album, commune, world)
    _looks(album, owner, draft)
    return album


def _rows(album: Album) -> None:
    client, group = Client(), "lines.list"
    as_phone_holder(client)
    here = f"{begun(client, SHOP)[0]}trang/nganh_nghe/"
    told = _posted(group, RICE, BIKES)
    album.get(client, rows_none=here)
    album.post(client, "rows_one_more", here, **told, _add=group)
    album.post(client, "rows_opened", here, **told, _edit=f"{group}__1")
    album.post(client, "rows_wrong", here, **_posted(group, RICE, {"code": "12"}))
    since = _since(client, here)
    client.post(here, {**_posted(group, RICE, BIKES), **since})
    album.get(client, rows_closed=here)
    album.post(client, "rows_of_two", here, **_posted(group, RICE, NOODLES), **since)


def _posted(group: str, *rows: dict[str, str]) -> dict[str, str]:
    boxes = {f"{group}__{n}__{part}": told for n, row in enumerate(rows) for part, told in row.items()}  # fmt: skip
    return {f"{group}__rows": str(len(rows)), **boxes}


def _since(client: Client, here: str) -> dict[str, str]:
    """Return what a page made now says of itself when it is sent later."""
    page = client.get(here).context
    return {"_revision": page["revision"], "_was": page["was"]}


def _declare(client: Client, draft: str, story: Story) -> None:
    """Fill in the birth form, with nobody who saw the birth, and a head of household who signs by hand."""
    for page in story.law.form.pages:
        fill_in(client, f"{draft}trang/{page.id}/", story, page)
    client.post(f"{draft}trang/giay_chung_sinh/", {"birth_note.kind": "pledge"})
    client.post(f"{draft}trang/dong_y/", {"residence.consent": "paper"})


def _two_answers(album: Album, client: Client, here: str) -> None:
    since = _since(client, here)
    client.post(here, {NAME: "Trần Gia An", **since})
    asked = album.post(client, "two_answers", here, **{NAME: "Trần Bảo An"}, **since)
    carried = {**dict(asked.context["carried"]), "_revision": asked.context["revision"]}
    album.post(client, "two_answers_none_chosen", here, _choosing="1", **carried)


def _other_devices(album: Album, owner: Client, draft: str, world: World) -> None:
    here, laptop = f"{draft}may-khac/", Client(headers={"user-agent": "Windows NT 10.0"})
    album.get(owner, other_devices=here, continue_here="/khai-tiep/")
    album.post(owner, "other_devices_wrong", here, phone="12")
    album.post(owner, "other_devices_told", here, phone="0912345001", email="mai@example.vn")
    code = Draft.objects.latest("created_at").code
    album.post(laptop, "continue_wrong", "/khai-tiep/", ma="12")
    ticket = album.post(laptop, "continue_code", "/khai-tiep/", ma=code).context["ticket"]
    there = "/khai-tiep/ma-xac-nhan/"
    album.post(laptop, "continue_code_wrong", there, phieu=ticket, code="000000")
    album.post(laptop, "continued", there, phieu=ticket, code=_code_sent(world))
    album.get(owner, other_devices_two=here)


def _code_sent(world: World) -> str:
    run_due()
    found = [re.search(r"\b\d{6}\b", letter.body) for letter in world.sms.letters.values()]
    return [code[0] for code in found if code][-1]


def _helped(album: Album, owner: Client, draft: str, world: World) -> None:
    helper, here, who = Client(), f"{draft}nho-giup/", "/giup/xac-nhan/"
    album.post(owner, "help_code", here, _key="k", lasts="hours", phone="0912345001")
    album.post(helper, "help_wrong", "/giup/", code="00000000")
    code = code_of(Invitation.objects.get())
    carried = {"phieu": album.post(helper, "help_who", "/giup/", code=code).context["ticket"]}
    album.post(helper, "help_who_wrong", who, **carried, phone="12")
    named = {**carried, "name": "Trần Văn Nam", "phone": "0912345002", "who": "family"}
    carried = {"phieu": album.post(helper, "help_proof", who, **named).context["ticket"]}
    album.post(helper, "help_proof_wrong", who, **carried, code="000000")
    album.post(helper, "help_overview", who, **carried, code=_code_sent(world))
    album.get(
        helper, help_page=f"{draft}trang/nguoi_khai/", help_check=f"{draft}kiem-tra/",
        help_shut=f"{draft}nhan-ket-qua/",
    )  # fmt: skip
    album.get(owner, help_history=here)
    stop = f"/thoi-nho/{Helping.objects.get().stop_token}/"
    album.get(Client(), help_stop=stop)
    album.post(Client(), "help_stopped", stop)
    album.get(helper, help_over=draft)


def _signed(album: Album, owner: Client, draft: str, world: World) -> None:
    paper, sheet = f"{draft}giay-to/cam_doan_viec_sinh/", f"{draft}giay-to/ct01/"
    album.get(owner, sign_paper=paper, sign_by_code=f"{paper}ky/", sign_sheet=sheet)
    album.post(owner, "sign_code_sent", f"{paper}ky/", _send="1")
    album.post(owner, "sign_code_wrong", f"{paper}ky/", code="000000")
    album.post(owner, "signed", f"{paper}ky/", code=_code_sent(world))
    printed = Image.open(io.BytesIO(sheet_of(owner.get(f"{paper}to-ky.pdf").content, 1)))
    (found,) = zxingcpp.read_barcodes(printed)
    album.get(Client(), sheet_of_somebody=found.text.removeprefix(settings.BASE_URL))


def _called(album: Album) -> None:
    client, here = Client(), f"/goi-lai/{HERE}/"
    fields = {field.name: field for field in client.get(here).context["fields"]}
    wish = {"start": fields["start"].options[0].value, "topic": "filling", "_key": "k"}
    album.post(client, "call_wrong", here, **wish, phone="12")
    album.post(client, "call", here, **wish, phone="0912345001")
    album.post(client, "call_cancelled", f"/cuoc-goi/{Call.objects.get().token}/")


def _unpaid(album: Album, commune: Version, world: World) -> None:
    client = Client()
    dossier = filed(commune).let_in(client)
    client.post(f"/ho-so/{dossier.code}/thanh-toan/residence_fee/")
    word = world.gateway.settle(world.gateway.orders[-1].ref, outcome=Outcome.FAILED)
    album.get(client, returned_failed=f"/thanh-toan/tro-ve?{word}")
    album.post(client, "opinion_given", opinion_path(Kind.FILING, dossier.code), mark="2")


# ── for eyes and tongues of their own ───────────────────────────────────────────────────────────


def _looks(album: Album, owner: Client, draft: str) -> None:
    form = f"{draft}trang/chau/"
    for name, language in (("km", "km"), ("en", "en")):
        owner.cookies[settings.LANGUAGE_COOKIE_NAME] = language
        album.get(owner, **{f"{name}_home": "/", f"{name}_service": SERVICE, f"{name}_form": form})
    owner.cookies[settings.LANGUAGE_COOKIE_NAME] = "vi"
    owner.cookies[COOKIE] = "text=largest&contrast=more"
    album.get(
        owner, large_home="/", large_display="/hien-thi/", large_service=SERVICE,
        large_overview=draft, large_form=form, large_check=f"{draft}kiem-tra/",
    )  # fmt: skip
    del owner.cookies[COOKIE]


def pages_with_scripts() -> Album:
    """Return the pages on which scripts show what a page alone does not."""
    album, client = Album(), Client()
    as_citizen(client, MAI)
    draft, story = begun(client, BIRTH)
    for page in story.law.form.pages:
        fill_in(client, f"{draft}trang/{page.id}/", story, page)
    album.get(
        client, page=f"{draft}trang/chau/", paper=f"{draft}giay-to/giay_chung_sinh/",
        no_network="/khong-co-mang/",
    )  # fmt: skip
    return album
