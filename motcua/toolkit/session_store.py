"""Sessions at rest: what a visit typed and proved is sealed, and the cookie's value is kept as a keyed hash only.

So a copy of the database opens no session, and tells of none what is in it.
"""

import json
from typing import Any

from django.contrib.sessions.backends import db
from django.contrib.sessions.base_session import AbstractBaseSession
from django.utils import timezone

from motcua.toolkit.models import Session
from motcua.toolkit.refusals import KeyIsMissing
from motcua.toolkit.sealing import DoesNotOpen, keyed

PURPOSE = "toolkit.session.key"


class SessionStore(db.SessionStore):
    """Django's sessions in the database, sealed."""

    @classmethod
    def get_model_class(cls) -> type[AbstractBaseSession]:
        return Session

    def encode(self, session_dict: dict[str, Any]) -> str:
        return json.dumps(session_dict)

    def decode(self, session_data: bytes | str) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(session_data)
        return found

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


def _kept(session_key: str) -> str:
    return keyed(PURPOSE, session_key)
