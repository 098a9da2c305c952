"""Linked parties, what we asked them, what they answered; bodies kept as they were signed."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from motcua.toolkit.outbox import Parcel
from motcua.toolkit.sealed_fields import SealedBytes


class Party(models.Model):
    """Another agency's system."""

    code = models.CharField(max_length=60, primary_key=True)
    name = models.CharField(max_length=200)
    inbox_url = models.URLField(max_length=300)
    keys_url = models.URLField(max_length=300)
    keys = models.JSONField(default=dict)
    keys_asked_at = models.DateTimeField(null=True)
    active = models.BooleanField(default=True)


class Outgoing(Parcel):
    """A message to a party: the outbox, and the proof of what was sent."""

    class State(models.TextChoices):
        WAITING = "waiting"
        TAKEN = "taken"
        DEAD = "dead"

    id = models.UUIDField(primary_key=True)
    party = models.ForeignKey(Party, on_delete=models.PROTECT)
    subject = models.CharField(max_length=80)
    sequence = models.PositiveIntegerField()
    kind = models.CharField(max_length=80)
    body = SealedBytes()
    digest = models.CharField(max_length=64)
    signature = models.JSONField(default=dict)
    state = models.CharField(max_length=8, choices=State, default=State.WAITING)
    created_at = models.DateTimeField()
    taken_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["subject", "party", "sequence"], name="one_message_per_sequence"
            ),
            models.CheckConstraint(
                condition=~Q(state="taken") | Q(taken_at__isnull=False),
                name="message_taken_has_a_moment",
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["next_attempt_at"],
                condition=Q(next_attempt_at__isnull=False),
                name="exchange_due",
            ),
        ]


class Incoming(models.Model):
    """A message from a party with its signature, and what it came to."""

    party = models.ForeignKey(Party, on_delete=models.PROTECT)
    source = models.CharField(max_length=200)
    event_id = models.CharField(max_length=200)
    kind = models.CharField(max_length=200)
    subject = models.CharField(max_length=200)
    body = SealedBytes()
    digest = models.CharField(max_length=64)
    signature = models.JSONField(default=dict)
    verdict = models.CharField(max_length=20, default="", blank=True)
    received_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["source", "event_id"], name="one_event_per_source"),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["-received_at"],
                condition=Q(verdict__in=["conflicting", "late", "wrong_digest"]),
                name="exchange_flagged",
            ),
        ]


class Question(models.Model):
    """One thing asked of a party, answered at most once."""

    class State(models.TextChoices):
        OPEN = "open"
        ANSWERED = "answered"
        CANCELLED = "cancelled"

    key = models.CharField(max_length=200, unique=True)
    message = models.OneToOneField(Outgoing, on_delete=models.PROTECT, related_name="question")
    party = models.ForeignKey(Party, on_delete=models.PROTECT)
    subject = models.CharField(max_length=80, db_index=True)
    leg = models.CharField(max_length=80)
    task = models.CharField(max_length=80)
    first = models.ForeignKey("self", null=True, on_delete=models.PROTECT)
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    answer = models.OneToOneField(Incoming, null=True, on_delete=models.PROTECT)
    asked_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(state="answered", answer__isnull=False)
                | (~Q(state="answered") & Q(answer__isnull=True)),
                name="question_answered_has_its_answer",
            ),
        ]
