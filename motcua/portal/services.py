"""What a service is and what it takes – law, papers by case, fees, clocks – before signing in."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.urls import reverse
from django.utils.translation import gettext
from markdown_it import MarkdownIt

from motcua.agencies import queries as agencies
from motcua.documents.qr import qr_svg
from motcua.journeys.case import TodaysWorld
from motcua.journeys.limits_in_words import limit_words, plan_words
from motcua.portal.finding import event_crumbs, today
from motcua.portal.hits import level_words
from motcua.portal.pages import language, show
from motcua.portal.signing_in.session import citizen_of
from motcua.procedures import queries as procedures
from motcua.procedures.models import Version
from motcua.procedures.queries import Published
from motcua.procedures.rules.cases import case_words
from motcua.procedures.rules.plan import Stage
from motcua.procedures.rules.procedure import (
    Exemption,
    Fee,
    Paper,
    Procedure,
    Rate,
    article_words,
)
from motcua.procedures.rules.refusals import ProcedureUnknown
from motcua.procedures.rules.texts import Grounds
from motcua.procedures.timing import minutes_to_fill
from motcua.toolkit.clock import now
from motcua.ui.display import display_of


def service(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the version of a service in force; its code, and codes it had before, lead here."""
    published = procedures.current(slug, today())
    if published.procedure.slug != slug:
        target = reverse("portal:service", args=[published.procedure.slug])
        return HttpResponsePermanentRedirect(target)
    return _shown(request, service_facts(published, today()))


def version(request: HttpRequest, slug: str, since: str) -> HttpResponse:
    """Show the version that began on a day, to read; one in force leads to the present page.

    Raises ProcedureUnknown.
    """
    day = _day(since)
    published = procedures.current(slug, day)
    law = published.procedure
    if (law.slug, law.effective.since) != (slug, day):
        raise ProcedureUnknown
    if procedures.current_or_none(slug, today()) == published:
        return HttpResponsePermanentRedirect(reverse("portal:service", args=[slug]))
    return _shown(request, {**service_facts(published, day), "not_today": True})


EASY, WHOLE = "de-hieu", "day-du"


def _shown(request: HttpRequest, facts: dict[str, Any]) -> HttpResponse:
    """Show the whole page, or the guide in easy words where it is asked for or chosen for every page."""
    asked = request.GET.get("doc") or (EASY if display_of(request).words else WHOLE)
    easy = bool(facts["easy"]) and asked == EASY
    tabs = [
        {"label": gettext("Đầy đủ"), "href": f"?doc={WHOLE}", "current": not easy},
        {"label": gettext("Đọc dễ hiểu"), "href": f"?doc={EASY}", "current": easy},
    ]
    reading: dict[str, Any] = {"tabs": tabs} if facts["easy"] else {}
    citizen = citizen_of(request)
    if citizen and citizen.organisation:
        reading["organisation"] = citizen.organisation
    return show(request, "service_easy" if easy else "service", {**facts, **reading})


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ProcedureUnknown from None


def files_words(law: Procedure) -> str:
    """Return who may file a service on the portal."""
    if law.start.organisations:
        return gettext("Cá nhân; tổ chức bằng tài khoản định danh điện tử của tổ chức")
    return gettext("Cá nhân. Tài khoản của tổ chức không nộp được việc này")


def service_qr(request: HttpRequest, slug: str) -> HttpResponse:
    """Answer the QR code of a service as a picture to print on a leaflet."""
    published = procedures.current(slug, today())
    address = f"{settings.BASE_URL}{reverse('portal:short_link', args=[published.procedure.slug])}"
    answer = HttpResponse(qr_svg(address), content_type="image/svg+xml")
    answer["Cache-Control"] = "public, max-age=86400"
    return answer


def service_facts(published: Published, day: date) -> dict[str, Any]:
    """Return what the page of a service tells of its law on a day."""
    told = _Telling(published, day, language())
    law, spoken = published.procedure, told.spoken
    guides, render = published.guides, MarkdownIt("js-default").render
    return {
        "law": law,
        "minutes": minutes_to_fill(law),
        "name": law.name.to(spoken),
        "short": law.short.to(spoken),
        "audience": law.audience.to(spoken),
        "files": files_words(law),
        "level": level_words(law.level),
        "level_reason": law.level_reason.to(spoken) if law.level_reason else "",
        "limit": plan_words(law.plan),
        "limit_basis": told.basis(law.plan.limit),
        "fees": [told.fee(fee) for fee in law.fees],
        "cases": list(told.cases()),
        "results": [result.name.to(spoken) for result in law.results],
        "stages": [told.stage(stage) for stage in law.plan.stages],
        "basis": [
            {"title": b.title.to(spoken), "articles": article_words(b.articles, spoken)}
            for b in law.legal_basis
        ],
        "versions": told.versions(),
        "guide": render(guides.get(spoken) or guides.get("vi", "")),
        "guide_language": spoken if spoken in guides else "vi",
        "easy": render(guides.get(f"easy.{spoken}") or guides.get("easy.vi", "")),
        "start": reverse("portal:start", args=[law.slug]),
        "qr": f"{settings.BASE_URL}{reverse('portal:short_link', args=[law.slug])}",
        "qr_file": reverse("portal:service_qr", args=[law.slug]),
        "breadcrumbs": event_crumbs(law.life_events),
    }


