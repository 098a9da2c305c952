"""Turns the fields of a form into what the pages show."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext

from motcua.agencies import queries as agencies
from motcua.journeys.case import Case
from motcua.kernel import partial_date
from motcua.kernel.refusal import Refusal
from motcua.portal.group_views import group_rows
from motcua.procedures.rules.definition import Definition
from motcua.procedures.rules.form import FormField
from motcua.procedures.rules.reading_answers import Posted
from motcua.ui.fields import DateValue, FacilityValue, FieldView, Option, PlaceValue, Why
from motcua.ui.refusals import refusal_text
from motcua.ui.words import phone_words

if TYPE_CHECKING:
    from motcua.procedures.rules.plan import Stage

MANY = 7
"""From so many options on, a list to open is easier than radio buttons on a phone."""

_WIDGETS = {
    "person_name": "name",
    "tick": "checkbox",
    "yes_no": "radio",
    "choices": "checkboxes",
}


@dataclass(frozen=True)
class Shown:
    """What showing a page's fields needs: the case, what was posted, what is wrong with it."""

    case: Case
    language: str
    posted: Posted | None = None
    faults: Mapping[str, Refusal] = field(default_factory=dict)
    searched: str = ""
    asking: frozenset[str] = frozenset()
    decided: frozenset[str] = frozenset()
    """Questions after which a script shows and hides by itself what depends on them."""
    open_rows: bool = False
    """Rows of groups stand open: without network nobody opens them when they are pressed."""

    def views(self, fields: Iterable[FormField]) -> list[FieldView]:
        """Return the fields ready to be shown."""
        return [self.view(field) for field in fields]

    def view(
        self,
        field: FormField,
        *,
        name: str = "",
        answer: Any = None,
        required: bool | None = None,
        asks: bool = False,
    ) -> FieldView:
        """Return one field ready to be shown, with what was typed even where it is wrong."""
        name = name or field.id
        if required is None:
            required = self.case.definition.required(field, self.case.settled.values)
        answer = self.case.draft.answers.get(field.id) if answer is None else answer
        fault = self.faults.get(name)
        made: dict[str, Any] = {
            "id": name.replace(".", "-"),
            "name": name,
            "widget": self._widget(field),
            "label": field.label.to(self.language),
            "hint": field.hint.to(self.language) if field.hint else "",
            "example": field.example,
            "why": self._why(field),
            "required": required,
            "errors": [refusal_text(fault)] if fault else [],
            "partial": field.partial,
            "asks": asks or name in self.asking,
            "decided": name in self.decided,
            "attributes": self._purpose(field),
        }
        return FieldView(**made, **self._own(field, name, answer))

    def _purpose(self, field: FormField) -> dict[str, str]:
        """Return what the phone may fill in of its own person (WCAG 1.3.5); nothing of whoever types at the counter."""
        if self.case.draft.typist_id is not None:
            return {}
        applicant = self.case.published.procedure.applicant
        purposes = {
            applicant.name: "name",
            applicant.phone: "tel",
            applicant.email: "email",
            "applicant.birth_date": "bday",
        }
        return {"autocomplete": purposes[field.id]} if field.id in purposes else {}

    def _widget(self, field: FormField) -> str:
        if field.type == "choice":
            return "select" if self._count(field) > MANY else "radio"
        return _WIDGETS.get(field.type, field.type)

    def _count(self, field: FormField) -> int:
        return (
            len(self.case.world.codes(field.codes, field.only))
            if field.codes
            else len(field.options)
        )

    def _why(self, field: FormField) -> Why | None:
        if field.why is None:
            return None
        law = self.case.published.procedure
        note = field.why.note.to(self.language) if field.why.note else ""
        article = law.cited(field.why, self.language)
        return Why(text=note, article=article, seen_by=seen_by(self.case, field.id, self.language))

    def _own(self, field: FormField, name: str, answer: Any) -> dict[str, Any]:
        """Return value, options and what else belongs to the field's type."""
        make = _OWN.get(field.type)
        if make is not None:
            return make(self, field, name, answer)
        if field.type == "phone" and answer:
            answer = phone_words(answer)
        counted = {"counted": field.longest} if field.type == "long_text" else {}
        return {"value": self._typed(name, answer), **counted}

    def _ticked(self, _field: FormField, name: str, answer: Any) -> dict[str, Any]:
        return {"value": bool(self._typed(name, "1" if answer else ""))}

    def _dated(self, _field: FormField, name: str, answer: Any) -> dict[str, Any]:
        return {"value": self._date(name, answer)}

    def _chosen_of(self, field: FormField, name: str, answer: Any) -> dict[str, Any]:
        options = self._options(field, name, answer)
        return {"options": options, "searchable": len(options) > 3 * MANY}

    def _typed(self, name: str, answer: Any) -> Any:
        if self.posted is not None:
            return self.posted.one(name)
        return "" if answer is None else answer

    def _date(self, name: str, answer: str | None) -> DateValue:
        if self.posted is not None:
            typed = (self.posted.one(f"{name}__{part}") for part in ("day", "month", "year"))
            return DateValue(*typed)
        if not answer:
            return DateValue()
        moment = partial_date.read(answer)
        return DateValue(str(moment.day or ""), str(moment.month or ""), str(moment.year))

    def _options(self, field: FormField, name: str, answer: Any) -> list[Option]:
        chosen = self._chosen(field, name, answer)
        return [
            Option(value, label, hint, selected=value in chosen)
            for value, label, hint in self._offers(field)
        ]

    def _chosen(self, field: FormField, name: str, answer: Any) -> set[str]:
        if self.posted is not None:
            return set(self.posted.many(name))
        if field.type == "yes_no":
            return {{True: "yes", False: "no"}.get(answer, "")}
        return set(answer) if isinstance(answer, list) else {str(answer or "")}

    def _offers(self, field: FormField) -> list[tuple[str, str, str]]:
        if field.type == "yes_no":
            return [("yes", gettext("Có"), ""), ("no", gettext("Không"), "")]
        if field.codes:
            world = self.case.world
            return [
                (code, world.label(field.codes, code, self.language) or code, "")
                for code in world.codes(field.codes, field.only)
            ]
        return [
            (o.value, o.label.to(self.language), o.hint.to(self.language) if o.hint else "")
            for o in field.options
        ]

    def _place(self, _field: FormField, name: str, answer: dict[str, str] | None) -> dict[str, Any]:
        answer = answer or {}
        if self.posted is not None:
            answer = {
                part: self.posted.one(f"{name}__{part}")
                for part in ("province", "commune", "detail")
            }
        province = answer.get("province", "")
        search = self.posted.one(f"{name}__search") if self.posted else ""
        # Enter goes on instead of searching: who chose nothing yet finds what the words meant.
        searched = bool(search) and (self.searched == name.replace(".", "-") or name in self.faults)
        value = PlaceValue(
            province=province,
            commune=answer.get("commune", ""),
            detail=answer.get("detail", ""),
            search=search,
            searched=searched,
            communes=communes_of(province, answer.get("commune", ""), self.case),
            matches=matches(search, self.case) if searched else (),
        )
        return {"value": value, "options": provinces(province, self.case), **_place_urls()}

    def _facility(
        self, field: FormField, name: str, answer: dict[str, str] | None
    ) -> dict[str, Any]:
        answer = answer or {}
        code, other, address = answer.get("code", ""), "", ""
        if self.posted is not None:
            code = self.posted.one(name)
            other, address = (
                self.posted.one(f"{name}__other"),
                self.posted.one(f"{name}__other_address"),
            )
        elif code == "other":
            other, _, address = answer.get("text", "").partition(", ")
        codes = field.codes or "health_facilities"
        world = self.case.world
        options = [
            Option(each, world.label(codes, each, self.language) or each, selected=each == code)
            for each in world.codes(codes, field.only)
        ]
        return {
            "options": options,
            "value": FacilityValue(other, address, code == "other"),
            "searchable": True,
        }

    def _group(
        self, field: FormField, _name: str, answer: list[dict[str, Any]] | None
    ) -> dict[str, Any]:
        rows = group_rows(self, field, answer)
        return {"rows": rows, "can_add": len(rows) < field.rows}


