"""Rewrites an author's `procedure.yaml` of release 0.1.0 in the language of today; comments and the rest stay.

Says the same as `upgrading` does for stored texts: a test holds the two together.
"""

import json
from collections.abc import Iterator
from typing import Any

import yaml

from motcua.procedures.rules.upgrading import DECISION, decision, fields_of_law

Edit = tuple[int, int, str]
"""From where to where a text is replaced, and by what."""


def rewritten(text: str) -> str:
    """Return the text in the language of today; one that is written in it already comes back as it is."""
    root = yaml.compose(text, Loader=yaml.SafeLoader)
    edits = sorted(_edits(root)) if isinstance(root, yaml.MappingNode) else []
    for start, end, new in reversed(edits):
        text = text[:start] + new + text[end:]
    return text


def _edits(root: yaml.MappingNode) -> Iterator[Edit]:
    yield from _lists(root)
    for fee in _items(_value(root, "fees")):
        for rate in _items(_value(fee, "rates")):
            note = _value(rate, "note")
            if isinstance(note, yaml.ScalarNode):
                yield _instead(note, _both(note.value))
    loose = [edit for limit in _limits(_value(root, "plan")) for edit in _limit(limit)]
    yield from loose
    if loose:
        yield from _instrument(root)


def _lists(root: yaml.MappingNode) -> Iterator[Edit]:
    for key, value in root.value:
        if key.value == "field_of_law":
            codes = fields_of_law(yaml.safe_load(yaml.serialize(value)))
            yield _instead(key, "fields_of_law")
            yield _instead(value, f"[{', '.join(codes)}]")
        if key.value == "life_event":
            yield _instead(key, "life_events")
            yield _instead(value, f"[{value.value}]")


def _limits(plan: yaml.Node | None) -> Iterator[yaml.Node]:
    yield from filter(None, [_value(plan, "limit"), _value(_value(plan, "supplement"), "within")])
    for stage in _items(_value(plan, "stages")):
        steps = [_value(step, "within") for step in _items(_value(stage, "steps"))]
        yield from filter(None, [_value(stage, "limit"), *steps])


def _limit(limit: yaml.Node) -> Iterator[Edit]:
    """Yield what makes the free words a clock rested on its note."""
    if not isinstance(limit, yaml.MappingNode) or _value(limit, "article") or _value(limit, "note"):
        return
    parts = {key.value: (key, value) for key, value in limit.value}
    between = ", " if limit.flow_style else "\n" + " " * limit.start_mark.column
    if "basis" not in parts:
        end = max(value.end_mark.index for _, value in limit.value)
        yield end, end, f"{between}basis: {DECISION}"
    elif not parts["basis"][1].value.isidentifier():
        basis = parts["basis"][1]
        note = f"{between}note: {_both(basis.value)}" if basis.value else ""
        yield _instead(basis, f"{DECISION}{note}")


def _instrument(root: yaml.MappingNode) -> Iterator[Edit]:
    """Yield the decision as one more instrument, after the last one."""
    listed, number = _value(root, "legal_basis"), _value(root, "decision")
    if not (isinstance(listed, yaml.SequenceNode) and isinstance(number, yaml.ScalarNode)):
        return
    if not any(getattr(_value(item, "id"), "value", "") == DECISION for item in listed.value):
        last = listed.value[-1]
        end = max(_ends(last))
        told = decision(number.value)
        item = f'{{id: {DECISION}, title: {_text(told["title"])}, articles: ""}}'
        yield end, end, f"\n{' ' * listed.start_mark.column}- {item}"


def _ends(node: yaml.Node) -> Iterator[int]:
    """Yield where the written parts of a node end: the mark of a block lies after the empty lines below it."""
    if isinstance(node, yaml.MappingNode) and not node.flow_style:
        for _, value in node.value:
            yield from _ends(value)
    elif isinstance(node, yaml.SequenceNode) and not node.flow_style:
        for item in node.value:
            yield from _ends(item)
    else:
        yield node.end_mark.index


def _value(node: yaml.Node | None, name: str) -> yaml.Node | None:
    pairs: list[Any] = node.value if isinstance(node, yaml.MappingNode) else []
    return next((value for key, value in pairs if key.value == name), None)


def _items(node: yaml.Node | None) -> list[yaml.Node]:
    return list(node.value) if isinstance(node, yaml.SequenceNode) else []


def _instead(node: yaml.Node, new: str) -> Edit:
    return node.start_mark.index, max(_ends(node)), new


def _both(text: str) -> str:
    return _text({"vi": text, "en": text})


def _text(text: dict[str, str]) -> str:
    vi, en = (json.dumps(text[language], ensure_ascii=False) for language in ("vi", "en"))
    return f"{{vi: {vi}, en: {en}}}"
