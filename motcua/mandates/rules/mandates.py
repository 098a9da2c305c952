"""Acting for another: which act, on what, until when – and that nobody acts longer or further than was given.

An authorisation is bounded by what was agreed and by time, and either side ends it alone (Bộ luật Dân sự 2015,
Điều 140, 141, 563, 569). What is not named is not given.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from motcua.kernel.refusal import noop
from motcua.kernel.working_time import ZONE

LONGEST = timedelta(days=366)
"""No ground reaches further; the list of grounds (`grounds`) may only shorten it."""


class Act(StrEnum):
    """What a holder may do for the giver; a closed set."""

    FILE = "file"
    FOLLOW = "follow"
    SUPPLEMENT = "supplement"
    PAY = "pay"
    WITHDRAW = "withdraw"
    FETCH = "fetch"


ACT_WORDS: dict[Act, str] = {
    Act.FILE: noop("Nộp hồ sơ"),
    Act.FOLLOW: noop("Xem hồ sơ đang ở đâu"),
    Act.SUPPLEMENT: noop("Bổ sung giấy tờ, trả lời bản dự thảo"),
    Act.PAY: noop("Trả phí, lệ phí"),
    Act.WITHDRAW: noop("Rút hồ sơ"),
    Act.FETCH: noop("Lấy kết quả điện tử"),
}


class Reach(StrEnum):
    """What kind of thing a scope names."""

    EVERYTHING = "everything"
    OCCASION = "occasion"
    PROCEDURE = "procedure"
    DOSSIER = "dossier"


@dataclass(frozen=True)
class About:
    """What somebody wants to act on: a procedure by its code, the occasions it belongs to, a filed dossier."""

    procedure: str
    occasions: frozenset[str] = frozenset()
    dossier: str = ""


@dataclass(frozen=True)
class Scope:
    """On what a mandate reaches; `of` is empty for everything."""

    reach: Reach
    of: str = ""

    def covers(self, about: About) -> bool:
        """Tell whether what somebody wants to act on lies within."""
        return {
            Reach.EVERYTHING: True,
            Reach.OCCASION: self.of in about.occasions,
            Reach.PROCEDURE: self.of == about.procedure,
            Reach.DOSSIER: bool(self.of) and self.of == about.dossier,
        }[self.reach]


class State(StrEnum):
    """Where a mandate stands at a moment."""

    GRANTED = "granted"
    """A word is still missing: the giver's, the holder's, or that of a second official."""
    CONFIRMED = "confirmed"
    REVOKED = "revoked"
    EXPIRED = "expired"


STATE_WORDS: dict[State, str] = {
    State.GRANTED: noop("Chờ xác nhận"),
    State.CONFIRMED: noop("Đang có hiệu lực"),
    State.REVOKED: noop("Đã thôi"),
    State.EXPIRED: noop("Đã hết hạn"),
}


@dataclass(frozen=True)
class Mandate:
    """A mandate as the rules see it; `giver` and `holder` are keys that tell equal people."""

    giver: str
    holder: str
    acts: frozenset[Act]
    scope: Scope
    starts: datetime
    until: datetime
    confirmed_at: datetime | None = None
    revoked_at: datetime | None = None
    id: str = field(default="", compare=False)

    def state(self, at: datetime) -> State:
        """Return where it stands: it ends by itself, whether or not anybody has noted it."""
        if self.revoked_at is not None and self.revoked_at <= at:
            return State.REVOKED
        if self.until <= at:
            return State.EXPIRED
        if self.confirmed_at is None or max(self.confirmed_at, self.starts) > at:
            return State.GRANTED
        return State.CONFIRMED

    def allows(self, act: Act, about: About, at: datetime) -> bool:
        """Tell whether the holder may do this now. Whoever may do anything with a thing may see it."""
        named = act in self.acts or (act is Act.FOLLOW and bool(self.acts))
        return named and self.state(at) is State.CONFIRMED and self.scope.covers(about)


def allowing(mandates: Iterable[Mandate], act: Act, about: About, at: datetime) -> Mandate | None:
    """Return the mandate by which an act may be done; of several, the one that ends last. None when there is none."""
    found = [one for one in mandates if one.allows(act, about, at)]
    return max(found, key=lambda one: (one.until, one.id), default=None)


def may(mandates: Iterable[Mandate], act: Act, about: About, at: datetime) -> bool:
    """Tell whether any of the mandates lets its holder do the act on this at this moment."""
    return allowing(mandates, act, about, at) is not None


def end_of(day: date) -> datetime:
    """Return the moment at which a mandate that lasts through this day ends: its midnight."""
    return datetime.combine(day + timedelta(days=1), time(), ZONE)
