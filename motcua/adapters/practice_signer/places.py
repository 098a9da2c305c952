"""Where this installation keeps its practice keys, and where it publishes what belongs to them."""

from functools import cache
from pathlib import Path

from django.conf import settings

from motcua.adapters.practice_signer.authority import PracticeAuthority


@cache
def authority_in(folder: Path, published_at: str) -> PracticeAuthority:
    """Return the authority that lives in a folder; one a process."""
    return PracticeAuthority(folder, published_at)


def the_authority(folder: Path | None = None) -> PracticeAuthority:
    """Return this installation's authority, or the one in another folder."""
    place = folder or Path(settings.HOME) / "secrets" / "practice-signer"
    return authority_in(place, f"{settings.BASE_URL}/xac-thuc/chung-thu")
