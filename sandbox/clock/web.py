"""A licensed authority of time, over HTTP (RFC 3161): `POST /tsa`; what it leads to at `/tsa/chain.pem`."""

from functools import cache
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from sandbox.clock.keys import ClockKeys, clock_keys
from sandbox.store import fault, set_fault
from sandbox.web import box_of, form_of, go

FAULTS = {"none", "down", "refuse"}
REFUSED = bytes.fromhex("30053003020102")  # a TimeStampResp that says “rejection” and no more
QUERY, REPLY = "application/timestamp-query", "application/timestamp-reply"


async def stamp(request: Request) -> Response:
    """Answer a request for a time stamp; `down` and `refuse` are its faults."""
    mode = fault(box_of(request).store, "tsa")
    if mode == "down":
        raise HTTPException(503, "Out of order.")
    if request.headers.get("content-type") != QUERY:
        raise HTTPException(415, f"Wanted: {QUERY}")
    if mode == "refuse":
        return Response(REFUSED, media_type=REPLY)
    from asn1crypto import tsp  # noqa: PLC0415 - loaded by the first who asks

    try:
        asked = tsp.TimeStampReq.load(await request.body(), strict=True)
        _ = asked.native
    except (ValueError, TypeError) as error:
        raise HTTPException(400, "This is no request for a time stamp.") from error
    answer = await _stamper(_keys(request)).async_request_tsa_response(asked)
    return Response(answer.dump(), media_type=REPLY)


async def chain(request: Request) -> Response:
    return Response(_keys(request).chain, media_type="application/x-pem-file")


async def revoked(request: Request) -> Response:
    return Response(_keys(request).revoked, media_type="application/pkix-crl")


async def switch(request: Request) -> Response:
    mode = (await form_of(request)).get("mode", "")
    if mode not in FAULTS:
        raise HTTPException(400, f"Wanted: mode, one of {', '.join(sorted(FAULTS))}")
    set_fault(box_of(request).store, "tsa", mode)
    return go("/")


def _keys(request: Request) -> ClockKeys:
    settings = box_of(request).settings
    return clock_keys(settings.home, f"{settings.base_url}/tsa/revoked.crl")


@cache
def _stamper(keys: ClockKeys) -> Any:
    from asn1crypto import keys as asn1_keys  # noqa: PLC0415
    from asn1crypto import x509  # noqa: PLC0415
    from pyhanko.sign.timestamps.dummy_client import DummyTimeStamper  # noqa: PLC0415

    key = asn1_keys.PrivateKeyInfo.load(keys.key)
    return DummyTimeStamper(x509.Certificate.load(keys.certificate), key)


ROUTES = [
    Route("/tsa", stamp, methods=["POST"]),
    Route("/tsa/chain.pem", chain),
    Route("/tsa/revoked.crl", revoked),
    Route("/tsa/faults", switch, methods=["POST"]),
]
