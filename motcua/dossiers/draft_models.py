"""Drafts: declarations before they are filed, what opens them, and how many were forgotten."""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q

from motcua.toolkit.sealed_fields import SealedJSON, SealedText


class Draft(models.Model):
    """A declaration before it is filed (bản nháp); `typist` is the official who types it at the counter.

    `touched` tells of each answer the revision that last changed it, `saves` the keys of the last saves,
    `unread` what was typed but cannot be read yet, by field, as it was posted. `warned` is the last warning of
    this end, in days before it. `worked_seconds` is the time spent on it, without long pauses.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    version = models.ForeignKey("procedures.Version", on_delete=models.PROTECT)
    agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT)
    account = models.ForeignKey("identity.Account", null=True, on_delete=models.PROTECT)
    typist = models.ForeignKey("agencies.Official", null=True, on_delete=models.PROTECT)
    code = models.CharField(max_length=9, null=True, unique=True)  # noqa: DJ001 - unknown is not empty
    circumstances = SealedJSON()
    answers = SealedJSON(default=dict)
    touched = models.JSONField(default=dict)
    unread = SealedJSON(default=dict)
    saves = models.JSONField(default=list)
    ways = SealedJSON(default=dict)
    revision = models.IntegerField(default=1)
    phone = SealedText(default="")
    email = SealedText(default="")
    language = models.CharField(max_length=5, default="vi")
    warned = models.SmallIntegerField(default=0)
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()
    worked_seconds = models.PositiveIntegerField(default=0)
    expires_at = models.DateTimeField()
    dossier = models.OneToOneField(
        "Dossier", null=True, on_delete=models.PROTECT, related_name="draft"
    )

    class Meta:
        indexes: ClassVar = [
            models.Index(
                fields=["account", "-updated_at"],
                name="draft_of_account",
                condition=Q(dossier__isnull=True),
            ),
            models.Index(
                fields=["agency", "-updated_at"],
                name="draft_of_counter",
                condition=Q(dossier__isnull=True, typist__isnull=False),
            ),
            models.Index(
                fields=["expires_at"], name="draft_ends", condition=Q(dossier__isnull=True)
            ),
        ]
        constraints: ClassVar = [
            # Typed by an official for somebody, or by somebody for themselves: never both.
            models.CheckConstraint(
                condition=Q(account__isnull=True) | Q(typist__isnull=True),
                name="draft_typed_by_one",
            ),
            models.CheckConstraint(
                condition=Q(dossier__isnull=True) | Q(code__isnull=True, answers={}, unread={}),
                name="draft_filed_keeps_nothing",
            ),
            models.CheckConstraint(
                condition=Q(warned__in=[0, 3, 14]), name="draft_is_warned_of_its_end"
            ),
        ]


class DraftKey(models.Model):
    """What lets one device open a draft: the hash of a secret that only this device has."""

    class Way(models.TextChoices):
        BEGUN = "begun"
        CODE = "code"
        COUNTER = "counter"

    draft = models.ForeignKey(Draft, on_delete=models.CASCADE, related_name="keys")
    secret_hash = models.CharField(max_length=64, unique=True)
    device = models.CharField(max_length=20, default="")
    way = models.CharField(max_length=10, choices=Way)
    opened_at = models.DateTimeField()


class DraftsForgotten(models.Model):
    """How many drafts nobody came back for, by day, service and office; all that is kept of them."""

    day = models.DateField()
    version = models.ForeignKey("procedures.Version", on_delete=models.PROTECT)
    agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT)
    drafts = models.IntegerField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["day", "version", "agency"], name="forgotten_are_counted_in_one_place"
            ),
            models.CheckConstraint(condition=Q(drafts__gt=0), name="forgotten_are_some"),
        ]
