"""Acting on a dossier: one page for each act, offered only where the heart allows it now."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID, uuid4

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from motcua.agencies.models import Post
from motcua.desk import (
    act_forms,
    changing,
    consulting,
    extending,
    reasons,
    second_requests,
    step_form,
)
from motcua.desk.act_forms import ActForm, How
from motcua.desk.act_links import SLUGS
from motcua.desk.counter.handing import HandOver
from motcua.desk.dossier import head
from motcua.desk.pages import show
from motcua.desk.signing_in import again
from motcua.desk.signing_in.session import the_official
from motcua.desk.telling import step_of, told
from motcua.dossiers.queries import changed_meanwhile
from motcua.dossiers.rules.offers import Offer
from motcua.dossiers.rules.refusals import LegNotOpen, NotNow
from motcua.journeys import looking
from motcua.journeys.looking import Opened
from motcua.kernel.refusal import Refusal
from motcua.procedures.rules.reading_answers import Posted
from motcua.toolkit.clock import now
from motcua.ui.fields import ErrorLink, error_links
from motcua.ui.refusals import refusal_text

_CONFLICT = 409
FEWEST_WORDS = 3
"""What has as many was written by a person, not chosen."""
FORMS: dict[str, type[ActForm]] = {
    SLUGS[form.doing]: form
    for form in (
        act_forms.Receive,
        act_forms.SendBack,
        act_forms.AnswerWithdrawal,
        HandOver,
        act_forms.GiveToPost,
        act_forms.TakeCash,
        step_form.TakeStep,
        extending.Extend,
        extending.DismissExtension,
        consulting.Consult,
        consulting.Opinion,
        changing.SignChange,
        changing.DropChange,
        changing.CorrectResult,
        changing.RevokeResult,
        changing.ReinstateResult,
        reasons.AskSupplement,
        second_requests.Prepare,
        second_requests.DeclineRequest,
        reasons.Decline,
        reasons.Refuse,
        reasons.Stop,
    )
}


@require_http_methods(["GET", "HEAD", "POST"])
def act(request: HttpRequest, code: str, slug: str, part: str = "") -> HttpResponse:
    """Ask for what the act needs, then do it: once, and only on what the official has seen."""
    kind = FORMS.get(slug)
    if kind is None:
        raise Http404
    asked = kind is consulting.Opinion  # whoever was only asked does nothing else
    opened = looking.look_around(official=the_official(request), code=code, at=now(), asked=asked)
    opened.must_be_open()
    if _signs(opened, kind, part) and (away := again.fresh(request)) is not None:
        return away
    if request.method == "POST":
        return _post(request, kind, opened, part)
    chance = opened.chance(kind.doing, part)
    if chance is None or chance.offer.needs_leader:
        return _not_now(request, opened, None, _why(opened, kind, part))
    return _page(request, kind(opened, chance.offer, chance.post))


def _signs(opened: Opened, kind: type[ActForm], part: str) -> bool:
    """Tell whether the act is a signature: that wants a second factor shown just now."""
    leg = opened.dossier.legs.get(part)
    if kind is not step_form.TakeStep or leg is None or not leg.step:
        return kind is changing.SignChange
    return step_of(opened, part, leg.step).kind == "sign"


def _why(opened: Opened, kind: type[ActForm], part: str) -> str:
    chance = opened.chance(kind.doing, part)
    if chance is not None:
        return gettext(
            "Hồ sơ đã được yêu cầu bổ sung một lần. Yêu cầu lần hai phải do lãnh đạo gửi."
        )
    if part and part in opened.dossier.legs:
        return refusal_text(LegNotOpen(leg=opened.published.procedure.plan.stage(part).name))
    if (refusal := opened.why_not(kind.doing, part)) is not None:
        return refusal_text(refusal)
    return refusal_text(NotNow(status=gettext(opened.dossier.status.words)))


def _post(request: HttpRequest, kind: type[ActForm], opened: Opened, part: str) -> HttpResponse:
    posted = _posted(request)
    seen = _number(posted.one("seen"))
    offer = Offer(kind.doing, part, posted.one("step"))
    form = kind(opened, offer, _acting_post(opened, posted), posted)
    form.files = list(request.FILES.getlist("files"))
    key = _key(opened, posted)
    if looking.happened_already(opened, key):
        return _done(opened, kind)
    if form.seen_counts and (not _there(opened, offer) or seen != opened.dossier.seq):
        return _changed(request, form, seen)
    try:
        fits = form.fits()
        if not (form.ready() and fits):
            return _page(request, form, status=_status(form))
        form.do(How(form.post, key, seen, opened.at))
    except Refusal as refusal:
        return _refused(request, form, refusal, seen)
    return _done(opened, kind)


def _posted(request: HttpRequest) -> Posted:
    """Return what was posted, with lines ended as the page counts its signs."""
    lists = request.POST.lists()
    return Posted({name: [one.replace("\r\n", "\n") for one in told] for name, told in lists})


def _there(opened: Opened, offer: Offer) -> bool:
    """Tell whether the step the page was about is still the one the leg stands at."""
    if offer.doing not in ("step", "send_back"):
        return True
    leg = opened.dossier.legs.get(offer.part)
    return leg is not None and bool(leg.step) and leg.step == offer.step


def _status(form: ActForm) -> int:
    return 400 if form.wrong else 200


def _done(opened: Opened, kind: type[ActForm]) -> HttpResponse:
    page = reverse("desk:dossier", args=[opened.row.code])
    return HttpResponseRedirect(f"{page}?{urlencode({'xong': SLUGS[kind.doing]})}")


def _acting_post(opened: Opened, posted: Posted) -> Post:
    """Return the post the page was made for; it must be one of the official's own."""
    wanted = _number(posted.one("post"))
    return next((post for post in opened.posts if post.pk == wanted), opened.posts[0])


