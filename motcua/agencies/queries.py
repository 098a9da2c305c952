"""What may be asked about places, agencies, posts and the calendar. Reads only."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db.models import Q, QuerySet

from motcua.agencies.caches import AGENCIES, CALENDAR, PLACES
from motcua.agencies.calendars import read_calendar
from motcua.agencies.models import (
    Agency,
    AgencySuccession,
    CalendarChange,
    CalendarDay,
    Official,
    Place,
    Post,
    ServiceArea,
    Substitution,
    Succession,
)
from motcua.agencies.rules import places as rules
from motcua.agencies.rules.places import Found, Successor, Unit, day_of
from motcua.agencies.rules.refusals import UnknownPlace
from motcua.agencies.rules.roles import NAMES, Role
from motcua.agencies.rules.second_factor import address_for_app
from motcua.agencies.rules.signing_lines import SignsBy
from motcua.agencies.search import candidates
from motcua.kernel.working_time import Calendar, DayException
from motcua.toolkit import written_sql

LONGEST_SEARCH = 200


def _unit(row: Place) -> Unit:
    return Unit(
        row.code, "province" if row.kind == Place.Kind.PROVINCE else "commune", row.type, row.name,
        row.province_code, row.district, row.valid_from, row.valid_to,
    )  # fmt: skip


def _versions_of(codes: Iterable[str]) -> dict[str, tuple[Unit, ...]]:
    """Return every unit that ever had each code, oldest first."""
    return PLACES.get_many("code", codes, _read_versions)


def _read_versions(codes: list[str]) -> dict[str, tuple[Unit, ...]]:
    found: dict[str, tuple[Unit, ...]] = dict.fromkeys(codes, ())
    for row in Place.objects.filter(code__in=codes).order_by("valid_from"):
        found[row.code] = (*found[row.code], _unit(row))
    return found


def _steps_of(units: Iterable[Unit]) -> dict[tuple[str, date], tuple[Succession, ...]]:
    """Return what each ended unit became at its end, the default first."""
    return PLACES.get_many("became", ((one.code, one.valid_from) for one in units), _read_steps)


def _read_steps(
    keys: list[tuple[str, date]],
) -> dict[tuple[str, date], tuple[Succession, ...]]:
    found: dict[tuple[str, date], tuple[Succession, ...]] = dict.fromkeys(keys, ())
    rows = Succession.objects.filter(old_code__in=[code for code, _day in keys])
    for row in rows.order_by("-default", "new_code"):
        key = (row.old_code, row.old_valid_from)
        if key in found:
            found[key] = (*found[key], row)
    return found


def _of_province(province_code: str, kind: str) -> tuple[Unit, ...]:
    rows = Place.objects.filter(kind=kind).order_by("sort_key", "code")
    if province_code:
        rows = rows.filter(province_code=province_code)
    return PLACES.get((kind, province_code), lambda: tuple(_unit(row) for row in rows))


def provinces(at: date | datetime) -> tuple[Unit, ...]:
    """Return the provinces of the day, in the order of the Vietnamese alphabet."""
    day = day_of(at)
    return tuple(unit for unit in _of_province("", "province") if unit.valid_on(day))


def communes(province_code: str, at: date | datetime) -> tuple[Unit, ...]:
    """Return the communes of a province on the day, in the order of the alphabet; maybe none."""
    day = day_of(at)
    return tuple(unit for unit in _of_province(province_code, "commune") if unit.valid_on(day))


def find_place(code: str, at: date | datetime) -> Unit | None:
    """Return the unit that had this code on the day, or None."""
    day = day_of(at)
    return next((unit for unit in _versions_of([code])[code] if unit.valid_on(day)), None)


def place(code: str, at: date | datetime) -> Unit:
    """Return the unit that had this code on the day. Raises `UnknownPlace`."""
    found = find_place(code, at)
    if found is None:
        raise UnknownPlace(place=code)
    return found


def full_name(code: str, at: date | datetime) -> str:
    """Return `Xã Nam Thanh Miện, Thành phố Hải Phòng`. Raises `UnknownPlace`."""
    unit = place(code, at)
    return rules.address(unit, find_place(unit.province_code, at))


def successors(code: str, was_on: date | datetime, at: date | datetime) -> tuple[Successor, ...]:
    """Return what the unit that had the code on `was_on` is on `at`, the default one first.

    One successor is the answer; several mean that the unit was divided (471 communes on
    2025-07-01) and the person must be asked. A unit that still exists is its own successor.
    Raises `UnknownPlace`.
    """
    return _became(place(code, was_on), day_of(at))


def place_now(code: str, at: date | datetime) -> Unit:
    """Return the unit that had the code, or what it is now where it has ended: an old leaflet leads on.

    Of a divided unit the successor by default. Raises `UnknownPlace`.
    """
    day = day_of(at)
    found = find_place(code, day)
    if found is not None:
        return found
    past = [unit for unit in _versions_of([code])[code] if unit.valid_from <= day]
    became = _became(past[-1], day) if past else ()
    then = next((one.unit for one in became if one.default or len(became) == 1), None)
    if then is None:
        raise UnknownPlace(place=code)
    return then


def _became(unit: Unit, day: date) -> tuple[Successor, ...]:
    key = ("after", unit.code, unit.valid_from, day)
    return PLACES.get(key, lambda: tuple(_follow(unit, day)))


def _follow(unit: Unit, day: date) -> list[Successor]:
    """Walk from change to change until the units of the day."""
    if unit.valid_on(day):
        return [Successor(unit, default=True)]
    found: dict[Unit, bool] = {}
    for step in _steps_of([unit])[unit.code, unit.valid_from]:
        became = place(step.new_code, step.new_valid_from)
        for end in _follow(became, day):
            found[end.unit] = found.get(end.unit, False) or (step.default and end.default)
    return [Successor(became, default) for became, default in found.items()]


def search_places(
    text: str, at: date | datetime, limit: int = 10, *, kind: str | None = None
) -> list[Found]:
    """Return the units of the day that the words name, best first.

    Missing diacritics, usual abbreviations and typing errors are forgiven. Old names lead to
    what they became, with the old address in `formerly`; a divided unit gives each of its
    successors with `split`. `kind`: only `province` or only `commune`.
    """
    words = rules.search_words(text[:LONGEST_SEARCH])
    if not words:
        return []
    day = day_of(at)
    units = [_unit(row) for row in candidates(words, day=day, kind=kind)]
    above = _versions_of(unit.province_code for unit in units)
    pairs = [(unit, _then(above[unit.province_code], unit, day)) for unit in units]
    best = rules.ranked(text, pairs, limit)
    _remember_what_became_of(unit for unit, _province in best if not unit.valid_on(day))
    found: dict[str, Found] = {}
    for unit, province in best:
        for answer in _answers(unit, province, day):
            found.setdefault(answer.unit.code, answer)
    return list(found.values())[:limit]


def _then(versions: tuple[Unit, ...], unit: Unit, day: date) -> Unit | None:
    """Return the province as it was called while the unit existed: today's if it still does."""
    when = day if unit.valid_on(day) else unit.valid_from
    return next((province for province in versions if province.valid_on(when)), None)


