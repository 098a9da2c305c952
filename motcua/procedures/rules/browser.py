"""What a page's conditions need to be decided on the phone itself: trees, and the values they ask for."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from motcua.procedures.rules.definition import Definition
from motcua.procedures.rules.expressions import FUNCTION_NAMES
from motcua.procedures.rules.form import Check, FormField, Page
from motcua.procedures.rules.syntax import NotForBrowsers, Tree, names_in, tree
from motcua.procedures.rules.texts import Expression

READABLE = {
    "text": "text", "person_name": "text", "choice": "text", "choices": "choices", "yes_no": "yes_no",
    "tick": "tick", "number": "number", "date": "date", "personal_number": "personal_number",
    "place": "place",
}  # fmt: skip
"""Types of answers that a script reads as the server does → how it reads them; others stay with the server."""


@dataclass(frozen=True)
class OnThePhone:
    """One page in one case, as far as a script can decide it."""

    definition: Definition
    page: Page
    values: Mapping[str, Any]
    _trees: dict[str, Tree | None] = field(default_factory=dict)

    @cached_property
    def candidates(self) -> tuple[FormField, ...]:
        """The questions of the page that this case may ask, now or after another answer of the page."""
        law = self.definition
        asked = {question.id for question in law.asked(self.page, self.values)}
        return tuple(
            question
            for question in self.page.fields
            if question.id in asked or (self._own(question) and self._steered(question))
        )

    def _own(self, question: FormField) -> bool:
        """Tell whether the person answers it where it is asked."""
        return (
            question.compute is None and self.definition.taken_from(question, self.values) is None
        )

    def _steered(self, question: FormField) -> bool:
        """Tell whether an answer of this page decides, and a script can tell how."""
        found = self._tree(question.when)
        return found is not None and bool(names_in(found) & set(self._typed))

    @cached_property
    def _typed(self) -> dict[str, str]:
        """The names whose values stand in the page's own controls → how a script reads them."""
        known: dict[str, str] = {}
        for question in self.page.fields:
            kind = READABLE.get(question.type)
            if kind is None or not self._own(question):
                continue
            parts = ("province", "commune", "detail") if kind == "place" else ()
            known |= {f"{question.id}.{part}": kind for part in parts} or {question.id: kind}
        return known

    @cached_property
    def _beyond(self) -> set[str]:
        """The names that change with this page and that no script can read."""
        names = self.definition.expressions.known
        here = {question.id for question in self.page.fields}
        moving = {name for name in names if name in here or name.rpartition(".")[0] in here}
        still = {q.id for q in self.page.fields if q.compute is None and not self._own(q)}
        return {
            n
            for n in moving - set(self._typed)
            if n not in still and n.rpartition(".")[0] not in still
        }

    def _tree(self, text: Expression) -> Tree | None:
        """Return the expression for the browser; None when only the server can decide it."""
        if text not in self._trees:
            try:
                found = tree(text, self.definition.expressions.known, FUNCTION_NAMES)
                self._trees[text] = None if names_in(found) & self._beyond else found
            except NotForBrowsers:
                self._trees[text] = None
        return self._trees[text]

    def decides(self, name: str) -> bool:
        """Tell whether what follows on this page from a question is decided without the server."""
        following = [other for other in self.page.fields if self._names(other.when, name)]
        return all(other in self.candidates and self._tree(other.when) for other in following)

    def _names(self, text: Expression, name: str) -> bool:
        named = self.definition.expressions.named(text)
        return any(name in (each, each.rpartition(".")[0]) for each in named)

    @cached_property
    def checks(self) -> tuple[Check, ...]:
        """The checks of the page that a script can make."""
        return tuple(check for check in self.page.checks if self._tree(check.that) is not None)

    def data(self) -> dict[str, Any]:
        """Return what the page's script is given; empty when it has nothing to decide."""
        steered = [question for question in self.candidates if self._steered(question)]
        trees = [found for q in steered if (found := self._tree(q.when)) is not None]
        checks = [found for check in self.checks if (found := self._tree(check.that)) is not None]
        if not (trees or checks):
            return {}
        names = {name for found in (*trees, *checks) for name in names_in(found)}
        known = self.definition.expressions.known
        return {
            "show": [
                [q.id.replace(".", "-"), q.id, found, known.get(q.id, (None, ""))[1]]
                for q, found in zip(steered, trees, strict=True)
            ],
            "checks": checks,
            "types": {name: self._typed[name] for name in sorted(names & set(self._typed))},
            "values": {
                name: self.values.get(name, known[name][1])
                for name in sorted(names - set(self._typed))
            },
        }
