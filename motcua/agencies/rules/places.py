"""Administrative units in time: what a place is called, and which of two spellings is meant."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal
from zoneinfo import ZoneInfo

from motcua.agencies.rules.folding import fold, spoken

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
Kind = Literal["province", "commune"]

_SHORT = {
    "tp": "thanh pho", "tx": "thi xa", "tt": "thi tran", "h": "huyen", "q": "quan",
    "p": "phuong", "x": "xa", "t": "tinh", "hcm": "ho chi minh", "tphcm": "thanh pho ho chi minh",
}  # fmt: skip
_TYPES = ("thanh pho", "thi xa", "thi tran", "dac khu", "huyen", "quan", "phuong", "xa", "tinh")


@dataclass(frozen=True, slots=True)
class Unit:
    """A province or commune as it was from `valid_from` until the day before `valid_to`.

    Codes are used again with another meaning (11284 was xã Chi Lăng Nam and is xã Nam Thanh
    Miện since 2025-07-01), so a code means something only together with a day.
    """

    code: str
    kind: Kind
    type: str  # Tỉnh, Thành phố, Xã, Phường, Thị trấn, Đặc khu
    name: str  # without the type: Nam Thanh Miện
    province_code: str
    district: str  # with its type: Huyện Thanh Miện; empty since 2025-07-01
    valid_from: date
    valid_to: date | None

    @property
    def full_name(self) -> str:
        """Return type and name: `Xã Nam Thanh Miện`."""
        return f"{self.type} {self.name}"

    def valid_on(self, day: date) -> bool:
        """Tell whether the unit existed, so named, on that day."""
        return self.valid_from <= day and (self.valid_to is None or day < self.valid_to)


@dataclass(frozen=True, slots=True)
class Successor:
    """What (a part of) an ended unit became; `default` is where most of it went."""

    unit: Unit
    default: bool


@dataclass(frozen=True, slots=True)
class Found:
    """One answer of the place search: always a unit of the day asked for.

    `formerly` is empty, or says in Vietnamese which old unit the person named. With `split`
    that old unit went into several new ones and the person must choose.
    """

    unit: Unit
    full_name: str
    formerly: str
    split: bool


def day_of(at: date | datetime) -> date:
    """Return the calendar day in Viet Nam."""
    return at.astimezone(HANOI).date() if isinstance(at, datetime) else at


def address(unit: Unit, province: Unit | None) -> str:
    """Return the unit's name down to its province: `Xã Nam Thanh Miện, Thành phố Hải Phòng`."""
    parts = [unit.full_name, unit.district]
    if province and unit.kind == "commune":
        parts.append(province.full_name)
    return ", ".join(part for part in parts if part)


def formerly(unit: Unit, province: Unit | None, *, split: bool) -> str:
    """Return the sentence that names an ended unit beside what it became."""
    named = [part[:1].lower() + part[1:] for part in address(unit, province).split(", ")]
    begin = "một phần trước đây thuộc" if split else "trước đây là"
    return f"{begin} {', '.join(named)}"


def search_words(text: str) -> list[str]:
    """Return the folded words of what a person typed, abbreviations written out."""
    return " ".join(_SHORT.get(word, word) for word in fold(text).split()).split()


def without_types(text: str) -> str:
    """Return the folded text without `xã`, `huyện`, `tỉnh`… at the head of its parts.

    A part that is nothing but such words stays (phường Quán Thánh, xã Xã Đàn).
    """
    kept = []
    for part in text.split(","):
        folded = " ".join(search_words(part))
        for word in _TYPES:
            if folded.startswith(f"{word} "):
                folded = folded.removeprefix(f"{word} ")
                break
        kept.append(folded)
    return " ".join(" ".join(kept).split())


def search_key(unit: Unit, provinces: Iterable[Unit]) -> str:
    """Return the folded words under which a unit is found: its types and names downward."""
    above = sorted({province.full_name for province in provinces if province.code != unit.code})
    return fold(" ".join([unit.full_name, unit.district, *above]))


def likeness(text: str, unit: Unit, province: Unit | None) -> float:
    """Return how well what was typed names the unit; higher is better.

    Equal letters count most, then equal diacritics, then being a unit of today. Whoever types an old name and nothing
    else means that one, not a unit of today that has the same words somewhere.
    """
    whole = address(unit, province)
    key, full_key = without_types(whole), fold(whole)
    bare, typed = without_types(text), " ".join(search_words(text))
    near = max(_similarity(bare, key), _similarity(typed, key), _similarity(typed, full_key))
    named = _begins(key, bare) or _begins(full_key, typed) or _begins(bare, fold(unit.name))
    begins = 0.3 if named else 0.0
    accents = 0.1 if spoken(unit.name) in spoken(text) else 0.0
    exact = 0.2 if fold(unit.full_name) == typed else 0.0
    alone = 0.3 if fold(unit.name) == bare else 0.0
    return near + begins + accents + exact + alone + (0.25 if unit.valid_to is None else 0.0)


def _begins(text: str, beginning: str) -> bool:
    return f"{text} ".startswith(f"{beginning} ")


def _similarity(one: str, other: str) -> float:
    """Return the share of trigrams in common, as PostgreSQL's pg_trgm counts them."""
    left, right = _trigrams(one), _trigrams(other)
    return len(left & right) / len(left | right) if left and right else 0.0


def _trigrams(text: str) -> set[str]:
    padded = [f"  {word} " for word in text.split()]
    return {word[i : i + 3] for word in padded for i in range(len(word) - 2)}


def ranked(
    text: str, units: Sequence[tuple[Unit, Unit | None]], limit: int
) -> list[tuple[Unit, Unit | None]]:
    """Return the units that are named best, best first; equal ones in the order of their codes."""
    ordered = sorted(units, key=lambda pair: (-likeness(text, *pair), pair[0].code))
    return ordered[:limit]
