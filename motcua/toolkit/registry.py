"""A named place to put things that a room offers and another one looks up."""

from collections.abc import Iterator
from typing import Generic, TypeVar

T = TypeVar("T")


class AlreadyRegistered(LookupError):  # noqa: N818 - said of the thing
    """Two things claim one name; the second is refused."""


class NotRegistered(LookupError):  # noqa: N818 - said of the thing
    """Nothing has this name; the text lists the names there are."""


class Registry(Generic[T]):
    """Things by name, each name once. Tests make fresh ones; the house holds one per purpose."""

    def __init__(self, of: str) -> None:
        """Remember what is kept here (`of`), for the messages."""
        self._of = of
        self._things: dict[str, T] = {}

    def add(self, name: str, thing: T) -> T:
        """Keep `thing` under `name` and return it. Raises AlreadyRegistered."""
        if name in self._things and self._things[name] is not thing:
            raise AlreadyRegistered(f"{self._of} {name!r} is registered already.")
        self._things[name] = thing
        return thing

    def __getitem__(self, name: str) -> T:
        """Return the thing of that name. Raises NotRegistered."""
        try:
            return self._things[name]
        except KeyError:
            known = ", ".join(sorted(self._things)) or "none"
            raise NotRegistered(f"No {self._of} {name!r}; known: {known}.") from None

    def get(self, name: str) -> T | None:
        """Return the thing of that name, or None."""
        return self._things.get(name)

    def __contains__(self, name: object) -> bool:
        return name in self._things

    def __iter__(self) -> Iterator[str]:
        return iter(self._things)

    def __len__(self) -> int:
        return len(self._things)

    def items(self) -> list[tuple[str, T]]:
        """Return all pairs, in the order they came."""
        return list(self._things.items())
