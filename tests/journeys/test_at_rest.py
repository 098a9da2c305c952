"""What somebody reads who has a copy of the database and of the files, and no keys: nothing of the people."""

import unicodedata
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.utils.timezone import localdate

from motcua.agencies.models import Agency
from motcua.dossiers.models import Dossier
from motcua.dossiers.notes import add_note
from motcua.help import calls, opinions, team
from motcua.help.rules.opinions import Kind
from motcua.identity.operations import account_of_proven, issue_code
from motcua.identity.rules.people import ProvenIdentity
from motcua.journeys import handing_over
from motcua.kernel.vietnamese import fold
from motcua.toolkit.clock import now
from tests.cast import LAN, MAI, NAM, STRANGER, Citizen
from tests.signing_in import as_phone_holder

pytestmark = pytest.mark.django_db
CHILD = Citizen("Trần Minh An", "", "", "", "")
HOME = "Thôn Phú Khê"
MOBILE = {person: f"+84{person.phone[1:]}" for person in (MAI, NAM, LAN, STRANGER)}


@pytest.fixture
def lived(office):
    """A dossier on its whole way, and whatever else people leave with us."""
    row = office.born(way="post", child=CHILD.name)
    desk = office.post("front_desk")
    handing_over.cash_taken(code=row.code, post=desk, fee="fee", key="paid", at=now())
    add_note(
        row=Dossier.objects.get(pk=row.pk),
        post=desk,
        text=f"Gọi {MAI.name} {MAI.phone}",
        key="n",
        at=now(),
    )
    _people(office)
    _help(row, office)
    return row


def _people(office) -> None:
    as_phone_holder(Client(), MOBILE[MAI], MAI.name)
    proven = ProvenIdentity(
        subject="techid-lan", personal_number=LAN.number, full_name=LAN.name, level=2, birth_date=LAN.born,
        phone=MOBILE[LAN], email=MAI.email, address=HOME,
    )  # fmt: skip
    account_of_proven(proven=proven, at=now())
    issue_code(purpose="p", destination=MOBILE[STRANGER], reference="r", at=now())


def _help(row, office) -> None:
    agency, by = Agency.objects.get(pk=row.agency_id), office.officials["leader"].pk
    member = team.NewMember(NAM.name, MOBILE[NAM], "Thôn 2", localdate() + timedelta(days=9))
    team.add(agency_id=agency.pk, member=member, by=by, at=now())
    wish = calls.Wish(
        MOBILE[NAM], "form", calls.times(agency, now())[0], NAM.name, words=f"Hỏi cho {LAN.name}"
    )
    calls.ask(agency=agency, wish=wish, key="call", at=now())
    about = opinions.About(Kind.ENDING, row.code, agency.pk, "9.000010")
    opinions.give(about=about, mark=1, words=f"{STRANGER.name} chờ lâu", at=now())


def spellings(person: Citizen) -> Iterator[str]:
    """Yield what must stand nowhere: as it is written, decomposed, without diacritics, as a term of a search."""
    yield from (person.name, unicodedata.normalize("NFD", person.name), fold(person.name))
    yield from (f"_{word}'" for word in fold(person.name).split())
    yield from filter(None, (person.number, person.email, person.phone.removeprefix("0")))


NEEDLES = {
    told.casefold() for who in (MAI, NAM, LAN, STRANGER, CHILD) for told in spellings(who)
} | {HOME.casefold()}


def dumped() -> Iterator[str]:
    """Yield every table as it is backed up; bytes stand there in hex."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select oid::regclass::text from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace"
        )
        for (table,) in cursor.fetchall():
            with cursor.copy(f"copy {table} to stdout") as lines:
                yield table + "\n" + b"".join(map(bytes, lines)).decode()


def test_a_dump_of_the_database_names_nobody(lived) -> None:
    hidden = NEEDLES | {told.encode().hex() for told in NEEDLES}
    found = [
        (told, table[:40]) for table in dumped() for told in hidden if told in table.casefold()
    ]
    assert found == []


def test_the_files_on_the_disk_name_nobody(lived) -> None:
    files = [place for place in Path(settings.FILES_ROOT).rglob("*") if place.is_file()]
    assert files
    for place in files:
        lies = place.read_bytes()
        assert not lies.startswith((b"%PDF", b"\xff\xd8", b"\x89PNG")), place
        assert not any(told.encode() in lies for told in NEEDLES)
