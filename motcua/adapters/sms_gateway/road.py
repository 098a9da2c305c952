"""Short messages over an HTTP gateway that knows a message by our idempotency key."""

from urllib.parse import quote

from django.conf import settings

from motcua.notices.ports import Letter, Refused, Sent
from motcua.toolkit.http import Unreachable, bearer, call, send_json

# These say "not this message", not "not now"; everything else is tried again.
NEVER = {400, 404, 409, 410, 413, 422}


class SmsGateway:
    """The road `sms`."""

    def __init__(self) -> None:
        """Read where the gateway is and the token it knows us by."""
        self._url: str = settings.SMS["url"]
        self._headers = bearer(settings.SMS["token"])

    def send(self, letter: Letter) -> Sent:
        """Hand the message over. Raises Unreachable, Refused."""
        data = {"id": letter.key, "to": letter.to, "text": letter.body}
        reply = send_json("POST", self._url, data, headers=self._headers)
        if reply.status in NEVER:
            raise Refused(f"answered {reply.status}")
        if not reply.ok:
            raise Unreachable(f"answered {reply.status}")
        return Sent(provider_id=str(reply.json().get("id", letter.key)), final=False)

    def arrived(self, provider_id: str) -> bool | None:
        """Tell whether the message reached the phone; None while nobody knows."""
        reply = call("GET", f"{self._url}/{quote(provider_id, safe='')}", headers=self._headers)
        state = reply.json().get("state") if reply.ok else None
        return {"delivered": True, "failed": False}.get(str(state))
