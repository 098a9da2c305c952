"""What follows when an issued result changes: the paper, its verification, its way to the person."""

from typing import Any

from motcua.deliveries import operations as deliveries
from motcua.documents import issuing as documents
from motcua.documents.models import IssuedPaper
from motcua.documents.queries import issued_for
from motcua.dossiers.corrections import in_force
from motcua.dossiers.news import Happened, on
from motcua.dossiers.queries import history
from motcua.dossiers.rules import events as e
from motcua.journeys.actors import line_above
from motcua.journeys.case import owner_of_dossier
from motcua.journeys.reactions.delivering import delivery_key, plan_anew
from motcua.journeys.reactions.issuing import issued_as, return_online
from motcua.procedures.rules.plan import SIGNS_AS


@on(e.ResultCorrected)
def put_another_in_its_place(item: Happened[e.ResultCorrected]) -> None:
    """Issue the corrected paper in the name of the leader who signed; the old one names its successor."""
    event = item.event
    results = {result.id: result for result in item.published.procedure.results}
    old = _standing(item, event.result)
    new = issued_as(
        item, results[event.result], event.leg, signer=event.by.name,
        title=line_above(event.by, _title(item, event.leg)),
        instead=in_force(item.row, history(item.row.pk)[: item.seq], event.result),
    )  # fmt: skip
    if old is not None and old.pk != new.pk:
        documents.replace(
            owner=owner_of_dossier(item.row.code), paper=old.pk, by=new.pk,
            reason=event.reason.text[:300], at=event.at,
        )  # fmt: skip
    _send(item, event.result)


@on(e.ResultRevoked)
def revoke(item: Happened[e.ResultRevoked]) -> None:
    """Let whoever verifies the paper see at once that it counts no more; one on its way stays here."""
    event = item.event
    paper = _standing(item, event.result)
    if paper is not None:
        documents.revoke(
            owner=owner_of_dossier(item.row.code), paper=paper.pk,
            reason=f"{event.reason.text[:200]} ({event.decision[:80]})", at=event.at,
        )  # fmt: skip
    if event.result not in item.dossier.returned:
        deliveries.cancel(key=delivery_key(item.row.code, event.result), at=event.at)


@on(e.ResultReinstated)
def reinstate(item: Happened[e.ResultReinstated]) -> None:
    """Let the last paper count again, and go to the person where it had not."""
    result = item.event.result
    papers = _papers(item, result)
    if papers:
        documents.reinstate(owner=owner_of_dossier(item.row.code), paper=papers[-1].pk)
    if result not in item.dossier.returned:
        _send(item, result)


def _title(item: Happened[Any], leg: str) -> str:
    """Return what stands above a leader's signature in this part of the procedure."""
    steps = item.law.procedure.plan.stage(leg).steps
    titles = [step.title for step in steps if step.role == "leader" and step.title]
    return titles[-1] if titles else SIGNS_AS["leader"]


def _papers(item: Happened[Any], result: str) -> list[IssuedPaper]:
    issued = issued_for(owner_of_dossier(item.row.code))
    return [paper for paper in issued if paper.kind == result]


def _standing(item: Happened[Any], result: str) -> IssuedPaper | None:
    """Return the paper that counts, and was not made by this very event."""
    valid = [
        paper
        for paper in _papers(item, result)
        if paper.status == IssuedPaper.Status.VALID and paper.key != item.key
    ]
    return valid[-1] if valid else None


def _send(item: Happened[Any], result: str) -> None:
    """Set the paper on its way: as the first one went, and nothing of that one is under way any more."""
    before = delivery_key(item.row.code, result)
    now = plan_anew(item, result)
    if before != now:
        deliveries.cancel(key=before, at=item.event.at)
    deliveries.ready(key=now, at=item.event.at)
    if item.dossier.promised[result].way == "online":
        return_online(item, result)
