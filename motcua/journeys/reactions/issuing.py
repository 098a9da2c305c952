"""Issues the results of a finished leg: made, signed, kept, and set on their way."""

from collections.abc import Mapping
from typing import Any

from motcua.deliveries import operations as deliveries
from motcua.documents import issuing as documents
from motcua.documents.models import IssuedPaper
from motcua.dossiers.news import Happened, on
from motcua.dossiers.operations import record
from motcua.dossiers.queries import history
from motcua.dossiers.rules import acts as a
from motcua.dossiers.rules import events as e
from motcua.dossiers.rules.facts import SYSTEM
from motcua.dossiers.rules.refusals import NothingToReturn, NotNow
from motcua.journeys.actors import line_above
from motcua.journeys.case import owner_of_dossier
from motcua.journeys.reactions.delivering import delivery_key
from motcua.journeys.results import result_data
from motcua.procedures.rules.procedure import Result


@on(e.LegDone)
def issue(item: Happened[e.LegDone]) -> None:
    """Issue each result of the leg once; what comes online is with the person from this moment."""
    event = item.event
    results = {result.id: result for result in item.published.procedure.results}
    for promised in item.dossier.promised.values():
        if promised.stage != event.leg:
            continue
        _issued(item, results[promised.id])
        if promised.way != "post" or not item.dossier.owed:
            deliveries.ready(key=delivery_key(item.row.code, promised.id), at=event.at)
        if promised.way == "online":
            return_online(item, promised.id)


@on(e.FeeSettled)
def send_what_was_owed_for(item: Happened[e.FeeSettled]) -> None:
    """Give the post what waited for the money."""
    if item.dossier.owed:
        return
    for promised in item.dossier.available():
        if promised.way == "post":
            deliveries.ready(key=delivery_key(item.row.code, promised.id), at=item.event.at)


def _issued(item: Happened[e.LegDone], result: Result) -> IssuedPaper:
    signer, title = _signer(item)
    return issued_as(item, result, item.event.leg, signer=signer, title=title)


def issued_as(
    item: Happened[Any],
    result: Result,
    leg_id: str,
    *,
    signer: str,
    title: str,
    instead: Mapping[str, Any] | None = None,
) -> IssuedPaper:
    """Issue a result of a leg in the name of its signer, once an event; `instead` as in `result_data`."""
    event, leg = item.event, item.dossier.leg(leg_id)
    return documents.issue(
        owner=owner_of_dossier(item.row.code),
        kind=result.id,
        key=item.key,
        template=result.template,
        title=result.name.vi,
        data=result_data(
            row=item.row,
            dossier=item.dossier,
            published=item.published,
            answers=item.content.answers,
            result=result,
            at=event.at,
            instead=instead,
        ),
        agency=leg.agency_name,
        signer_name=signer,
        signer_title=title,
        at=event.at,
        number=str(leg.values.get("registration_number") or leg.values.get("number") or ""),
        result_code=result.code,
        subject=item.row.subject_name,
    )


def _signer(item: Happened[e.LegDone]) -> tuple[str, str]:
    """Return who signs: whoever took the leg's last step here, or the agency's own system."""
    event = item.event
    stage = item.law.procedure.plan.stage(event.leg)
    for earlier in reversed(history(item.row.pk)[: item.seq]):
        if not isinstance(earlier, e.StepTaken) or earlier.leg != event.leg:
            continue
        if earlier.by.kind == "official":
            return earlier.by.name, line_above(earlier.by, stage.step(earlier.step).title)
    return item.dossier.leg(event.leg).agency_name, ""


def return_online(item: Happened[Any], result: str) -> None:
    """Write down that a paper is with the person, once an edition."""
    edition = item.dossier.edition(result)
    turn = f":{edition}" if edition > 1 else ""
    act = a.ReturnResult(result=result, way="online")
    try:
        record(
            code=item.row.code, act=act, by=SYSTEM, key=f"online:{item.row.code}:{result}{turn}",
            at=item.event.at,
        )  # fmt: skip
    except (NotNow, NothingToReturn):
        return  # the dossier is withdrawn at this moment; the paper stays issued
