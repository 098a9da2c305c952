"""Watching over VNeID: looked at by the worker, told to whoever runs the installation before people notice."""

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.utils.timezone import localtime
from django.utils.translation import gettext

from motcua.identity import provider_state
from motcua.identity.provider_state import ProviderState
from motcua.notices import operations as notices
from motcua.notices.operations import Recipient
from motcua.toolkit import jobs
from motcua.toolkit.clock import now

log = logging.getLogger(__name__)
PATIENCE = timedelta(minutes=10)
"""So long it may be silent before anybody is woken; people are told at once."""


@dataclass(frozen=True)
class Alarm:
    """What whoever runs the installation is told, once for each key."""

    key: str
    what: str
    todo: str


@jobs.every("*/2 * * * *")
@jobs.job(name="journeys.watch_provider", attempts=1)
def watch(*, timestamp: int) -> None:
    """Look at the identity provider and raise what alarms are due."""
    del timestamp
    look_and_tell(now())


def look_and_tell(at: datetime) -> ProviderState:
    """Look at the provider; each alarm is logged, and written once to each of ALARM_EMAIL."""
    state = provider_state.look(at)
    for alarm in alarms(state):
        log.warning("identity provider", extra={"alarm": alarm.key})
        for place, address in enumerate(settings.ALARM_EMAIL):
            _write(alarm, f"{alarm.key}:{place}", address, at)
    return state


def alarms(state: ProviderState) -> Iterator[Alarm]:
    """Yield what is due: silence of ten minutes, clocks apart, a certificate 30, 7 and 1 days before its end."""
    since, ends = state.down_since, state.certificate_ends
    if since and state.looked_at - since >= PATIENCE:
        what = gettext("VNeID không dùng được từ {when}").format(when=_moment(since))
        todo = gettext("Xem kết nối ra ngoài và thông báo của VNeID; lý do ghi nhận: {why}.")
        yield Alarm(f"vneid:down:{since:%Y%m%d%H%M}", what, todo.format(why=state.why))
    if state.clocks_differ:
        what = gettext("Đồng hồ máy chủ lệch VNeID {n} giây").format(n=state.clock_ahead_seconds)
        todo = gettext("Chỉnh giờ máy chủ (NTP): lệch quá 10 phút thì không ai đăng nhập được.")
        yield Alarm(f"vneid:clock:{state.looked_at:%Y%m%d}", what, todo)
    if ends and state.warning:
        what = gettext("Chứng thư TLS của VNeID hết hạn {when}").format(when=_moment(ends))
        todo = gettext("Hỏi đơn vị vận hành VNeID xem đã gia hạn chưa. Còn không quá {n} ngày.")
        key = f"vneid:certificate:{ends:%Y%m%d}:{state.warning}"
        yield Alarm(key, what, todo.format(n=state.warning))


def _moment(moment: datetime) -> str:
    return f"{localtime(moment):%H:%M %d/%m/%Y}"


def _write(alarm: Alarm, key: str, address: str, at: datetime) -> None:
    notices.send(
        key=key,
        to=Recipient(email=address),
        template="provider_alarm",
        data={"what": alarm.what, "todo": alarm.todo, "url": f"{settings.BASE_URL}/healthz/vneid"},
        subject="",
        at=at,
    )