def _number(told: str) -> int:
    return int(told) if told.isascii() and told.isdigit() and len(told) < 10 else 0  # noqa: PLR2004 - fits the column


def _key(opened: Opened, posted: Posted) -> str:
    try:
        made = UUID(posted.one("key"))
    except ValueError:
        made = uuid4()
    return f"desk:{opened.row.code}:{made.hex}"


def _refused(request: HttpRequest, form: ActForm, refusal: Refusal, seen: int) -> HttpResponse:
    if refusal.status != _CONFLICT:
        form.wrong[""] = refusal_text(refusal)
        return _page(request, form, status=refusal.status)
    asked = isinstance(form, consulting.Opinion)
    fresh = looking.look(
        official=the_official(request), code=form.code, at=form.opened.at, asked=asked
    )
    return _not_now(request, fresh, seen, refusal_text(refusal))


def _changed(request: HttpRequest, form: ActForm, seen: int) -> HttpResponse:
    """Say who was faster, and what changed since the page was opened."""
    refusal = changed_meanwhile(form.opened.row.code)
    return _not_now(request, form.opened, seen, refusal_text(refusal))


def _not_now(request: HttpRequest, opened: Opened, seen: int | None, words: str) -> HttpResponse:
    since = len(opened.history) if seen is None else seen
    context = {
        **head(opened), "words": words, "changes": told(opened, since=since),
        "tried": request.method == "POST", "written": _written(request),
    }  # fmt: skip
    return show(request, "changed", context, status=_CONFLICT)


def _written(request: HttpRequest) -> list[str]:
    """Return the sentences that were typed: nobody shall have to find their words again."""
    said = [told.strip() for _, values in request.POST.lists() for told in values]
    return [words for words in said if len(words.split()) >= FEWEST_WORDS]


def _page(request: HttpRequest, form: ActForm, *, status: int = 200) -> HttpResponse:
    fields = form.fields()
    own = form.context()
    general = [ErrorLink(words) for name, words in form.wrong.items() if not name]
    context: dict[str, Any] = {
        **head(form.opened),
        "form": form,
        "title": form.title(),
        "lead": form.lead(),
        "button_words": form.button(),
        "button_kind": form.kind,
        "fields": fields,
        "errors": [*general, *error_links(fields), *_reason_errors(form)],
        "act_key": form.posted.one("key") or str(uuid4()),
        "seen": form.posted.one("seen") or form.opened.dossier.seq,
        "post": form.post,
        "step": form.offer.step,
        **own,
    }
    return show(request, form.template, context, status=status)


def _reason_errors(form: ActForm) -> list[ErrorLink]:
    """Return the errors that stand beside no field of `fields`; their names are ids of the page."""
    known = {view.name for view in form.fields()}
    return [
        ErrorLink(words, f"#{name}")
        for name, words in form.wrong.items()
        if name and name not in known
    ]