def _remember_what_became_of(units: Iterable[Unit]) -> None:
    """Read the successors of all the units at once, so that `_answers` asks nothing a row."""
    became = _versions_of(step.new_code for steps in _steps_of(units).values() for step in steps)
    _versions_of(unit.province_code for versions in became.values() for unit in versions)


def _answers(unit: Unit, province: Unit | None, day: date) -> Iterable[Found]:
    if unit.valid_on(day):
        yield Found(unit, rules.address(unit, province), "", split=False)
        return
    became = _became(unit, day)
    split = len(became) > 1
    for end in became:
        name = rules.address(end.unit, find_place(end.unit.province_code, day))
        yield Found(end.unit, name, rules.formerly(unit, province, split=split), split)


def _valid(day: date) -> Q:
    return Q(valid_from__lte=day) & (Q(valid_to__isnull=True) | Q(valid_to__gt=day))


def find_agency(kind: str, place_code: str, at: date | datetime) -> Agency | None:
    """Return the agency of the kind that serves the place, or None.

    An agency that serves the commune itself comes before one that serves its province, and that
    before one that serves the country.
    """
    day = day_of(at)
    key = ("for", kind, place_code, day)
    return AGENCIES.get(key, lambda: _find_agency(kind, place_code, day))


def _find_agency(kind: str, place_code: str, day: date) -> Agency | None:
    unit = find_place(place_code, day)
    served = [place_code, unit.province_code if unit else place_code, ""]
    areas = ServiceArea.objects.filter(_valid(day), kind=kind, place_code__in=served)
    found = {area.place_code: area.agency for area in areas.select_related("agency")}
    agencies = [found[code] for code in served if code in found]
    return next((agency for agency in agencies if _open(agency, day)), None)


