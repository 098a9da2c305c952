"""What a page's conditions need to be decided on the phone itself: trees, and the values they ask for."""

from collections.abc import Iterable, Iterator, Mapping
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


PLACE = ("province", "commune", "detail")


@dataclass(frozen=True)
class OnThePhone:
    """One page in one case, as far as a script can decide it.

    `whole`: the phone has no network, so answers of the other pages move too, not only this page's own.
    """

    definition: Definition
    page: Page
    values: Mapping[str, Any]
    whole: bool = False
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
        """Tell whether the person answers it where it is asked; `whole`: in some case at least."""
        taken = not self.whole and self.definition.taken_from(question, self.values) is not None
        return question.compute is None and not taken

    def _asked_when(self, question: FormField) -> Tree | None:
        """Return when a question is asked, for the browser: also not while its answer is taken from another."""
        found = self._tree(question.when)
        for take in question.take if self.whole else ():
            taken = self._tree(take.when)
            found = ["&&", found, ["!", taken]] if found and taken else None
        return found

    def _steered(self, question: FormField) -> bool:
        """Tell whether an answer decides that may change here, and a script can tell how."""
        found = self._asked_when(question)
        return found is not None and bool(names_in(found) & set(self._typed))

    @cached_property
    def _typed(self) -> dict[str, str]:
        """The names whose values a script reads from controls → how it reads them."""
        known: dict[str, str] = {}
        for question in self._moving:
            kind = READABLE.get(question.type)
            if kind is None or not self._own(question):
                continue
            parts = PLACE if kind == "place" else ()
            known |= {f"{question.id}.{part}": kind for part in parts} or {question.id: kind}
        return known

    @cached_property
    def _moving(self) -> tuple[FormField, ...]:
        """The questions whose answers may change while nobody asks the server."""
        pages = self.definition.procedure.form.pages if self.whole else (self.page,)
        return tuple(question for page in pages for question in page.fields)

    @cached_property
    def here(self) -> dict[str, str]:
        """The names whose values stand in this page's own controls → how a script reads them."""
        own = {question.id for question in self.candidates}
        return {
            name: kind
            for name, kind in self._typed.items()
            if name in own or (kind == "place" and name.rpartition(".")[0] in own)
        }

    @cached_property
    def _beyond(self) -> set[str]:
        """The names that change with these questions and that no script can read."""
        names = self.definition.expressions.known
        here = {question.id for question in self._moving}
        moving = {name for name in names if name in here or name.rpartition(".")[0] in here}
        still = {q.id for q in self._moving if q.compute is None and not self._own(q)}
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
        shown = self.shown
        checks = [found for check in self.checks if (found := self._tree(check.that)) is not None]
        if not (shown or checks):
            return {}
        trees = (*(found for _, _, found, _ in shown), *checks)
        names = {name for found in trees for name in names_in(found)}
        return {
            "show": shown,
            "checks": checks,
            "types": {name: self.here[name] for name in sorted(names & set(self.here))},
            "values": self.values_of(names - set(self.here)),
        }

    @cached_property
    def shown(self) -> list[tuple[str, str, Tree, Any]]:
        """The questions that a script shows and hides: id of the field, name, condition, value of nothing."""
        known = self.definition.expressions.known
        return [
            (q.id.replace(".", "-"), q.id, found, known.get(q.id, (None, ""))[1])
            for q in self.candidates
            if self._steered(q) and (found := self._asked_when(q)) is not None
        ]

    def values_of(self, names: Iterable[str]) -> dict[str, Any]:
        """Return what these names stand for in this case."""
        known = self.definition.expressions.known
        return {name: self.values.get(name, known[name][1]) for name in sorted(names)}

    def called_for(self) -> dict[str, Any]:
        """Return what a script needs to tell whether the page has a question for the person.

        `when` is the page's own condition; `always`: one of its questions is asked whatever it says.
        """
        holds, found = self.definition.expressions.holds, self._tree(self.page.when)
        steered = {name for _, name, _, _ in self.shown}
        asked = self.definition.asked(self.page, self.values)
        return {
            "id": self.page.id,
            "when": found or ["=", holds(self.page.when, self.values)],
            "always": any(question.id not in steered for question in asked),
            "show": self.shown,
            "take": list(self._taken()),
            "types": self.here,
        }

    def _taken(self) -> Iterator[tuple[str, Tree, str]]:
        """Yield what is taken from another answer: its name, when, and from which; the last that holds counts."""
        for question in self.page.fields:
            parts = [f".{part}" for part in PLACE] if question.type == "place" else [""]
            for take in reversed(question.take):
                if found := self._tree(take.when):
                    for part in parts:
                        yield question.id + part, found, take.source + part


def plan(definition: Definition, values: Mapping[str, Any]) -> dict[str, Any]:
    """Return a whole form for a phone without network: which pages there are and when each is asked."""
    pages = definition.procedure.form.pages
    phones = [OnThePhone(definition, page, values, whole=True) for page in pages]
    called = [phone.called_for() for phone in phones]
    trees = [[page["when"], *(found for _, _, found, _ in page["show"])] for page in called]
    trees += [[found for _, found, _ in page["take"]] for page in called]
    names = {name for found in trees for each in found for name in names_in(each)}
    names |= {source for page in called for _, _, source in page["take"]}
    known = names & set(definition.expressions.known)
    for page in called:
        page["types"] = {name: kind for name, kind in page["types"].items() if name in names}
        page["take"] = [take for take in page["take"] if take[0] in known and take[2] in known]
    names = known
    return {"pages": called, "values": phones[0].values_of(names) if phones else {}}
