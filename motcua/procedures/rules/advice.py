"""What a sound procedure could say better: bare reasons, hard words, personal data kept for no time that is told.

Nothing here forbids publishing.
"""

from collections.abc import Iterator, Mapping

from pydantic import BaseModel

from motcua.procedures.rules.catalogue import Folder
from motcua.procedures.rules.form import FormField
from motcua.procedures.rules.plain import stumbles
from motcua.procedures.rules.reading import Problem
from motcua.procedures.rules.texts import Text

Place = tuple[str | int, ...]

# What the law has named: names of services, papers, fees and results, and titles of instruments.
_OF_THE_LAW = frozenset({"legal_basis", "results", "plan", "short"})
_NAMES = frozenset({"name", "title", "section"})


def advise(folder: Folder, hard: Mapping[str, str]) -> list[Problem]:
    """Return what could be said better; `hard` are hard words with what to say instead.

    A version that has an end is history and stays as it was published.
    """
    law = folder.procedure
    if law.effective.until is not None:
        return []
    found = [*_bare_reasons(folder), *_kept_for_ever(folder), *_hard_texts(folder, hard)]
    return [Problem(*folder.line(at), cause, hint) for at, cause, hint in found]


def _bare_reasons(folder: Folder) -> Iterator[tuple[Place, str, str]]:
    """Each question says the article that asks it, or the reason in plain words."""
    for place, page in enumerate(folder.procedure.form.pages):
        for number, field in enumerate(page.fields):
            if field.compute is None and not _says_why(field):
                at: Place = ("form", "pages", place, "fields", number)
                yield at, f"`{field.id}` says neither article nor reason", "add `article` or `note`"


def _says_why(field: FormField) -> bool:
    return field.why is not None and bool(field.why.article or field.why.note)


def _kept_for_ever(folder: Folder) -> Iterator[tuple[Place, str, str]]:
    """Each personal question says how long its answer is kept (Luật 91/2025/QH15, Điều 3)."""
    asked = folder.definition.personal
    for place, page in enumerate(folder.procedure.form.pages):
        for number, field in enumerate(page.fields):
            if asked[field.id].is_personal and not asked[field.id].keeps:
                at: Place = ("form", "pages", place, "fields", number)
                hint = "add `keeps` to the procedure: a class of catalogue/personal.yaml"
                yield at, f"`{field.id}` is personal, and nothing says how long it is kept", hint


def _hard_texts(folder: Folder, hard: Mapping[str, str]) -> Iterator[tuple[Place, str, str]]:
    for at, text in _texts(folder.procedure, ()):
        if at[0] not in _OF_THE_LAW and at[-1] not in _NAMES:
            for cause, hint in stumbles(text, hard):
                yield at, cause, hint


def _texts(item: object, at: Place) -> Iterator[tuple[Place, str]]:
    """Yield the Vietnamese of every text, and where it stands."""
    if isinstance(item, Text):
        yield at, item.vi
    elif isinstance(item, BaseModel):
        for name in type(item).model_fields:
            yield from _texts(getattr(item, name), (*at, name))
    elif isinstance(item, tuple | dict):
        parts = item.items() if isinstance(item, dict) else enumerate(item)
        for key, part in parts:
            yield from _texts(part, (*at, key))