def _open(agency: Agency, day: date) -> bool:
    return agency.valid_from <= day and (agency.valid_to is None or day < agency.valid_to)


def agency(code: str) -> Agency:
    """Return the agency with this code, open or closed. Raises `Agency.DoesNotExist`."""
    return AGENCIES.get(("code", code), lambda: Agency.objects.get(code=code))


def agency_by_id(agency_id: int) -> Agency:
    """Return the agency with this key. Raises `Agency.DoesNotExist`."""
    return AGENCIES.get(("id", agency_id), lambda: Agency.objects.get(pk=agency_id))


def lineage(agency_ids: Iterable[int]) -> set[int]:
    """Return these agencies and all that became them: what an office kept for itself its successor keeps."""
    (followed,) = AGENCIES.get("followed", lambda: (_followed(),))
    found = set(agency_ids)
    while more := {old for old, new in followed.items() if new in found} - found:
        found |= more
    return found


def _followed() -> dict[int, int]:
    return dict(AgencySuccession.objects.values_list("old_id", "new_id"))


def goes_on_as(office: Agency, at: date | datetime) -> Agency:
    """Return what an office has become by the day, through every merger; itself while it is open."""
    day = day_of(at)
    while office.valid_to is not None and office.valid_to <= day:
        rows = AgencySuccession.objects.filter(old=office, since__lte=day).select_related("new")
        then = rows.first()
        if then is None:
            break
        office = then.new
    return office


def superior(office: Agency, at: date | datetime) -> str:
    """Return whom an agency is under, as it stands above its name at the head of its papers."""
    return f"{_ABOVE[Agency.Kind(office.kind)]} {full_name(office.province_code, at)}"


_ABOVE = {
    Agency.Kind.COMMUNE_COMMITTEE: "Ủy ban nhân dân",
    Agency.Kind.COMMUNE_POLICE: "Công an",
    Agency.Kind.SOCIAL_INSURANCE: "Bảo hiểm xã hội",
    Agency.Kind.CIVIL_REGISTRY: "Ủy ban nhân dân",
}


def agencies(at: date | datetime) -> QuerySet[Agency]:
    """Return the agencies open on the day, by code."""
    return Agency.objects.filter(_valid(day_of(at))).order_by("code")


def posts_of(official: Official, at: date | datetime) -> list[Post]:
    """Return the posts in which the official acts on the day, with their agencies, in one query.

    Their own come first; then those of colleagues they stand in for, with the colleague in `in_place_of` and
    the official themself in `official`.
    """
    day, me = day_of(at), official.pk
    read = {"p": Post, "a": Agency, "o": Official}
    rows = written_sql.rows(read, _POSTS, [me, me, day, day, day, day])
    found = [_acted_in(post, agency, holder, official) for post, agency, holder in rows]
    own = [post for post in found if post.in_place_of is None]
    for post in found:
        if post.in_place_of is not None:
            post.signs, post.title = _signing_for(post, own)
    return sorted(found, key=lambda post: (bool(post.in_place_of), post.agency.code, post.role))


_POSTS = """
from agencies_post p join agencies_agency a on a.id = p.agency_id join agencies_official o on o.id = p.official_id
where (p.official_id = %s or p.id in (
    select s.post_id from agencies_substitution s
    where s.substitute_id = %s and s.first_day <= %s and s.last_day >= %s and s.ended_at is null))
and p.valid_from <= %s and (p.valid_to is null or p.valid_to > %s)
"""


def _acted_in(post: Post, agency: Agency, holder: Official, official: Official) -> Post:
    post.agency = agency
    if post.official_id != official.pk:
        post.in_place_of = holder
    post.official = official
    return post


