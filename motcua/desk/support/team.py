"""The village digital team of the office: who may help people by their codes as one of it, until when."""

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from motcua.desk.counter.words import masked_phone
from motcua.desk.signing_in.session import the_official
from motcua.desk.support.pages import page
from motcua.help import team
from motcua.help.team import NewMember
from motcua.journeys import supporting
from motcua.journeys.supporting import Supporter
from motcua.kernel import names
from motcua.kernel import phone as phones
from motcua.kernel.refusal import Refusal
from motcua.kernel.working_calendar import local
from motcua.procedures.rules.reading_answers import Posted
from motcua.toolkit.clock import now
from motcua.ui.fields import ErrorLink, FieldView, Option
from motcua.ui.refusals import refusal_text


@require_http_methods(["GET", "HEAD", "POST"])
def members(request: HttpRequest) -> HttpResponse:
    """Show the list, and add to it. Raises TeamNotYours."""
    mine = supporting.lister(the_official(request), now())
    posted = Posted(dict(request.POST.lists()))
    wrong = ""
    if request.method == "POST":
        try:
            team.add(
                agency_id=_office(mine, posted),
                member=_member(posted),
                by=mine.official.pk,
                at=now(),
            )
            return redirect("desk:team")
        except Refusal as no:
            wrong = refusal_text(no)
    rows = team.members(mine.agency_ids)
    context = {
        "lines": [(one, masked_phone(one.phone)) for one in rows],
        "several": len(mine.agencies) > 1,
        "fields": _fields(mine, posted),
        "errors": [ErrorLink(wrong)] if wrong else [],
    }
    return page(request, "team", mine, context, status=400 if wrong else 200)


@require_POST
def remove(request: HttpRequest, member_id: int) -> HttpResponse:
    """Take somebody off the list; again is harmless. Raises TeamNotYours."""
    mine = supporting.lister(the_official(request), now())
    team.remove(member_id=member_id, agency_ids=mine.agency_ids, at=now())
    return redirect("desk:team")


def _office(mine: Supporter, posted: Posted) -> int:
    wanted = posted.number("agency")
    return wanted if wanted in mine.agency_ids else mine.agency_ids[0]


def _member(posted: Posted) -> NewMember:
    """Read the form. Raises what a name or a number can be refused for."""
    told = posted.one("until")
    ends = {day.isoformat(): day for day in _ends()}
    return NewMember(
        name=str(names.read(posted.one("name"))),
        phone=phones.read(posted.one("phone")),
        unit=posted.one("unit"),
        until=ends.get(told, _ends()[0]),
    )


def _ends() -> list[date]:
    """Return until when somebody may be listed: the end of this year, and of the next."""
    year = local(now()).year
    return [date(year, 12, 31), date(year + 1, 12, 31)]


def _fields(mine: Supporter, posted: Posted) -> list[FieldView]:
    offices = [Option(str(one.pk), one.name) for one in mine.agencies]
    chosen = posted.one("until") or _ends()[-1].isoformat()
    ends = [
        Option(day.isoformat(), f"{day:%d/%m/%Y}", selected=day.isoformat() == chosen)
        for day in _ends()
    ]
    of_office = [FieldView("agency", "agency", "select", gettext("Cơ quan"), options=offices)]
    return [
        *(of_office if len(offices) > 1 else []),
        FieldView("name", "name", "name", gettext("Họ và tên"), value=posted.one("name")),
        FieldView(
            "phone", "phone", "phone", gettext("Số điện thoại di động"), value=posted.one("phone"),
            hint=gettext("Người này vào giúp dân bằng mã gửi đến số ấy."),
        ),
        FieldView("unit", "unit", "text", gettext("Thôn, tổ dân phố"), value=posted.one("unit"), required=False),
        FieldView("until", "until", "radio", gettext("Đến hết ngày"), options=ends),
    ]  # fmt: skip
