"""Places, agencies, posts, officials and the calendar: tables and constraints."""

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q

from motcua.agencies.access_models import (
    SIGNS_BY,
    Contact,
    Deed,
    Invitation,
    Passkey,
    RecoveryCode,
    Stay,
    TrustedDevice,
)
from motcua.agencies.rules.roles import Role
from motcua.toolkit.sealed_fields import SealedText

__all__ = ["Contact", "Deed", "Invitation", "Passkey", "RecoveryCode", "Stay", "TrustedDevice"]


class Loaded(models.Model):
    """What was last read from a catalogue file, so that the same file is not read twice.

    `revision` changes with every change of the rows, by a file or by hand: it is what the caches
    of the processes compare.
    """

    name = models.CharField(max_length=40, unique=True)
    digest = models.CharField(max_length=64)
    revision = models.CharField(max_length=64)


class Place(models.Model):
    """An administrative unit while it existed under this code and name."""

    class Kind(models.TextChoices):
        PROVINCE = "province", "Tỉnh, thành phố"
        COMMUNE = "commune", "Xã, phường, đặc khu"

    code = models.CharField(max_length=5)
    kind = models.CharField(max_length=10, choices=Kind)
    type = models.CharField(max_length=20)
    name = models.CharField(max_length=80)
    full_name = models.CharField(max_length=100)
    province_code = models.CharField(max_length=2)
    district = models.CharField(max_length=80, blank=True)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)
    decision = models.CharField(max_length=60, blank=True)
    search_key = models.CharField(max_length=250)
    sort_key = models.CharField(max_length=120, db_collation="C")

    class Meta:
        constraints: ClassVar = [
            # A code is used again with another meaning: only together with a day it names a place.
            models.UniqueConstraint(fields=["code", "valid_from"], name="place_code_once_a_time"),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gt=F("valid_from")),
                name="place_ends_after_it_begins",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["province_code", "kind", "sort_key"], name="place_of_province"),
        ]


class Succession(models.Model):
    """What an ended unit, or a part of it, became."""

    old_code = models.CharField(max_length=5)
    old_valid_from = models.DateField()
    new_code = models.CharField(max_length=5)
    new_valid_from = models.DateField()
    default = models.BooleanField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["old_code", "old_valid_from", "new_code", "new_valid_from"],
                name="succession_once",
            ),
            models.UniqueConstraint(
                fields=["old_code", "old_valid_from"],
                condition=Q(default=True),
                name="succession_one_default",
            ),
        ]


class Agency(models.Model):
    """An office that receives or works on dossiers, here or beyond the exchange."""

    class Kind(models.TextChoices):
        COMMUNE_COMMITTEE = "commune_committee", "Ủy ban nhân dân cấp xã"
        COMMUNE_POLICE = "commune_police", "Công an cấp xã"
        SOCIAL_INSURANCE = "social_insurance", "Bảo hiểm xã hội"
        CIVIL_REGISTRY = "civil_registry", "Cơ sở dữ liệu hộ tịch"

    class WorksIn(models.TextChoices):
        MOTCUA = "motcua", "Trong hệ thống này"
        EXCHANGE = "exchange", "Qua trục liên thông"

    code = models.CharField(max_length=35, unique=True)
    name = models.CharField(max_length=200)
    unit_name = models.CharField(max_length=200, blank=True)
    kind = models.CharField(max_length=30, choices=Kind)
    place_code = models.CharField(max_length=5)
    province_code = models.CharField(max_length=2)
    works_in = models.CharField(max_length=10, choices=WorksIn)
    exchange_party = models.CharField(max_length=40, blank=True)
    address = models.CharField(max_length=300)
    support_name = models.CharField(max_length=200)
    support_phone = models.CharField(max_length=30)
    support_hours = models.CharField(max_length=200)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)

    class Meta:
        constraints: ClassVar = [
            # Work that leaves this house must have somebody to go to.
            models.CheckConstraint(
                condition=Q(works_in="motcua", exchange_party="")
                | (Q(works_in="exchange") & ~Q(exchange_party="")),
                name="agency_party_only_in_exchange",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class AgencySuccession(models.Model):
    """What an agency became, from a day on: its work, its archive and its people are the successor's.

    How far its dossiers have followed: those looked at so far end with `last`.
    """

    old = models.OneToOneField(Agency, on_delete=models.PROTECT, related_name="followed_by")
    new = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="follows")
    since = models.DateField()
    decision = models.CharField(max_length=120)
    recorded_at = models.DateTimeField()
    last = models.BigIntegerField(default=0)
    moved = models.IntegerField(default=0)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(old=F("new")), name="agency_does_not_follow_itself"
            ),
        ]


