"""Published versions of procedures, and the list that people search."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import F, Q


class Version(models.Model):
    """One published version; its content never changes, its digest is its name."""

    digest = models.CharField(max_length=64, unique=True)
    code = models.CharField(max_length=20)
    slug = models.CharField(max_length=100)
    effective_from = models.DateField()
    effective_until = models.DateField(null=True)
    content = models.TextField()
    guides = models.JSONField(default=dict)
    published_at = models.DateTimeField()
    listed = models.BooleanField(default=True)
    """Whether it is found by searching, or by its address only."""

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(effective_until__isnull=True)
                | Q(effective_until__gte=F("effective_from")),
                name="version_ends_after_it_begins",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["slug", "-effective_from"], name="version_of_slug"),
            models.Index(fields=["code", "-effective_from"], name="version_of_code"),
        ]


class Listing(models.Model):
    """What people look through: one row a procedure, offered here (`slug`) or only told about (level `info`)."""

    code = models.CharField(max_length=20, unique=True)
    codes = ArrayField(models.CharField(max_length=20), default=list)
    """The code of today, then those it had before."""
    slug = models.CharField(max_length=100, blank=True)
    name = models.JSONField()
    short = models.JSONField()
    audience = models.JSONField(default=dict)
    agency = models.JSONField(default=dict)
    keywords = ArrayField(models.TextField(), default=list)
    level = models.CharField(max_length=10)
    linked = models.BooleanField()
    organisations = models.BooleanField(default=False, db_default=False)
    """Whether an organisation may file it by its own account."""
    life_events = ArrayField(models.CharField(max_length=40), default=list)
    fields_of_law = ArrayField(models.CharField(max_length=40), default=list)
    ministry = models.CharField(max_length=40, default="other")
    order = models.IntegerField(default=100)
    """Linked services 0, other services 100, information by how near the agency is: 200, 250, 300."""
    plain = models.TextField(default="")
    """The name as the search compares it."""
    length = models.SmallIntegerField(default=0)
    """Words of the name."""
    words = SearchVectorField()
    digest = models.CharField(max_length=64, default="")
    """Of all the above: a row that says the same is not written again."""

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(level="info", slug="") | (~Q(level="info") & ~Q(slug="")),
                name="listing_leads_to_a_service_or_informs",
            ),
        ]
        indexes: ClassVar = [GinIndex(fields=["words"], name="listing_words")]


class Word(models.Model):
    """A word of the listings, and how many of them have it: rare words tell most, unknown ones are slips."""

    word = models.TextField(unique=True)
    listings = models.IntegerField()


class Record(models.Model):
    """A record of the national catalogue as it was taken in; one of each code is the present one.

    Replaced ones stay: what the state once told people must be provable, and they are few.
    """

    code = models.CharField(max_length=20)
    digest = models.CharField(max_length=64)
    decision = models.TextField(blank=True)
    content = models.TextField()
    imported_at = models.DateTimeField()
    replaced_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["code"],
                condition=Q(replaced_at__isnull=True),
                name="one_present_record_a_code",
            ),
            models.CheckConstraint(
                condition=Q(replaced_at__isnull=True) | Q(replaced_at__gte=F("imported_at")),
                name="record_is_replaced_after_it_came",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["code", "-imported_at"], name="records_of_code")]


class Filling(models.Model):
    """How long one declaration took to fill in. Nothing leads from it to a person: a code, a day, seconds."""

    code = models.CharField(max_length=20)
    seconds = models.PositiveIntegerField()
    on = models.DateField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(seconds__gt=0, seconds__lte=24 * 3600), name="filling_takes_time"
            )
        ]
        indexes: ClassVar = [models.Index(fields=["code", "-id"], name="fillings_of_code")]


class TimeToFill(models.Model):
    """What people really took for a procedure: the middle one of the latest declarations."""

    code = models.CharField(max_length=20, unique=True)
    seconds = models.PositiveIntegerField()
    filings = models.PositiveIntegerField()
    measured_at = models.DateTimeField()
