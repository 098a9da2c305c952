"""Messages to people, one row per message and road: the outbox and the proof in one."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from motcua.toolkit.outbox import Parcel
from motcua.toolkit.sealed_fields import SealedText


class Notice(Parcel):
    """What a person is told by one road, and whether it arrived."""

    class State(models.TextChoices):
        QUEUED = "queued"
        SENT = "sent"
        DELIVERED = "delivered"
        FAILED = "failed"

    key = models.CharField(max_length=200)
    road = models.CharField(max_length=10)
    subject = models.CharField(max_length=80, default="", blank=True)
    template = models.CharField(max_length=40)
    language = models.CharField(max_length=5)
    to = SealedText()
    title = SealedText(default="", blank=True)
    body = SealedText(default="", blank=True)
    secret = models.BooleanField(default=False)
    state = models.CharField(max_length=10, choices=State, default=State.QUEUED)
    provider_id = models.CharField(max_length=200, default="", blank=True)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    delivered_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["key", "road"], name="one_notice_per_key_and_road"),
            models.CheckConstraint(
                condition=Q(state__in=["queued", "failed"]) | Q(sent_at__isnull=False),
                name="notice_sent_has_a_moment",
            ),
            models.CheckConstraint(
                condition=Q(secret=False) | Q(state="queued") | Q(body=""),
                name="notice_keeps_no_code",
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["next_attempt_at"],
                condition=Q(next_attempt_at__isnull=False),
                name="notices_due",
            ),
            models.Index(fields=["subject", "created_at"], name="notices_subject"),
        ]