class ServiceArea(models.Model):
    """A place that an agency serves: a commune, a province, or with an empty code the country."""

    agency = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="areas")
    kind = models.CharField(max_length=30, choices=Agency.Kind)
    place_code = models.CharField(max_length=5, blank=True)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)

    class Meta:
        constraints: ClassVar = [
            # One place has one agency of a kind at a time: a dossier never has two addressees.
            models.UniqueConstraint(
                fields=["kind", "place_code"],
                condition=Q(valid_to__isnull=True),
                name="area_served_by_one",
            ),
        ]


class CalendarDay(models.Model):
    """A day that is not as its weekday says: a holiday, a swapped day, a local closure."""

    date = models.DateField()
    province_code = models.CharField(max_length=2, blank=True)
    working = models.BooleanField()
    note = models.CharField(max_length=200)
    decision = models.CharField(max_length=120, blank=True)
    edited = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["date", "province_code"], name="calendar_day_once"),
        ]


class CalendarChange(models.Model):
    """A day was set by hand, and how far the promised dates that it moves are recounted.

    `worked`: whether the day was worked before. The dossiers looked at so far end with `last`.
    """

    id = models.UUIDField(primary_key=True)
    day = models.DateField()
    province_code = models.CharField(max_length=2, blank=True)
    working = models.BooleanField()
    worked = models.BooleanField()
    note = models.CharField(max_length=200)
    decision = models.CharField(max_length=120)
    by = models.CharField(max_length=200)
    at = models.DateTimeField()
    last = models.BigIntegerField(default=0)
    looked = models.IntegerField(default=0)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["province_code", "-at"], name="calendar_change_latest"),
        ]


class CalendarMove(models.Model):
    """A date of a dossier, by its code, that a change of the calendar has moved.

    `what`: the promised one, or which other; `of`: which part or question, where the dossier may have several.
    """

    change = models.ForeignKey(CalendarChange, on_delete=models.CASCADE, related_name="moves")
    case = models.CharField(max_length=60)
    what = models.CharField(max_length=12, default="promised")
    of = models.CharField(max_length=40, blank=True, default="")
    was = models.DateTimeField()
    due = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["change", "case", "what", "of"], name="date_moves_once_a_change"
            ),
        ]


class OfficialManager(BaseUserManager["Official"]):
    """Finds officials by the name they sign in with."""

    def get_by_natural_key(self, username: str | None) -> "Official":
        return self.get(username=username)


class Official(AbstractBaseUser):
    """A person who works for an agency and signs in with a password and a second factor."""

    username = models.CharField(max_length=80, unique=True)
    full_name = models.CharField(max_length=200)
    is_active = models.BooleanField(default=True)
    totp_secret = SealedText(blank=True)
    totp_last_counter = models.BigIntegerField(default=0)
    wrong_tries = models.PositiveSmallIntegerField(default=0)
    locked_until = models.DateTimeField(null=True)

    objects: ClassVar[OfficialManager] = OfficialManager()

    USERNAME_FIELD = "username"

    def __str__(self) -> str:
        return self.full_name


class Post(models.Model):
    """What an official does for an agency, and since when.

    `signs` and `title`: what stands above their name on papers (`rules/signing_lines`). Another line is another
    post, from its day on.
    """

    official = models.ForeignKey(Official, on_delete=models.PROTECT, related_name="posts")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="posts")
    role = models.CharField(max_length=20, choices=[(role.value, role.value) for role in Role])
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)
    signs = models.CharField(max_length=3, blank=True, default="", choices=SIGNS_BY)
    title = models.CharField(max_length=100, blank=True, default="")

    in_place_of: Official | None = None
    """Whose post it is where `official` only stands in for them (see `queries.posts_of`); never stored."""

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["official", "agency", "role"],
                condition=Q(valid_to__isnull=True),
                name="post_held_once",
            ),
            # Who signs for the head has a title of their own beneath.
            models.CheckConstraint(
                condition=~Q(signs__in=["KT", "TL", "TUQ"]) | ~Q(title=""),
                name="post_that_signs_for_another_has_a_title",
            ),
        ]


class Substitution(models.Model):
    """A colleague does the work of a post while its official is away, from the first to the last day.

    It ends by itself; ended early, the row keeps who ended it and when. Rows are not deleted.
    """

    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="substitutions")
    substitute = models.ForeignKey(Official, on_delete=models.PROTECT, related_name="substitutions")
    first_day = models.DateField()
    last_day = models.DateField()
    reason = models.CharField(max_length=200)
    recorded_by = models.ForeignKey(Official, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    ended_by = models.ForeignKey(Official, null=True, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True)
    key = models.CharField(max_length=60, unique=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(last_day__gte=F("first_day")), name="substitution_ends_after_it_begins"
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ended_by__isnull=True)
                | Q(ended_at__isnull=False, ended_by__isnull=False),
                name="substitution_is_ended_by_somebody",
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["substitute", "last_day"],
                name="substitution_of",
                condition=Q(ended_at__isnull=True),
            ),
        ]
