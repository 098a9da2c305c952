"""How results are to come: online, at the counter, by post with address and postage."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext

from motcua.dossiers.rules.drafts import mark
from motcua.journeys import result_ways
from motcua.journeys.case import Case
from motcua.journeys.refusals import AddressIncomplete, AddressTooLong, WaysChanged, WayUnknown
from motcua.journeys.result_ways import PostAddress
from motcua.kernel.phone import PhoneUnreadable
from motcua.kernel.refusal import Refusal
from motcua.portal.draft_pages import case_or_receipt, links, progress, show_of
from motcua.portal.field_views import communes_of, matches, provinces
from motcua.portal.pages import language
from motcua.toolkit.clock import now
from motcua.ui.fields import ErrorLink, FieldView, Option, PlaceValue
from motcua.ui.refusals import refusal_text
from motcua.ui.words import phone_words


def ways(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    """Ask how each result is to come; by post with address and fee (R5, R27)."""
    case = case_or_receipt(request, draft_id)
    if isinstance(case, HttpResponse):
        return case
    errors: list[ErrorLink] = []
    was = request.POST.get("_was", "") or mark(case.draft.ways)
    if request.method == "POST" and "_ask" not in request.POST and "_search" not in request.POST:
        try:
            result_ways.choose_ways(
                draft=case.draft, ways=_chosen(request, case), address=_address(request),
                was=was, at=now(),
            )  # fmt: skip
        except WaysChanged as refusal:
            errors = [ErrorLink(refusal_text(refusal)), *_chosen_elsewhere(case)]
            was = mark(case.draft.ways)  # shown now: saving again is a decision
        except Refusal as refusal:
            errors = [ErrorLink(refusal_text(refusal), _where(request, case, refusal))]
        else:
            if request.headers.get("X-Part") == "autosave":  # told without network, sent now
                return JsonResponse({"was": mark(case.draft.ways)})
            return redirect("portal:check", draft_id=draft_id)
    return _ways(request, case, errors, was)


def _chosen(request: HttpRequest, case: Case) -> dict[str, str]:
    results = case.definition.results(case.settled.values)
    return {result.id: request.POST.get(f"way.{result.id}", "") for result in results}


def _chosen_elsewhere(case: Case) -> list[ErrorLink]:
    """Return what the draft says now, in words, so that nothing is overwritten unseen."""
    chosen, address = result_ways.chosen_ways(case), result_ways.address_of(case)
    lines = [
        f"{result.name.to(language())}: {way_words(chosen[result.id])[0]}"
        for result in case.definition.results(case.settled.values)
    ]
    place = case.world.commune(address.commune)
    where = [
        address.name,
        phone_words(address.phone),
        address.detail,
        place.full_name if place else "",
    ]
    if "post" in chosen.values():
        lines.append(", ".join(filter(None, where)))
    return [ErrorLink(line) for line in lines]


def _address(request: HttpRequest) -> PostAddress:
    data = request.POST
    return PostAddress(
        name=data.get("post_name", "").strip(),
        phone=data.get("post_phone", "").strip(),
        commune=data.get("post__match") or data.get("post__commune", ""),
        detail=data.get("post__detail", "").strip(),
    )


def _where(request: HttpRequest, case: Case, refusal: Refusal) -> str:
    """Return the box that a refusal is about."""
    chosen, address = _chosen(request, case), _address(request)
    if isinstance(refusal, WayUnknown):
        results = case.definition.results(case.settled.values)
        return next(f"#way-{one.id}__0" for one in results if chosen[one.id] not in one.ways)
    if isinstance(refusal, AddressTooLong):
        return "#post_name" if len(address.name) > result_ways.LONGEST_NAME else "#post__detail"
    if isinstance(refusal, AddressIncomplete):
        boxes = {"post_name": address.name, "post_phone": address.phone}
        return next((f"#{box}" for box, told in boxes.items() if not told), "#post__province")
    return "#post_phone" if isinstance(refusal, PhoneUnreadable) else ""


def _ways(request: HttpRequest, case: Case, errors: list[ErrorLink], was: str) -> HttpResponse:
    spoken = language()
    results = case.definition.results(case.settled.values)
    chosen = _chosen(request, case) if request.method == "POST" else result_ways.chosen_ways(case)
    address = _address(request) if request.method == "POST" else result_ways.address_of(case)
    views = [
        FieldView(
            id=f"way-{result.id}",
            name=f"way.{result.id}",
            widget="radio",
            label=result.name.to(spoken),
            options=[
                Option(way, words, hint, selected=chosen.get(result.id) == way)
                for way in result.ways
                for words, hint in [way_words(way)]
            ],
        )
        for result in results
    ]
    by_post = any("post" in result.ways for result in results)
    context = {
        "name": case.published.procedure.name.to(spoken),
        "fields": views,
        "address": _address_views(request, case, address) if by_post else [],
        "quote": quote_words(case, address.commune) if by_post else None,
        **progress(case, "ways"),
        "errors": errors,
        "was": was,
        "back": links(case.draft)["overview"],
        "links": links(case.draft),
    }
    return show_of(request, "ways", case, context, status=422 if errors else 200)


def way_words(way: str) -> tuple[str, str]:
    """Return a way of receiving a result in words, with what to know about it."""
    return {
        "online": (
            gettext("Bản điện tử có chữ ký số"),
            gettext("Tải về ngay khi xong. Có giá trị như bản giấy."),
        ),
        "counter": (gettext("Bản giấy, nhận tại bộ phận một cửa"), gettext("Vẫn kèm bản điện tử.")),
        "post": (
            gettext("Bản giấy, bưu điện giao tận nhà"),
            gettext("Quý vị trả cước khi nhận. Vẫn kèm bản điện tử."),
        ),
    }[way]


def _address_views(request: HttpRequest, case: Case, address: PostAddress) -> list[FieldView]:
    world = case.world.commune(address.commune)
    province = request.POST.get("post__province") or (world.province if world else "")
    search = request.POST.get("post__search", "") if "_search" in request.POST else ""
    place = PlaceValue(
        province=province,
        commune=address.commune,
        detail=address.detail,
        search=search,
        searched=bool(search),
        communes=communes_of(province, address.commune, case),
        matches=matches(search, case) if search else (),
    )
    return [
        FieldView("post_name", "post_name", "name", gettext("Họ tên người nhận"), value=address.name),
        FieldView("post_phone", "post_phone", "phone", gettext("Số điện thoại người nhận"), value=phone_words(address.phone)),
        FieldView(
            "post", "post", "place", gettext("Địa chỉ nhận"), value=place,
            options=provinces(province, case), communes_url=reverse("portal:communes"),
            search_url=reverse("portal:places"),
        ),
    ]  # fmt: skip


def quote_words(case: Case, commune: str) -> dict[str, int] | None:
    """Return what the post asks for the way there; None when it is not known."""
    said = result_ways.postage(case, commune)
    return {"fee": said.fee_vnd, "days": said.days} if said else None
