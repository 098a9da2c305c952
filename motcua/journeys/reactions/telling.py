"""Tells the applicant what happened, by SMS and email, once per event."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.utils.timezone import localtime

from motcua.agencies.queries import agency
from motcua.agencies.rules.codes import code_list
from motcua.dossiers.models import Dossier as Row
from motcua.dossiers.news import Happened, on
from motcua.dossiers.queries import row as row_of
from motcua.dossiers.rules import events as e
from motcua.dossiers.rules.facts import Fault, FeeLine
from motcua.help.rules.opinions import Kind
from motcua.journeys.extending import REASONS
from motcua.journeys.opinions import opinion_url
from motcua.journeys.tracking_address import tracking_url
from motcua.kernel import money
from motcua.notices import operations as notices
from motcua.notices.operations import Recipient
from motcua.procedures.queries import Published, by_digest


def _tell(item: Happened[e.Event], template: str, **data: Any) -> None:
    _send(item.row, item.published, template, f"{item.key}:{template}", item.event.at, **data)


def _send(
    row: Row, published: Published, template: str, key: str, at: datetime, **data: Any
) -> None:
    office = row.agency
    notices.send(
        key=key,
        to=Recipient(row.phone, row.email, row.language),
        template=template,
        data={
            "code": row.code,
            "tracking_url": tracking_url(row.code),
            "support": f"{office.support_name}, {office.support_phone}",
            "procedure": published.procedure.name.to(row.language),
            **data,
        },
        subject=row.code,
        at=at,
    )


def when(moment: datetime | None) -> str:
    """Return a moment as messages write it, empty when there is none."""
    return f"{localtime(moment):%H:%M %d/%m/%Y}" if moment else ""


def _words(faults: Iterable[Fault]) -> str:
    return "; ".join(f"{fault.text} {fault.how}".strip() for fault in faults)


def _listed(faults: Iterable[Fault]) -> str:
    """Return each reason on a line of its own: what is wrong, how to mend it, and by which law."""
    lines = [(fault.text.rstrip(". "), fault.how, fault.basis) for fault in faults]
    return "\n".join(
        f"- {text}. {how}".strip() + (f" ({basis})" if basis else "") for text, how, basis in lines
    )


@on(e.Submitted)
def submitted(item: Happened[e.Submitted]) -> None:
    """Filed: the code, and what comes next."""
    _tell(item, "submitted")


@on(e.Received)
def received(item: Happened[e.Received]) -> None:
    """Taken in: the promised date; and the fee, where one is open."""
    _tell(item, "received", promised=when(item.dossier.clock.due))
    _ask_for_money(item, item.dossier.unpaid)


def _ask_for_money(item: Happened[e.Event], fees: Iterable[FeeLine]) -> None:
    for fee in fees:
        _send(
            item.row, item.published, "fee_due", f"{item.key}:fee_due:{fee.id}", item.event.at,
            amount=money.show(fee.amount), title=fee.name,
        )  # fmt: skip


@on(e.Declined)
def declined(item: Happened[e.Declined]) -> None:
    """Not taken in; or returned after appraisal, refused as a whole."""
    template = "returned" if item.dossier.clock.received_at else "declined"
    _tell(item, template, reason=_words(item.dossier.faults))


@on(e.SupplementAsked)
def supplement_asked(item: Happened[e.SupplementAsked]) -> None:
    """Something is to be supplied; after a first refusal, something may be mended."""
    event = item.event
    if event.refused:
        what = item.law.procedure.plan.stage(event.leg).name.to(item.row.language)
        agency, reason = item.dossier.leg(event.leg).agency_name, _words(event.faults)
        deadline = when(event.until)
        _tell(item, "leg_reopened", what=what, agency=agency, reason=reason, deadline=deadline)
        return
    _tell(item, "supplement_asked", what=_listed(event.faults), deadline=when(event.until))


@on(e.Supplemented)
def supplemented(item: Happened[e.Supplemented]) -> None:
    """What was supplied has arrived."""
    _tell(item, "supplement_received")


@on(e.StepTaken)
def draft_to_confirm(item: Happened[e.StepTaken]) -> None:
    """A draft waits for the applicant's look; silence agrees."""
    event = item.event
    if not event.next:
        return
    stage = item.law.procedure.plan.stage(event.leg)
    if stage.step(event.next).kind == "confirm":
        _tell(
            item,
            "draft_to_confirm",
            paper=stage.name.to(item.row.language),
            deadline=when(event.until),
        )


@on(e.LegDone)
def leg_done(item: Happened[e.LegDone]) -> None:
    """One agency has finished its part."""
    event = item.event
    leg = item.dossier.leg(event.leg)
    what = item.law.procedure.plan.stage(event.leg).name.to(item.row.language)
    _tell(item, "leg_done", what=what, agency=leg.agency_name)


@on(e.LegRefused)
def leg_refused(item: Happened[e.LegRefused]) -> None:
    """One agency refused its part; the others go on."""
    event = item.event
    leg = item.dossier.leg(event.leg)
    what = item.law.procedure.plan.stage(event.leg).name.to(item.row.language)
    _tell(item, "leg_refused", what=what, agency=leg.agency_name, reason=_words(event.faults))


