"""Papers made from the answers that somebody signs: printed, signed by hand and photographed, or by a code on the phone.

A photograph of a printed sheet carries its own address: wherever it is dropped among the papers of its draft, it goes to
its paper. What was signed is told by a digest; when an answer on the sheet changes, the signature is out of date.
"""

import json
from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

from django.conf import settings
from django.utils.crypto import salted_hmac
from django.utils.timezone import localtime

from motcua.documents import operations as documents
from motcua.documents.intake import codes_of_sheets
from motcua.documents.models import Document
from motcua.documents.papers import make_paper
from motcua.documents.queries import documents_of
from motcua.documents.rules.refusals import SheetNotOurs, SheetOfAnotherDraft, SheetOutdated
from motcua.documents.rules.sheet_codes import (
    Seat,
    SheetCode,
    SheetCodeBroken,
    digest_of,
    found_in,
    paper_mark,
    read,
    written,
)
from motcua.documents.scanning import Checked
from motcua.dossiers.models import Draft
from motcua.dossiers.rules.refusals import DraftFiled
from motcua.journeys.case import Case
from motcua.journeys.case import read as read_case
from motcua.kernel.phone import mask, read_contact
from motcua.kernel.refusal import Refusal, noop
from motcua.procedures.rules.definition import NeededPaper
from motcua.procedures.rules.procedure import Paper, Signing
from motcua.procedures.rules.showing import show

TEMPLATE = "to-ky"
PAGE = 1
"""A sheet is one page; its code names it for the day when one is longer."""


class SignatureOutdated(Refusal):
    """What was signed is no longer what is declared."""

    code: ClassVar[str] = "journeys.signature-outdated"
    text: ClassVar[str] = noop(
        "Bản khai đã được sửa sau khi ký. Xin ký lại: {papers}. Hãy mở mục Giấy tờ để ký lại."
    )
    status: ClassVar[int] = 422


class NotSignedOnThePhone(Refusal):
    """A paper that must be signed by hand, or that nobody signs."""

    code: ClassVar[str] = "journeys.not-signed-on-the-phone"
    text: ClassVar[str] = noop("Giấy này phải ký tay. Hãy in tờ ký, ký rồi chụp gửi lại.")
    status: ClassVar[int] = 409


def sheet(case: Case, paper: str) -> bytes:
    """Return the sheet to print, as the answers stand now; in Vietnamese, as it is law. Raises NotSignedOnThePhone."""
    item, signing = _signing(case, paper)
    code = SheetCode(case.draft.pk, paper_mark(paper), PAGE, digest(case, item.paper.id))
    address = f"{settings.BASE_URL}/to-ky/{written(code, _key())}"
    return make_paper(TEMPLATE, {**_said(case, signing), "qr_text": address}, at=case.at)


def signing_of(case: Case, paper: str) -> Signing | None:
    """Return how a paper of this case is signed; None when nobody signs it."""
    needed = case.definition.papers(case.settled.values)
    return next((item.paper.sign for item in needed if item.paper.id == paper), None)


def digest(case: Case, paper: str) -> str:
    """Return what tells this sheet from one with other answers."""
    _, signing = _signing(case, paper)
    return digest_of(json.dumps(_said(case, signing), ensure_ascii=False, sort_keys=True))


def seats(draft: Draft, raw: Checked, at: datetime) -> dict[int, Seat]:
    """Return where the signed sheets of a file belong, by their place in it (from 1); of a photograph it is one.

    Raises SheetNotOurs, SheetOfAnotherDraft, SheetOutdated.
    """
    case = read_case(draft, at)
    needed = case.definition.papers(case.settled.values)
    if not any(item.paper.sign for item in needed):
        return {}
    letters = {n: found_in(texts) for n, texts in enumerate(codes_of_sheets(raw), start=1)}
    return {n: _seat_of(case, needed, _read(code)) for n, code in letters.items() if code}


def _read(letters: str) -> SheetCode:
    try:
        return read(letters, _key())
    except SheetCodeBroken:
        raise SheetNotOurs from None


def _seat_of(case: Case, needed: Iterable[NeededPaper], code: SheetCode) -> Seat:
    if code.draft != case.draft.pk:
        raise SheetOfAnotherDraft
    for item in needed:
        if item.paper.sign and paper_mark(item.paper.id) == code.paper:
            if code.digest != digest(case, item.paper.id):
                raise SheetOutdated(title=item.paper.sign.title.vi)
            return Seat(item.paper.id, code.digest)
    raise SheetNotOurs