@dataclass(frozen=True)
class _Telling:
    """Tells one version in one language, as it is on a day."""

    published: Published
    day: date
    spoken: str

    def basis(self, grounds: Grounds) -> str:
        """Return the article a rule rests on, and what there is to say of it."""
        cited = self.published.procedure.cited(grounds, self.spoken)
        return f"{cited}. {grounds.note.to(self.spoken)}" if grounds.note else cited

    def case(self, condition: bool | str) -> str:
        """Return the case in words: empty for every case, a plain word where it cannot be told shortly."""
        told = case_words(self.published.definition, condition, TodaysWorld(now()), self.spoken)
        if told is None:
            return gettext("Tùy trường hợp, hệ thống sẽ hỏi khi khai")
        return gettext("Trường hợp: {case}").format(case=told) if told else ""

    def cases(self) -> Iterator[dict[str, Any]]:
        """Yield the papers by the case that calls for them; what all need comes first."""
        cases: dict[str, list[dict[str, str]]] = {}
        for paper in self.published.procedure.papers:
            cases.setdefault(self.case(paper.when), []).append(self.paper(paper))
        for case in sorted(cases, key=bool):
            yield {"case": case, "papers": cases[case]}

    def paper(self, paper: Paper) -> dict[str, str]:
        return {
            "name": paper.name.to(self.spoken),
            "help": paper.help.to(self.spoken) if paper.help else "",
            "optional": "" if paper.required in (True, "true") else gettext("không bắt buộc"),
            "replaced_by": paper.replaced_by.to(self.spoken) if paper.replaced_by else "",
            "basis": self.basis(paper),
        }

    def fee(self, fee: Fee) -> dict[str, Any]:
        """Return a fee with its rates in force; amounts that provinces set are told apart."""
        rates = [r for r in fee.rates if r.effective is None or r.effective.holds(self.day)]
        return {
            "name": fee.name.to(self.spoken),
            "case": self.case(fee.when),
            "each": fee.count != "1",
            "rates": [self.rate(rate) for rate in rates],
            "exemptions": self.exemptions(fee.exemptions),
        }

    def rate(self, rate: Rate) -> dict[str, Any]:
        until = rate.effective.until if rate.effective else None
        return {
            "amount": rate.amount,
            "channel": _channel_words(rate.channel),
            "province": agencies.full_name(rate.province, self.day) if rate.province else "",
            "until": until,
            "note": rate.note.to(self.spoken) if rate.note else "",
            "basis": self.published.procedure.cited(rate, self.spoken),
        }

    def exemptions(self, items: Iterable[Exemption]) -> list[dict[str, str]]:
        """Return who pays nothing, by the article that says so."""
        names: dict[str, list[str]] = {}
        for item in items:
            names.setdefault(self.basis(item), []).append(item.name.to(self.spoken))
        return [{"names": "; ".join(told), "basis": basis} for basis, told in names.items()]

    def stage(self, stage: Stage) -> dict[str, str]:
        limit = limit_words(stage.limit)
        basis = self.basis(stage.limit) if stage.limit else ""
        return {
            "title": stage.name.to(self.spoken),
            "text": " – ".join(filter(None, (limit, basis))),
        }

    def versions(self) -> list[dict[str, Any]]:
        """Return the versions of this service, the latest first."""
        rows = procedures.versions_called(self.published.procedure.slug)
        return [_version_view(row, self.published) for row in reversed(rows)]


def _version_view(row: Version, shown: Published) -> dict[str, Any]:
    address = reverse("portal:service_version", args=[row.slug, row.effective_from.isoformat()])
    return {
        "since": row.effective_from,
        "until": row.effective_until,
        "code": row.code,
        "href": "" if row.pk == shown.id else address,
    }


def _channel_words(channel: str | None) -> str:
    return {
        "online": gettext("nộp trực tuyến"),
        "counter": gettext("nộp tại quầy"),
        "post": gettext("nộp qua bưu điện"),
        None: "",
    }[channel]
