"""What crosses the line for a page, and how long it takes on a bad one with an old telephone."""

from dataclasses import dataclass, field
from math import inf
from typing import Any

from playwright.sync_api import BrowserContext, Page

FIRST = 40 * 1024
LATER = 12 * 1024
WITHIN = 2.5  # seconds until everything on the page can be used
ITSELF = 9 * 1024
SHARED = FIRST - ITSELF
"""What pages bring along once: styles, scripts, the door. With a page of its own it is a first load."""
BAD_LINE = {
    "offline": False,
    "latency": 300,
    "downloadThroughput": 400_000 / 8,
    "uploadThroughput": 400_000 / 8,
}
OLD_PHONE = {"rate": 4}


@dataclass
class Weights:
    """Bytes that came over the line, headers too: the page itself, what it brought along, what it took for later.

    `taken`: what is asked for when the page stands; `copy`: of it, the draft's copy for the time without network.
    """

    pages: dict[str, float] = field(default_factory=dict)
    brought: dict[str, float] = field(default_factory=dict)
    taken: dict[str, float] = field(default_factory=dict)
    copy: dict[str, float] = field(default_factory=dict)

    @property
    def needed(self) -> float:
        """What the page stands with: itself and what it brought."""
        return sum(self.pages.values()) + sum(self.brought.values())

    @property
    def all(self) -> float:
        """What came but for the copy."""
        return self.needed + sum(self.taken.values())


def weighed(page: Page) -> Weights:
    """Weigh whatever comes for this tab from now on; what is asked for after the page has loaded is `taken`."""
    line, found = page.context.new_cdp_session(page), Weights()
    asked: dict[str, tuple[dict[str, float], str, float]] = {}
    loaded = [inf]

    def wanted(told: dict[str, Any]) -> None:
        document = told.get("type") == "Document"
        if document:
            loaded[0] = inf
        kept = found.pages if document else found.brought
        asked[told["requestId"]] = (kept, told["request"]["url"], told["timestamp"])

    def complete(told: dict[str, Any]) -> None:
        loaded[0] = told["timestamp"]

    def came(told: dict[str, Any]) -> None:
        kept, url, at = asked.get(told["requestId"], (found.brought, "", 0.0))
        if at > loaded[0]:
            kept = found.copy if "mang-theo" in url else found.taken
        kept[url] = max(kept.get(url, 0), told["encodedDataLength"])

    line.on("Network.requestWillBeSent", wanted)
    line.on("Page.loadEventFired", complete)
    line.on("Network.loadingFinished", came)
    line.send("Page.enable")
    line.send("Network.enable")
    return found


def seconds_until_usable(context: BrowserContext, address: str) -> float:
    """Open a page over 400 kbit/s and 300 ms with a processor four times slower; scripts have run at the end."""
    page = context.new_page()
    line = context.new_cdp_session(page)
    line.send("Network.enable")
    line.send("Network.emulateNetworkConditions", BAD_LINE)
    line.send("Emulation.setCPUThrottlingRate", OLD_PHONE)
    page.goto(address, wait_until="domcontentloaded")
    took: float = page.evaluate(
        "performance.getEntriesByType('navigation')[0].domContentLoadedEventEnd"
    )
    page.close()
    return took / 1000
