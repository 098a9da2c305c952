"""Who saw what of a dossier: a log outside the record, shown to whoever the dossier is about."""

from typing import ClassVar

from django.db import models
from django.db.models import Q


class ReadLog(models.Model):
    """Who saw what of a dossier, in which post, when and what for. Rows are added, never changed.

    The citizen may see them (Luật Bảo vệ dữ liệu cá nhân 91/2025/QH15, Điều 4: the right to know who looked).
    `groups`: the hidden groups that were revealed until then, for a coded `reason`; nothing for an opening.
    Without an official: a party that was sent its part of the dossier.
    """

    class Purpose(models.TextChoices):
        HANDLING = "handling"
        REVEAL = "reveal"
        EMERGENCY = "emergency"
        EXCHANGE = "exchange"
        LIST_FILE = "list_file"
        BOOK = "book"
        POST_LIST = "post_list"
        REQUEST = "request"

    dossier = models.ForeignKey(
        "dossiers.Dossier", on_delete=models.PROTECT, related_name="readings"
    )
    official_id = models.BigIntegerField(null=True)
    official_name = models.CharField(max_length=200, blank=True)
    agency = models.ForeignKey("agencies.Agency", null=True, on_delete=models.PROTECT)
    party = models.CharField(max_length=100, blank=True, default="")
    role = models.CharField(max_length=20, blank=True)
    purpose = models.CharField(max_length=20, choices=Purpose)
    groups = models.CharField(max_length=60, blank=True, default="")
    reason = models.CharField(max_length=30, blank=True, default="")
    until = models.DateTimeField(null=True)
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(official_id__isnull=False, agency__isnull=False, party="")
                | (Q(official_id__isnull=True, agency__isnull=True) & ~Q(party="")),
                name="reading_is_by_an_official_or_a_party",
            ),
            models.CheckConstraint(
                condition=~Q(purpose="reveal")
                | (~Q(groups="") & ~Q(reason="") & Q(until__isnull=False)),
                name="reveal_says_what_why_and_how_long",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["dossier", "-at"], name="reading_of_dossier"),
        ]
