"""The people and things before every door of the house, and a walk along all doors.

Each browser of `people` is somebody who comes to a door; `things` are what addresses name: a draft,
dossiers at several points of their way, papers, results – all of one owner and one office.
"""

import re
import uuid
from dataclasses import dataclass, field
from datetime import timedelta

from django.test import Client
from django.utils.timezone import localdate

from motcua.agencies.models import Agency, Substitution
from motcua.agencies.operations import change_calendar
from motcua.deliveries import lists
from motcua.documents import operations as documents
from motcua.documents import queries as papers_kept
from motcua.documents.models import Upload
from motcua.dossiers.models import (
    Consent,
    Content,
    Dossier,
    Draft,
    Event,
    Handover,
    SavedView,
    Work,
)
from motcua.dossiers.rules.facts import Fault
from motcua.help import codes
from motcua.help.models import Call, Opinion
from motcua.help.rules.helping import Lasts, Who
from motcua.help.rules.opinions import Kind
from motcua.identity.models import OneTimeCode
from motcua.journeys import counter, filing, handing_over, handling, own_dossier
from motcua.journeys.case import owner_of_dossier, owner_of_draft
from motcua.journeys.counter import Entry
from motcua.journeys.opinions import check_of
from motcua.payments.models import Attempt, Demand
from motcua.registers import operations as books
from motcua.registers.operations import Registering
from motcua.reports.figures import Asked, today
from motcua.reports.operations import ask_file
from motcua.reports.seats import seat
from motcua.toolkit.clock import now
from motcua.visits import halls
from motcua.visits.models import Booking, Ticket
from tests.documents_samples import jpeg
from tests.signing_in import as_citizen, as_phone_holder

NEVER_WAS = "H24.239-260302-9999"
SIGN_IN = re.compile(r"^/(can-bo/)?dang-nhap/")


@dataclass
class Things:
    """What the addresses name."""

    draft: str
    draft_document: str
    draft_page: str
    waiting: str
    """A dossier whose draft certificate waits for its applicant."""
    asked: str
    """One the desk asked a supplement of, with a new picture brought already."""
    brought: str
    brought_page: str
    born: str
    """One with an issued result and a fee paid in cash."""
    issued: str
    token: str
    fresh: str
    """One that nobody has received yet."""
    filed_document: str
    filed_page: str
    file: str
    """A list as a file, that the front desk asked for."""
    book: str
    """A book of the office's, and a number in it."""
    entry: str
    change: str
    """A day of the calendar that somebody has set."""
    work: str
    """The piece of work that the fresh one is."""
    check: str = ""
    typed: str = ""
    """A paper dossier that the front desk is typing."""
    letters: str = ""
    """A list of letters of the office."""
    hall: str = ""
    """The key of the office's hall; its address is told to nobody outside."""
    number: str = ""
    booked: str = ""
    """The secret address of a time that has passed."""
    house_paper: str = ""
    """A paper of several sheets."""
    house_page: str = ""
    call: str = ""
    """A call somebody asked for, and the secret of its address."""
    called: str = ""
    opinion: str = ""
    """An opinion on the office; the secret of an address that asks for one."""
    mark: str = ""
    helping: str = ""
    """Somebody who helps with the draft, and the secret that ends it."""
    stop: str = ""
    member: str = "999"
    registrar: str = ""

    def names(self):
        """Return every name an address may hold."""
        return vars(self)


@dataclass
class People:
    """One browser for each who comes to a door."""

    owner: Client = field(default_factory=Client)
    stranger: Client = field(default_factory=Client)
    nobody: Client = field(default_factory=Client)


def citizens():
    """Return the browsers of the citizens, and the owner's account."""
    people = People()
    account = as_citizen(people.owner)
    as_phone_holder(people.stranger, phone="+84912000000", name="Lê Văn Lạ")
    return people, account


