"""Asks registers and linked agencies: exactly their part, and not a field more."""

from typing import Any

from motcua.documents import queries as papers_kept
from motcua.dossiers import readings
from motcua.dossiers.corrections import as_corrected
from motcua.dossiers.news import Happened, on
from motcua.dossiers.queries import history
from motcua.dossiers.rules import events as e
from motcua.dossiers.rules.facts import Values
from motcua.exchange import operations as exchange
from motcua.exchange import queries as asked
from motcua.journeys.case import owner_of_dossier
from motcua.procedures.rules.plan import Sees, Stage, Step


@on(e.LegAsked)
def ask(item: Happened[e.LegAsked]) -> None:
    """Put the question, or what was supplied to it, into the outbox."""
    event = item.event
    stage = item.law.procedure.plan.stage(event.leg)
    data = question(item, stage, stage.step(event.step))
    name = _reference(event)
    if event.supplemented:
        earlier = asked.latest_question(subject=item.row.code, leg=name)
        if earlier is not None:
            exchange.supplement(key=item.key, question=earlier, data=data, at=event.at)
            return
    question_ = exchange.ask(
        key=item.key, party=event.party, subject=item.row.code, leg=name, task=event.task,
        data=data, at=event.at,
    )  # fmt: skip
    readings.note_sent(row=item.row, party=question_.party.name, reason=event.task, at=event.at)


def _reference(event: e.LegAsked) -> str:
    return f"{event.leg}/{event.step}"


def question(item: Happened[e.Event], stage: Stage, step: Step) -> dict[str, Any]:
    """Return what a party gets to see for a step: fields and papers on its allow-list, no others."""
    sees = step.sees or stage.sees
    leg = item.dossier.leg(stage.id)
    answers, values = _said_now(item)
    return {
        "agency": {"code": leg.agency, "name": leg.agency_name},
        "procedure": item.row.version.code,
        "due": leg.due.isoformat() if leg.due else None,
        "fields": item.published.definition.visible_to(sees, answers),
        "papers": _papers(item, sees),
        "previous_results": {
            other: values[other] for other in (*leg.after, stage.id) if values[other]
        },
    }  # fmt: skip


def _said_now(item: Happened[Any]) -> tuple[dict[str, Any], dict[str, Values]]:
    """Return the answers, and each leg's values, as corrections of results that were issued since have them."""
    answers = dict(item.content.answers)
    values = {leg.id: leg.values for leg in item.dossier.legs.values()}
    if not item.dossier.editions:
        return answers, values
    of_legs = {f"leg.{leg}.{name}": one for leg in values for name, one in values[leg].items()}
    now = as_corrected(item.row, history(item.row.pk)[: item.seq], answers | of_legs)
    of_leg = {
        leg: {name: now[f"leg.{leg}.{name}"] for name in told} for leg, told in values.items()
    }
    return {name: now[name] for name in answers}, of_leg


def _papers(item: Happened[e.Event], sees: Sees | str) -> list[dict[str, Any]]:
    documents = papers_kept.documents_of(owner_of_dossier(item.row.code))
    return [
        {
            "key": document.key,
            "name": document.name,
            "sha256": [page.digest for page in document.page_list],
        }
        for document in documents
        if not isinstance(sees, Sees) or document.key in sees.papers
    ]


@on(e.LegCancelled)
def cancel(item: Happened[e.LegCancelled]) -> None:
    """Tell whoever was asked that the answer is not needed any more."""
    event = item.event
    for question_ in asked.open_questions(subject=item.row.code, leg=event.leg):
        exchange.cancel(question=question_, reason=event.reason, at=event.at)
