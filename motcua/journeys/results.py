"""What a result's paper shows, and how it looks before anybody has signed it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from motcua.agencies.models import Agency
from motcua.agencies.queries import agency, place, superior
from motcua.documents.papers import draw_paper, make_paper
from motcua.dossiers.models import Dossier as Row
from motcua.dossiers.rules.dossier import Dossier
from motcua.journeys.case import TodaysWorld
from motcua.procedures.queries import Published
from motcua.procedures.rules.fills import filled
from motcua.procedures.rules.procedure import Result


def result_data(
    *,
    row: Row,
    dossier: Dossier,
    published: Published,
    answers: Mapping[str, Any],
    result: Result,
    at: datetime,
    instead: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    """Return what the result's template shows; `instead`: what a correction says in the place of its sources."""
    legs = {leg.id: dict(leg.values) for leg in dossier.legs.values()}
    said = {**answers}
    for source, value in (instead or {}).items():
        _put(source, value, said, legs)
    data = filled(published.definition, result, said, legs, TodaysWorld(at))
    office = agency(dossier.leg(result.stage).agency)
    data.setdefault("agency", {}).update(letterhead(office, at))
    return {"code": row.code, **data}


def letterhead(office: Agency, at: datetime) -> dict[str, str]:
    """Return what stands at the head of an agency's papers: its name, whom it is under, its place."""
    return {
        "name": office.name,
        "parent": superior(office, at),
        "place": place(office.place_code, at).name,
        "desk": office.unit_name,
    }


def _put(source: str, value: Any, answers: dict[str, Any], legs: dict[str, dict[str, Any]]) -> None:
    """Put a value in its place: `leg.<leg>.<value>` is a leg's, anything else a field."""
    if source.startswith("leg."):
        _, leg, name = source.split(".", 2)
        legs[leg][name] = value
    else:
        answers[source] = value


def results_of_leg(dossier: Dossier, published: Published, leg: str) -> list[Result]:
    """Return the results this dossier was promised from a leg."""
    return [
        result
        for result in published.procedure.results
        if result.id in dossier.promised and dossier.promised[result.id].stage == leg
    ]


def draft_data(
    *,
    row: Row,
    dossier: Dossier,
    published: Published,
    answers: Mapping[str, Any],
    result: Result,
    at: datetime,
    instead: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    """Return the data of a draft: unsigned, not to be verified, and marked as a draft; `instead` as above."""
    data = result_data(
        row=row, dossier=dossier, published=published, answers=answers, result=result, at=at,
        instead=instead,
    )  # fmt: skip
    return {**data, "draft": True}


def draft_pdf(template: str, data: Mapping[str, Any], at: datetime) -> bytes:
    """Return a draft as a PDF."""
    return make_paper(template, data, at=at)


def draft_pictures(template: str, data: Mapping[str, Any]) -> list[bytes]:
    """Return a draft's sheets as PNG pictures."""
    return draw_paper(template, data)
