"""What may be changed here: catalogue loads, agencies, posts, the calendar, officials' sign-in."""

import os
import secrets
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.db import transaction

from motcua.agencies.caches import CALENDAR
from motcua.agencies.coming_in import hashed
from motcua.agencies.loading import (
    changed,
    load_calendar,
    load_demo_agencies,
    load_places,
    read_demo,
)
from motcua.agencies.models import Agency, CalendarChange, CalendarDay, Official, Post, Substitution
from motcua.agencies.queries import calendar_for
from motcua.agencies.rules import demo
from motcua.agencies.rules.calendar_reach import must_reach
from motcua.agencies.rules.places import day_of
from motcua.agencies.rules.refusals import (
    DayWithoutGrounds,
    SubstitutesThemself,
    SubstitutionDays,
)
from motcua.agencies.rules.roles import Role
from motcua.agencies.rules.second_factor import new_secret

__all__ = [
    "appoint",
    "change_calendar",
    "create_official",
    "dismiss",
    "end_substitution",
    "load_calendar",
    "load_demo",
    "load_demo_agencies",
    "load_places",
    "set_calendar_day",
    "substitute",
]

LONGEST_ABSENCE = timedelta(days=366)


def create_official(*, username: str, full_name: str, password: str) -> Official:
    """Add an official who can sign in, with a fresh second factor; people come by `administering.invite`.

    Raises what `coming_in.hashed` does. Holds no post yet: see `appoint`.
    """
    official = Official(username=username, full_name=full_name, totp_secret=new_secret())
    official.password = hashed(official, password)
    official.save()
    return official


@transaction.atomic
def appoint(*, official: Official, agency: Agency, role: Role, at: datetime) -> Post:
    """Give the official a post from today on; one that is already held is returned as it is."""
    post, _made = Post.objects.get_or_create(
        official=official, agency=agency, role=role.value, valid_to=None,
        defaults={"valid_from": day_of(at)},
    )  # fmt: skip
    return post


def dismiss(*, post: Post, at: datetime) -> None:
    """End a post today: it gives no rights any more from this moment."""
    Post.objects.filter(pk=post.pk, valid_to__isnull=True).update(valid_to=day_of(at))


@transaction.atomic
def substitute(
    *, post: Post, substitute: Official, first_day: date, last_day: date, reason: str, by: Official,
    key: str, at: datetime,
) -> Substitution:  # fmt: skip
    """Let a colleague act in a post from the first to the last day, both included; once per key.

    Raises `SubstitutesThemself`, `SubstitutionDays`.
    """
    if substitute.pk == post.official_id:
        raise SubstitutesThemself
    today = day_of(at)
    if not (max(first_day, today) <= last_day <= today + LONGEST_ABSENCE):
        raise SubstitutionDays
    found, _made = Substitution.objects.get_or_create(
        key=key,
        defaults={
            "post_id": post.pk,
            "substitute": substitute,
            "first_day": first_day,
            "last_day": last_day,
            "reason": reason[:200],
            "recorded_by": by,
            "recorded_at": at,
        },
    )
    return found


def end_substitution(*, substitution: Substitution, by: Official, at: datetime) -> None:
    """End it now, for whoever is back early; one that has ended stays as it is."""
    open_ones = Substitution.objects.filter(pk=substitution.pk, ended_at__isnull=True)
    open_ones.update(ended_at=at, ended_by=by)


@transaction.atomic
def set_calendar_day(
    *, day: date, province_code: str, working: bool, note: str, decision: str
) -> CalendarDay:
    """Set by hand what the day is: nationally with an empty province, else a local closure.

    The catalogue's file does not overwrite it any more. Promised dates that were given before follow by
    `change_calendar`, in an act on each dossier that is shown in its history.
    """
    values = {"working": working, "note": note, "decision": decision, "edited": True}
    found, _made = CalendarDay.objects.update_or_create(
        date=day, province_code=province_code, defaults=values
    )
    changed(CALENDAR)
    return found


@transaction.atomic
def change_calendar(
    *, key: UUID, day: date, province_code: str, working: bool, note: str, decision: str, by: str,
    at: datetime,
) -> CalendarChange:  # fmt: skip
    """Set a day by hand and keep what it was before, once per `key`; whoever calls recounts the dates.

    Raises DayOutOfReach, DayWithoutGrounds.
    """
    must_reach(day, at)
    if not note.strip() or not decision.strip():
        raise DayWithoutGrounds
    CALENDAR.forget()  # what it was before is read from the table
    values = {
        "day": day, "province_code": province_code, "working": working, "note": note[:200],
        "worked": calendar_for(province_code).is_working(day), "decision": decision[:120],
        "by": by, "at": at,
    }  # fmt: skip
    change, made = CalendarChange.objects.get_or_create(pk=key, defaults=values)
    if made:
        set_calendar_day(
            day=day, province_code=province_code, working=working, note=change.note,
            decision=change.decision,
        )  # fmt: skip
    return change


def load_demo(*, at: datetime) -> bool:
    """Load the demonstration's agencies and officials; return whether anything was to do.

    Passwords and secrets are made at first load and kept in `demo-officials.txt` of the
    installation's home (mode 600); that sheet is the truth afterwards: a new database gets the
    people of the old sheet, a lost sheet gives everybody new passwords.
    """
    folder = settings.CATALOGUE / "agencies"
    sheet = settings.HOME / "demo-officials.txt"
    did = load_demo_agencies(folder, at=at)
    people = read_demo(folder)["officials"]
    known = demo.read(sheet.read_text(encoding="utf-8")) if sheet.exists() else {}
    there = set(Official.objects.values_list("username", flat=True))
    if all(person["username"] in known and person["username"] in there for person in people):
        return did
    with transaction.atomic():
        made = [(_demo_official(person, known, at), _demo_post(person)) for person in people]
    _write_privately(sheet, demo.written(made))
    return True


def _demo_official(
    person: dict[str, Any], known: dict[str, demo.Credentials], at: datetime
) -> demo.Credentials:
    name = person["username"]
    how = known.get(name) or demo.Credentials(name, _demo_password(), new_secret())
    official, made = Official.objects.get_or_create(
        username=name, defaults={"full_name": person["full_name"]}
    )
    if made or name not in known:
        official.password, official.totp_secret = make_password(how.password), how.totp_secret
        official.save(update_fields=["password", "totp_secret"])
    for role in person["roles"]:
        agency = Agency.objects.get(code=person["agency"])
        appoint(official=official, agency=agency, role=Role(role), at=at)
    return how


def _demo_password() -> str:
    words = [secrets.choice(demo.WORDS) for _ in range(4)]
    return "-".join([*words, f"{secrets.randbelow(10**4):04}"])


def _demo_post(person: dict[str, Any]) -> str:
    return f"{person['full_name']}, {', '.join(person['roles'])}, {person['agency']}"


def _write_privately(path: Path, text: str) -> None:
    """Replace the file in one step; only its owner may read it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_suffix(".new")
    draft.unlink(missing_ok=True)
    with os.fdopen(os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w") as file:
        file.write(text)
    draft.replace(path)
