"""Prints leaflets: what the facts say, laid out by the templates of the catalogue."""

from collections.abc import Callable
from dataclasses import asdict
from functools import lru_cache
from typing import Any

from django.utils.translation import gettext

from motcua.documents.papers import make_paper
from motcua.journeys.leaflets.facts import Facts, FeeLine, Link, Papers
from motcua.journeys.leaflets.pictures import picture_place
from motcua.journeys.leaflets.speech import script
from motcua.journeys.leaflets.writing import (
    Kind,
    after_words,
    amount_words,
    beware_words,
    case_title,
    fee_lines,
    labels,
    minutes_words,
    papers_note,
    replaced_words,
)

_TEMPLATES: dict[Kind, str] = {"guide": "to-roi", "poster": "ap-phich", "broadcast": "phat-thanh"}
_MOST_CODES = 4
_KEPT = 64


@lru_cache(maxsize=_KEPT)
def pdf(kind: Kind, told: Facts) -> bytes:
    """Return a leaflet as a tagged PDF, in the language of the facts, which must be the active one.

    The last ones made are kept: the same question on the same day is answered without work.
    """
    return make_paper(_TEMPLATES[kind], _shared(told) | _DATA[kind](told))


def _shared(told: Facts) -> dict[str, Any]:
    """Return what every template shows: whose sheet it is, whom to ask, the words."""
    office = told.office
    return {
        "language": told.language,
        "words": labels(),
        "commune": told.commune,
        "committee": office.name,
        "desk": office.unit,
        "head-note": gettext("Mã thủ tục {code}").format(code=told.code),
        "foot": gettext(
            "Theo quy định đang có hiệu lực ngày {day}. Xem bản mới nhất: {url}"
        ).format(day=f"{told.day:%d/%m/%Y}", url=_bare(told.service.url)),
        "name": told.name,
        "support": {
            "name": office.support_name,
            "phone": office.support_phone,
            "hours": office.support_hours,
            "address": office.address,
        },
    }


def _guide(told: Facts) -> dict[str, Any]:
    named = labels()
    return {
        "short": told.short,
        "audience": told.audience,
        "level-note": told.level_note,
        "service": _code(told.service),
        "account": _code(told.account),
        "account-note": gettext(
            "Quét mã này: tạo tài khoản bằng số điện thoại, hoặc đăng nhập bằng VNeID."
        ),
        "tiles": _tiles(told),
        "papers": [_papers(group) for group in told.papers],
        "papers-note": papers_note(told),
        "fees": [_fee(fee) for fee in told.fees],
        "no-fees": named["no_fees"],
        "results": told.results,
        "steps": [asdict(s) | {"picture": picture_place(told.slug, s.picture)} for s in told.steps],
        "stumbles": told.stumbles,
        "after": after_words(told),
        "beware": beware_words(),
    }


def _tiles(told: Facts) -> list[dict[str, str]]:
    """Return the three numbers that people ask for first."""
    return [
        {
            "title": gettext("Khi nào nộp"),
            "main": gettext("Bất cứ lúc nào"),
            "small": gettext("kể cả ban đêm, ngày nghỉ; {how}").format(how=told.sign_in),
        },
        {
            "title": gettext("Thời gian khai"),
            "main": gettext("{n} phút").format(n=told.minutes),
            "small": gettext("dừng lúc nào cũng được, khai tiếp sau"),
        },
        {
            "title": gettext("Thời gian giải quyết"),
            "main": told.limit,
            "small": gettext("kể từ khi hồ sơ được tiếp nhận"),
        },
    ]


def _papers(group: Papers) -> dict[str, Any]:
    items = [
        {"name": paper.name, "help": paper.help, "replaced": replaced_words(paper.replaced_by)}
        for paper in group.items
    ]
    return {"case": case_title(group), "items": items}


def _fee(fee: FeeLine) -> dict[str, Any]:
    return {"name": fee.name, "amount": amount_words(fee), "lines": fee_lines(fee)}


def _poster(told: Facts) -> dict[str, Any]:
    links = [told.account, told.service, *told.linked][:_MOST_CODES]
    return {
        "headline": labels()["headline" if told.whole else "headline_partial"],
        "sub": gettext(
            "Mở máy ảnh điện thoại, đưa vào mã QR, làm theo từng bước. Không phải chờ đến giờ hành chính."
        ),
        "codes": [_code(link) for link in links],
        "steps": [asdict(step) for step in (told.steps[1], told.steps[3], told.steps[4])],
    }


def _broadcast(told: Facts) -> dict[str, Any]:
    spoken = script(told)
    note = gettext("Đọc chậm, rõ, {minutes}. Nghỉ một nhịp sau mỗi đoạn.")
    return {
        "headline": gettext("Bài phát thanh: {name}").format(name=told.name),
        "note": note.format(minutes=minutes_words(spoken)),
        "paragraphs": spoken.paragraphs,
    }


_DATA: dict[Kind, Callable[[Facts], dict[str, Any]]] = {
    "guide": _guide,
    "poster": _poster,
    "broadcast": _broadcast,
}


def _code(link: Link) -> dict[str, str]:
    return {"title": link.title, "url": link.url, "qr_text": link.url}


def _bare(url: str) -> str:
    return url.split("://", maxsplit=1)[-1]
