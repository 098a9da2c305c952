"""Privacy: requests about one's own data with their clock, copies to take away, holds, and proof of what was erased.

A dossier is known here by its code only. What people wrote, and what they were answered, is sealed.
"""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from motcua.toolkit.sealed_fields import SealedText


class Request(models.Model):
    """What somebody asks about their data, and what the office answered within two working days.

    `subject` is a dossier's code, or empty for everything of the account. `done` is what granting it did, to each
    dossier (`journeys/erasing_on_request`): codes and counts. An answered request is never changed.
    """

    class Kind(models.TextChoices):
        ACCESS = "access"
        CORRECTION = "correction"
        ERASURE = "erasure"
        RESTRICTION = "restriction"
        OBJECTION = "objection"
        COMPLAINT = "complaint"

    class Outcome(models.TextChoices):
        GRANTED = "granted"
        PARTLY = "partly"
        REFUSED = "refused"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    account = models.ForeignKey("identity.Account", on_delete=models.PROTECT)
    agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT)
    kind = models.CharField(max_length=12, choices=Kind)
    subject = models.CharField(max_length=60, blank=True)
    name = SealedText()
    words = SealedText()
    language = models.CharField(max_length=5, default="vi")
    act_key = models.CharField(max_length=100, unique=True)
    made_at = models.DateTimeField()
    due_at = models.DateTimeField()
    escalated_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=10, choices=Outcome, blank=True)
    ground = models.CharField(max_length=30, blank=True)
    answer = SealedText(blank=True)
    done = models.JSONField(default=list)
    answered_by = models.ForeignKey("agencies.Official", null=True, on_delete=models.PROTECT)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(outcome="", answered_by__isnull=True, answered_at__isnull=True)
                | (~Q(outcome="") & Q(answered_by__isnull=False, answered_at__isnull=False)),
                name="data_request_is_answered_by_somebody",
            ),
            # Who is refused, in whole or in part, is told by which law.
            models.CheckConstraint(
                condition=Q(outcome__in=["", "granted"]) | ~Q(ground=""),
                name="data_request_is_refused_on_a_ground",
            ),
            models.CheckConstraint(
                condition=Q(due_at__gt=F("made_at")), name="data_request_has_time"
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["agency", "due_at", "id"],
                name="data_request_waits",
                condition=Q(outcome=""),
            ),
            models.Index(fields=["account", "-made_at"], name="data_request_of_account"),
        ]

    @property
    def number(self) -> str:
        """How people name the request."""
        return f"DL-{self.id.hex[:8].upper()}"


class Copy(models.Model):
    """A copy of everything an account has here, to take away: made by the worker, gone after 72 hours.

    `digest` names the bytes in the store of files; empty until they are made, and once they are gone.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    account = models.ForeignKey("identity.Account", on_delete=models.PROTECT)
    language = models.CharField(max_length=5, default="vi")
    asked_at = models.DateTimeField()
    ready_at = models.DateTimeField(null=True)
    until = models.DateTimeField(null=True)
    digest = models.CharField(max_length=64, blank=True)
    size = models.BigIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(ready_at__isnull=True, until__isnull=True, digest="")
                | Q(ready_at__isnull=False, until__isnull=False),
                name="copy_is_ready_until_a_moment",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["account", "-asked_at"], name="copy_of_account")]


class Hold(models.Model):
    """Why something of a dossier must not be erased for now: a complaint, a lawsuit, an inspection. Never changed but ended."""

    subject = models.CharField(max_length=60)
    reason = models.CharField(max_length=300)
    by = models.CharField(max_length=200)
    since = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    end_reason = SealedText(blank=True, default="")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["subject", "by"],
                condition=Q(ended_at__isnull=True),
                name="held_once_by_each",
            ),
        ]


class Erasure(models.Model):
    """Proof that something was erased: of which dossier, which class, by which rule, how much. No content.

    `digest`: the keyed hash of what was erased, so that whoever still holds it can prove it was the same. Rows are
    added, never changed or deleted.
    """

    subject = models.CharField(max_length=60)
    kept_class = models.CharField(max_length=40)
    rule = models.CharField(max_length=300)
    fields = models.PositiveIntegerField(default=0)
    files = models.PositiveIntegerField(default=0)
    digest = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["subject", "kept_class"], name="class_of_a_dossier_is_erased_once"
            ),
        ]
