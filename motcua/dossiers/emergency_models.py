"""Dossiers that somebody opened in an emergency without having a part in them, and what their head said to it."""

from datetime import timedelta
from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from motcua.toolkit.sealed_fields import SealedText


class Emergency(models.Model):
    """An official opened a dossier that was none of their business, to read it, for at most one hour.

    `agency` and `role`: their post then; `office`: whose leader looks at it afterwards and signs what they found.
    `code`: of the dossier, for the head of the official's own agency, who may not see the dossier itself.
    """

    class Finding(models.TextChoices):
        JUSTIFIED = "justified"
        UNJUSTIFIED = "unjustified"

    dossier = models.ForeignKey(
        "dossiers.Dossier", on_delete=models.PROTECT, related_name="emergencies"
    )
    code = models.CharField(max_length=60)
    official = models.ForeignKey(
        "agencies.Official", on_delete=models.PROTECT, related_name="emergencies"
    )
    agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=20)
    office = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=30)
    words = SealedText()
    at = models.DateTimeField()
    until = models.DateTimeField()
    finding = models.CharField(max_length=12, choices=Finding, blank=True)
    remark = SealedText(blank=True)
    reviewed_by = models.ForeignKey(
        "agencies.Official", null=True, on_delete=models.PROTECT, related_name="+"
    )
    reviewed_at = models.DateTimeField(null=True)
    key = models.CharField(max_length=100, unique=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(until__gt=F("at"), until__lte=F("at") + timedelta(hours=1)),
                name="emergency_lasts_an_hour_at_most",
            ),
            models.CheckConstraint(
                condition=~Q(reason="") & ~Q(words=""), name="emergency_says_why"
            ),
            models.CheckConstraint(
                condition=Q(finding="", reviewed_by__isnull=True, reviewed_at__isnull=True)
                | (~Q(finding="") & Q(reviewed_at__isnull=False) & ~Q(reviewed_by=F("official"))),
                name="emergency_is_reviewed_by_another",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["official", "-at"], name="emergency_of_official"),
            models.Index(fields=["office", "-at"], name="emergency_to_review"),
        ]
