"""The whole product, started as anybody starts it, for people who come to it with a browser.

One installation a run, on ports and in a folder of its own. What stands outside is the country in a
box: its pages and its JSON are how a test reads somebody's telephone or tells an agency how to answer.
"""

import os
import re
import time
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import psycopg
import pyotp
import urllib3
from playwright.sync_api import Page

from motcua.config.environment import Environment
from tests.browser.clerk import Clerk
from tests.running import ROOT, Installation, alive, descendants, settle

PICTURES = ROOT / "output" / "pictures"
"""Where whoever builds finds what the tests saw, when they ask: `PICTURES=1 make test`."""
PICTURED = "PICTURES" in os.environ
README = ROOT / "docs" / "pictures"
PATIENCE = 40.0  # seconds that something may take which others do
USUAL = 30_000  # milliseconds until something must be seen: two cores are shared by three browsers and their houses
SIX_DIGITS = re.compile(r"(?<![\d.])(\d{6})(?![\d.])")


class House:
    """The started product and the country around it."""

    def __init__(self, home: Path) -> None:
        quick = {
            "SANDBOX_ANSWER_DELAY": "0.2",
            "SANDBOX_LATE_DELAY": "2",
            "MOTCUA_WEB_WORKERS": "2",
            "MOTCUA_NETWORK_ALLOWANCE": "100",  # everybody comes from one address
        }
        self.installation = Installation(home, quick)
        self.clerk = Clerk(self.installation)
        self._http = urllib3.PoolManager(retries=False, timeout=20)

    @property
    def url(self) -> str:
        return self.installation.url

    @property
    def box(self) -> str:
        return self.installation.sandbox_url

    def open(self) -> None:
        self.installation.start()

    def close(self) -> None:
        """Stop everything; nothing that was started may stay behind."""
        self.clerk.leave()
        process = self.installation.process
        assert process is not None
        started = descendants(process.pid)
        assert self.installation.stop() == 0
        assert alive(started) == set()

    def official(self, username: str) -> tuple[str, str]:
        """Return the password and the six digits that an official's app shows now."""
        sheet = self.installation.home / "demo-officials.txt"
        for line in sheet.read_text(encoding="utf-8").splitlines():
            if line.split() and line.split()[0] == username:
                words = line.split()
                return words[1], pyotp.TOTP(words[2]).now()
        raise LookupError(username)

    def messages(self, to: str, road: str = "") -> list[dict[str, Any]]:
        """Return what came to a phone or an address, newest first."""
        query = urlencode({"to": to, "road": road} if road else {"to": to})
        found: list[dict[str, Any]] = self._get(f"/inbox.json?{query}").json()["messages"]
        return found

    def code_after(self, to: str, seen: int) -> str:
        """Return the six digits of the message that comes after the first `seen` ones."""

        def look() -> list[dict[str, Any]]:
            there = self.messages(to, "sms")
            return there[: len(there) - seen]

        fresh = soon(look, what=f"a text message to {to}")
        found = SIX_DIGITS.search(fresh[0]["text"])
        assert found, fresh[0]["text"]
        return found[1]

    def told(self, to: str, words: str, *, road: str = "", within: float = PATIENCE) -> str:
        """Return the text of the message to somebody that says this, as soon as it is there."""

        def look() -> str:
            texts = [f"{m.get('subject') or ''}\n{m['text']}" for m in self.messages(to, road)]
            return next((text for text in texts if words in text), "")

        return soon(look, within=within, what=f"a message to {to} saying {words!r}")

    def answers(self, system: str, mode: str, subject: str = "", **more: str) -> None:
        """Tell an agency's own system how it answers: for one dossier, or for all of them."""
        self._post(f"/exchange/{system}/mode", mode=mode, subject=subject, **more)

    def effects(self, system: str, subject: str) -> list[dict[str, Any]]:
        """Return what an agency's own register holds about a dossier."""
        kept = self._get(f"/exchange/{system}/register.json").json()["effects"]
        return [effect for effect in kept if effect["subject"] == subject]

    def lets_minutes_pass(self, minutes: int) -> None:
        """Make every code that was sent so much older."""
        home = {"MOTCUA_HOME": str(self.installation.home)}
        with psycopg.connect(Environment(home).owner_database_url) as database:
            database.execute(
                "update identity_onetimecode set created_at = created_at - %(past)s,"
                " expires_at = expires_at - %(past)s",
                {"past": timedelta(minutes=minutes)},
            )

    def dossiers_filed_since(self, moment: datetime) -> list[str]:
        """Return the codes of all dossiers that were filed since then."""
        home = {"MOTCUA_HOME": str(self.installation.home)}
        with psycopg.connect(Environment(home).owner_database_url) as database:
            told = "select code from dossiers_dossier where submitted_at >= %s order by id"
            return [code for (code,) in database.execute(told, [moment]).fetchall()]

    def post_order(self, receiver: str) -> str:
        """Return the number of the post office's letter to somebody, as soon as it is there."""

        def look() -> str:
            page = self._get("/post/").data.decode()
            found = re.search(rf"Đơn (\S+) · tới {receiver}", page)
            return found[1] if found else ""

        number: str = soon(look, what="an order at the post office")
        return number

    def scans(self, number: str, state: str) -> None:
        """Scan a letter, as the postman does."""
        self._post("/post/scan", order_number=number, state=state)

    def fetch(self, address: str) -> urllib3.BaseHTTPResponse:
        """Open an address as anybody: no cookies."""
        return self._http.request("GET", address, redirect=False)

    def _get(self, path: str) -> urllib3.BaseHTTPResponse:
        return self._http.request("GET", self.box + path)

    def _post(self, path: str, **fields: str) -> None:
        body = urlencode(fields).encode()
        kind = {"Content-Type": "application/x-www-form-urlencoded"}
        answer = self._http.request(
            "POST", self.box + path, body=body, headers=kind, redirect=False
        )
        assert answer.status < 400, answer.data.decode()


def keep_picture(page: Page, place: Path) -> None:
    """Keep a picture of the whole page, where pictures are asked for."""
    if PICTURED:
        page.screenshot(path=PICTURES / place, full_page=True)


def soon(
    look: Callable[[], Any], *, within: float = PATIENCE, what: str = "it", every: float = 0.1
) -> Any:
    """Return what `look` finds as soon as it finds something, asked `every` so many seconds.

    The test fails when it never does.
    """
    until = time.monotonic() + within
    while True:
        if found := look():
            return found
        assert time.monotonic() < until, f"not within {within} s: {what}"
        time.sleep(every)


def opened(home: Path) -> Iterator[House]:
    """An open house until the end of the fixture."""
    house = House(settle(home))
    house.open()
    yield house
    house.close()
