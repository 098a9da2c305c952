"""Before the form: where, for whom, and whether this service is the right one."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext

from motcua.agencies import queries as agencies
from motcua.agencies.rules.codes import code_list
from motcua.dossiers.models import Draft
from motcua.dossiers.rules.drafts import LIVES
from motcua.journeys import counter, filing
from motcua.journeys.assurance import Act, service_level
from motcua.journeys.counter import Entry
from motcua.journeys.filing import Begin
from motcua.journeys.refusals import OtherOffice
from motcua.kernel.refusal import Refusal
from motcua.portal import at_counter
from motcua.portal.devices import kind_of
from motcua.portal.finding import today
from motcua.portal.mandates.choosing import mandate_question, mandates_for
from motcua.portal.open_drafts import about_whom, drafts_here
from motcua.portal.pages import account_of, language, show
from motcua.portal.signing_in.session import citizen_of
from motcua.portal.signing_in.step_up import stepped_up
from motcua.procedures import queries as procedures
from motcua.procedures.queries import Published
from motcua.procedures.rules.form import Option as DeclaredOption
from motcua.procedures.rules.procedure import Exit
from motcua.procedures.timing import minutes_to_fill
from motcua.toolkit.clock import now
from motcua.toolkit.networks import brake_gently
from motcua.ui.draft_keys import keep_secret
from motcua.ui.fields import ErrorLink, FieldView, Option, PlaceValue, error_links
from motcua.ui.refusals import refusal_text

MOST_DRAFTS = 1000
"""Drafts begun an hour from one network."""


def start(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask place, for whom, and the eligibility questions; then begin a draft."""
    published = procedures.current(slug, today())
    entry = at_counter.entry(request)
    needed = None if entry else service_level(published)
    if needed is not None and (answer := stepped_up(request, Act.FILE, service=needed)):
        return answer
    citizen = None if entry else citizen_of(request)
    filing.must_be_served(published, organisation=bool(citizen and citizen.organisation))
    asked = _Asked(request, published, entry)
    if request.method == "POST" and not asked.only_asking:
        if way_out := asked.way_out():
            return _not_here(request, published, way_out)
        if not asked.errors():
            try:
                return _begun(request, published, asked)
            except OtherOffice as refusal:
                return _questions(request, published, asked, refusal)
    return _questions(request, published, asked)


class _Asked:
    """The questions before the form, as asked and as answered."""

    def __init__(
        self, request: HttpRequest, published: Published, entry: Entry | None = None
    ) -> None:
        self.entry = entry
        self.mandates = [] if entry else mandates_for(request, published)
        self.data = request.POST if request.method == "POST" else request.GET
        self.checked = request.method == "POST" and not self.only_asking
        self.law = published.procedure
        self.spoken = language()
        self.at = now()

    @property
    def only_asking(self) -> bool:
        """Whether the person only chose a province or searched, and wants the page again."""
        return "_ask" in self.data or "_search" in self.data

    @property
    def commune(self) -> str:
        chosen = self.data.get("place__match") or self.data.get("place__commune", "")
        return chosen or (self.entry.post.agency.place_code if self.entry else "")

    @property
    def province(self) -> str:
        chosen = self.data.get("place__province", "")
        return chosen or (self.entry.post.agency.province_code if self.entry else "")

    def begin(self) -> Begin:
        """Return what was chosen."""
        other = self.law.start.somebody_else
        whom = "self" if other is None or self.data.get("for_whom") != other.value else other.value
        return Begin(
            commune=self.commune,
            for_whom=whom,
            relation="" if whom == "self" else self.data.get("relation", ""),
            eligibility={q.id: self.data.get(q.id, "") for q in self.law.eligibility},
            channel=self.entry.channel if self.entry else "online",
            mandate=self.mandate,
        )

    @property
    def mandate(self) -> str:
        """Return the mandate by which the person files for another, of those they hold; empty for themselves."""
        told = self.data.get("mandate", "")
        return told if told in {str(row.pk) for row in self.mandates} else ""

    def way_out(self) -> Exit | None:
        """Return where a person goes whom this service does not serve."""
        for question in self.law.eligibility:
            leaving = question.exits.get(self.data.get(question.id, ""))
            if leaving:
                return leaving
        return None

    def views(self) -> list[FieldView]:
        """Return the questions as fields."""
        views = [*mandate_question(self.mandates, self.mandate), self._place()]
        if self.law.start.somebody_else:
            views += self._for_whom(self.law.start.somebody_else)
        return views + [self._eligibility(place) for place in range(len(self.law.eligibility))]

    def errors(self) -> list[ErrorLink]:
        """Return what is not answered yet."""
        return error_links(self.views())

    def _place(self) -> FieldView:
        province, commune = self.province, self.commune
        unit = agencies.find_place(commune, self.at) if commune else None
        serves = unit and agencies.find_agency(self.law.start.receiving, commune, self.at)
        missing = self.checked and not serves
        # Enter goes on instead of searching: who chose nothing yet finds what the words meant.
        search = self.data.get("place__search", "") if "_search" in self.data or missing else ""
        units = agencies.communes(province, self.at) if province else ()
        found = agencies.search_places(search, self.at, limit=8, kind="commune") if search else []
        return FieldView(
            id="place",
            name="place",
            widget="place",
            label=self.law.start.place_question.to(self.spoken),
            with_detail=False,
            errors=[self._place_error(unit is not None)] if missing else [],
            options=[
                Option(u.code, u.full_name, selected=u.code == province)
                for u in agencies.provinces(self.at)
            ],
            value=PlaceValue(
                province=province,
                commune=commune,
                search=search,
                searched=bool(search),
                communes=[Option(u.code, u.full_name, selected=u.code == commune) for u in units],
                matches=[Option(f.unit.code, f.full_name, f.formerly or "") for f in found],
            ),
            communes_url=reverse("portal:communes"),
            search_url=reverse("portal:places"),
        )

    def _place_error(self, known: bool) -> str:
        if known:
            return gettext(
                "Xã, phường này chưa nhận hồ sơ trên hệ thống. Hãy chọn nơi khác, "
                "hoặc hỏi bộ phận một cửa của xã."
            )
        return gettext("Hãy chọn tỉnh, thành phố rồi chọn xã, phường.")

    def _for_whom(self, other: DeclaredOption) -> list[FieldView]:
        chosen = self.data.get("for_whom", "self")
        whom = FieldView(
            id="for_whom",
            name="for_whom",
            widget="radio",
            label=gettext("Quý vị nộp hồ sơ cho ai?"),
            options=[
                Option("self", gettext("Cho chính tôi hoặc con tôi"), selected=chosen == "self"),
                Option(other.value, other.label.to(self.spoken), selected=chosen == other.value),
            ],
        )
        relations = self.law.start.relations
        if not relations:
            return [whom]
        relation = self.data.get("relation", "")
        known = code_list(relations).has(relation)
        missing = self.checked and chosen == other.value and not known
        return [
            whom,
            FieldView(
                id="relation",
                name="relation",
                widget="select",
                label=gettext("Nếu nộp cho người khác: quý vị là gì của người đó?"),
                errors=[gettext("Hãy chọn quan hệ với người được nộp giúp.")] if missing else [],
                options=[
                    Option(row.code, row.label(self.spoken), selected=row.code == relation)
                    for row in code_list(relations).rows
                ],
            ),
        ]

    def _eligibility(self, place: int) -> FieldView:
        question = self.law.eligibility[place]
        answer = self.data.get(question.id, "")
        missing = self.checked and answer not in {option.value for option in question.options}
        return FieldView(
            id=question.id.replace(".", "-"),
            name=question.id,
            widget="radio",
            label=question.question.to(self.spoken),
            hint=question.hint.to(self.spoken) if question.hint else "",
            errors=[gettext("Hãy chọn một câu trả lời.")] if missing else [],
            options=[
                Option(
                    option.value,
                    option.label.to(self.spoken),
                    option.hint.to(self.spoken) if option.hint else "",
                    selected=option.value == answer,
                )
                for option in question.options
            ],
        )


