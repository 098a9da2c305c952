"""Published versions of procedures, and the list that people search."""

from typing import ClassVar

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
    """What the search of the home page looks through: one row a procedure."""

    code = models.CharField(max_length=20, unique=True)
    slug = models.CharField(max_length=100)
    name = models.JSONField()
    short = models.JSONField()
    level = models.CharField(max_length=10)
    linked = models.BooleanField()
    life_event = models.CharField(max_length=40)
    order = models.IntegerField(default=100)
    folded = models.TextField()
    words = SearchVectorField()

    class Meta:
        indexes: ClassVar = [GinIndex(fields=["words"], name="listing_words")]
