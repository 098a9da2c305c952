"""A procedure ready for use: its texts typed, its expressions compiled, its questions answerable."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal

from motcua.procedures.rules.expressions import ExpressionFailed, Expressions, flat, variables
from motcua.procedures.rules.form import FormField, Page
from motcua.procedures.rules.personal import Personal, personal_data
from motcua.procedures.rules.plan import Sees, Stage
from motcua.procedures.rules.procedure import Paper, Procedure, Result
from motcua.procedures.rules.world import Circumstances

Answers = dict[str, Any]


@dataclass(frozen=True)
class NeededPaper:
    """A paper that this case calls for."""

    paper: Paper
    required: bool
    replaced: bool


@dataclass(frozen=True)
class Settled:
    """The answers that count: hidden questions dropped, taken and computed ones filled in."""

    answers: Answers
    values: Mapping[str, Any]


class Definition:
    """One version of a procedure with its compiled expressions; immutable, shared by requests."""

    def __init__(self, procedure: Procedure) -> None:
        """Compile nothing yet: each expression is compiled at its first use and kept."""
        self.procedure = procedure
        self.expressions = Expressions(variables(procedure))

    @cached_property
    def fields(self) -> dict[str, FormField]:
        """Every field by id, in the order of asking."""
        return self.procedure.form.fields()

    @cached_property
    def pages(self) -> dict[str, Page]:
        """Every page by id, in order."""
        return {page.id: page for page in self.procedure.form.pages}

    @cached_property
    def personal(self) -> dict[str, Personal]:
        """Which personal data each question asks, by id."""
        return personal_data(self.procedure)

    def settle(self, answers: Mapping[str, Any], circumstances: Circumstances) -> Settled:
        """Walk the form in its order and keep what counts in this case.

        A field is asked when its page and its own condition hold on the answers before it.
        """
        values: dict[str, Any] = dict(circumstances.values())
        before = {q.id: answers.get(q.id) or "" for q in self.procedure.eligibility}
        values.update(before)
        # What was answered before the form stays with the declaration: conditions go on naming it.
        settled: Answers = {name: told for name, told in before.items() if told}
        for page in self.procedure.form.pages:
            if not self.expressions.holds(page.when, values):
                continue
            for field in page.fields:
                if not self.expressions.holds(field.when, values):
                    continue
                answer = self._answer(field, answers, settled, values)
                if answer is not None:
                    settled[field.id] = answer
                    values.update(flat({field.id: answer}))
        return Settled(settled, values)

    def _answer(
        self,
        field: FormField,
        answers: Mapping[str, Any],
        settled: Answers,
        values: Mapping[str, Any],
    ) -> Any:
        source = self.taken_from(field, values)
        if source is not None:
            return settled.get(source, values.get(source) or None)
        if field.compute is not None:
            try:
                return self.expressions.value(field.compute, values)
            except ExpressionFailed:
                return None
        if field.type == "group" and answers.get(field.id) and field.id not in self._alike_rows:
            return [self._row(field, row, values) for row in answers[field.id]]
        return answers.get(field.id)

    def _row(self, group: FormField, row: Answers, values: Mapping[str, Any]) -> Answers:
        """Return a row without the answers that it does not ask for."""
        asked = {part.short for part, _ in self.parts(group, row, values)}
        return {short: told for short, told in row.items() if short in asked}

    def taken_from(self, field: FormField, values: Mapping[str, Any]) -> str | None:
        """Return the field whose answer serves here too, None when the person is asked."""
        for take in field.take:
            if self.expressions.holds(take.when, values):
                return take.source
        return None

    def asked_pages(self, values: Mapping[str, Any]) -> list[Page]:
        """Return the pages this case shows: those with at least one question for the person."""
        return [
            page
            for page in self.procedure.form.pages
            if self.expressions.holds(page.when, values) and any(self.asked(page, values))
        ]

    def asked(self, page: Page, values: Mapping[str, Any]) -> Iterator[FormField]:
        """Yield the fields of a page that the person answers in this case."""
        for field in self.shown(page, values):
            if field.compute is None and self.taken_from(field, values) is None:
                yield field

    def shown(self, page: Page, values: Mapping[str, Any]) -> Iterator[FormField]:
        """Yield the fields of a page that belong to this case, taken and computed ones too."""
        for field in page.fields:
            if self.expressions.holds(field.when, values):
                yield field

    def required(self, field: FormField, values: Mapping[str, Any]) -> bool:
        """Tell whether the field must be answered in this case.

        Whoever comes in person may have no telephone: theirs is asked for then, never demanded.
        """
        if (
            field.id == self.procedure.applicant.phone
            and values.get("channel", "online") != "online"
        ):
            return False
        return self.expressions.holds(field.required, values)

    def parts(
        self, group: FormField, row: Answers, values: Mapping[str, Any]
    ) -> Iterator[tuple[FormField, bool]]:
        """Yield the questions that this row of a group asks, and whether each must be answered.

        In their conditions `row.<question>` names an answer of the same row.
        """
        if (alike := self._alike_rows.get(group.id)) is not None:
            yield from alike
            return
        here = {**values, **flat({f"row.{short}": told for short, told in row.items()})}
        for part in group.fields:
            if self.expressions.holds(part.when, here):
                yield part, self.expressions.holds(part.required, here)

    @cached_property
    def _alike_rows(self) -> dict[str, list[tuple[FormField, bool]]]:
        """The questions of groups whose rows all ask the same, so that nothing is asked per row."""
        return {
            group.id: [(part, str(part.required).lower() == "true") for part in group.fields]
            for group in self.fields.values()
            if group.type == "group" and all(map(_always_alike, group.fields))
        }

    def papers(self, values: Mapping[str, Any]) -> list[NeededPaper]:
        """Return the papers of this case (trường hợp → thành phần hồ sơ)."""
        holds = self.expressions.holds
        return [
            NeededPaper(
                paper,
                required=holds(paper.required, values),
                replaced=paper.replaced_when is not None and holds(paper.replaced_when, values),
            )
            for paper in self.procedure.papers
            if holds(paper.when, values)
        ]

    def stages(self, values: Mapping[str, Any]) -> list[Stage]:
        """Return the legs of this case, in the order of the plan."""
        holds = self.expressions.holds
        return [stage for stage in self.procedure.plan.stages if holds(stage.when, values)]

    def results(self, values: Mapping[str, Any]) -> list[Result]:
        """Return the results this case brings."""
        chosen = {stage.id for stage in self.stages(values)}
        return [
            result
            for result in self.procedure.results
            if result.stage in chosen and self.expressions.holds(result.when, values)
        ]

    def visible_to(self, sees: Sees | Literal["all"], answers: Answers) -> Answers:
        """Return only the answers on an allow-list."""
        if sees == "all":
            return dict(answers)
        return {name: told for name, told in answers.items() if sees.allows(name)}

    def seen_by(self, field_id: str) -> list[Stage]:
        """Return the stages whose agencies get to see a field, to tell whoever fills it in."""
        return [
            stage
            for stage in self.procedure.plan.stages
            if stage.sees == "all" or stage.sees.allows(field_id)
        ]


def _always_alike(part: FormField) -> bool:
    """Tell whether a question is asked of every row, and obligatory in all or none."""
    return part.when == "true" and str(part.required).lower() in ("true", "false")