def _signing_for(post: Post, own: Sequence[Post]) -> tuple[str, str]:
    """Return what stands above the name of who stands in: their own line there, or that of the head's delegate."""
    here = [one for one in own if one.agency_id == post.agency_id]
    same = next((one for one in here if one.role == post.role), None)
    if same is not None or post.role != Role.LEADER:
        return (same.signs, same.title) if same else ("", "")
    titles = [one.title or str(NAMES[Role(one.role)]) for one in here]
    return SignsBy.DELEGATED, titles[0] if titles else str(NAMES[Role.LEADER])


def _standing(day: date) -> QuerySet[Substitution]:
    return Substitution.objects.filter(first_day__lte=day, last_day__gte=day, ended_at__isnull=True)


def stands_in(
    substitute_id: int, official_id: int, work: tuple[int, str], at: date | datetime
) -> bool:
    """Tell whether somebody stands in today for an official in a post of (agency id, role)."""
    agency_id, role = work
    found = _standing(day_of(at)).filter(substitute_id=substitute_id, post__official_id=official_id)
    return found.filter(post__agency_id=agency_id, post__role=role).exists()


def officials_of(pairs: Sequence[tuple[int, str]], at: date | datetime) -> list[Official]:
    """Return who is active and holds one of the posts (agency id, role) today, or stands in there; one query."""
    there = Q(pk__in=[])
    for agency_id, role in pairs:
        there |= Q(agency_id=agency_id, role=role)
    posts = Post.objects.filter(there, _valid(day_of(at)))
    lent = _standing(day_of(at)).filter(post__in=posts)
    people = Official.objects.filter(
        Q(pk__in=posts.values("official")) | Q(pk__in=lent.values("substitute")), is_active=True
    )
    return list(people.order_by("full_name", "pk"))


def substitutions(pairs: Collection[Post], at: date | datetime) -> list[Substitution]:
    """Return who stands in for these posts, today or later, the next first; one query."""
    rows = Substitution.objects.filter(
        post__in=[post.pk for post in pairs], last_day__gte=day_of(at), ended_at__isnull=True
    )
    rows = rows.select_related("post__official", "post__agency", "substitute", "recorded_by")
    return list(rows.order_by("first_day", "pk"))


def posts_at(agency_ids: Collection[int], at: date | datetime) -> list[Post]:
    """Return every post held at these agencies today, with its official; one query."""
    posts = Post.objects.filter(
        _valid(day_of(at)), agency_id__in=agency_ids, official__is_active=True
    )
    return list(posts.select_related("agency", "official").order_by("official__full_name", "role"))


def second_factor_address(official: Official) -> str:
    """Return the `otpauth:` address for the official's authenticator app, to be shown as a QR."""
    return address_for_app(official.totp_secret, username=official.username, issuer="Một Cửa")


def calendar_for(province_code: str) -> Calendar:
    """Return the working calendar of a province: the country's days and its own closures.

    Before anything was loaded it is the catalogue's file, so that no date is ever counted without
    holidays.
    """
    return CALENDAR.get(province_code, lambda: _calendar(province_code))


def _calendar(province_code: str) -> Calendar:
    file = read_calendar(settings.CATALOGUE / "calendars")
    rows = CalendarDay.objects.filter(province_code__in=("", province_code))
    days = {
        row.date: DayException(row.working, row.note, row.decision or None)
        for row in rows.order_by("province_code")
    }
    return Calendar(exceptions=days or file.exceptions, decided_until=file.decided_until)


def days_set(province_codes: list[str], at: date | datetime) -> list[CalendarDay]:
    """Return the days of the country and these provinces that are not as their weekday says, from two months ago on."""
    since = day_of(at) - timedelta(days=60)
    rows = CalendarDay.objects.filter(province_code__in=["", *province_codes], date__gte=since)
    return list(rows.order_by("date", "province_code"))


def changes_of(province_codes: list[str]) -> list[CalendarChange]:
    """Return the latest days that somebody set for the country or these provinces."""
    rows = CalendarChange.objects.filter(province_code__in=["", *province_codes])
    return list(rows.order_by("-at")[:10])
