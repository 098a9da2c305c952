"""Short ways in for tests whose subject is something else."""

from importlib import import_module

from django.conf import settings
from django.test import Client

from motcua.agencies import stays
from motcua.agencies.models import Official
from motcua.desk.signing_in.session import KEY as OFFICIAL
from motcua.identity import sign_ins
from motcua.identity.models import Account
from motcua.identity.operations import account_of_proven, open_phone_account
from motcua.identity.rules.people import PersonDetails, ProvenIdentity
from motcua.portal.signing_in.session import KEY as CITIZEN
from motcua.toolkit.clock import now
from tests.fake_vneid import HOA


def as_citizen(client: Client, person: ProvenIdentity = HOA) -> Account:
    """Sign a person in by VNeID, at their level, without the pages."""
    account, _ = account_of_proven(proven=person, at=now())
    _let_in(client, account, account.level)
    return account


def as_phone_holder(
    client: Client, phone: str = "+84987654321", name: str = "Lê Văn Bình"
) -> Account:
    """Sign a person in by a portal account, without the pages."""
    details = PersonDetails(full_name=name, birth_date="1960", sex="male")
    account, _ = open_phone_account(phone=phone, details=details, at=now())
    _let_in(client, account, 0)
    return account


def _let_in(client: Client, account: Account, level: int) -> None:
    key = sign_ins.begin(account_id=account.pk, level=level, device="android", at=now())
    _enter(client, "/", CITIZEN, {"sign_in": key})


def as_official(client: Client, official: Official) -> None:
    """Sign an official in who has just shown a second factor, without the pages."""
    at = now()
    stay = stays.begin(official=official, browser="–", at=at)
    facts = {"id": official.pk, "stay": str(stay.pk), "proven": at.isoformat()}
    _enter(client, "/can-bo/", OFFICIAL, facts)


def _enter(client: Client, path: str, key: str, facts: dict[str, object]) -> None:
    at = now()
    session = import_module(settings.SESSION_ENGINE).SessionStore()
    session[key] = {**facts, "since": at.isoformat(), "seen": at.isoformat()}
    session.save(must_create=True)
    name = settings.SESSION_REALMS.get(path, settings.SESSION_COOKIE_NAME)
    client.cookies[name] = session.session_key
    client.cookies[name]["path"] = path
