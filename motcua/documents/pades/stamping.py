"""pyHanko asks for time stamps (RFC 3161) through our port."""

from typing import Any

from motcua.documents.ports import SigningNotPossible, TimeAuthority


def time_stamper(authority: TimeAuthority) -> Any:
    """Return pyHanko's client of that authority; one a process, for it learns how large answers are."""
    from asn1crypto import tsp  # noqa: PLC0415
    from pyhanko.sign.timestamps import TimeStamper  # noqa: PLC0415

    class Stamper(TimeStamper):
        async def async_request_tsa_response(self, req: Any) -> Any:
            try:
                answer = tsp.TimeStampResp.load(authority.stamp(req.dump()))
                granted = answer["status"]["status"].native in ("granted", "granted_with_mods")
            except ValueError:  # what is refused comes without the part that the reader wants
                granted = False
            if not granted:
                raise SigningNotPossible(why="time-refused")
            return answer

    return Stamper()  # type: ignore[no-untyped-call]