def things_of(office, account):
    """Return a draft and dossiers of that account, each at its point of the way."""
    draft, _ = filing.begin(
        published=office.linked, chosen=filing.Begin(commune="11239"), account=account, level=2,
        at=now(),
    )  # fmt: skip
    in_draft = documents.add_page(
        owner=owner_of_draft(draft), key="birth_note", filename="a.jpg", content=jpeg(), at=now()
    )
    fresh, waiting, asked, born = (
        office.filed(),
        office.received(),
        office.received(),
        office.born(),
    )
    office.step(waiting, "registrar", "birth", "draft")
    brought = _supplement_begun(office, asked)
    paid(office, born)
    Dossier.objects.update(account=account)
    somebody_asked(waiting)
    filed, house = papers_kept.documents_of(owner_of_dossier(waiting.code))
    result = papers_kept.issued_for(owner_of_dossier(born.code))[0]
    return Things(
        draft=str(draft.pk), draft_document=str(in_draft.pk), draft_page=in_draft.page_list[0].id,
        work=str(Work.objects.get(dossier=fresh).pk),
        waiting=waiting.code, asked=asked.code, born=born.code, fresh=fresh.code,
        brought=str(brought.pk), brought_page=brought.page_list[0].id,
        issued=str(result.pk), token=result.token,
        filed_document=str(filed.pk), filed_page=filed.page_list[0].id,
        file=str(a_list_asked_for(office)), **a_book_begun(office),
        change=str(a_day_set()), house_paper=str(house.pk), house_page=house.page_list[0].id,
    )  # fmt: skip


def a_day_set():
    """Set a day of the province by hand; return the key of the change."""
    key = uuid.uuid4()
    change_calendar(
        key=key, day=localdate(), province_code="31", working=False, note="Bão", decision="1",
        by="–", at=now(),
    )  # fmt: skip
    return key


def a_book_begun(office):
    """Keep the office's book of births here, with one number in it."""
    at, post = now(), office.post("registrar")
    book = books.open_book(
        agency_id=post.agency_id, kind="birth", year=at.year, volume=1, first=1, by="–", at=at
    )
    what = Registering("–", "birth", "Trần Minh An", "Đăng ký khai sinh", "–")
    books.draw(agency_id=post.agency_id, kind="birth", what=what, at=at)
    return {"book": str(book.pk), "entry": str(book.entries.get().pk)}


def at_the_counter(office, things):
    """Add what lies at the counter and in the hall: an entry, a list of letters, a number, a time that has passed."""
    hall = halls.hall_of(Agency.objects.get(code="H24.239"))
    entry = Entry(office.post("front_desk"), "counter")
    chosen = filing.Begin(commune="11239", channel="counter")
    typed, _ = counter.begin(published=office.linked, chosen=chosen, entry=entry, at=now())
    ticket = Ticket.objects.create(
        hall=hall, day=halls.day_of(now()), kind="file", number=1, token="so-cua-toi", act_key="1",
        issued_at=now(),
    )  # fmt: skip
    booked = Booking.objects.create(
        hall=hall, day=halls.day_of(now()), starts_at=now(), seat=1, kind="file", name="Mai",
        phone="+84912345001", pin="048213", token="hen-cua-toi", act_key="1", made_at=now(),
        state="missed",
    )  # fmt: skip
    things.typed, things.hall = str(typed.pk), hall.key
    things.letters = str(lists.open_list(office="H24.239", at=now()).pk)
    things.number, things.booked = ticket.token, booked.token
    return things


