"""Rehearses a new version on all dossiers still open: what it would mean for each, and nothing is changed."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from django.db import connection, transaction

from motcua.agencies.queries import calendar_for
from motcua.documents.queries import papers_of_owners
from motcua.dossiers.open_dossiers import BATCH, OpenDossier, open_dossiers
from motcua.journeys.case import TodaysWorld, circumstances_of, owner_of_dossier
from motcua.journeys.filing import TodaysOffices
from motcua.journeys.naming import Named
from motcua.journeys.transition import OpenCase, Outcome, Rehearsed, weigh
from motcua.kernel.working_time import ZONE
from motcua.procedures.queries import by_digest
from motcua.procedures.rules.definition import Definition
from motcua.procedures.rules.reading_answers import Reader


def rehearse_open(new: Named, *, at: datetime, batch: int = BATCH) -> Iterator[Outcome]:
    """Yield what the version would mean for each dossier not ended, of its code or a code it had before.

    Four queries a batch; the database is asked in a transaction in which it refuses to write.
    """
    law = new.procedure
    codes = {law.code, *(old.code for old in law.codes_before)}
    with _only_reading():
        for found in open_dossiers(codes, but=new.digest, batch=batch):
            owners = [owner_of_dossier(item.dossier.code) for item in found]
            papers = papers_of_owners(owners)
            for item, owner in zip(found, owners, strict=True):
                case = _case(item, papers.get(owner, frozenset()))
                yield weigh(case, _under(new.definition, item, at))


@contextmanager
def _only_reading() -> Iterator[None]:
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("set transaction read only")
        yield


def _case(item: OpenDossier, papers: frozenset[str]) -> OpenCase:
    filed_on = item.dossier.submitted_at.astimezone(ZONE).date()
    return OpenCase(
        dossier=item.dossier,
        old=by_digest(item.digest).definition,
        answers=item.answers,
        circumstances=circumstances_of(item.circumstances, filed_on),
        papers=papers,
    )


def _under(new: Definition, item: OpenDossier, at: datetime) -> Rehearsed:
    return Rehearsed(
        new=new,
        calendar=calendar_for(item.province),
        offices=TodaysOffices(at),
        reader=Reader(TodaysWorld(at), at.astimezone(ZONE).date()),
        at=at,
    )
