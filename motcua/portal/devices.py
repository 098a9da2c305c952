"""What kind of device somebody holds, told by its browser: enough to know one's own devices apart in a list."""

from django.http import HttpRequest
from django.utils.translation import gettext

# The first that the browser's name of itself contains, as written there.
_KINDS = (
    ("iPhone", "iphone"),
    ("iPad", "ipad"),
    ("Android", "android"),
    ("Windows", "windows"),
    ("Macintosh", "mac"),
    ("Linux", "linux"),
)


def kind_of(request: HttpRequest) -> str:
    """Return the kind of device, empty when it does not say."""
    told = request.headers.get("User-Agent", "")
    return next((kind for sign, kind in _KINDS if sign in told), "")


def words(kind: str) -> str:
    """Return a kind of device in words."""
    known = {
        "iphone": gettext("Điện thoại iPhone"),
        "ipad": gettext("Máy tính bảng iPad"),
        "android": gettext("Điện thoại Android"),
        "windows": gettext("Máy tính Windows"),
        "mac": gettext("Máy tính Mac"),
        "linux": gettext("Máy tính Linux"),
    }
    return known.get(kind, gettext("Thiết bị khác"))
