"""“What we do with what you declare”: one page per service, made from the procedure itself."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from motcua.portal.finding import today
from motcua.portal.pages import language, show
from motcua.procedures import queries as procedures
from motcua.procedures.queries import Published
from motcua.procedures.rules.form import FormField
from motcua.procedures.rules.personal import Kind, Personal
from motcua.procedures.rules.retention import RetentionClass, personal_law

_YEAR = 12


@dataclass(frozen=True)
class Use:
    """One question: why it is asked, what kind of data, who sees the answer, how long it is kept."""

    question: str
    why: str
    kind: str
    sensitive: bool
    seen_by: str
    kept: str


@require_safe
def service(request: HttpRequest, slug: str) -> HttpResponse:
    """Show what is done with every answer of a service. Raises ProcedureUnknown."""
    published = procedures.current(slug, today())
    law = published.procedure
    context = {
        "name": law.name.to(language()),
        "slug": slug,
        "sections": _sections(published),
        "retention": law.retention.to(language()),
        "parties": [stage.name.to(language()) for stage in law.plan.stages],
    }
    return show(request, "data/service", context)


def _sections(published: Published) -> list[tuple[str, list[Use]]]:
    found: dict[str, list[Use]] = {}
    for page in published.procedure.form.pages:
        uses = [_use(published, field) for field in page.fields]
        found.setdefault(page.section.to(language()), []).extend(filter(None, uses))
    return [(title, uses) for title, uses in found.items() if uses]


def _use(published: Published, field: FormField) -> Use | None:
    definition = published.definition
    known: Personal = definition.personal[field.id]
    if not known.is_personal:
        return None
    stages = definition.seen_by(field.id)
    return Use(
        question=field.label.to(language()),
        why=_why(published, field),
        kind=kind_words(known.kind),
        sensitive=known.kind == "sensitive",
        seen_by=", ".join(stage.name.to(language()) for stage in stages),
        kept=kept_words(known.keeps),
    )


def _why(published: Published, field: FormField) -> str:
    """Return the reason in words where there is one, and the article."""
    if field.why is None:
        return gettext("Tính từ những gì đã khai")
    note = field.why.note.to(language()) if field.why.note else ""
    return " – ".join(filter(None, [note, published.procedure.cited(field.why, language())]))


def kind_words(kind: Kind) -> str:
    """Return the kind of data as the law calls it."""
    return {
        "none": gettext("không phải dữ liệu cá nhân"),
        "basic": gettext("dữ liệu cá nhân cơ bản"),
        "sensitive": gettext("dữ liệu cá nhân nhạy cảm"),
    }[kind]


def kept_words(name: str) -> str:
    """Return how long a class is kept; empty where the procedure names none."""
    known = next((one for one in personal_law().classes if one.id == name), None)
    return _time_words(known) if known else ""


def _time_words(known: RetentionClass) -> str:
    if known.forever:
        return gettext("giữ mãi mãi")
    if known.months is None:
        return gettext("theo quy định lưu trữ, thời hạn chưa xác nhận")
    years, months = divmod(known.months, _YEAR)
    time = (
        gettext("{n} năm").format(n=years)
        if not months
        else gettext("{n} tháng").format(n=known.months)
    )
    after = gettext("{time} sau khi hồ sơ kết thúc").format(time=time)
    return after if known.confirmed else gettext("{time} (chưa xác nhận)").format(time=after)
