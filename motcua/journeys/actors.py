"""Who acts, as the heart knows them."""

from motcua.agencies.models import Post
from motcua.agencies.queries import agency
from motcua.agencies.rules.signing_lines import above
from motcua.dossiers.models import Dossier as Row
from motcua.dossiers.models import Draft
from motcua.dossiers.rules.facts import Actor
from motcua.identity.models import Account


def filer(draft: Draft, account: Account | None) -> Actor:
    """Return the applicant of a draft: the account, or whoever holds the draft."""
    if account is not None:
        return Actor(kind="applicant", id=f"account:{account.pk}", name=_named(account))
    return Actor(kind="applicant", id=f"draft:{draft.pk}")


def _named(account: Account) -> str:
    """Return who files; for an organisation, which one and through whom, in which capacity."""
    name, organisation = str(account.person.full_name), account.organisation
    if organisation is None:
        return name
    who = f"{name}, {account.capacity}" if account.capacity else name
    return f"{organisation.name} ({who})"


def applicant_of(row: Row, applicant_id: str, holder: str = "") -> Actor:
    """Return the applicant of a dossier, whose right to it a face has checked; `holder`: who acts for them by a mandate."""
    in_place_of = row.applicant_name if holder else ""
    name = holder or row.applicant_name
    return Actor(kind="applicant", id=applicant_id, name=name, in_place_of=in_place_of)


def person(key: str, name: str) -> Actor:
    """Return somebody a dossier concerns, who answers for themselves."""
    return Actor(kind="person", id=key, name=name)


def official(post: Post) -> Actor:
    """Return an official acting in a post: their own, or a colleague's who is away."""
    away = post.in_place_of
    return Actor(
        kind="official",
        id=str(post.official_id),
        name=post.official.full_name,
        role=post.role,
        agency=post.agency.code,
        in_place_of=away.full_name if away else "",
        signs=post.signs,
        title=post.title,
    )


def line_above(by: Actor, usual: str) -> str:
    """Return what stands above an official's name on a paper; `usual` where their post says nothing."""
    if not by.signs:
        return by.title or usual
    return above(by.signs, by.title, kind=agency(by.agency).kind, usual=usual)


def party(code: str) -> Actor:
    """Return a linked register or agency acting by message."""
    return Actor(kind="agency", id=code, name=code)
