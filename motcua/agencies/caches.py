"""What a process remembers of the catalogue, and how it learns that it has changed.

Every load or edit gives its table a new revision; a process asks for it again after a few seconds
and forgets what it remembered under another one. Nothing is remembered of an empty table.
"""

import time
from collections.abc import Callable, Hashable, Iterable, Mapping
from typing import TypeVar, cast

from motcua.agencies.models import Loaded

ASK_AGAIN_SECONDS = 5.0
MOST_ANSWERS = 20_000  # keys hold days, so they grow with a process's age

K = TypeVar("K", bound=Hashable)
T = TypeVar("T")


class Remembered:
    """The answers drawn from one catalogue table in its present revision."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.forget()

    def forget(self) -> None:
        """Start anew: called by whoever changes the table in this process."""
        self._revision = ""
        self._asked = float("-inf")
        self._answers: dict[Hashable, object] = {}

    def get(self, key: Hashable, find: Callable[[], T]) -> T:
        """Return what `find` returned for the key in this revision; falsy answers are not kept."""
        self._look()
        if key in self._answers:
            return cast("T", self._answers[key])
        answer = find()
        if answer and self._revision and len(self._answers) < MOST_ANSWERS:
            self._answers[key] = answer
        return answer

    def get_many(
        self, name: str, keys: Iterable[K], find: Callable[[list[K]], Mapping[K, T]]
    ) -> dict[K, T]:
        """Return the answers for all keys, asking `find` once for those not remembered."""
        self._look()
        wanted = list(dict.fromkeys(keys))
        missing = [key for key in wanted if (name, key) not in self._answers]
        found = find(missing) if missing else {}
        if self._revision and len(self._answers) < MOST_ANSWERS:
            self._answers.update({(name, key): answer for key, answer in found.items() if answer})
        kept = {key: cast("T", self._answers[name, key]) for key in wanted if key not in found}
        return {**kept, **found}

    def _look(self) -> None:
        now = time.monotonic()
        if now - self._asked < ASK_AGAIN_SECONDS:
            return
        found = Loaded.objects.filter(name=self.name).values_list("revision", flat=True).first()
        if found != self._revision or len(self._answers) >= MOST_ANSWERS:
            self._answers = {}
        self._revision = found or ""
        self._asked = now


PLACES = Remembered("places")
AGENCIES = Remembered("agencies")
CALENDAR = Remembered("calendar")
