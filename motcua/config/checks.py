"""What Django's checks say about settings that are right in form but unwise."""

from collections.abc import Sequence
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning, register  # noqa: A004 - Django's name
from django.db import ProgrammingError

from motcua.config.environment import environment
from motcua.config.policy import unsound
from motcua.identity.models import SUBJECT, Account
from motcua.procedures.questions import own_questions
from motcua.toolkit.refusals import KeyIsMissing
from motcua.toolkit.sealing import DoesNotOpen, keyed

TAG = "motcua"


def is_loopback(url: str) -> bool:
    """Tell whether an address leads back to this machine."""
    host = urlsplit(url).hostname or ""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")


@register(TAG)
def public_addresses(**_arguments: object) -> list[CheckMessage]:
    """Find what must not be so when people reach us from elsewhere."""
    if is_loopback(settings.BASE_URL):
        return []
    found: list[CheckMessage] = []
    if not settings.BASE_URL.startswith("https:"):
        text = "MOTCUA_URL is http and public: passwords and personal data would travel in clear."
        found.append(Warning(text, hint="Put a proxy with TLS in front.", id="motcua.W001"))
    outside = (settings.VNEID_ISSUER, settings.VNPAY["checkout_url"])
    if any(is_loopback(url) for url in outside):
        text = "People sign in or pay at an address of this machine, which they cannot reach."
        hint = "Set MOTCUA_VNEID_ISSUER, MOTCUA_VNPAY_CHECKOUT_URL or MOTCUA_SANDBOX_URL."
        found.append(Warning(text, hint=hint, id="motcua.W002"))
    return found


@register(TAG)
def doors(**_arguments: object) -> list[CheckMessage]:
    """Find doors that stand open."""
    found: list[CheckMessage] = []
    if settings.DEBUG:
        found.append(Error("DEBUG shows the inside of the house to everybody.", id="motcua.E001"))
    if "*" in settings.ALLOWED_HOSTS:
        text = "MOTCUA_HOSTS has *: links in messages could be made to lead elsewhere."
        found.append(Warning(text, hint="Name the hosts.", id="motcua.W003"))
    return found


@register(TAG)
def places(**_arguments: object) -> list[CheckMessage]:
    """Find data and secrets where they do not belong."""
    home, root = Path(settings.HOME).resolve(), Path(settings.ROOT).resolve()
    if home.is_relative_to(root):
        text = "MOTCUA_HOME lies in the source tree: secrets could be copied with it."
        return [Error(text, hint="Choose a folder elsewhere.", id="motcua.E002")]
    return []


@register(TAG)
def keys(*, databases: Sequence[str] | None = None, **_arguments: object) -> list[CheckMessage]:
    """Find keys that are not this database's: they would open nothing, and people would be taken for new ones."""
    known = Account.objects.order_by("-pk") if databases else Account.objects.none()
    try:
        account = known.first()
        fits = account is None or account.subject_key == keyed(SUBJECT, account.subject)
    except (KeyIsMissing, DoesNotOpen):
        fits = False
    except ProgrammingError:  # `migrate` has yet to make or change the table
        fits = True
    text = "The keys in MOTCUA_HOME/secrets/sealing are not those of this database."
    hint = "Bring them back from their backup: docs/how-to/rotate-keys.md."
    return [] if fits else [Error(text, hint=hint, id="motcua.E004")]


@register(TAG)
def roles(**_arguments: object) -> list[CheckMessage]:
    """Find an application that owns the tables it must not rewrite."""
    if environment.database_url != environment.owner_database_url:
        return []
    text = "The application connects as the owner of the tables: only triggers guard the history."
    hint = "See docs/how-to/run-on-your-own-postgresql.md for a second role."
    return [Warning(text, hint=hint, id="motcua.W004")]


@register(TAG)
def permissions(**_arguments: object) -> list[CheckMessage]:
    """Find addresses that no policy opens or closes."""
    hint = "See docs/why/0031-one-policy-and-two-walls.md; until then nobody is let in."
    return [Error(text, hint=hint, id="motcua.E003") for text in unsound()]


@register(TAG)
def own_answers(**_arguments: object) -> list[CheckMessage]:
    """Find questions of this installation's own that cannot be read."""
    _, problems = own_questions()
    hint = "See docs/how-to/edit-the-questions.vi.md; until then ours are shown."
    return [Warning(str(problem), hint=hint, id="motcua.W005") for problem in problems]
