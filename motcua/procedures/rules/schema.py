"""The language as JSON Schema, for editors: what may be written where, with the words of the models."""

from typing import Any

from motcua.procedures.rules.example import Example
from motcua.procedures.rules.form import Form
from motcua.procedures.rules.procedure import Procedure

_DRAFT = "https://json-schema.org/draft/2020-12/schema"


def schemas() -> dict[str, dict[str, Any]]:
    """Return the schema of each kind of file by its name: `procedure`, `form`, `example`."""
    law = Procedure.model_json_schema(by_alias=True)
    del law["properties"]["form"]  # a file of its own
    law["required"].remove("form")
    return {
        "procedure": _titled(law, "procedure.yaml"),
        "form": _titled(Form.model_json_schema(by_alias=True), "form.yaml"),
        "example": _titled(Example.model_json_schema(by_alias=True), "examples/*.yaml"),
    }


def _titled(schema: dict[str, Any], file: str) -> dict[str, Any]:
    used = _used(schema, schema.get("$defs", {}))
    kept = {name: part for name, part in schema.get("$defs", {}).items() if name in used}
    return {"$schema": _DRAFT, **schema, "title": file, "$defs": kept}


def _used(schema: dict[str, Any], known: dict[str, Any]) -> set[str]:
    """Return the definitions that are reached from the schema itself."""
    waiting = _references({key: part for key, part in schema.items() if key != "$defs"})
    found: set[str] = set()
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting |= _references(known[name])
    return found


def _references(part: Any) -> set[str]:
    if isinstance(part, dict):
        own = {part["$ref"].rsplit("/", 1)[-1]} if isinstance(part.get("$ref"), str) else set()
        return own.union(*map(_references, part.values()))
    return set().union(*map(_references, part)) if isinstance(part, list) else set()
