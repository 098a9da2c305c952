"""For whom a dossier is filed, as its history tells it: by what was declared, or by a mandate."""

from uuid import UUID

from django.utils.translation import gettext

from motcua.agencies.rules.codes import code_list
from motcua.documents import queries as papers_kept
from motcua.dossiers.models import Draft
from motcua.dossiers.rules.facts import Actor, OnBehalf
from motcua.journeys.case import Case
from motcua.journeys.mandating import Standing, ground_words, last_day
from motcua.mandates.models import Mandate
from motcua.mandates.rules.grounds import ground_of_relation
from motcua.procedures.queries import Published

PAPER = "giay-uy-quyen"
"""The name under which the paper of a mandate lies with it, and with each dossier filed by it."""


def owner_of_mandate(row: Mandate) -> str:
    """Return the name under which a mandate's paper is kept."""
    return owner_of_mandate_id(row.pk)


def owner_of_mandate_id(mandate: UUID) -> str:
    """Return the same by the mandate's id."""
    return f"mandate:{mandate}"


def has_paper(row: Mandate) -> bool:
    """Tell whether a paper lies with the mandate; one query."""
    return bool(papers_kept.documents_of(owner_of_mandate(row)))


def on_behalf(case: Case, standing: Standing | None) -> OnBehalf | None:
    """Return for whom a case is filed; None where the applicant acts for themselves and declares no relation."""
    if standing is not None:
        return _by_mandate(standing.row)
    field = case.published.procedure.applicant.relation
    declared = str(case.settled.answers.get(field) or "") if field else ""
    relation = declared or case.circumstances.relation
    if not relation:
        return None
    return OnBehalf(ground=ground_of_relation(relation), relation=relation)


def _by_mandate(row: Mandate) -> OnBehalf:
    return OnBehalf(
        ground=row.ground, mandate=str(row.pk), giver=row.giver_name, holder=row.holder_name,
        until=row.until, paper=has_paper(row),
    )  # fmt: skip


def filer_for(draft: Draft, standing: Standing, by: Actor) -> Actor:
    """Return who files by a mandate: the dossier is the giver's from the first moment, the name is the holder's."""
    owner = f"account:{standing.account.pk}" if standing.account else f"draft:{draft.pk}"
    return by.model_copy(
        update={
            "id": owner,
            "name": standing.row.holder_name,
            "in_place_of": standing.row.giver_name,
        }
    )


def behalf_words(told: OnBehalf, published: Published, language: str) -> str:
    """Say for whom somebody filed and by what right, for the applicant and for officials."""
    if not told.mandate:
        words = gettext("quan hệ do người nộp khai: {relation}")
        return words.format(relation=relation_words(told.relation, published, language))
    words = gettext("{holder} nộp thay {giver} theo ủy quyền ({ground}), đến ngày {until}")
    return words.format(
        holder=told.holder, giver=told.giver, ground=ground_words(told.ground, language),
        until=f"{last_day(told.until):%d/%m/%Y}" if told.until else "",
    )  # fmt: skip


def relation_words(relation: str, published: Published, language: str) -> str:
    """Return a declared relation in the words of the question that asked for it."""
    law = published.procedure
    field = published.definition.fields.get(law.applicant.relation or "")
    for option in field.options if field else ():
        if option.value == relation:
            return option.label.to(language)
    for name in (field.codes if field else None, law.start.relations):
        if name and code_list(name).has(relation):
            return code_list(name).label(relation, language)
    return relation
