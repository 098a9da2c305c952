"""Declares or files what somebody would, within the house and without its pages: for stories that begin after that.

A process of its own beside a house (`clerk.Clerk`): each line that it reads is one case, {done, service, number,
before, facts, ways}; each line that it writes is the draft's id where it was `declared`, the dossier's code where
it was `filed`, or “!” and what went wrong.

The facts are the very ones that people type into the pages (`families`); the pages themselves have journeys of their own.
"""

import json
import os
import sys
import traceback
from collections.abc import Mapping
from io import BytesIO
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "motcua.config.settings")
django.setup()

from django.db import transaction  # noqa: E402

from motcua.dossiers.models import Dossier, Draft  # noqa: E402
from motcua.identity.models import NUMBER, Account  # noqa: E402
from motcua.journeys import filing, gathering, result_ways, saving  # noqa: E402
from motcua.journeys.actors import filer  # noqa: E402
from motcua.journeys.case import read  # noqa: E402
from motcua.procedures.queries import current  # noqa: E402
from motcua.procedures.rules.form import FormField  # noqa: E402
from motcua.procedures.rules.posting import Post  # noqa: E402
from motcua.procedures.rules.reading_answers import Posted  # noqa: E402
from motcua.toolkit.clock import now  # noqa: E402
from motcua.toolkit.sealing import keyed  # noqa: E402
from tests.documents_samples import jpeg  # noqa: E402


def typed(field: FormField, fact: Any) -> Post:
    """Return the boxes of a question as somebody fills them who knows this."""
    if field.type == "date":
        parts = ["", "", *str(fact).split("/")][-3:]
        return {
            f"{field.id}__{part}": [told]
            for part, told in zip(("day", "month", "year"), parts, strict=True)
        }
    if field.type == "place":
        (province, commune), detail = fact[0].split("/"), fact[1]
        return {
            f"{field.id}__province": [province],
            f"{field.id}__commune": [commune],
            f"{field.id}__detail": [detail],
        }
    if isinstance(fact, bool):
        return {field.id: ["yes" if fact else "no"]}
    return {field.id: [str(fact)]}


def declared(told: Mapping[str, Any]) -> Draft:
    """Declare it whole, ready to file."""
    at, before = now(), dict(told["before"])
    account = Account.objects.get(person__number_key=keyed(NUMBER, told["number"]), kind="vneid")
    published = current(told["service"], at.date())
    (place,) = before.pop("place")
    chosen = filing.Begin(
        commune=place.split("/")[1],
        for_whom=before.pop("for_whom", "self"),
        relation=before.pop("relation", ""),
        eligibility=before,
    )
    draft, _secret = filing.begin(
        published=published, chosen=chosen, account=account, level=2, at=at
    )
    for page in published.procedure.form.pages:
        known = saving.held(draft.answers, page.fields)
        boxes = [
            typed(field, told["facts"][field.id])
            for field in page.fields
            if field.id in told["facts"]
        ]
        posted = Posted(known | {name: values for box in boxes for name, values in box.items()})
        draft = saving.save_page(
            draft=draft, page=page, posted=posted, since=saving.Since(), language="vi", at=at
        ).case.draft
    case = read(draft, at)
    for needed in case.definition.papers(case.settled.values):
        gathering.add(
            draft=draft,
            paper=needed.paper.id,
            files=[("giay.jpg", BytesIO(jpeg(900, 1200)))],
            at=at,
        )
    ways = result_ways.chosen_ways(read(draft, at)) | {
        name.removeprefix("way."): way for name, way in told["ways"].items()
    }
    result_ways.choose_ways(draft=draft, ways=ways, address=result_ways.PostAddress(), at=at)
    filing.ready_to_file(read(draft, at), doubts_confirmed=True)
    return draft


def filed(told: Mapping[str, Any]) -> Dossier:
    """File it."""
    draft = declared(told)
    by = filer(draft, draft.account)
    recorded = filing.file(draft_id=draft.pk, by=by, doubts_confirmed=True, language="vi", at=now())
    return recorded.row


def answered(line: str) -> str:
    """Do what a line asks for; return what to tell, or why it could not be done."""
    told = json.loads(line)
    try:
        with transaction.atomic():
            return str(declared(told).pk if told["done"] == "declared" else filed(told).code)
    except Exception:  # noqa: BLE001 - the story that asked fails by it, not the next one
        return f"! {traceback.format_exc()}".replace("\n", " | ")


if __name__ == "__main__":
    for line in sys.stdin:
        print(answered(line), flush=True)  # noqa: T201 - whoever started us reads it
