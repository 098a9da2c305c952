"""Reads one file of the national catalogue strictly; what is unsound is refused with its cause."""

import json
import re
from typing import Any

from motcua.procedures.rules.records import prose, tables
from motcua.procedures.rules.records.page import AgencyLevel, RecordPage
from motcua.procedures.rules.records.ways import read_ways

MOST_BYTES = 1024 * 1024
MOST_LETTERS = 300_000
LONGEST_NAME = 2_000
PORTAL = "https://dichvucong.gov.vn/"

_CODE = re.compile(r"\d\.\d{6}")
_MARKUP = re.compile(r"<\s*[/!]?\s*[a-zA-Z][^<>]*>|javascript:|<!--", re.IGNORECASE)
_NO_LETTERS = re.compile("[\x00\ud800-\udfff]")
_SAFE_ADDRESS = re.compile(re.escape(PORTAL) + r"[\w/.?=&%-]*")
_OWN_CODE = re.compile(r"\s*\(\d\.\d{6}\)\s*$")
_NEEDED = ("ma_thu_tuc", "ten_thu_tuc")
_FIELDS = (
    *_NEEDED, "so_quyet_dinh", "cap_thuc_hien", "loai_thu_tuc", "linh_vuc", "doi_tuong_thuc_hien",
    "co_quan_co_tham_quyen", "dia_chi_tiep_nhan", "co_quan_phoi_hop", "trinh_tu_thuc_hien",
    "cach_thuc_thuc_hien", "thanh_phan_ho_so", "can_cu_phap_ly", "co_quan_thuc_hien",
    "yeu_cau_dieu_kien", "ket_qua_xu_ly", "detail_url",
)  # fmt: skip
_LEVELS: dict[str, AgencyLevel] = {
    "Cấp xã": "commune", "Cấp tỉnh": "province", "Cấp bộ": "ministry", "Cơ quan khác": "other",
}  # fmt: skip


class RecordUnsound(ValueError):  # noqa: N818 - named for what is wrong, like refusals
    """A record that cannot be taken in. The text says why."""


def read_record(raw: bytes) -> RecordPage:
    """Return the page of a record's bytes. Raises RecordUnsound."""
    told = _fields(_object(raw))
    return RecordPage(
        code=told["ma_thu_tuc"],
        name=_OWN_CODE.sub("", prose.one_line(told["ten_thu_tuc"])),
        decision=prose.one_line(told["so_quyet_dinh"]),
        field=prose.one_line(told["linh_vuc"]),
        kind=prose.one_line(told["loai_thu_tuc"]),
        levels=_levels(told["cap_thuc_hien"]),
        audience=_parts(told["doi_tuong_thuc_hien"]),
        agencies=_parts(told["co_quan_thuc_hien"]),
        deciding=prose.one_line(told["co_quan_co_tham_quyen"]),
        helping=prose.one_line(told["co_quan_phoi_hop"]),
        reception=prose.blocks(told["dia_chi_tiep_nhan"]),
        steps=prose.blocks(told["trinh_tu_thuc_hien"]),
        conditions=prose.blocks(told["yeu_cau_dieu_kien"]),
        address=told["detail_url"] if _SAFE_ADDRESS.fullmatch(told["detail_url"]) else "",
        **_tables(told),
    )


def _object(raw: bytes) -> dict[str, Any]:
    if len(raw) > MOST_BYTES:
        raise RecordUnsound(f"{len(raw)} bytes – a record has at most {MOST_BYTES}")
    try:
        told = json.loads(raw)
    except (ValueError, RecursionError) as wrong:
        raise RecordUnsound(f"not JSON: {wrong}") from None
    if not isinstance(told, dict):
        raise RecordUnsound("not one record: expected a JSON object")
    return told


def _fields(told: dict[str, Any]) -> dict[str, str]:
    """Return the texts that are read, each checked; what is not known to us is left alone."""
    found = {name: told.get(name) or "" for name in _FIELDS}
    for name, text in found.items():
        _check(name, text)
    for name in _NEEDED:
        if not prose.one_line(found[name]):
            raise RecordUnsound(f"{name} is missing")
    found["ma_thu_tuc"] = found["ma_thu_tuc"].strip()
    if not _CODE.fullmatch(found["ma_thu_tuc"]):
        raise RecordUnsound("ma_thu_tuc is no procedure code – expected D.DDDDDD")
    if len(found["ten_thu_tuc"]) > LONGEST_NAME:
        raise RecordUnsound(f"ten_thu_tuc has more than {LONGEST_NAME} letters")
    return found


def _check(name: str, text: object) -> None:
    if not isinstance(text, str):
        raise RecordUnsound(f"{name} must be a text, not {type(text).__name__}")
    if len(text) > MOST_LETTERS:
        raise RecordUnsound(f"{name} has more than {MOST_LETTERS} letters")
    if _NO_LETTERS.search(text):
        raise RecordUnsound(f"{name} holds letters that are no text")
    if _MARKUP.search(text):
        raise RecordUnsound(f"{name} holds markup or a script – records are plain text")


def _levels(text: str) -> tuple[AgencyLevel, ...]:
    return tuple(level for words, level in _LEVELS.items() if words in text)


def _parts(text: str) -> tuple[str, ...]:
    """Return the items of a list that was joined by commas; commas in brackets join nothing."""
    line = prose.one_line(text)
    return tuple(part for part in (prose.one_line(p) for p in _COMMA.split(line)) if part)


_COMMA = re.compile(r",\s*(?=[A-ZĐƯỦÔÂÊ])(?![^(]*\))")


def _tables(told: dict[str, str]) -> dict[str, Any]:
    """Return each table in rows, or its text where it could not be taken apart."""
    return {
        **_rows_or_text(
            "ways", read_ways(told["cach_thuc_thuc_hien"]), told["cach_thuc_thuc_hien"]
        ),
        **_rows_or_text(
            "instruments",
            tables.read_instruments(told["can_cu_phap_ly"]),
            tables.without_head(told["can_cu_phap_ly"]),
        ),
        "cases": tables.read_cases(told["thanh_phan_ho_so"]),
        "papers_text": tables.papers_left(told["thanh_phan_ho_so"]),
        "outcomes": tables.read_outcomes(told["ket_qua_xu_ly"]),
        "outcomes_text": tables.outcomes_left(told["ket_qua_xu_ly"]),
    }


def _rows_or_text(name: str, rows: tuple[object, ...], text: str) -> dict[str, Any]:
    return {name: rows, f"{name}_text": () if rows else prose.blocks(text)}
