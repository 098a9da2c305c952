"""Who speaks: the party whose key signed a message."""

import logging
from datetime import datetime, timedelta

from motcua.exchange.keys import public_keys
from motcua.exchange.models import Party
from motcua.exchange.ports import Line
from motcua.exchange.rules import Unsigned
from motcua.exchange.signing import AnswerMessage, Message, claimed_key_id, is_signed_by
from motcua.toolkit.http import Unreachable
from motcua.toolkit.wiring import adapter

log = logging.getLogger(__name__)
KEYS_ASKED_AGAIN_AFTER = timedelta(seconds=20)
AFTER_SILENCE = timedelta(seconds=3)


def line() -> Line:
    """Return the line of this installation."""
    made: Line = adapter("EXCHANGE_LINE")
    return made


def sender(message: Message, *, at: datetime) -> Party:
    """Return the party whose signature the message carries. Raises Unsigned."""
    key_id = claimed_key_id(message.headers)
    party = Party.objects.filter(code=key_id, active=True).first() if key_id else None
    if party is None:
        raise Unsigned(party=key_id or "")
    prove(message, party, at=at)
    return party


def prove(message: Message | AnswerMessage, party: Party, *, at: datetime) -> None:
    """Check that the party signed the message, with new keys if need be. Raises Unsigned."""
    if _signed(message, party):
        return
    if not (_fetch_keys(party, at) and _signed(message, party)):
        raise Unsigned(party=party.code)


def _signed(message: Message | AnswerMessage, party: Party) -> bool:
    keys = public_keys(party.keys, kid=party.code)
    return any(is_signed_by(message, key_id=party.code, key=key) for key in keys)


def _fetch_keys(party: Party, at: datetime) -> bool:
    """Fetch a party's keys (first contact, or it changed them), not more often than we must.

    The moment is set after the fetch: whoever comes meanwhile asks too instead of being refused.
    """
    party.refresh_from_db(fields=["keys", "keys_asked_at"])
    if party.keys_asked_at and party.keys_asked_at > at - KEYS_ASKED_AGAIN_AFTER:
        return True
    try:
        found = line().keys(party.keys_url)
    except Unreachable as problem:
        log.warning("exchange: no keys of %s: %s", party.code, problem)
        soon = at - KEYS_ASKED_AGAIN_AFTER + AFTER_SILENCE
        Party.objects.filter(pk=party.pk).update(keys_asked_at=soon)
        return False
    if public_keys(found, kid=party.code):
        party.keys = found
    party.keys_asked_at = at
    party.save(update_fields=["keys", "keys_asked_at"])
    return True
