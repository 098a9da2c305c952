"""The questions of this installation: the catalogue's, and its own in `HOME/faq`."""

import logging
from functools import cache
from pathlib import Path

from django.conf import settings

from motcua.procedures.rules.questions import Asked, Questions, read_questions
from motcua.procedures.rules.reading import Problem, Unreadable

logger = logging.getLogger(__name__)


@cache
def questions() -> Questions:
    """Return all questions, read once a process. Raises Unreadable for ours, which tests hold to be sound.

    An installation's own that cannot be read are left out: a slip there must not close pages.
    """
    own, problems = own_questions()
    for problem in problems:
        logger.error("questions left out: %s", problem)
    return Questions([*read_questions(settings.CATALOGUE / "faq"), *own])


def own_questions() -> tuple[list[Asked], list[Problem]]:
    """Return the installation's own questions, or what is wrong with them."""
    try:
        return list(read_questions(Path(settings.HOME) / "faq")), []
    except Unreadable as wrong:
        return [], wrong.problems
