"""What the worker does for the heart: it calls the reactions to recorded events."""

from django.db import transaction

from motcua.toolkit.jobs import job


@job(name="dossiers.react", queue="reactions")
def react(*, code: str, first: int, last: int) -> None:
    """Call the handlers of the events `first`…`last` of a dossier, all in one transaction.

    A worker that dies in the middle has done nothing; the job is then done by another.
    """
    # The recorders queue this job, and the reactions record: they meet only here.
    from motcua.dossiers.news import handlers  # noqa: PLC0415
    from motcua.dossiers.reactions import happened  # noqa: PLC0415

    with transaction.atomic():
        for item in happened(code, first, last):
            for handler in handlers(type(item.event)):
                handler(item)
