"""Reads stored versions for ever: the language grows, what was published does not change.

A stored text says in which language it was written (`language`, a number). Reading brings it up one step
at a time to the language of today; the text itself, and so its digest, stays as it is. When a key of the
language changes its meaning or its shape: raise LANGUAGE and add the step that takes old texts there. A new
key that may be left out needs no step.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from motcua.kernel.vietnamese import fold
from motcua.procedures.rules.procedure import Procedure

LANGUAGE = 2
"""The number of today's language. 1 was the language of release 0.1.0, which did not write it yet."""

Content = dict[str, Any]


class LanguageUnknown(ValueError):  # noqa: N818 - said of the text
    """A stored text in a language later than this program's."""


def read_stored(text: str) -> Procedure:
    """Return the procedure of a stored text, of whatever language. Raises LanguageUnknown."""
    content: Content = json.loads(text)
    written_in = content.pop("language", 1)
    if written_in > LANGUAGE:
        raise LanguageUnknown(f"language {written_in}; this program reads up to {LANGUAGE}")
    for step in range(written_in, LANGUAGE):
        STEPS[step](content)
    return Procedure.model_validate_json(json.dumps(content))


# ── 1 → 2: every clock rests on an article; lists of fields of law and of life events ───────────────

DECISION = "quyet_dinh_cong_bo"
_FIELDS = {
    "ho tich": "civil_status",
    "cu tru": "residence",
    "can cuoc": "identity",
    "bao hiem y te": "health_insurance",
}


def _to_2(content: Content) -> None:
    if "field_of_law" in content:
        content["fields_of_law"] = fields_of_law(content.pop("field_of_law"))
    if "life_event" in content:
        content["life_events"] = [content.pop("life_event")]
    for rate in [rate for fee in content["fees"] for rate in fee["rates"]]:
        if isinstance(rate.get("note"), str):
            rate["note"] = _said(rate["note"])
    loose = [limit for limit in _limits(content["plan"]) if "article" not in limit]
    for limit in loose:
        limit.update(note=_said(limit["basis"]), basis=DECISION)
    if loose:
        content["legal_basis"].append(decision(content["decision"]))


def fields_of_law(text: Mapping[str, str]) -> list[str]:
    """Return the codes of a free text such as “Hộ tịch – Cư trú”; civil status, where none is known."""
    named = fold(text["vi"])
    return [code for words, code in _FIELDS.items() if words in named] or ["civil_status"]


def _limits(plan: Mapping[str, Any]) -> Iterator[Content]:
    yield plan["limit"]
    yield plan["supplement"]["within"]
    for stage in plan["stages"]:
        yield from filter(None, [stage["limit"], *(step["within"] for step in stage["steps"])])


def _said(text: str) -> dict[str, str] | None:
    return {"vi": text, "en": text} if text else None


def decision(number: str) -> Content:
    """Return the instrument old clocks rest on: the decision that published them; their words are the note."""
    title = {
        "vi": f"Quyết định {number} công bố thủ tục",
        "en": f"Decision {number} publishing the procedure",
    }
    return {"id": DECISION, "title": title, "articles": ""}


STEPS: dict[int, Callable[[Content], None]] = {1: _to_2}
"""Language → what takes a text in it to the next one."""
