"""Pictures of this portal's own pages, kept in the catalogue beside the procedure they show."""

import re
from functools import lru_cache
from pathlib import Path

from django.conf import settings

NAMES = ("service", "form", "papers", "ways", "check", "receipt")


@lru_cache(maxsize=1024)
def _folder(slug: str) -> Path | None:
    """Return where a service's pictures are: a procedure's folder bears its slug as name."""
    if not re.fullmatch(r"[a-z0-9-]+", slug):
        return None
    found = sorted(Path(settings.CATALOGUE).glob(f"procedures/*/{slug}/pictures"))
    return found[0] if found else None


def picture_names(slug: str) -> frozenset[str]:
    """Return which pictures there are of a service; none where nobody has taken them yet."""
    folder = _folder(slug)
    return frozenset(name for name in NAMES if folder and (folder / f"{name}.png").exists())


def picture_file(slug: str, name: str) -> Path | None:
    """Return the file of a picture, None when there is none."""
    folder = _folder(slug)
    return folder / f"{name}.png" if folder and name in picture_names(slug) else None


def picture_place(slug: str, name: str) -> str:
    """Return where a template finds a picture: from the catalogue's root; "" when there is none."""
    file = picture_file(slug, name)
    return f"/{file.relative_to(settings.CATALOGUE)}" if file else ""
