"""Passkeys (WebAuthn): added, used, stopped, taken away. The browser's answers are judged by the library `webauthn`."""

import json
from datetime import datetime
from typing import Any

import webauthn
from django.conf import settings
from django.db import IntegrityError, transaction
from webauthn.helpers import base64url_to_bytes, options_to_json
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from motcua.agencies.models import Official, Passkey
from motcua.agencies.rules.access_refusals import (
    LastFactor,
    PasskeyCopied,
    PasskeyRefused,
    PasskeyTaken,
)
from motcua.agencies.rules.passkeys import MOST, Site, site_of, went_back
from motcua.toolkit.sealing import keyed

_LONGEST = 20_000
_UNREADABLE = (WebAuthnException, ValueError, KeyError, TypeError, AttributeError)


def site() -> Site | None:
    """Return the site that keys of this installation belong to; None where browsers allow none."""
    return site_of(settings.BASE_URL)


def _site() -> Site:
    found = site()
    if found is None:
        raise PasskeyRefused
    return found


def to_register(*, official: Official, challenge: bytes) -> str:
    """Return, as JSON, what a browser is asked to make a key: one that is unlocked by finger, face or PIN.

    Raises PasskeyRefused where there can be none.
    """
    known = [PublicKeyCredentialDescriptor(id=bytes(key.credential)) for key in keys_of(official)]
    return options_to_json(
        webauthn.generate_registration_options(
            rp_id=_site().name, rp_name="Một Cửa", user_id=_handle(official),
            user_name=official.username, user_display_name=official.full_name, challenge=challenge,
            exclude_credentials=known,
            authenticator_selection=AuthenticatorSelectionCriteria(
                resident_key=ResidentKeyRequirement.REQUIRED,
                user_verification=UserVerificationRequirement.REQUIRED,
            ),
        )
    )  # fmt: skip


def to_sign_in(*, challenge: bytes, official: Official | None = None) -> str:
    """Return, as JSON, what a browser is asked to sign; with an official only their own keys will do.

    Raises PasskeyRefused where there can be none.
    """
    own = [PublicKeyCredentialDescriptor(id=bytes(k.credential)) for k in keys_of(official)]
    return options_to_json(
        webauthn.generate_authentication_options(
            rp_id=_site().name, challenge=challenge, allow_credentials=own or None,
            user_verification=UserVerificationRequirement.REQUIRED,
        )
    )  # fmt: skip


def keys_of(official: Official | None) -> list[Passkey]:
    """Return an official's keys that work, the oldest first."""
    if official is None:
        return []
    return list(official.passkeys.filter(stopped_at__isnull=True).order_by("pk")[:MOST])


def _handle(official: Official) -> bytes:
    """Return the name by which a key knows its person: it says nothing to anybody else."""
    return keyed("agencies.passkey", str(official.pk)).encode()


def register(
    *, official: Official, answer: str, challenge: bytes, name: str, at: datetime
) -> Passkey:
    """Keep a new key's public half. Raises PasskeyRefused, PasskeyTaken."""
    if len(keys_of(official)) >= MOST:
        raise PasskeyRefused
    where = _site()
    try:
        made = webauthn.verify_registration_response(
            credential=_read(answer), expected_challenge=challenge, expected_rp_id=where.name,
            expected_origin=where.origin, require_user_verification=True,
        )  # fmt: skip
    except _UNREADABLE as wrong:
        raise PasskeyRefused from wrong
    try:
        with transaction.atomic():
            return Passkey.objects.create(
                official=official, credential=made.credential_id, counter=made.sign_count,
                public_key=made.credential_public_key, name=name.strip()[:60] or "Passkey",
                made_at=at,
            )  # fmt: skip
    except IntegrityError as twice:
        raise PasskeyTaken from twice


def proven_by(
    *, answer: str, challenge: bytes, at: datetime, official: Official | None = None
) -> Official:
    """Return whose key has signed the question: something they have, unlocked by something they are or know.

    `official`: only theirs will do. A counter that went back stops the key; that holds whatever happens afterwards,
    so this must not run inside another transaction. Raises PasskeyRefused, PasskeyCopied.
    """
    with transaction.atomic(durable=True):
        told = _read(answer)
        key = _key_of(told, official)
        counter = _signed(told, key, challenge)
        copied = went_back(key.counter, counter)
        key.counter, key.used_at = max(key.counter, counter), at
        key.stopped_at = at if copied else None
        key.save(update_fields=["counter", "used_at", "stopped_at"])
        if not copied:
            Official.objects.filter(pk=key.official_id).update(last_login=at)
    if copied:
        raise PasskeyCopied
    return key.official


def _read(answer: str) -> dict[str, Any]:
    try:
        told = json.loads(answer[:_LONGEST])
    except ValueError as wrong:
        raise PasskeyRefused from wrong
    if not isinstance(told, dict):
        raise PasskeyRefused
    return told


def _key_of(told: dict[str, Any], official: Official | None) -> Passkey:
    try:
        credential = base64url_to_bytes(told["rawId"])
    except _UNREADABLE as wrong:
        raise PasskeyRefused from wrong
    keys = Passkey.objects.select_for_update(of=("self",)).select_related("official")
    key = keys.filter(credential=credential, stopped_at__isnull=True).first()
    if key is None or not key.official.is_active:
        raise PasskeyRefused
    if official is not None and key.official_id != official.pk:
        raise PasskeyRefused
    return key


def _signed(told: dict[str, Any], key: Passkey, challenge: bytes) -> int:
    """Return the counter of an answer that is signed as it should be.

    The library is told of no earlier counter: it would look at it before the signature, and anybody could stop
    somebody's key by a forged one.
    """
    where = _site()
    try:
        proof = webauthn.verify_authentication_response(
            credential=told, expected_challenge=challenge, expected_rp_id=where.name,
            expected_origin=where.origin, credential_public_key=bytes(key.public_key),
            credential_current_sign_count=0, require_user_verification=True,
        )  # fmt: skip
    except _UNREADABLE as wrong:
        raise PasskeyRefused from wrong
    return proof.new_sign_count


@transaction.atomic
def remove(*, official: Official, key: int) -> None:
    """Take a key of one's own away. Raises LastFactor."""
    held = Official.objects.select_for_update().get(pk=official.pk)
    others = [one for one in keys_of(held) if one.pk != key]
    if not held.totp_secret and not others:
        raise LastFactor
    Passkey.objects.filter(official=held, pk=key).delete()
