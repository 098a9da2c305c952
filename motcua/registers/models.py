"""The books of an office: one numbering an office, kind and year; an entry is never taken away."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from motcua.toolkit.sealed_fields import SealedText


class Book(models.Model):
    """A book that the office keeps here, for one year; `next` is the number it gives out next.

    Volumes (quyển) follow one another within the year and the numbers run on through them. A closed book is
    kept elsewhere from then on: its numbers are typed again.
    """

    agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="books")
    kind = models.CharField(max_length=40)
    year = models.PositiveSmallIntegerField()
    volume = models.PositiveSmallIntegerField(default=1)
    first = models.PositiveIntegerField(default=1)
    next = models.PositiveIntegerField(default=1)
    opened_at = models.DateTimeField()
    opened_by = models.CharField(max_length=200)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            # Numbers begin anew each year: two books of a kind in a year would give them twice.
            models.UniqueConstraint(fields=["agency", "kind", "year"], name="one_book_a_year"),
            models.CheckConstraint(
                condition=Q(first__gte=1, volume__gte=1, next__gte=F("first")),
                name="book_counts_upwards",
            ),
        ]


class Entry(models.Model):
    """A number given out, and for what. A struck number stays in the book and is never given again."""

    book = models.ForeignKey(Book, on_delete=models.PROTECT, related_name="entries")
    number = models.PositiveIntegerField()
    volume = models.PositiveSmallIntegerField()
    case = models.CharField(max_length=60)
    part = models.CharField(max_length=40)
    place = models.PositiveSmallIntegerField(default=1)
    subject = SealedText()
    title = models.CharField(max_length=300)
    at = models.DateTimeField()
    by = models.CharField(max_length=200)
    struck_at = models.DateTimeField(null=True)
    struck_by = models.CharField(max_length=200, blank=True)
    struck_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["book", "number"], name="number_given_once"),
            # Drafted again after it was sent back, a case keeps its number.
            models.UniqueConstraint(
                fields=["case", "part", "place"],
                condition=Q(struck_at__isnull=True),
                name="case_has_one_number",
            ),
            models.CheckConstraint(
                condition=Q(struck_at__isnull=True, struck_reason="")
                | (Q(struck_at__isnull=False) & ~Q(struck_reason="")),
                name="struck_with_a_reason",
            ),
        ]