def draft_named(letters: str) -> UUID | None:
    """Return the draft that a code names, for whoever scans a sheet with their camera; None for no code of ours."""
    try:
        return read(letters, _key()).draft
    except SheetCodeBroken:
        return None


def make_room(*, owner: str, seats: Iterable[Seat], at: datetime) -> None:
    """Take out what was signed before on papers, where something newer is signed."""
    signed = {seat.paper: seat.signed for seat in seats}
    for document in documents_of(owner) if signed else ():
        for page in document.page_list if document.key in signed else ():
            if page.signed not in ("", signed[document.key]):
                documents.remove_page(owner=owner, document=document.pk, page=page.id, at=at)


def moved(case: Case, there: Iterable[Document], came: Collection[tuple[str, str]]) -> list[Paper]:
    """Return the papers that signed sheets went to, other than those they were sent to.

    `there` are the papers of the draft, `came` (paper, first 16 digits of the SHA-256) of the files that were sent.
    """
    sheets = {
        (document.key, page.received[:16])
        for document in there for page in document.page_list if page.signed
    }  # fmt: skip
    elsewhere = {key for key, code in sheets for to, sent in came if code == sent and key != to}
    needed = case.definition.papers(case.settled.values)
    return [item.paper for item in needed if item.paper.id in elsewhere]


def sign_by_code(*, case: Case, paper: str, at: datetime) -> None:
    """Keep the paper as signed on the phone; the caller has checked the code. Signed twice, it stands once.

    Raises NotSignedOnThePhone, DraftFiled.
    """
    if case.draft.dossier is not None:
        raise DraftFiled(code=case.draft.dossier.code)
    _, signing = _signing(case, paper)
    if "phone" not in signing.ways:
        raise NotSignedOnThePhone
    taken = Seat(paper, digest(case, paper))
    if is_signed(case, paper, documents_of(case.owner)):
        return
    make_room(owner=case.owner, seats=[taken], at=at)
    confirmed = {"phone": mask(read_contact(phone_of(case))), "at": _moment(at)}
    made = make_paper(TEMPLATE, {**_said(case, signing), "confirmed": confirmed}, at=at)
    documents.add_page(
        owner=case.owner, key=paper, filename=f"{paper}.pdf", content=Checked(made),
        signed=taken.signed, at=at,
    )  # fmt: skip


def is_signed(case: Case, paper: str, there: Iterable[Document]) -> bool:
    """Tell whether a paper carries a signature under what is declared now."""
    signed = {
        page.signed for document in there if document.key == paper for page in document.page_list
    }
    return digest(case, paper) in signed


def outdated(case: Case, there: Iterable[Document]) -> list[str]:
    """Return the titles of papers whose signature stands under other answers than are declared now."""
    pages = {document.key: document.page_list for document in there}
    return [
        item.paper.sign.title.vi
        for item in case.definition.papers(case.settled.values)
        if item.paper.sign and (kept := [p.signed for p in pages.get(item.paper.id, ()) if p.signed])
        and digest(case, item.paper.id) not in kept
    ]  # fmt: skip


def phone_of(case: Case) -> str:
    """Return the applicant's phone, to which the code goes."""
    return str(case.settled.answers.get(case.published.procedure.applicant.phone, ""))


def _signing(case: Case, paper: str) -> tuple[NeededPaper, Signing]:
    for item in case.definition.papers(case.settled.values):
        if item.paper.id == paper and item.paper.sign:
            return item, item.paper.sign
    raise NotSignedOnThePhone


def _said(case: Case, signing: Signing) -> dict[str, Any]:
    """Return what the sheet says: all that is signed, and nothing that changes by itself."""
    law, answers = case.published.procedure, case.settled.answers
    fields = [case.definition.fields[name] for name in signing.shows]
    return {
        "title": signing.title.vi,
        "to": case.draft.agency.name,
        "procedure": law.name.vi,
        "rows": [
            {"label": field.label.vi, "value": show(field, answers.get(field.id), case.world)}
            for field in fields
        ],
        "says": signing.says.vi,
        "basis": law.cited(signing),
        "signer": str(answers.get(signing.by) or ""),
    }


def _moment(at: datetime) -> str:
    return localtime(at).isoformat(timespec="seconds")


def _key() -> bytes:
    return salted_hmac("motcua.journeys.signed-sheets", b"", algorithm="sha256").digest()
