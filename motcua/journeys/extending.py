"""Apology and extension: a leader signs, or lets the date stand; each morning what will be late is drafted."""

from datetime import datetime

from motcua.agencies.models import Post
from motcua.agencies.rules.codes import code_list
from motcua.dossiers.operations import Recorded, record
from motcua.dossiers.queries import told
from motcua.dossiers.rules import acts as a
from motcua.journeys.actors import official

REASONS = "extension_reasons"
OTHER = "other"
LONGEST = 1000


def extend(
    *, code: str, post: Post, days: int, reason: str, text: str, key: str, seen: int | None,
    at: datetime,
) -> Recorded:  # fmt: skip
    """Sign the apology and promise the new date; without a text the usual apology for the reason.

    Raises TooLateToExtend, AlreadyExtended, ClockStands, TooManyDays, ReasonMissing.
    """
    known = reason if code_list(REASONS).has(reason) else ""
    words = text.strip() or _usual(code, known)
    act = a.Extend(days=days, reason=known, text=words[:LONGEST])
    return record(code=code, act=act, by=official(post), key=key, at=at, seen=seen)


def _usual(code: str, reason: str) -> str:
    """Return the usual words; another reason has none, it must be said."""
    return apology(told(code)[0].agency.name, reason) if reason and reason != OTHER else ""


def dismiss_extension(
    *, code: str, post: Post, remark: str, key: str, seen: int | None, at: datetime
) -> Recorded:
    """Let the promised date stand; why is kept. Raises NotNow, ReasonMissing."""
    act = a.DismissExtension(remark=remark)
    return record(code=code, act=act, by=official(post), key=key, at=at, seen=seen)


def apology(agency: str, reason: str) -> str:
    """Return an apology as an office writes it, with the reason where it is known; dates stand beside it."""
    because = code_list(REASONS).row(reason)["because_vi"]
    late = f"{agency} xin lỗi quý vị vì chưa giải quyết xong hồ sơ đúng hẹn"
    return f"{late}. Lý do: {because}." if because else f"{late}."
