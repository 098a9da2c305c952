"""The questions of this installation: the catalogue's, and its own in `HOME/faq`."""

from functools import cache

from django.conf import settings

from motcua.procedures.rules.questions import Questions, read_questions


@cache
def questions() -> Questions:
    """Return all questions, read once a process. Raises Unreadable."""
    ours = read_questions(settings.CATALOGUE / "faq")
    return Questions([*ours, *read_questions(settings.HOME / "faq")])
