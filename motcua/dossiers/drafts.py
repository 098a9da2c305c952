"""Drafts: started once, saved page by page and field by field, never overwritten silently, filed once."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from motcua.dossiers import draft_keys
from motcua.dossiers.models import Dossier as Row
from motcua.dossiers.models import Draft, DraftKey
from motcua.dossiers.queries import draft, draft_with_key
from motcua.dossiers.rules import draft_codes
from motcua.dossiers.rules.drafts import LIVES, Kept, Merged, Told, is_news, merge, worked
from motcua.dossiers.rules.refusals import DraftChanged, DraftFiled, DraftUnknown


@transaction.atomic(savepoint=False)
def start(
    *,
    version_id: int,
    agency_id: int,
    circumstances: dict[str, Any],
    answers: dict[str, Any],
    account_id: int | None,
    typist_id: int | None = None,
    device: str = "",
    language: str = "vi",
    at: datetime,
) -> tuple[Draft, str]:
    """Begin a draft; return it with the secret that opens it on this device.

    `typist_id` is the official who types it at the counter for somebody who brought paper; such a draft has no
    code to go on with elsewhere.
    """
    made = Draft.objects.create(
        version_id=version_id,
        agency_id=agency_id,
        account_id=account_id,
        typist_id=typist_id,
        code=None if typist_id else draft_codes.fresh(),
        circumstances=circumstances,
        answers=answers,
        language=language,
        created_at=at,
        updated_at=at,
        expires_at=at + LIVES,
    )
    way = DraftKey.Way.COUNTER if typist_id else DraftKey.Way.BEGUN
    return made, draft_keys.cut(draft_id=made.pk, way=way, device=device, at=at)


def opened(draft_id: UUID, *, accounts: Collection[int], secret: str | None, at: datetime) -> Draft:
    """Return the draft to its owner, by any of their accounts, or to whoever holds a key of it. Raises DraftUnknown."""
    found, holder = draft_with_key(draft_id, draft_keys.hashed(secret or ""))
    owner = found.account_id in accounts
    if not (owner or holder) or (found.expires_at <= at and not found.dossier_id):
        raise DraftUnknown
    return found


@transaction.atomic
def taken_up(
    draft_id: UUID, *, agency_ids: Collection[int], typist_id: int, at: datetime
) -> tuple[Draft, str]:
    """Hand a counter's open draft to an official of its office; return it with a new secret.

    Whoever had it open before is locked out: two people never type into one declaration unknowingly.
    Raises DraftUnknown, for another office's draft as for one that never was.
    """
    mine = Draft.objects.filter(
        pk=draft_id, agency_id__in=agency_ids, typist__isnull=False, dossier__isnull=True,
        expires_at__gt=at,
    )  # fmt: skip
    if not mine.update(typist_id=typist_id):
        raise DraftUnknown
    draft_keys.lock_out_all(draft_id=draft_id)
    return draft(draft_id), draft_keys.cut(draft_id=draft_id, way=DraftKey.Way.COUNTER, at=at)


def locked_away(*, typist_id: int) -> int:
    """Let no browser open the official's counter drafts any more, as when they sign out; return how many."""
    keys = DraftKey.objects.filter(draft__typist_id=typist_id, draft__dossier__isnull=True)
    return keys.delete()[0]


def merge_in(
    *,
    found: Draft,
    told: Told,
    unread: Mapping[str, Any] | None = None,
    circumstances: Mapping[str, Any] | None = None,
    at: datetime,
) -> Merged:
    """Put what a page brought into the draft, whatever others save at the same moment; `found` is up to date then.

    `unread` is what was typed but cannot be read, by field; an empty one of a field forgets it, and one that is older
    than the field's answer is not news. Raises DraftFiled; DraftUnknown when the draft is gone.
    """
    brought = (told, unread or {}, circumstances or {})
    result, values = _merged(found, *brought)
    if not _put(found, values, at):
        # Somebody saved since. Now they wait: whoever only tries again may lose each time.
        with transaction.atomic():
            _lock(found)
            result, values = _merged(found, *brought)
            _put(found, values, at)
    return result


def _merged(
    found: Draft, told: Told, unread: Mapping[str, Any], circumstances: Mapping[str, Any]
) -> tuple[Merged, dict[str, Any]]:
    """Return how a page's answers join what is kept, and what is to be written. Raises DraftFiled."""
    refuse_filed(found)
    kept = _kept(found)
    result = merge(kept, told)
    news = {name: typed for name, typed in unread.items() if is_news(kept, told, name)}
    values = {**_values(result.kept), "unread": _unread(found, news)}
    if circumstances:
        values["circumstances"] = {**found.circumstances, **circumstances}
    return result, values


def _put(found: Draft, values: Mapping[str, Any], at: datetime) -> bool:
    """Write the values if they bring anything; return False when somebody wrote since `found` was read."""
    return _same(found, values) or _written(found, values, at)


