"""Tells linked agencies what changed about what they were asked: a date, a result. They owe no answer to it.

What they get to see stays what the plan allows them: a corrected field goes only to whom it was sent.
"""

from typing import Any

from motcua.dossiers import readings
from motcua.dossiers.corrections import in_force
from motcua.dossiers.news import Happened, on
from motcua.dossiers.queries import history
from motcua.dossiers.rules import events as e
from motcua.dossiers.rules.dossier import Leg
from motcua.dossiers.rules.status import LegState
from motcua.exchange import operations as exchange
from motcua.exchange import queries as asked
from motcua.exchange.models import Question
from motcua.exchange.rules import DATA_FREE, DATA_RESTRICTED, DUE_MOVED, RESULT_CHANGED
from motcua.journeys.informing_receivers import tell_receivers


@on(e.Extended)
def tell_of_the_extension(item: Happened[e.Extended]) -> None:
    """Tell until when its answer is awaited now."""
    _tell_of_dates(item, reason=item.event.reason)


@on(e.Recounted)
def tell_of_the_calendar(item: Happened[e.Recounted]) -> None:
    """Tell until when its answer is awaited by the new calendar."""
    _tell_of_dates(item, reason="calendar")


def _tell_of_dates(item: Happened[e.Extended] | Happened[e.Recounted], *, reason: str) -> None:
    for leg in item.dossier.legs.values():
        due = _new_date(item, leg)
        if due is None:
            continue
        for question in asked.open_questions(subject=item.row.code, leg=leg.id):
            exchange.inform(
                key=f"{item.key}:due:{question.pk}", question=question, kind=DUE_MOVED,
                data={"due": due.isoformat(), "reason": reason}, at=item.event.at,
            )  # fmt: skip


def _new_date(item: Happened[e.Extended] | Happened[e.Recounted], leg: Leg) -> Any:
    """Return a part's own new date; without one of its own it has the whole's."""
    if leg.state is not LegState.OPEN:
        return None
    if leg.due is not None:
        return item.event.legs.get(leg.id)
    return item.event.due if item.event.due != item.event.was else None


_CHANGES: dict[type[e.Event], str] = {
    e.ResultCorrected: "correct",
    e.ResultRevoked: "revoke",
    e.ResultReinstated: "reinstate",
}


@on(*_CHANGES)
def tell_of_the_result(item: Happened[Any]) -> None:
    """Tell whoever built on a result, or was sent a field of it that was wrong."""
    now = _corrected(item)
    for question in asked.put_about(item.row.code):
        news = _news(item, question, now)
        if news and exchange.inform(
            key=f"{item.key}:result:{question.pk}", question=question, kind=RESULT_CHANGED,
            data=news, at=item.event.at,
        ):  # fmt: skip
            readings.note_sent(
                row=item.row, party=question.party.name, reason=question.task, at=item.event.at
            )


@on(e.Restricted)
def tell_of_the_restriction(item: Happened[e.Restricted]) -> None:
    """Tell whoever was sent something of the dossier that the use of its data is restricted."""
    tell_receivers(item.row.code, DATA_RESTRICTED, key=item.key, at=item.event.at)


@on(e.HoldEnded)
def tell_of_its_end(item: Happened[e.HoldEnded]) -> None:
    """Tell them that it is over, where the hold was one."""
    events = history(item.row.pk)[: item.seq]
    if any(isinstance(one, e.Restricted) and one.request == item.event.request for one in events):
        tell_receivers(item.row.code, DATA_FREE, key=item.key, at=item.event.at)


def _corrected(item: Happened[Any]) -> dict[str, Any]:
    event = item.event
    if not isinstance(event, e.ResultCorrected):
        return {}
    now = in_force(item.row, history(item.row.pk)[: item.seq], event.result)
    return {key: now[key] for key in event.fields if key in now}


def _news(item: Happened[Any], question: Question, now: dict[str, Any]) -> dict[str, Any] | None:
    """Return what this party may know of the change; None where it is none of its business."""
    event, (leg_id, step) = item.event, question.leg.split("/", 1)
    stage = item.law.procedure.plan.stage(leg_id)
    built_on = (*item.dossier.leg(leg_id).after, leg_id)
    sees = stage.step(step).sees or stage.sees
    fields = item.published.definition.visible_to(
        sees, {key: said for key, said in now.items() if not key.startswith("leg.")}
    )
    if event.leg not in built_on and not fields:
        return None
    return {
        "change": _CHANGES[type(event)],
        "result": event.result,
        "result_of": event.leg,
        "reason": event.reason.code,
        "decision": getattr(event, "decision", ""),
        "fields": fields,
        "previous_results": _of_legs(now, built_on),
    }


def _of_legs(now: dict[str, Any], built_on: tuple[str, ...]) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    for key, said in now.items():
        kind, _, rest = key.partition(".")
        leg, _, name = rest.partition(".")
        if kind == "leg" and leg in built_on:
            found.setdefault(leg, {})[name] = said
    return found
