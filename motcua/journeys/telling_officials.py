"""Tells the officials who must act that something waits: by the phone or address they gave, once, without what it is about.

Looked for by the worker, not told by each act: so nothing is missed that came by another way, who takes over a post
later hears of what is still open, and an act does not wait for it.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby

from django.conf import settings
from django.utils.timezone import localtime
from django.utils.translation import gettext, override

from motcua.agencies import contacts
from motcua.agencies import queries as places
from motcua.agencies.models import Agency, Official
from motcua.documents.quarantine import LIVES
from motcua.dossiers import emergencies
from motcua.dossiers.mornings import LEADER
from motcua.identity.models import Recovery
from motcua.identity.rules.recovering import WAITS
from motcua.journeys import held_files
from motcua.journeys.data_requests import ANSWERERS
from motcua.journeys.held_files import KEEPERS
from motcua.journeys.recovering import RECOVERERS
from motcua.notices import operations as notices
from motcua.notices import queries as sent
from motcua.notices.operations import Recipient
from motcua.privacy.models import Request
from motcua.toolkit.clock import now
from motcua.toolkit.jobs import every, job

EMERGENCY = "desk_emergency"
LATELY = timedelta(days=3)
"""Files set apart before are not told of anew: whoever floods us with findings fills nobody's phone either."""


@dataclass(frozen=True)
class Waiting:
    """Something that waits for the people of some roles of an office, until `when`; of an emergency, since then.

    `but`: who has done their part already.
    """

    key: str
    agency: Agency
    roles: frozenset[str]
    what: str
    when: datetime
    page: str
    but: int | None = None
    template: str = "desk_waiting"


@every("*/5 * * * *")
@job(name="journeys.tell_officials", queue="default")
def tell_officials(*, timestamp: int) -> None:
    """Look every five minutes."""
    del timestamp
    tell_all(at=now())


def tell_all(*, at: datetime) -> int:
    """Tell of everything that waits now and was not told yet; return how many messages were written.

    One query for each office and its roles, however much waits there.
    """
    with override("vi"):  # officials' messages are in the language of the office
        found = [*_requests(), *_recoveries(at), *_held(at), *_emergencies()]
    offices = {(waiting.agency.pk, waiting.roles) for waiting in found}
    people = {
        (office, roles): places.officials_of([(office, role) for role in sorted(roles)], at)
        for office, roles in offices
    }
    messages = [
        (waiting, person)
        for waiting in found
        for person in people[waiting.agency.pk, waiting.roles]
        if person.pk != waiting.but
    ]
    known = contacts.of_all([person for _, person in messages])
    new = sent.not_told_yet({_key(waiting, person) for waiting, person in messages})
    written = 0
    for waiting, person in messages:
        contact = known.get(person.pk)
        if contact is not None and _key(waiting, person) in new:
            written += len(_tell(waiting, person, Recipient(contact.phone, contact.email), at))
    return written


def _key(waiting: Waiting, person: Official) -> str:
    return f"{waiting.key}:{person.pk}"


def _tell(waiting: Waiting, person: Official, to: Recipient, at: datetime) -> list[int]:
    when = f"{localtime(waiting.when):%H:%M %d/%m/%Y}"
    data = {
        "what": waiting.what,
        "agency": waiting.agency.name,
        "when" if waiting.template == EMERGENCY else "deadline": when,
        "url": f"{settings.BASE_URL}/can-bo/{waiting.page}/",
    }
    return notices.send(
        key=_key(waiting, person), to=to, template=waiting.template, data=data, subject="", at=at
    )


def _requests() -> Iterator[Waiting]:
    """Yield what people ask about their data: to who answers, and to the leader again when it is nearly due."""
    answerers, leader = frozenset(role.value for role in ANSWERERS), frozenset({"leader"})
    for row in Request.objects.filter(outcome="").select_related("agency"):
        new = gettext("có yêu cầu về dữ liệu cá nhân {number}").format(number=row.number)
        yield Waiting(f"desk:data:{row.pk.hex}", row.agency, answerers, new, row.due_at, "du-lieu")
        if row.escalated_at is not None:
            near = gettext("yêu cầu về dữ liệu cá nhân {number} sắp hết hạn").format(
                number=row.number
            )
            key = f"desk:data-near:{row.pk.hex}"
            yield Waiting(key, row.agency, leader, near, row.due_at, "du-lieu")


def _recoveries(at: datetime) -> Iterator[Waiting]:
    """Yield the accounts that wait for a second official, to everybody of the office but the first."""
    rows = Recovery.objects.filter(ended_at=None, checked_at=None, proved_at__isnull=False)
    rows = rows.filter(recorded_at__gt=at - WAITS)
    roles = frozenset(role.value for role in RECOVERERS)
    what = gettext("một lần mở lại tài khoản tại quầy chờ người thứ hai")
    for row in rows:
        office, until = places.agency_by_id(row.office), row.recorded_at + WAITS
        key = f"desk:recovery:{row.pk.hex}"
        yield Waiting(key, office, roles, what, until, "mat-so", but=row.recorded_by)


def _held(at: datetime) -> Iterator[Waiting]:
    """Yield what the scanner set apart: one message an office and day, however much it was."""
    lying = [one for one in held_files.lying_anywhere() if one.since > at - LATELY]
    roles = frozenset(role.value for role in KEEPERS)
    what = gettext("có tệp bị cách ly vì nghi có mã độc")
    for (office, day), files in groupby(sorted(lying, key=_office_and_day), key=_office_and_day):
        key, until = f"desk:held:{office}:{day}", _first(files) + LIVES
        yield Waiting(key, places.agency_by_id(office), roles, what, until, "tep-cach-ly")


def _emergencies() -> Iterator[Waiting]:
    """Yield what was opened in an emergency and no head has looked at: to who signs, and to the head of who opened it."""
    of_dossier = gettext("một hồ sơ của cơ quan được mở khẩn cấp, chờ kết luận")
    of_official = gettext("cán bộ của cơ quan đã mở khẩn cấp một hồ sơ nơi khác")
    for row in emergencies.not_reviewed():
        for office, what in {row.agency: of_official, row.office: of_dossier}.items():
            yield Waiting(
                f"desk:emergency:{row.pk}:{office.pk}", office, frozenset({LEADER}), what, row.at,
                "khan-cap/xem-lai", but=row.official_id, template=EMERGENCY,
            )  # fmt: skip


def _office_and_day(lying: held_files.Lying) -> tuple[int, str]:
    return lying.agency_id, f"{localtime(lying.since):%Y%m%d}"


def _first(files: Iterable[held_files.Lying]) -> datetime:
    return min(lying.since for lying in files)
