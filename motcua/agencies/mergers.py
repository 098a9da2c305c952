"""Carrying out what a merger says of agencies: rows that end and rows that begin on its day, in one transaction."""

from datetime import date, datetime

from django.db import transaction
from django.db.models import Q

from motcua.agencies.caches import AGENCIES
from motcua.agencies.loading import changed
from motcua.agencies.models import Agency, AgencySuccession, Post, ServiceArea, Substitution
from motcua.agencies.rules import mergers as rules
from motcua.agencies.rules.mergers import Becomes, NewAgency, Plan


def problems(plan: Plan) -> list[str]:
    """Return what keeps the plan from being carried out: nothing, or a line for each."""
    known = {
        agency.code: (agency.kind, agency.valid_to is None or agency.valid_to > plan.since)
        for agency in Agency.objects.all()
    }
    return list(rules.problems(plan, known, followed()))


def followed() -> dict[str, str]:
    """Return every agency that became another, with what it became; one query."""
    return dict(AgencySuccession.objects.values_list("old__code", "new__code"))


@transaction.atomic
def merge(plan: Plan, *, at: datetime) -> list[AgencySuccession]:
    """Let the agencies of the plan become what it says, from its day on; done again, nothing changes.

    New agencies begin, old ones end; what they serve and who works there goes to the successor. The dossiers
    follow in acts of their own. The plan has no `problems`.
    """
    for new in plan.new:
        _begun(new, plan.since)
    made = [
        _succeeded(old, one, plan, at)
        for one in plan.becomes
        for old in Agency.objects.filter(code__in=one.old).order_by("code")
    ]
    _served(plan)
    changed(AGENCIES)
    return made


def _begun(new: NewAgency, since: date) -> None:
    values = new.model_dump(exclude={"code", "serves"})
    Agency.objects.get_or_create(code=new.code, defaults={**values, "valid_from": since})


def _succeeded(old: Agency, one: Becomes, plan: Plan, at: datetime) -> AgencySuccession:
    successor = Agency.objects.get(code=one.into)
    found, made = AgencySuccession.objects.get_or_create(
        old=old,
        defaults={
            "new": successor, "since": plan.since, "decision": plan.decision, "recorded_at": at,
        },
    )  # fmt: skip
    if made:
        Agency.objects.filter(pk=old.pk).update(valid_to=plan.since)
        _posts(old, successor, plan.since, carry=one.posts == "carry")
        _areas(old, successor, plan.since)
    return found


def _posts(old: Agency, new: Agency, since: date, *, carry: bool) -> None:
    """End the posts of the day, and let their people hold the same ones at the successor."""
    held = list(Post.objects.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=since), agency=old))
    Post.objects.filter(pk__in=[post.pk for post in held]).update(valid_to=since)
    for post in held if carry else ():
        there, _made = Post.objects.get_or_create(
            official_id=post.official_id, agency=new, role=post.role, valid_to=None,
            defaults={"valid_from": since, "signs": post.signs, "title": post.title},
        )  # fmt: skip
        _substitutes(post, there, since)


def _substitutes(old: Post, new: Post, since: date) -> None:
    """Let who stands in for an absent colleague do so in the new post too."""
    standing = Substitution.objects.filter(post=old, last_day__gte=since, ended_at__isnull=True)
    for one in standing:
        values = {name: getattr(one, name) for name in _KEPT}
        first = max(one.first_day, since)
        Substitution.objects.get_or_create(
            key=f"merge:{one.pk}", defaults={**values, "post": new, "first_day": first}
        )


_KEPT = ("substitute_id", "last_day", "reason", "recorded_by_id", "recorded_at")


def _areas(old: Agency, new: Agency, since: date) -> None:
    """Give the places that the old agency served to the successor."""
    served = list(ServiceArea.objects.filter(agency=old, valid_to__isnull=True))
    ServiceArea.objects.filter(pk__in=[area.pk for area in served]).update(valid_to=since)
    for area in served:
        _serve(new, area.place_code, since)


def _served(plan: Plan) -> None:
    for new in plan.new:
        agency = Agency.objects.get(code=new.code)
        for place_code in (new.place_code, *new.serves):
            if new.kind == "commune_committee" or place_code in new.serves:
                _serve(agency, place_code, plan.since)


def _serve(agency: Agency, place_code: str, since: date) -> None:
    """Let the agency serve a place that nobody of its kind serves any more."""
    ServiceArea.objects.get_or_create(
        kind=agency.kind, place_code=place_code, valid_to=None,
        defaults={"agency": agency, "valid_from": since},
    )  # fmt: skip
