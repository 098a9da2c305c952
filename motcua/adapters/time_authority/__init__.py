"""A licensed authority of time, asked over HTTP (RFC 3161 §3.4)."""

from django.conf import settings

from motcua.documents.ports import SigningNotPossible
from motcua.toolkit.http import Unreachable, call

KINDS = {"Content-Type": "application/timestamp-query", "Accept": "application/timestamp-reply"}


class HttpTimeAuthority:
    """A `documents.ports.TimeAuthority` at the address MOTCUA_TSA_URL."""

    def stamp(self, request: bytes) -> bytes:
        address: str = settings.TSA_URL
        try:
            reply = call("POST", address, body=request, headers=KINDS)
        except Unreachable as fault:
            raise SigningNotPossible(why="time-missing", about=f"{address}: {fault}") from fault
        if not reply.ok:
            raise SigningNotPossible(why="time-refused", about=f"{address}: {reply.status}")
        return reply.body
