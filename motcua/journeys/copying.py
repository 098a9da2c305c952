"""A copy of everything that is kept about somebody: data for machines, a page to read, the papers, who saw them.

Made by the worker, sealed in the store of files, fetched within 72 hours by whoever signed in strongly
(Luật Bảo vệ dữ liệu cá nhân 91/2025/QH15, Điều 4: the right to have one's data provided).
"""

import hashlib
import json
import tempfile
import zipfile
from collections.abc import Collection, Iterator
from datetime import datetime
from typing import IO, Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext, override

from motcua.documents.wiring import blob_store
from motcua.identity.models import Account
from motcua.identity.queries import accounts_of
from motcua.journeys.own_data import Gathered, OwnFile, gathered
from motcua.kernel.working_time import ZONE
from motcua.notices import operations as notices
from motcua.notices.operations import Recipient
from motcua.privacy import copies
from motcua.privacy.models import Copy
from motcua.toolkit.clock import now
from motcua.toolkit.jobs import every, job

LEVEL = 1
"""A copy tells everything: it is asked for and fetched by VNeID only."""
MOST_BYTES = 150_000_000
"""Papers beyond are named in the copy and left out: they can be fetched one by one at their dossiers."""


@transaction.atomic
def ask(*, account_id: int, language: str, at: datetime) -> Copy:
    """Order a copy; one that is being made already is enough."""
    found, new = copies.ask(account_id=account_id, language=language, at=at)
    if new:
        make.defer(copy=str(found.pk))
    return found


@job(name="journeys.make_copy", queue="files", attempts=5)
def make(*, copy: str) -> None:
    """Make the copy and tell its person; one that is made already stays as it is."""
    make_copy(key=UUID(copy), at=now())


def make_copy(*, key: UUID, at: datetime) -> None:
    """Gather, write, seal; then tell. Nothing is told before the bytes are durable."""
    found = Copy.objects.select_related("account__person").filter(pk=key, ready_at=None).first()
    if found is None:
        return
    with override(found.language), tempfile.TemporaryFile() as stream:
        _write(stream, gathered(_accounts(found.account), found.language, at))
        stream.seek(0)
        content = stream.read()
    digest = hashlib.sha256(content).hexdigest()
    blob_store().put(digest, content)
    with transaction.atomic():
        copies.made(copy=found, digest=digest, size=len(content), at=at)
        _tell(found, at)


def _accounts(account: Account) -> Collection[int]:
    """Return the accounts whose things belong in the copy: all of the person's, of an organisation only that one."""
    if account.organisation_id:
        return [account.pk]
    mine = accounts_of(account.person_id)
    return [one.pk for one in mine if not one.organisation_id and one.level <= account.level]


def _tell(found: Copy, at: datetime) -> None:
    person = found.account.person
    until = (at + copies.LASTS).astimezone(ZONE)
    notices.send(
        key=f"data-copy:{found.pk.hex}",
        to=Recipient(person.phone, person.email, found.language),
        template="data_copy_ready",
        data={
            "until": f"{until:%H:%M %d/%m/%Y}",
            "url": settings.BASE_URL + reverse("portal:data_copy", args=[found.pk]),
        },
        subject=f"data-copy:{found.pk.hex}",
        at=at,
    )


def _write(stream: IO[bytes], found: Gathered) -> None:
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        left_out = list(_add_files(archive, found.files))
        told = {**found.told, "left_out": left_out}
        text = json.dumps(told, ensure_ascii=False, indent=1, default=str)
        archive.writestr("du-lieu.json", text)
        archive.writestr("xem.html", _page(found.told, left_out))


def _page(told: dict[str, Any], left_out: list[str]) -> str:
    context = {"told": told, "left_out": left_out, "title": gettext("Dữ liệu của tôi")}
    return render_to_string("journeys/own_data.html", context)


def _add_files(archive: zipfile.ZipFile, files: Iterator[OwnFile]) -> Iterator[str]:
    """Add the papers; yield the names of those that would make the copy too heavy or whose bytes are gone."""
    weight = 0
    for file in files:
        weight += file.size
        if weight > MOST_BYTES or not blob_store().has(file.digest):
            yield file.name
            continue
        with archive.open(file.name, "w") as place:
            for piece in blob_store().stream(file.digest):
                place.write(piece)


@every("53 * * * *")
@job(name="journeys.forget_copies", queue="default")
def forget_copies(*, timestamp: int) -> None:
    """Delete the bytes of copies whose 72 hours are over."""
    del timestamp
    forget_over(at=now())


def forget_over(*, at: datetime) -> int:
    """Delete them and return how many; a crash in between is made good the next hour."""
    found = copies.over(at)
    for one in found:
        blob_store().erase(one.digest)
    copies.forgotten(found)
    return len(found)
