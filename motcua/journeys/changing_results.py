"""Changing an issued result: what can be corrected in it, and the acts that propose, sign and send back."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from motcua.agencies.models import Post
from motcua.dossiers import corrections
from motcua.dossiers.operations import Recorded, record
from motcua.dossiers.rules import acts as a
from motcua.dossiers.rules.facts import Fault
from motcua.journeys.actors import official
from motcua.journeys.looking import Opened
from motcua.journeys.results import draft_data, draft_pictures
from motcua.procedures.rules.fills import named
from motcua.procedures.rules.form import FormField
from motcua.procedures.rules.procedure import Result

_TYPED = frozenset(
    {"text", "long_text", "person_name", "personal_number", "date", "time", "number", "money",
     "choice", "place", "facility"}
)  # fmt: skip
"""Types of fields that can be corrected; of a place, its words."""


@dataclass(frozen=True)
class Source:
    """Something an issued result says: where it comes from, how it is asked, and what it says now."""

    key: str
    field: FormField
    said: Any


def result_of(opened: Opened, result: str) -> Result:
    """Return a promised result as the procedure declares it."""
    return next(item for item in opened.published.procedure.results if item.id == result)


def sources(opened: Opened, result: str) -> list[Source]:
    """Return what can be corrected in a result, as far as the official may see it.

    A number that a book gave is not among it: books are continued, never rewritten.
    """
    now = corrections.in_force(opened.row, opened.history, result)
    return [
        Source(key, field, now.get(key, said))
        for key, field, said in _sources(opened, result)
        if field.type in _TYPED
    ]


def _sources(opened: Opened, result: str) -> Iterator[tuple[str, FormField, Any]]:
    seen: set[str] = set()
    for written in result_of(opened, result).fills.values():
        for source in (written,) if isinstance(written, str) else written:
            for key, _ in named(source):
                if key not in seen:
                    seen.add(key)
                    yield from _source(opened, key)


def _source(opened: Opened, key: str) -> Iterator[tuple[str, FormField, Any]]:
    if not key.startswith("leg."):
        field = opened.published.definition.fields.get(key)
        if field is not None and opened.sight.field(key):
            yield key, field, opened.content.answers.get(key)
        return
    _, leg, name = key.split(".", 2)
    asked = _typed(opened, leg).get(name)
    if asked is not None and opened.sight.leg(leg):
        yield key, asked, opened.dossier.leg(leg).values.get(name)


def _typed(opened: Opened, leg: str) -> dict[str, FormField]:
    """Return the values an official typed in a leg as fields; those drawn from a book are left out."""
    if leg not in opened.dossier.legs:
        return {}
    steps = opened.published.procedure.plan.stage(leg).steps
    return {
        asked.id: FormField.model_validate(
            {"id": f"value.{asked.id}", "type": asked.type, "label": asked.label}
        )
        for step in steps
        for asked in step.asks
        if asked.id not in step.drawn
    }


def changed(found: list[Source], said: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return what the sources that differ said, and what they shall say."""
    differing = [one for one in found if one.key in said and said[one.key] != one.said]
    was = {one.key: one.said for one in differing}
    return was, {one.key: said[one.key] for one in differing}


def proposed(opened: Opened, result: str) -> tuple[list[Source], dict[str, Any]]:
    """Return the sources a waiting correction is about, saying what they said, and what they shall say."""
    waiting = opened.dossier.changes.get(result)
    if waiting is None or waiting.change != "correct":
        return [], {}
    was, now = corrections.proposed(opened.row, waiting.seq)
    known = {key: field for key, field, _ in _sources(opened, result)}
    return [Source(key, known[key], was[key]) for key in was if key in known], now


def preview(opened: Opened, result: str, instead: Mapping[str, Any]) -> list[bytes]:
    """Return how the corrected paper will look, as pictures marked as a draft."""
    wanted = result_of(opened, result)
    in_force = corrections.in_force(opened.row, opened.history, result)
    data = draft_data(
        row=opened.row, dossier=opened.dossier, published=opened.published,
        answers=opened.content.answers, result=wanted, at=opened.at,
        instead={**in_force, **instead},
    )  # fmt: skip
    return draft_pictures(wanted.template, data)


@transaction.atomic
def propose_correction(
    *,
    code: str,
    post: Post,
    result: str,
    reason: Fault,
    was: Mapping[str, Any],
    now: Mapping[str, Any],
    key: str,
    seen: int | None,
    at: datetime,
) -> Recorded:
    """Propose that another paper stands in the place of an issued one; a leader signs it.

    Raises NothingCorrected, ChangeWaits, NotInForce, ResultNotThere, NotYours, ReasonMissing.
    """
    act = a.CorrectResult(result=result, reason=reason, fields=tuple(now))
    recorded = record(code=code, act=act, by=official(post), key=key, at=at, seen=seen)
    if not recorded.again:
        waiting = recorded.dossier.changes[result]
        corrections.keep(row=recorded.row, seq=waiting.seq, result=result, was=was, now=now)
    return recorded


def propose_revocation(
    *, code: str, post: Post, result: str, reason: Fault, decision: str, key: str,
    seen: int | None, at: datetime,
) -> Recorded:  # fmt: skip
    """Propose to revoke an issued result by a numbered decision. Raises as `propose_correction`, DecisionMissing."""
    act = a.RevokeResult(result=result, reason=reason, decision=decision)
    return record(code=code, act=act, by=official(post), key=key, at=at, seen=seen)


def propose_reinstating(
    *, code: str, post: Post, result: str, reason: Fault, decision: str, key: str,
    seen: int | None, at: datetime,
) -> Recorded:  # fmt: skip
    """Propose that a revoked result counts again. Raises as `propose_revocation`."""
    act = a.ReinstateResult(result=result, reason=reason, decision=decision)
    return record(code=code, act=act, by=official(post), key=key, at=at, seen=seen)


def sign(
    *, code: str, post: Post, result: str, key: str, seen: int | None, at: datetime
) -> Recorded:
    """Put a waiting change in force, as another leader than who proposed it. Raises SameHand, NoChangeWaits."""
    act = a.SignChange(result=result)
    return record(code=code, act=act, by=official(post), key=key, at=at, seen=seen)


def drop(
    *, code: str, post: Post, result: str, remark: str, key: str, seen: int | None, at: datetime
) -> Recorded:
    """Send a waiting change back with a remark. Raises NoChangeWaits, ReasonMissing."""
    act = a.DropChange(result=result, remark=remark)
    return record(code=code, act=act, by=official(post), key=key, at=at, seen=seen)
