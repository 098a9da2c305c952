"""Asking the population database who a personal number belongs to."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import quote

from django.conf import settings

from motcua.exchange.models import Party
from motcua.exchange.proof import line, prove
from motcua.exchange.rules import NotUnderstood
from motcua.exchange.signing import AnswerMessage, signed_get

POPULATION = "population"
FOUND, UNKNOWN = 200, 404


@dataclass(frozen=True)
class Person:
    """What the database says; `raw` is its whole answer. `sex` is male or female."""

    personal_number: str
    name: str
    sex: str
    birth_date: str
    raw: Mapping[str, Any]


def person(*, number: str, at: datetime) -> Person | None:
    """Return who has this number, or None when nobody has.

    Call it outside a transaction: it telephones. Raises toolkit.http.Unreachable, Unsigned,
    NotUnderstood.
    """
    url = f"{settings.POPULATION_URL}/people/{quote(number, safe='')}"
    reply = line().get(url, headers=signed_get(url, at=at))
    if reply.status not in {FOUND, UNKNOWN}:
        raise NotUnderstood(why=f"status {reply.status}")
    party = Party.objects.get(code=POPULATION)
    prove(AnswerMessage(reply.status, dict(reply.headers), reply.body), party, at=at)
    return _read(number, reply.body) if reply.status == FOUND else None


def _read(number: str, body: bytes) -> Person:
    raw = json.loads(body)
    if not isinstance(raw, dict) or raw.get("personal_number") != number:
        raise NotUnderstood(why="personal_number")
    name, sex = str(raw.get("name") or ""), str(raw.get("sex") or "")
    return Person(number, name, sex, str(raw.get("birth_date") or ""), raw)
