"""The declaration typed at a counter, printed for the applicant to check and to sign."""

from typing import Any

from django.utils.timezone import localtime

from motcua.agencies.models import Post
from motcua.documents.papers import make_paper
from motcua.journeys import gathering
from motcua.journeys.case import Case
from motcua.journeys.counter import SHEET, sheet_number
from motcua.journeys.results import letterhead
from motcua.procedures.rules.showing import table


def sheet(case: Case, post: Post) -> bytes:
    """Return the declaration as it stands now as a PDF with room for the signature; in Vietnamese, as it is law."""
    return make_paper("ban-khai", sheet_data(case, post), at=case.at)


def sheet_data(case: Case, post: Post) -> dict[str, Any]:
    """Return what the sheet shows: everything that would be filed."""
    law, answers = case.published.procedure, case.settled.answers
    return {
        "agency": letterhead(case.draft.agency, case.at),
        "title": "Tờ khai",
        "to": case.draft.agency.name,
        "sheet": sheet_number(case.draft),
        "typist": f"{post.official.full_name}, {case.draft.agency.unit_name or case.draft.agency.name}",
        "printed_at": localtime(case.at).isoformat(timespec="seconds"),
        "procedure": {"name": law.name.vi},
        "applicant": {"name": str(answers.get(law.applicant.name, ""))},
        "sections": [
            {
                "title": title,
                "rows": [{"label": field.label.vi, "value": words} for field, words in rows],
            }
            for title, rows in table(case.definition, answers, case.world)
        ],
        "papers": _papers(case),
        "pledge": law.pledge.vi,
    }


def _papers(case: Case) -> list[dict[str, Any]]:
    names = {paper.id: paper.name.vi for paper in case.published.procedure.papers}
    return [
        {"name": names.get(document.key, document.name), "pages": document.sheets}
        for document in gathering.kept(case.draft)
        if document.key != SHEET
    ]