def _lock(found: Draft) -> None:
    """Read again what others may have written, and keep them out until the transaction ends. Raises DraftUnknown."""
    try:
        found.refresh_from_db(fields=_RACED, from_queryset=Draft.objects.select_for_update())
    except Draft.DoesNotExist:
        raise DraftUnknown from None


_RACED = (
    "answers", "touched", "unread", "saves", "ways", "circumstances", "revision", "dossier",
    "updated_at", "worked_seconds",
)  # fmt: skip


def _kept(found: Draft) -> Kept:
    return Kept(found.answers, found.touched, found.revision, tuple(found.saves))


def _values(kept: Kept) -> dict[str, Any]:
    return {
        "answers": dict(kept.answers),
        "touched": dict(kept.touched),
        "revision": kept.revision,
        "saves": list(kept.saves),
    }


def _unread(found: Draft, fresh: Mapping[str, Any]) -> dict[str, Any]:
    known = {**found.unread, **fresh}
    return {name: typed for name, typed in known.items() if typed}


def _same(found: Draft, values: Mapping[str, Any]) -> bool:
    """Tell whether a save brings nothing: then nothing is written, and its key need not be remembered."""
    return all(getattr(found, name) == value for name, value in values.items() if name != "saves")


def refuse_filed(found: Draft) -> None:
    """Refuse to change what is a dossier already. Raises DraftFiled."""
    if found.dossier is not None:
        raise DraftFiled(code=found.dossier.code)


def save(
    *,
    found: Draft,
    changes: Mapping[str, Any],
    at: datetime,
    revision: int | None = None,
    ways: Mapping[str, Any] | None = None,
    circumstances: Mapping[str, Any] | None = None,
) -> Draft:
    """Keep the changed answers as they are (None removes one), for whoever changes a draft as a whole.

    A draft saved elsewhere since `revision`, or since it was read, is not overwritten (DraftChanged). Raises
    DraftFiled for one that is a dossier already.
    """
    refuse_filed(found)
    if revision is not None and revision != found.revision:
        raise DraftChanged
    kept, fresh = {**found.answers, **changes}, found.revision + 1
    values = {
        "answers": {name: told for name, told in kept.items() if told is not None},
        "touched": {**found.touched, **dict.fromkeys(changes, fresh)},
        "ways": {**found.ways, **(ways or {})},
        "circumstances": {**found.circumstances, **(circumstances or {})},
        "revision": fresh,
    }
    if not _written(found, values, at):
        raise DraftChanged
    return found


def _written(found: Draft, values: Mapping[str, Any], at: datetime) -> bool:
    """Write the values unless somebody wrote since `found` was read; a changed draft lives anew and is unwarned."""
    whole = {**values, "updated_at": at, "expires_at": at + LIVES, "warned": 0}
    whole["worked_seconds"] = found.worked_seconds + worked(found.updated_at, at)
    if (
        whole["revision"] == found.revision
    ):  # only what cannot be read yet: still a change to be seen
        whole["revision"] += 1
    mine = Draft.objects.filter(pk=found.pk, revision=found.revision, dossier__isnull=True)
    if not mine.update(**whole):
        return False
    for name, value in whole.items():
        setattr(found, name, value)
    return True


def prolong(*, found: Draft, at: datetime) -> None:
    """Keep an open draft for its whole time again, as when its person comes back to it."""
    refuse_filed(found)
    mine = Draft.objects.filter(pk=found.pk, dossier__isnull=True)
    mine.update(expires_at=at + LIVES, warned=0)
    found.expires_at, found.warned = at + LIVES, 0


def leave_contact(*, found: Draft, phone: str, email: str, language: str) -> None:
    """Note where the person can be reached about this draft: `phone` as E.164, each may be empty. Raises DraftFiled."""
    refuse_filed(found)
    Draft.objects.filter(pk=found.pk).update(phone=phone, email=email, language=language)
    found.phone, found.email, found.language = phone, email, language


@transaction.atomic(savepoint=False)
def lock_for_filing(draft_id: UUID) -> Draft:
    """Return the draft locked until the transaction ends, so that it is filed once."""
    locked = (
        Draft.objects.select_for_update(of=("self",))
        .select_related("version", "agency", "dossier")
        .defer("version__content", "version__guides")
        .filter(pk=draft_id)
        .first()
    )
    if locked is None:
        raise DraftUnknown
    return locked


def filed(*, found: Draft, row: Row, at: datetime) -> None:
    """Tie a draft to the dossier it became; its answers live there from now on."""
    Draft.objects.filter(pk=found.pk).update(
        dossier=row, code=None, answers={}, touched={}, unread={}, saves=[], ways={}, phone="", email="",
        updated_at=at, revision=found.revision + 1,
    )  # fmt: skip