def _questions(
    request: HttpRequest, published: Published, asked: _Asked, refusal: Refusal | None = None
) -> HttpResponse:
    views = asked.views()
    wrong = [ErrorLink(refusal_text(refusal))] if refusal else []
    context: dict[str, Any] = {
        "name": published.procedure.name.to(asked.spoken),
        "minutes": minutes_to_fill(published.procedure),
        "citizen": None if asked.entry else citizen_of(request),
        "fields": views,
        "errors": [*wrong, *error_links(views)],
        "counter": reverse("desk:counter") if asked.entry else "",
        "open_drafts": [] if asked.entry else _open_drafts(request, published),
        "elsewhere": "" if asked.entry else reverse("portal:continue"),
        "back": reverse("portal:service", args=[published.procedure.slug]),
    }
    return show(request, "start", context, status=400 if context["errors"] else 200)


def _open_drafts(request: HttpRequest, published: Published) -> list[dict[str, Any]]:
    """Return drafts of this service that the person may go on with instead of beginning anew."""
    slug = published.procedure.slug
    return [_to_go_on(draft) for draft in drafts_here(request) if draft.version.slug == slug]


def _to_go_on(draft: Draft) -> dict[str, Any]:
    return {
        "href": reverse("portal:overview", args=[draft.pk]),
        "whom": about_whom(draft),
        "updated_at": draft.updated_at,
        "until": draft.expires_at,
    }


def _not_here(request: HttpRequest, published: Published, way_out: Exit) -> HttpResponse:
    spoken = language()
    context = {
        "name": published.procedure.name.to(spoken),
        "why": way_out.why.to(spoken),
        "instead": way_out.instead.to(spoken),
        "back": reverse("portal:service", args=[published.procedure.slug]),
    }
    return show(request, "not_here", context)


def _begun(request: HttpRequest, published: Published, asked: _Asked) -> HttpResponse:
    brake_gently(request, "drafts", MOST_DRAFTS)
    if asked.entry:
        draft, secret = counter.begin(
            published=published, chosen=asked.begin(), entry=asked.entry, at=asked.at
        )
    else:
        account, level = account_of(request)
        draft, secret = filing.begin(
            published=published, chosen=asked.begin(), account=account, level=level,
            device=kind_of(request), language=asked.spoken, at=asked.at,
        )  # fmt: skip
    answer = redirect("portal:overview", draft_id=draft.pk)
    keep_secret(answer, draft.pk, secret, LIVES, offered=not asked.entry)
    return answer
