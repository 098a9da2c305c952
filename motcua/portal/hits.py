"""What was found, as the pages show it: doors, why each fits, and by what it can be narrowed."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext

from motcua.agencies.rules.codes import CodeList, code_list
from motcua.kernel.vietnamese import fold
from motcua.portal.pages import language
from motcua.procedures.models import Listing
from motcua.procedures.rules.search.matching import Reason
from motcua.procedures.rules.texts import said
from motcua.procedures.search import Filters, Finding, Hit

MOST_REASONS = 2


def cards(rows: Iterable[Listing]) -> list[dict[str, str]]:
    """Return services as doors."""
    spoken = language()
    return [
        {
            "title": said(row.name, spoken),
            "text": said(row.short, spoken),
            "note": level_words(row.level),
            "href": address_of(row),
        }
        for row in rows
    ]


def address_of(row: Listing) -> str:
    """Return where a row leads: to the service, or to what is told about it."""
    if row.slug:
        return reverse("portal:service", args=[row.slug])
    return reverse("portal:information", args=[row.code])


def level_words(level: str) -> str:
    """Return what a level of service means for the person, with the older label (R1, R2, R4)."""
    return {
        "full": gettext("Toàn trình – không phải đến cơ quan (trước đây: mức độ 4)"),
        "partial": gettext("Một phần – nộp trên mạng, nhận kết quả tại quầy (trước đây: mức độ 3)"),
    }[level]


def hit_views(found: Finding) -> list[dict[str, Any]]:
    """Return what was found as doors that say why they fit."""
    return [_hit_view(hit) for hit in found.hits]


def _hit_view(hit: Hit) -> dict[str, Any]:
    spoken, row = language(), hit.row
    return {
        "title": said(row.name, spoken),
        "text": said(row.short, spoken),
        "code": row.code,
        "note": _note(row),
        "href": address_of(row),
        "offered": bool(row.slug),
        "why": _why(hit.reasons[:MOST_REASONS]),
        # Records speak Vietnamese only.
        "lang": "" if row.slug or spoken == "vi" else "vi",
    }


def _note(row: Listing) -> str:
    """Return how it is filed, and whether organisations may."""
    how = _labels("level")[row.level]
    return f"{how}. {gettext('Tổ chức nộp được')}" if row.organisations else how


def _why(reasons: Sequence[Reason]) -> str:
    told = "; ".join(_reason_words(reason) for reason in reasons)
    return gettext("Tìm thấy vì {reasons}").format(reasons=told) if told else ""


def _reason_words(reason: Reason) -> str:
    if reason.means and fold(reason.means) not in fold(reason.found):
        return gettext("“{typed}” là “{found}”").format(typed=reason.found, found=reason.means)
    return {
        "code": gettext("đúng mã {found}"),
        "old_code": gettext("mã trước đây là {found}"),
        "name": gettext("tên có “{found}”"),
        "keyword": gettext("từ khóa “{found}”"),
        "agency": gettext("nơi làm, người làm: “{found}”"),
        "text": gettext("giấy tờ, kết quả hoặc lĩnh vực có nhắc đến"),
    }[reason.where].format(found=reason.means or reason.found)


def facets(found: Finding, filters: Filters, keys: Mapping[str, str]) -> list[dict[str, Any]]:
    """Return the ways to narrow, each choice with how much it would leave."""
    labels = {
        "life_event": gettext("Sự kiện"),
        "field": gettext("Lĩnh vực"),
        "ministry": gettext("Bộ, ngành"),
        "level": gettext("Cách nộp"),
    }
    return [
        {
            "name": keys[name],
            "label": label,
            "options": _choices(name, found.counts.get(name, {}), getattr(filters, name)),
        }
        for name, label in labels.items()
    ]


def _choices(name: str, counts: Mapping[str, int], chosen: str) -> list[dict[str, Any]]:
    return [
        {"value": code, "label": label, "count": counts.get(code, 0), "selected": code == chosen}
        for code, label in _labels(name).items()
        if counts.get(code) or code == chosen
    ]


def _labels(name: str) -> dict[str, str]:
    if name == "level":
        return {
            "full": gettext("Nộp trực tuyến toàn trình"),
            "partial": gettext("Nộp trực tuyến một phần"),
            "info": gettext("Hướng dẫn – nộp ở nơi khác"),
        }
    lists = {"life_event": "life_events", "field": "fields_of_law", "ministry": "ministries"}
    return _labels_of(code_list(lists[name]))


def _labels_of(listed: CodeList) -> dict[str, str]:
    return {row.code: row.label(language()) for row in listed.rows}