_OWN: dict[str, Callable[[Shown, FormField, str, Any], dict[str, Any]]] = {
    "date": Shown._dated,  # noqa: SLF001 - the table of its own methods
    "place": Shown._place,  # noqa: SLF001
    "facility": Shown._facility,  # noqa: SLF001
    "choice": Shown._chosen_of,  # noqa: SLF001
    "choices": Shown._chosen_of,  # noqa: SLF001
    "yes_no": Shown._chosen_of,  # noqa: SLF001
    "group": Shown._group,  # noqa: SLF001
    "tick": Shown._ticked,  # noqa: SLF001
}


def _place_urls() -> dict[str, str]:
    return {"communes_url": reverse("portal:communes"), "search_url": reverse("portal:places")}


def provinces(chosen: str, case: Case) -> list[Option]:
    """Return the provinces in force, as options."""
    units = agencies.provinces(case.at)
    return [Option(unit.code, unit.full_name, selected=unit.code == chosen) for unit in units]


def communes_of(province: str, chosen: str, case: Case) -> list[Option]:
    """Return the communes of a province, as options."""
    units = agencies.communes(province, case.at) if province else ()
    return [Option(unit.code, unit.full_name, selected=unit.code == chosen) for unit in units]


def matches(text: str, case: Case) -> list[Option]:
    """Return communes found by words, old names understood and translated."""
    found = agencies.search_places(text, case.at, limit=8, kind="commune")
    return [Option(item.unit.code, item.full_name, item.formerly or "") for item in found]


def seen_by(case: Case, field_id: str, language: str) -> str:
    """Return the names of the stages whose agencies get to see an answer."""
    stages: list[Stage] = case.definition.seen_by(field_id)
    return ", ".join(stage.name.to(language) for stage in stages)


def asking_fields(definition: Definition, fields: Iterable[FormField]) -> frozenset[str]:
    """Return the fields of a page on whose answers other questions of the form depend."""
    texts = [field.when for page in definition.procedure.form.pages for field in page.fields]
    return frozenset(
        field.id
        for field in fields
        if any(
            name.startswith(field.id)
            for text in texts
            for name in definition.expressions.named(text)
        )
    )
