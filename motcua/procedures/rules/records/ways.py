"""The table of channels, times and fees of a national record, taken apart (cách thức thực hiện)."""

import re

from motcua.kernel.vietnamese import fold
from motcua.procedures.rules.records.page import Channel, Unit, Way
from motcua.procedures.rules.records.prose import blocks, one_line

_HEAD = "Hình thức nộpThời gianPhí, lệ phíMô tả"
_CHANNELS: dict[str, Channel] = {
    "Trực tuyến": "online", "Dịch vụ bưu chính": "post", "Trực tiếp": "counter",
}  # fmt: skip
_UNITS: dict[str, Unit] = {
    "Ngày làm việc": "working_days", "Ngày": "days", "Giờ làm việc": "working_hours",
    "Giờ": "hours", "Tháng": "months",
}  # fmt: skip
_MONEY = r"[\d,.]+ (?:VNĐ|Việt Nam Đồng|USD|EUR)"
_UNSAID = "Không có thông tin"
# A time without unit glued to an amount ("120 VNĐ") cannot be told from it: then both are unsaid.
_START = re.compile(
    rf"(?P<channel>{'|'.join(_CHANNELS)})"
    rf"(?:(?P<time>\d+) (?P<unit>{'|'.join(_UNITS)})(?P<fee>Miễn phí|{_UNSAID}|{_MONEY})"
    rf"|(?P<bare>\d+)(?P<fee2>Miễn phí|{_UNSAID})"
    rf"|{_UNSAID}(?P<fee3>Miễn phí|{_UNSAID}|{_MONEY})"
    rf"|(?P<glued>{_MONEY}))"
)
_AMOUNT_IN_WORDS = re.compile(r"\d[\d.,]*\s*(?:d\b|dong|vnd)|muc (?:le phi|thu|phi)|theo quy dinh")
LEAST_BELIEVED = 1000
"""Đồng. Records that wrote 20.000 were read as 20 somewhere on the way."""


def read_ways(text: str) -> tuple[Way, ...]:
    """Return one row a channel and fee, in the order of the record; nothing where it cannot be read."""
    line = one_line(text).removeprefix(_HEAD)
    starts = list(_START.finditer(line))
    if not starts or starts[0].start():
        return ()
    ends = [*(start.start() for start in starts[1:]), len(line)]
    return tuple(
        _way(start, line[start.end() : end]) for start, end in zip(starts, ends, strict=True)
    )


def _way(start: re.Match[str], rest: str) -> Way:
    fee_note, note = _bracketed(rest)
    time = start["time"] or start["bare"]
    amount, currency = _amount(start["fee"] or start["fee2"] or start["fee3"] or "", fee_note)
    return Way(
        channel=_CHANNELS[start["channel"]],
        time=int(time) if time else None,
        unit=_UNITS[start["unit"]] if start["unit"] else "unsaid",
        fee=amount,
        currency=currency,
        fee_note=fee_note,
        note=blocks(note),
    )


def _bracketed(rest: str) -> tuple[str, str]:
    """Return the remark on the fee, which stands in brackets, and what follows it."""
    if not rest.startswith("("):
        return "", rest
    depth = 0
    for place, letter in enumerate(rest):
        depth += (letter == "(") - (letter == ")")
        if depth == 0:
            return one_line(rest[1:place].strip("() ") if place else ""), rest[place + 1 :]
    return one_line(rest.strip("() ")), ""


def _amount(fee: str, note: str) -> tuple[int | None, str]:
    """Return the amount and its currency; None where the record's own remark says otherwise.

    “Miễn phí” with an amount in the remark means only that no figure was stored.
    """
    if fee == "Miễn phí":
        return (None if _AMOUNT_IN_WORDS.search(fold(note)) else 0), "VND"
    digits, _, unit = fee.partition(" ")
    if not unit or fee == _UNSAID:
        return None, "VND"
    amount = int(re.sub(r"[,.]", "", digits) or 0)
    currency = unit if unit in ("USD", "EUR") else "VND"
    believed = currency != "VND" or amount >= LEAST_BELIEVED
    return (amount if believed else None), currency
