"""What crosses the line for a page, and how long it takes on a bad one with an old telephone."""

from dataclasses import dataclass, field
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

    `taken`: what comes when the page has long been usable: the copy of a draft for the time without network.
    """

    pages: dict[str, float] = field(default_factory=dict)
    brought: dict[str, float] = field(default_factory=dict)
    taken: dict[str, float] = field(default_factory=dict)

    @property
    def all(self) -> float:
        """What the page needs: itself and what it brought."""
        return sum(self.pages.values()) + sum(self.brought.values())


def weighed(page: Page) -> Weights:
    """Weigh whatever comes for this tab from now on."""
    line, found = page.context.new_cdp_session(page), Weights()
    asked: dict[str, tuple[dict[str, float], str]] = {}
    loaded = False

    def wanted(told: dict[str, Any]) -> None:
        nonlocal loaded
        loaded = loaded and told.get("type") != "Document"
        kept = found.pages if told.get("type") == "Document" else found.brought
        asked[told["requestId"]] = (found.taken if loaded else kept, told["request"]["url"])

    def complete(_told: dict[str, Any]) -> None:
        nonlocal loaded
        loaded = True

    def came(told: dict[str, Any]) -> None:
        kept, url = asked.get(told["requestId"], (found.brought, ""))
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
