"""Erases what somebody asked to be erased, when an official grants it: as every night, but without waiting for the months.

What goes is what the night would take one day, by classes whose time is confirmed. What a law keeps – classes
without a confirmed time, registers, issued results, the history – stays, and the answer says so. Nothing goes of a
dossier that is being handled, or is held.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils.translation import get_language, gettext

from motcua.dossiers.models import Dossier as Row
from motcua.exchange.rules import DATA_ERASED
from motcua.identity.queries import opened_by
from motcua.journeys.erasing import classes_in, erase_of_dossier
from motcua.journeys.informing_receivers import tell_receivers
from motcua.notices.forgetting import wipe_about
from motcua.privacy import erasures
from motcua.privacy.models import Request
from motcua.privacy.rules.refusals import DossierHeld, NothingToErase, StillUnderWay
from motcua.procedures.queries import by_digest
from motcua.procedures.rules.procedure import Procedure
from motcua.procedures.rules.retention import Retention, RetentionClass, retention

REGISTERS, MESSAGES = "registers", "notices"
Done = dict[str, Any]
"""What became of one dossier, as the request keeps it: `code`, `fate`, counts, the classes it keeps; no content."""


@dataclass(frozen=True)
class Fate:
    """What would become of one dossier: the classes that go, those a law keeps, and by which hold it is kept."""

    row: Row
    procedure: Procedure
    goes: tuple[RetentionClass, ...]
    stays: tuple[RetentionClass, ...]
    held: str = ""

    @property
    def kind(self) -> str:
        """Return `erased`, or why not: `under_way`, `held`, `kept`."""
        if self.row.ended_at is None:
            return "under_way"
        if self.held:
            return "held"
        return "erased" if self.goes else "kept"


def rows_of(request: Request, *, lock: bool = False) -> list[Row]:
    """Return the dossiers a request is about, at the office that was asked: the one it names, or all that its sign-in opens.

    Whoever has a person's phone alone has nothing erased, or told of, that VNeID filed.
    """
    opened = opened_by(request.account)
    rows = Row.objects.filter(account__in=opened, agency_id=request.agency_id)
    if request.subject:
        rows = rows.filter(code=request.subject)
    rows = (
        rows.select_related("version").defer("version__content", "version__guides").order_by("-pk")
    )
    return list(rows.select_for_update(of=("self",)) if lock else rows)


def fates(request: Request, *, lock: bool = False) -> list[Fate]:
    """Return what granting an erasure would do to each dossier; three queries."""
    rows = rows_of(request, lock=lock)
    known = retention(settings.RETENTION_CONFIRMED)
    codes = [row.code for row in rows]
    gone, held = erasures.classes_gone(codes), erasures.holds(codes)
    return [_fate(row, known, gone.get(row.code, frozenset()), held) for row in rows]


def _fate(row: Row, known: Retention, gone: frozenset[str], held: Mapping[str, str]) -> Fate:
    procedure = by_digest(row.version.digest).procedure
    # The procedure's own class takes all that is left: it comes last.
    names = sorted(classes_in(procedure) - gone, key=lambda name: (name == procedure.keeps, name))
    classes = [known.classes[name] for name in names if name in known.classes]
    return Fate(
        row,
        procedure,
        goes=tuple(one for one in classes if known.erases(one.id)),
        stays=tuple(one for one in classes if not known.erases(one.id)),
        held=held.get(row.code, ""),
    )


def grant(request: Request, *, wholly: bool, at: datetime) -> list[Done]:
    """Erase what no law keeps, and return what became of each dossier; in the transaction of the answer.

    `wholly`: of all of them; else what cannot be erased now is passed over. Raises StillUnderWay, DossierHeld where
    all were meant; NothingToErase where nothing goes at all.
    """
    found = fates(request, lock=True)
    if wholly:
        _all_must_go(found)
    if not any(one.kind == "erased" for one in found):
        raise NothingToErase
    return [_erased(one, request.number, at) for one in found]


def _all_must_go(found: list[Fate]) -> None:
    under_way = [one.row.code for one in found if one.kind == "under_way"]
    if under_way:
        raise StillUnderWay(codes=", ".join(under_way))
    held = [one.held for one in found if one.kind == "held"]
    if held:
        raise DossierHeld(reason=held[0])


def _erased(one: Fate, number: str, at: datetime) -> Done:
    done: Done = {
        "code": one.row.code,
        "fate": one.kind,
        "keeps": [kept.id for kept in one.stays],
        "held": one.held,
    }
    if one.kind != "erased":
        return done
    went = [
        erase_of_dossier(row=one.row, procedure=one.procedure, one=kept, at=at, asked=number)
        for kept in one.goes
    ]
    key = f"erased:{number}:{one.row.code}"
    return done | {
        "told": tell_receivers(one.row.code, DATA_ERASED, key=key, at=at),
        "answers": sum(len(part.fields) for part in went),
        "files": sum(len(part.files) for part in went),
        "messages": wipe_about(subject=one.row.code),
        "whole": any(kept.id == one.procedure.keeps for kept in one.goes),
    }


def told(done: list[Done]) -> list[str]:
    """Return in plain words what was erased, what stays, and by which law: for the letter and the pages."""
    lines = [line for one in done for line in _told(one)]
    return [*lines, _registers()] if any(one["fate"] == "erased" for one in done) else lines


def _told(one: Done) -> list[str]:
    words = {
        "under_way": gettext(
            "Hồ sơ {code} đang được giải quyết nên chưa xóa. Khi hồ sơ kết thúc hoặc đã rút, hãy yêu cầu lại."
        ),
        "held": gettext("Hồ sơ {code} đang được giữ lại nên chưa xóa: {held}."),
        "kept": gettext("Hồ sơ {code}: không còn gì xóa được."),
        "restricted": gettext(
            "Hồ sơ {code}: đã hạn chế sử dụng dữ liệu; ai cần xem phải ghi lý do."
        ),
        "erased": gettext(
            "Hồ sơ {code}: đã xóa {answers} mục đã khai, {files} trang giấy tờ, {messages} tin nhắn đã gửi."
        ),
    }
    lines = [words[one["fate"]].format(**one)]
    if one.get("whole"):
        lines.append(
            gettext("Hồ sơ {code}: tên, ghi chú và lời ghi về quý vị cũng đã xóa.").format(**one)
        )
    if one.get("told"):
        lines.append(
            gettext("Hồ sơ {code}: đã báo {told} cơ quan từng nhận dữ liệu biết việc xóa.").format(
                **one
            )
        )
    if one["fate"] in ("erased", "kept"):
        lines += [_stays(one["code"], name) for name in one["keeps"]]
    return lines


def _stays(code: str, name: str) -> str:
    known = retention().classes[name]
    words = gettext("Hồ sơ {code}: vẫn giữ phần “{name}”, vì luật buộc lưu trữ ({ground}).")
    return words.format(code=code, name=known.name.to(get_language() or "vi"), ground=known.ground)


def _registers() -> str:
    known = retention().classes[REGISTERS]
    words = gettext(
        "Sổ đăng ký, kết quả đã cấp và nhật ký các việc đã làm vẫn được giữ theo luật ({ground})."
    )
    return words.format(ground=known.ground)
