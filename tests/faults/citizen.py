"""A citizen's browser, as far as filing goes: cookies, form token, the code from the inbox."""

import http.client
import json
import re
import time
from http.cookies import SimpleCookie
from urllib.parse import quote, urlencode, urlsplit

ASK_AGAIN = (
    40.0  # seconds until another code is wanted: a newer one makes the one on its way worthless
)
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="(\w+)"')
CODE = re.compile(r"\b(\d{6})\b")


class Citizen:
    """Files one draft; each call goes one step and may fail by OSError when nobody answers."""

    def __init__(self, motcua: str, sandbox: str, draft: str, secret: str) -> None:
        self._motcua, self._sandbox = urlsplit(motcua), urlsplit(sandbox)
        self._folder = f"/khai/{draft}/"
        self._cookies = {f"nhap-{draft.replace('-', '')}": secret}
        self._asked_at = float("-inf")
        self._tried: set[str] = set()

    def file(self, phone: str) -> None:
        """Pledge, send the code that came, or ask for another one; nothing when it is filed."""
        status, page = self._open("GET", "xac-nhan/")
        if status == 302:
            self._pledge()
        elif status == 200:
            self._confirm(page, phone)

    def _pledge(self) -> None:
        status, page = self._open("GET", "kiem-tra/")
        if status == 200:
            self._asked_at = time.monotonic()
            self._send("kiem-tra/", page, pledge="1", doubts="1")

    def _confirm(self, page: str, phone: str) -> None:
        code = self._newest_code(phone)
        if code and code not in self._tried:
            status, _ = self._send("xac-nhan/", page, code=code)
            if status in {302, 422}:
                self._tried.add(code)
        elif time.monotonic() > self._asked_at + ASK_AGAIN:
            self._asked_at = time.monotonic()
            self._send("xac-nhan/", page, _resend="1")

    def _newest_code(self, phone: str) -> str:
        address = f"/inbox.json?road=sms&limit=3&to={quote(phone)}"
        _, body = self._ask(self._sandbox.netloc, "GET", address, b"", {})
        texts = [str(message["text"]) for message in json.loads(body)["messages"]]
        found = [match[1] for text in texts if (match := CODE.search(text))]
        return found[0] if found else ""

    def _send(self, page: str, form: str, **fields: str) -> tuple[int, str]:
        token = TOKEN.search(form)
        if token is None:
            return 0, ""
        body = urlencode({"csrfmiddlewaretoken": token[1], **fields}).encode()
        return self._open("POST", page, body)

    def _open(self, method: str, page: str, body: bytes = b"") -> tuple[int, str]:
        cookies = "; ".join(f"{name}={value}" for name, value in self._cookies.items())
        headers = {"Cookie": cookies, "Content-Type": "application/x-www-form-urlencoded"}
        return self._ask(self._motcua.netloc, method, self._folder + page, body, headers)

    def _ask(
        self, host: str, method: str, path: str, body: bytes, headers: dict[str, str]
    ) -> tuple[int, str]:
        line = http.client.HTTPConnection(host, timeout=10)
        try:
            line.request(method, path, body or None, headers)
            answer = line.getresponse()
            for value in answer.headers.get_all("Set-Cookie") or []:
                for name, morsel in SimpleCookie(value).items():
                    self._cookies[name] = morsel.value
            return answer.status, answer.read().decode()
        except (http.client.HTTPException, ValueError) as cut:
            raise ConnectionError(str(cut)) from cut
        finally:
            line.close()