@on(e.FeeSettled)
def fee_paid(item: Happened[e.FeeSettled]) -> None:
    """The money is there."""
    event = item.event
    _tell(item, "fee_paid", amount=money.show(event.amount), receipt=event.reference)


@on(e.Extended)
def extended(item: Happened[e.Extended]) -> None:
    """The promised date moved: both dates, why, and the apology."""
    event, reasons = item.event, code_list(REASONS)
    _tell(
        item, "extended", was=when(event.was), due=when(event.due), text=event.text,
        reason=reasons.label(event.reason, item.row.language),
    )  # fmt: skip


@on(e.Recounted)
def recounted(item: Happened[e.Recounted]) -> None:
    """The calendar moved a date they go by: both dates and why; a part's own date is no news for the applicant."""
    event = item.event
    if event.due != event.was:
        _tell(item, "recounted", was=when(event.was), due=when(event.due), reason=event.reason)
    for moved in event.others:
        if moved.what in ("supplement", "confirm"):
            _send(
                item.row, item.published, "more_time", f"{item.key}:more_time:{moved.of}", event.at,
                what=moved.what, was=when(moved.was), due=when(moved.due), reason=event.reason,
            )  # fmt: skip


@on(e.Transferred)
def transferred(item: Happened[e.Transferred]) -> None:
    """Another office goes on with it: who, in whose place, by which decision; an archive moves without a word."""
    event, here = item.event, item.dossier.agency
    was = next((code for code, office in event.offices.items() if office.agency == here), "")
    if was and item.dossier.ended_at is None:
        told = {"was": agency(was).name, "agency": event.offices[was].agency_name}
        _tell(item, "transferred", **told, decision=event.decision)


@on(e.Withdrawn)
def withdrawn(item: Happened[e.Withdrawn]) -> None:
    """Taken back."""
    _tell(item, "withdrawn")


@on(e.Stopped)
def stopped(item: Happened[e.Stopped]) -> None:
    """It cannot go on."""
    _tell(item, "stopped", reason=_words(item.dossier.faults))


@on(e.Finished)
def result_ready(item: Happened[e.Finished]) -> None:
    """All parts are over: what there is, and how it comes."""
    results = {result.id: result for result in item.published.procedure.results}
    ready = [
        f"{results[promised.id].name.to(item.row.language)}"
        for promised in item.dossier.promised.values()
        if item.dossier.legs[promised.stage].state == "done"
    ]
    _tell(item, "result_ready", what=", ".join(ready), how=_how(item))
    _ask_for_money(item, item.dossier.owed)


@on(e.Closed)
def opinion_asked(item: Happened[e.Closed]) -> None:
    """It is over with all that belongs to it: one question, answered without a sign-in."""
    _tell(item, "opinion_asked", url=opinion_url(Kind.ENDING, item.row.code))


@on(e.ResultCorrected)
def result_corrected(item: Happened[e.ResultCorrected]) -> None:
    """Another paper stands in the place of one the person may hold."""
    _tell(item, "result_corrected", **_of_result(item))


@on(e.ResultRevoked)
def result_revoked(item: Happened[e.ResultRevoked]) -> None:
    """A paper the person may hold counts no more."""
    _tell(item, "result_revoked", decision=item.event.decision, **_of_result(item))


@on(e.ResultReinstated)
def result_reinstated(item: Happened[e.ResultReinstated]) -> None:
    """It counts again."""
    _tell(item, "result_reinstated", decision=item.event.decision, **_of_result(item))


def _of_result(item: Happened[Any]) -> dict[str, str]:
    event = item.event
    names = {one.id: one.name.to(item.row.language) for one in item.published.procedure.results}
    agency = item.dossier.leg(event.leg).agency_name
    return {"what": names[event.result], "agency": agency, "reason": _words([event.reason])}


def in_the_post(
    *, code: str, result: str, delivery: str, tracking_number: str, at: datetime
) -> None:
    """Tell that a result is with the post, with the number of the letter; once a delivery."""
    row = row_of(code)
    published = by_digest(row.version.digest)
    names = {one.id: one.name.to(row.language) for one in published.procedure.results}
    _send(
        row, published, "result_sent_by_post", f"{delivery}:result_sent_by_post", at,
        what=names[result], tracking_number=tracking_number,
    )  # fmt: skip


def _how(item: Happened[e.Event]) -> str:
    ways = {promised.way for promised in item.dossier.promised.values()}
    words = _WAYS_EN if item.row.language == "en" else _WAYS
    return "; ".join(words[way] for way in ("online", "counter", "post") if way in ways)


_WAYS = {
    "online": "tải trên trang theo dõi",
    "counter": "nhận tại bộ phận một cửa",
    "post": "bưu điện giao tận nơi",
}
_WAYS_EN = {
    "online": "download from the tracking page",
    "counter": "collect at the one-stop desk",
    "post": "delivered by post",
}
