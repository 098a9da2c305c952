"""Form 06 (phiếu kiểm soát quá trình giải quyết hồ sơ): the way of a dossier, for the office alone."""

from collections.abc import Callable, Sequence
from datetime import datetime

from django.utils.timezone import localtime

from motcua.agencies.queries import agency
from motcua.documents.papers import make_paper
from motcua.dossiers.models import Dossier as Row
from motcua.dossiers.models import Handover
from motcua.dossiers.rules import events as e
from motcua.dossiers.rules.evolve import fold
from motcua.journeys.forms.listing import Form
from motcua.journeys.forms.moves import Stay, stays
from motcua.journeys.forms.sets import template
from motcua.journeys.results import letterhead
from motcua.journeys.tracking_address import tracking_url
from motcua.procedures.queries import by_digest

OfLeg = Callable[[str], bool]
"""Whether a part of the dossier may be seen; the whole has no name."""


def draw_control_sheet(
    row: Row, history: Sequence[e.Event], form: Form, *, sees: OfLeg, subject_seen: bool
) -> bytes:
    """Return the sheet as a PDF, as of the form's event; a linked agency's shows its own parts. Two queries."""
    law = by_digest(row.version.digest).procedure
    upto = history[: form.seq]
    dossier = fold(upto)
    office = agency(dossier.agency)
    desk = office.unit_name or office.name
    held = [stay for stay in stays(upto, law.plan, desk) if sees(_leg_of(stay))]
    data = {
        "agency": letterhead(office, form.at),
        "at": _iso(form.at),
        "code": row.code,
        "qr_text": tracking_url(row.code),
        "subject": row.subject_name if subject_seen else "",
        "procedure": {"code": law.code, "name": law.name.vi},
        "received_at": _iso(dossier.clock.received_at),
        "due_at": _iso(dossier.clock.due),
        "finished_at": _iso(dossier.finished_at or dossier.ended_at),
        "stays": [
            _row(stay, law.plan.stage(stay.leg).name.vi if stay.leg in dossier.legs else "")
            for stay in held
        ],
        "hands": [_hand(hand) for hand in _hands(row, form.at) if sees(hand.leg)],
    }
    return make_paper(template("control", law), data, at=form.at)


def _leg_of(stay: Stay) -> str:
    """Return the part a stay is about; handing over a result is the receiving office's: the whole."""
    return "" if stay.leg.startswith("=") else stay.leg


_VERDICTS = {"": "", "early": "Trước hạn", "on_time": "Đúng hạn", "late": "Quá hạn"}


def _row(stay: Stay, part: str) -> dict[str, str | bool]:
    return {
        "part": part,
        "holder": stay.holder,
        "task": stay.task,
        "person": stay.person,
        "since": _iso(stay.since),
        "until": _iso(stay.until),
        "due": _iso(stay.due),
        "verdict": _VERDICTS[stay.verdict],
        "late": stay.verdict == "late",
        "note": stay.note,
    }


def _hands(row: Row, until: datetime) -> list[Handover]:
    found = Handover.objects.filter(dossier=row, at__lte=until).order_by("pk")
    return list(found.select_related("from_official", "to_official", "agency"))


_DOINGS = {
    Handover.Doing.CLAIM: "Nhận việc",
    Handover.Doing.RELEASE: "Trả việc về bộ phận",
    Handover.Doing.ASSIGN: "Phân công",
    Handover.Doing.TAKE_OVER: "Nhận thay",
    Handover.Doing.CARRY: "Tiếp tục giữ",
}


def _hand(hand: Handover) -> dict[str, str]:
    return {
        "at": _iso(hand.at),
        "doing": _DOINGS[Handover.Doing(hand.doing)],
        "from": hand.from_official.full_name if hand.from_official else "",
        "to": hand.to_official.full_name if hand.to_official else "",
        "agency": hand.agency.name,
        "why": hand.reason,
    }


def _iso(moment: datetime | None) -> str:
    return localtime(moment).isoformat(timespec="seconds") if moment else ""
