"""Questions people ask and their answers (hỏi đáp): `catalogue/faq/*.yaml`, read strictly.

No law but help: an installation adds its own, or replaces and hides ours, without a new version of anything.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field

from motcua.procedures.rules.reading import read_document, take
from motcua.procedures.rules.search.tokens import words
from motcua.procedures.rules.texts import Declared, Text

Topic = Literal[
    "before", "signing", "filling", "papers", "paying", "tracking", "results", "helping", "safety",
    "trouble",
]  # fmt: skip
Step = Literal["start", "form", "papers", "ways", "check", "confirm"]
GENERAL = "chung"
"""The file of questions for every service; the others are called as their service."""


class Go(Declared):
    """The page where the next step is done."""

    to: Annotated[str, Field(pattern=r"^/[a-z0-9/-]*$")]
    label: Text


class Question(Declared):
    """One question, its answer in paragraphs, and what to do next.

    `steps`: where it is asked; `errors`: the refusals it explains; `words`: how people say it; `communes`: codes of
    the only places it is for; `hidden`: ours, not shown at this installation.
    """

    id: Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
    topic: Topic
    question: Text
    answer: Annotated[tuple[Text, ...], Field(min_length=1)]
    next: Text
    go: Go | None = None
    steps: tuple[Step, ...] = ()
    errors: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    communes: tuple[str, ...] = ()
    hidden: bool = False


class _File(Declared):
    questions: tuple[Question, ...]


@dataclass(frozen=True)
class Asked:
    """A question and the service it belongs to; "" for every service."""

    service: str
    question: Question


class Questions:
    """All questions of an installation, by id; an id of a later folder replaces that of an earlier one."""

    def __init__(self, asked: Iterable[Asked]) -> None:
        """Keep what is shown, in the order of the files."""
        told = {item.question.id: item for item in asked}
        self._shown = {name: item for name, item in told.items() if not item.question.hidden}
        self._by_error = {
            code: item.question for item in self._shown.values() for code in item.question.errors
        }

    def of(self, name: str) -> Question | None:
        """Return the question of this name, if it is shown."""
        found = self._shown.get(name)
        return found.question if found else None

    def for_error(self, code: str) -> Question | None:
        """Return the question that explains a refusal."""
        return self._by_error.get(code)

    def listed(self, *, service: str = "", step: str = "", commune: str = "") -> list[Question]:
        """Return the questions for a service and place; its own first, then those of the step."""
        fitting = [
            item
            for item in self._shown.values()
            if item.service in ("", service)
            and (not item.question.communes or commune in item.question.communes)
        ]
        fitting.sort(key=lambda item: (item.service == "", step not in item.question.steps))
        return [item.question for item in fitting]

    def found(self, text: str, most: int = 3) -> list[Question]:
        """Return the questions that a search means, the best first.

        A phrase of `words` that was typed tells most, then words shared with the question itself.
        """
        typed = words(text)
        weighed = [(_weight(typed, item.question), item.question) for item in self._shown.values()]
        good = sorted((pair for pair in weighed if pair[0] >= _GOOD), key=lambda pair: -pair[0])
        return [question for _, question in good[:most]]


def _weight(typed: Sequence[str], question: Question) -> float:
    """Return how well a question fits: by phrases people say, and by its own words in a whole sentence."""
    text = f" {' '.join(typed)} "
    phrases = [" ".join(words(phrase)) for phrase in question.words]
    said = sum(1 + 0.2 * len(phrase.split()) for phrase in phrases if f" {phrase} " in text)
    asked = {*words(question.question.vi), *words(question.question.en)}
    shared = len(asked.intersection(typed)) / max(len(typed), 1)
    return said + (shared if said or len(typed) >= _A_SENTENCE else 0)


_A_SENTENCE = 6
"""From so many words on somebody asks a question; fewer are the name of a service."""
_GOOD = 0.75


def read_questions(folder: Path) -> Iterator[Asked]:
    """Yield the questions of a folder, file by file. Raises Unreadable with file and line."""
    for path in sorted(folder.glob("*.yaml"), key=lambda path: (path.stem != GENERAL, path.stem)):
        told = take(read_document(path, str(path.name)), _File)
        service = "" if path.stem == GENERAL else path.stem
        yield from (Asked(service, question) for question in told.questions)
