"""Restricting the use of a dossier's data at its person's request, and ending what holds it.

The right to restrict: Luật Bảo vệ dữ liệu cá nhân 91/2025/QH15, Điều 4. A restricted dossier goes on by law; who
looks at its data needs a reason that the restriction leaves open (`catalogue/codes/restricted_reasons.yaml`).
"""

from datetime import datetime
from typing import ClassVar

from motcua.dossiers.rules import acts as a
from motcua.dossiers.rules import events as e
from motcua.dossiers.rules.clock import Law
from motcua.dossiers.rules.dossier import Dossier
from motcua.dossiers.rules.facts import Actor
from motcua.kernel.refusal import Refusal, noop


class HoldWithoutReason(Refusal):
    """A hold is to end, and nobody says why."""

    code: ClassVar[str] = "dossiers.hold-without-reason"
    text: ClassVar[str] = noop("Hãy ghi lý do thôi giữ, bằng lời dễ hiểu: người dân đọc được.")
    status: ClassVar[int] = 400


class DataRestricted(Refusal):
    """Data whose use is restricted are asked for before anybody said what for."""

    code: ClassVar[str] = "dossiers.data-restricted"
    text: ClassVar[str] = noop(
        "Dữ liệu của hồ sơ này đang bị hạn chế sử dụng theo yêu cầu của người dân. "
        "Hãy mở hồ sơ, chọn lý do được phép, bấm hiện tất cả, rồi làm tiếp."
    )
    status: ClassVar[int] = 403


def restrict(law: Law, dossier: Dossier, act: a.Restrict, by: Actor, at: datetime) -> list[e.Event]:
    """Restrict the use of the dossier's data until the hold ends."""
    del law, dossier
    return [e.Restricted(at=at, by=by, request=act.request)]


def end(law: Law, dossier: Dossier, act: a.EndHold, by: Actor, at: datetime) -> list[e.Event]:
    """End what a request holds, and with it its restriction. Raises HoldWithoutReason."""
    del law, dossier
    if not act.reason.strip():
        raise HoldWithoutReason
    return [e.HoldEnded(at=at, by=by, request=act.request, reason=act.reason.strip())]