def opinions_and_calls(office, things):
    """Add a call asked for, an opinion, and a helper of the draft."""
    at, agency = now(), Agency.objects.get(code="H24.239")
    call = Call.objects.create(
        agency=agency, phone="+84912345001", name="Mai", topic="other", language="vi", place=1,
        starts_at=at + timedelta(hours=2), until=at + timedelta(hours=3), token="cuoc-goi-cua-toi",
        act_key="1", made_at=at,
    )  # fmt: skip
    opinion = Opinion.objects.create(
        kind="filing", subject="x", agency=agency, procedure="9.000010", mark=4, words="Tốt.",
        given_at=at, changed_at=at,
    )  # fmt: skip
    owner = codes.Owner(name="Mai", phone="+84912345001", language="vi")
    invitation = codes.invite(
        subject=f"draft:{things.draft}", agency_id=agency.pk, owner=owner, lasts=Lasts.DAY,
        key="1", at=at,
    )  # fmt: skip
    helper = codes.Helper(name="Lê Thị Giúp", phone="+84912345999", who=Who.FAMILY)
    helping, _ = codes.enter(invitation_id=invitation.pk, helper=helper, at=at)
    things.call, things.called = str(call.pk), call.token
    things.opinion, things.mark = str(opinion.pk), check_of(Kind.FILING, things.waiting)
    things.helping, things.stop = str(helping.pk), helping.stop_token
    return things


def a_list_asked_for(office):
    """Let the front desk ask for a list as a file; return its key."""
    at, key = now(), uuid.uuid4()
    mine = seat(official=office.officials["front_desk"], at=at)
    asked = Asked("nop", today(at))
    ask_file(key=key, seat=mine, asked=asked, kind="csv", language="vi", at=at)
    return key


def somebody_asked(row):
    """Let a dossier wait for the consent of a person who comes to no door."""
    Consent.objects.create(
        dossier=row, leg="birth", step="confirm", person="k" * 32,
        until=now() + timedelta(days=5),
    )  # fmt: skip


def _supplement_begun(office, row):
    fault = Fault(code="blurred", text="Ảnh mờ.", how="Chụp lại.", paper="birth_note")
    handling.ask_supplement(
        code=row.code, post=office.post("registrar"), leg="birth", faults=(fault,),
        key=uuid.uuid4().hex, seen=None, at=now(),
    )  # fmt: skip
    office.catch_up(row.code)
    request = office.now(row).requests["birth"]
    return documents.add_page(
        owner=own_dossier.supplement_owner(row.code, request), key="birth_note",
        filename="ro.jpg", content=jpeg(500, 700), at=now(),
    )  # fmt: skip


def paid(office, row):
    """Let the front desk take the fee in cash."""
    handing_over.cash_taken(
        code=row.code, post=office.post("front_desk"), fee="fee", key=uuid.uuid4().hex, at=now()
    )
    office.catch_up(row.code)


def written():
    """Return how much is written down of what people do; equal before and after means: no change."""
    return {
        "events": Event.objects.count(),
        "hands": Handover.objects.count(),
        "views": SavedView.objects.count(),
        "substitutes": Substitution.objects.count(),
        "drafts": sorted(Draft.objects.values_list("pk", "revision", "dossier_id")),
        "answers": sorted(map(str, Content.objects.values_list("pk", "answers"))),
        "papers": sorted(
            map(str, papers_kept.Document.objects.values_list("pk", "state", "pages"))
        ),
        "uploads": Upload.objects.count(),
        "attempts": Attempt.objects.count(),
        "demands": sorted(Demand.objects.values_list("key", "state")),
        "codes": OneTimeCode.objects.count(),
    }


def said(answer):
    """Return an answer in a word: its status, or where a redirect leads when that is the sign-in."""
    to = answer.headers.get("Location", "")
    return "sign in" if SIGN_IN.match(to) else answer.status_code


def body(answer, *codes):
    """Return the words of an answer without what names this very request."""
    raw = b"".join(answer.streaming_content) if answer.streaming else answer.content
    text = raw.decode(errors="replace")
    for code in codes:
        text = text.replace(code, "MÃ")
    text = re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", text)
    text = re.sub(r'data-session="\d+"', "", text)
    text = re.sub(
        r"\d\d:\d\d", "GIỜ", text
    )  # until when the sign-in lasts: it moves on while one looks
    return text.replace(answer.headers.get("X-Request-ID", "\0"), "ID")
