"""Columns that are sealed at rest: text and JSON in Python, an envelope in the database (`sealing`).

Nothing – an empty text, what a JSON field has by default – is stored as nothing, so that constraints can ask for it. What is
sealed can be asked for nothing else: equal values are found by a column `Keyed` beside it.
"""

import json
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.core.exceptions import FieldError
from django.db import models
from django.db.models.lookups import Exact, IsNull

from motcua.toolkit.sealing import DIGITS, keyed, seal, unseal

ROOM = 33
"""How many bytes an envelope takes beside its content."""


if TYPE_CHECKING:
    from django.db.models.expressions import Combinable

    _Text = models.TextField[str | Combinable | None, str]
    _Bytes = models.BinaryField[bytes | Combinable | None, bytes]
else:
    _Text, _Bytes = models.TextField, models.BinaryField


class IsNothing(Exact):  # type: ignore[type-arg]
    """The one comparison that a sealed column allows: with nothing."""

    def get_prep_lookup(self) -> Any:
        """Refuse any other value: it would never be found. Raises FieldError."""
        field = self.lhs.output_field
        if not hasattr(self.rhs, "resolve_expression") and field.packed(self.rhs):
            raise FieldError(f"{field}: what is sealed cannot be looked for; use keyed()")
        return super().get_prep_lookup()


class Sealed(models.Field):  # type: ignore[type-arg]  # what it holds, its subclasses say
    """What sealed fields share. Where a value belongs is told by `table.column`: neither may be renamed in place."""

    context: bytes = b""

    def contribute_to_class(self, cls: Any, name: str, private_only: bool = False) -> None:
        super().contribute_to_class(cls, name, private_only)
        self.context = f"{cls._meta.db_table}.{self.column}".encode()

    def get_internal_type(self) -> str:
        return "BinaryField"

    def get_lookup(self, lookup_name: str) -> Any:
        return {"exact": IsNothing, "isnull": IsNull}.get(lookup_name)

    def get_transform(self, lookup_name: str) -> Any:
        return None

    def packed(self, value: Any) -> bytes:
        """Return the value as bytes; nothing as none."""
        raise NotImplementedError

    def unpacked(self, content: bytes) -> Any:
        """Return the value that was packed."""
        raise NotImplementedError

    def sealed(self, value: Any) -> bytes:
        """Return the value as it lies in the database. Raises KeyIsMissing."""
        content = self.packed(value)
        return seal(content, self.context) if content else b""

    def opened(self, stored: bytes) -> Any:
        """Return the value that lies in the database. Raises KeyIsMissing, DoesNotOpen."""
        return self.unpacked(unseal(bytes(stored), self.context) if stored else b"")

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Any:
        return None if value is None else self.opened(value)

    def get_prep_value(self, value: Any) -> Any:
        return value

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        if value is None or hasattr(value, "resolve_expression"):
            return value
        return self.sealed(value)

    def get_db_prep_save(self, value: Any, connection: Any) -> Any:
        return self.get_db_prep_value(value, connection)


def opening(model: type[models.Model], name: str) -> Callable[[bytes], Any]:
    """Return what opens the values of a sealed column, for whoever reads them by SQL."""
    field: Any = model._meta.get_field(name)  # noqa: SLF001
    opened: Callable[[bytes], Any] = field.opened
    return opened


def sealing(model: type[models.Model], name: str) -> Callable[[Any], bytes]:
    """Return what seals values for a column, for whoever writes them by SQL."""
    field: Any = model._meta.get_field(name)  # noqa: SLF001
    sealed: Callable[[Any], bytes] = field.sealed
    return sealed


class SealedText(Sealed, _Text):
    """A text that is sealed at rest."""

    def packed(self, value: Any) -> bytes:
        return str(value).encode()

    def unpacked(self, content: bytes) -> str:
        return content.decode()


class SealedBytes(Sealed, _Bytes):
    """Bytes that are sealed at rest; `ROOM` bytes longer there."""

    def packed(self, value: Any) -> bytes:
        return bytes(value)

    def unpacked(self, content: bytes) -> bytes:
        return content


class SealedJSON(Sealed, models.JSONField):
    """JSON that is sealed at rest, with the order of its keys."""

    def packed(self, value: Any) -> bytes:
        if value == self._nothing():
            return b""
        return json.dumps(
            value, ensure_ascii=False, separators=(",", ":"), cls=self.encoder
        ).encode()

    def unpacked(self, content: bytes) -> Any:
        return json.loads(content, cls=self.decoder) if content else self._nothing()

    def _nothing(self) -> Any:
        return self.default() if self.has_default() and callable(self.default) else {}


class Keyed(models.CharField):  # type: ignore[type-arg]
    """The keyed hash of a sealed column `of` the same row, written with it; nothing of nothing.

    For constraints and for looking up: `filter(phone_key=keyed(PURPOSE, phone))`. A `purpose` of its own for each table: two
    tables do not tell that they know the same person.
    """

    def __init__(self, *, of: str, purpose: str, **more: Any) -> None:
        """Hash the column `of` for a `purpose` (`room.table.column`)."""
        self.of, self.purpose = of, purpose
        super().__init__(**{"max_length": DIGITS, "editable": False, **more})

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, {**kwargs, "of": self.of, "purpose": self.purpose}

    def pre_save(self, model_instance: Any, add: bool) -> Any:
        value = getattr(model_instance, self.of)
        found = keyed(self.purpose, value) if value else ("" if not self.null else None)
        setattr(model_instance, self.attname, found)
        return found
