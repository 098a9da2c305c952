"""Sessions at rest: what a visit typed and proved is sealed, and the cookie's value is kept as a keyed hash only.

So a copy of the database opens no session, and tells of none what is in it.

Requests of one visit overlap: a form saves itself while its person presses on. Each writes only what it changed
upon what the session says by then, so that the slower one does not take back what the faster one noted.
"""

import json
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from django.contrib.sessions.backends import db
from django.contrib.sessions.backends.base import UpdateError
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import transaction
from django.utils import timezone

from motcua.toolkit.models import Session
from motcua.toolkit.refusals import KeyIsMissing
from motcua.toolkit.sealing import DoesNotOpen, keyed

PURPOSE = "toolkit.session.key"


class SessionStore(db.SessionStore):
    """Django's sessions in the database, sealed."""

    _as_read: Mapping[str, Any] = MappingProxyType({})

    @classmethod
    def get_model_class(cls) -> type[AbstractBaseSession]:
        return Session

    def encode(self, session_dict: dict[str, Any]) -> str:
        return json.dumps(session_dict)

    def decode(self, session_data: bytes | str) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(session_data)
        return found

    def load(self) -> dict[str, Any]:
        found = self._get_session_from_db()
        self._as_read = self.decode(found.session_data) if found else {}
        return self.decode(found.session_data) if found else {}

    def save(self, must_create: bool = False) -> None:
        """Keep what this request changed. Raises UpdateError where the session ended meanwhile."""
        if must_create or self.session_key is None:
            super().save(must_create=must_create)
        else:
            self._save_changes()
        self._as_read = self.decode(self.encode(dict(self.items())))

    def _save_changes(self) -> None:
        key = self.session_key or ""
        with transaction.atomic():
            there = Session.objects.select_for_update().filter(pk=_kept(key)).first()
            if there is None:
                raise UpdateError
            self._session_cache = _merged(
                self._as_read, dict(self.items()), self.decode(there.session_data)
            )
            super().save()

    def exists(self, session_key: str) -> bool:
        return Session.objects.filter(pk=_kept(session_key)).exists()

    def create_model_instance(self, data: dict[str, Any]) -> Session:
        made = super().create_model_instance(data)
        return Session(
            session_key=_kept(made.session_key), session_data=made.session_data,
            expire_date=made.expire_date,
        )  # fmt: skip

    def delete(self, session_key: str | None = None) -> None:
        if key := session_key or self.session_key:
            Session.objects.filter(pk=_kept(key)).delete()

    def _get_session_from_db(self) -> Session | None:
        """Return the session; one that does not open is as one that ended: its person signs in again."""
        rows = Session.objects.filter(pk=_kept(self.session_key or ""))
        try:
            found = rows.filter(expire_date__gt=timezone.now()).first()
        except (DoesNotOpen, KeyIsMissing):
            found = None
        if found is None:
            self._session_key = None
        return found


def _merged(
    as_read: Mapping[str, Any], mine: Mapping[str, Any], there: Mapping[str, Any]
) -> dict[str, Any]:
    """Return what is there now, with what was changed and without what was dropped since it was read."""
    changed = {
        name: told for name, told in mine.items() if name not in as_read or as_read[name] != told
    }
    dropped = as_read.keys() - mine.keys()
    return {name: told for name, told in {**there, **changed}.items() if name not in dropped}


def _kept(session_key: str) -> str:
    return keyed(PURPOSE, session_key)
