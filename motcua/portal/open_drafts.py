"""The open drafts of whoever sits here: what they may go on with, and what must go when they sign out."""

from collections.abc import Collection

from django.http import HttpRequest, HttpResponse

from motcua.dossiers import draft_keys
from motcua.dossiers.models import Draft
from motcua.dossiers.queries import drafts_held, drafts_of
from motcua.portal.signing_in.session import citizen_of
from motcua.procedures.queries import by_digest
from motcua.toolkit.clock import now
from motcua.ui.draft_keys import forget_secrets, secrets_shown


def drafts_here(request: HttpRequest) -> list[Draft]:
    """Return the open drafts that this person may go on with here: the account's, and those this browser has keys of.

    The keys are shown only where a service is begun or gone on with.
    """
    at, citizen = now(), citizen_of(request)
    hashes = [draft_keys.hashed(secret) for secret in secrets_shown(request).values()]
    found = drafts_of(citizen.accounts, at) if citizen else []
    held = drafts_held(hashes, at) if hashes else []
    known = {draft.pk for draft in found}
    both = [*found, *(draft for draft in held if draft.pk not in known)]
    return sorted(both, key=lambda draft: draft.updated_at, reverse=True)


def leave_nothing(request: HttpRequest, response: HttpResponse, accounts: Collection[int]) -> None:
    """Take every draft away from this browser, whose keys open nothing any more: who sits here next sees none.

    Drafts of their accounts open again after signing in, others by their code.
    """
    shown = secrets_shown(request)
    draft_keys.given_back(shown)
    mine = drafts_of(accounts, now()) if accounts else []
    forget_secrets(response, {*shown, *(draft.pk for draft in mine)})


def about_whom(draft: Draft) -> str:
    """Return whom a draft is about so that its person knows it and a passer-by does not: initials and last name.

    Empty where no name was told yet.
    """
    told = draft.answers.get(by_digest(draft.version.digest).procedure.subject)
    *before, last = str(told or "").split() or [""]
    return " ".join([*(f"{word[0]}." for word in before), last])
