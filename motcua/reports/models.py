"""Lists made into files, kept for a day for whoever asked."""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q

from motcua.toolkit.sealed_fields import SealedBytes


class ListFile(models.Model):
    """The list behind a figure, or an office's register, as a file: asked for, made, gone after a day."""

    class Kind(models.TextChoices):
        CSV = "csv"
        XLSX = "xlsx"
        PDF = "pdf"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    official = models.ForeignKey("agencies.Official", on_delete=models.PROTECT)
    agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT)
    kind = models.CharField(max_length=4, choices=Kind)
    language = models.CharField(max_length=5)
    asked = models.JSONField()
    asked_at = models.DateTimeField()
    total = models.PositiveIntegerField(null=True)
    done = models.PositiveIntegerField(default=0)
    failure = models.CharField(max_length=60, blank=True)
    content = SealedBytes(null=True)
    ready_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(content__isnull=True, ready_at__isnull=True)
                | Q(content__isnull=False, ready_at__isnull=False, failure=""),
                name="list_file_is_ready_with_its_content",
            ),
            # Nothing is shown to be further than its end.
            models.CheckConstraint(
                condition=Q(total__isnull=True) | Q(done__lte=models.F("total")),
                name="list_file_is_never_more_than_whole",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["official", "asked_at"], name="list_file_of_official"),
            models.Index(fields=["asked_at"], name="list_file_by_age"),
        ]
