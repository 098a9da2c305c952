"""What a browser says of itself, in a few words: enough to know one's own sign-ins apart."""

from django.http import HttpRequest

_BROWSERS = (
    ("Edg/", "Edge"),
    ("OPR/", "Opera"),
    ("coc_coc", "Cốc Cốc"),
    ("Firefox/", "Firefox"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)
_SYSTEMS = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS", "macOS"),
    ("Linux", "Linux"),
)


def browser_of(request: HttpRequest) -> str:
    """Return browser and system, such as `Chrome, Windows`; `–` for one that says nothing known."""
    told = request.headers.get("User-Agent", "")
    found = [next((name for sign, name in of if sign in told), "") for of in (_BROWSERS, _SYSTEMS)]
    return ", ".join(filter(None, found)) or "–"
