"""Mandates: who may act for whom, in what, until when. A mandate is never changed, only ended; its changes are kept.

A dossier is known here by its code only. Names, phones and numbers are sealed; equal people are found by keyed hashes.
"""

import uuid
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from motcua.mandates.rules.mandates import LONGEST, Act, Reach
from motcua.toolkit.sealed_fields import SealedText


class Mandate(models.Model):
    """What a giver lets a holder do. It counts from `confirmed_at` on, until `until` or `ended_at`.

    `giver_person` is empty for somebody without an account, who confirmed by a code to their phone, and for an
    organisation. `holder_number`: the keyed hash of the personal number that the paper names.
    """

    class Side(models.TextChoices):
        GIVER = "giver"
        HOLDER = "holder"
        OFFICE = "office"

    class Word(models.TextChoices):
        """How the giver gave their word."""

        STRONG = "strong", "VNeID"
        CODE = "code"
        PAPER = "paper"

    class Ending(models.TextChoices):
        GIVER = "giver"
        HOLDER = "holder"
        OFFICE = "office"
        TIME = "time"
        REPLACED = "replaced"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    ground = models.CharField(max_length=20)
    acts = ArrayField(
        models.CharField(max_length=12, choices=[(act.value, act.value) for act in Act])
    )
    reach = models.CharField(max_length=12, choices=[(one.value, one.value) for one in Reach])
    of = models.CharField(max_length=60, blank=True)
    starts = models.DateTimeField()
    until = models.DateTimeField()

    giver_key = models.CharField(max_length=32)
    giver_person = models.ForeignKey(
        "identity.Person", null=True, on_delete=models.PROTECT, related_name="mandates_given"
    )
    giver_name = SealedText()
    giver_phone = SealedText()
    giver_language = models.CharField(max_length=5, default="vi")
    giver_token = models.CharField(max_length=16, unique=True)
    giver_word = models.CharField(max_length=8, choices=Word, blank=True)
    giver_agreed_at = models.DateTimeField(null=True)

    holder_key = models.CharField(max_length=32)
    holder_person = models.ForeignKey(
        "identity.Person", null=True, on_delete=models.PROTECT, related_name="mandates_held"
    )
    holder_name = SealedText()
    holder_phone = SealedText()
    holder_number = models.CharField(max_length=32, blank=True)
    holder_language = models.CharField(max_length=5, default="vi")
    holder_token = models.CharField(max_length=16, unique=True)
    holder_agreed_at = models.DateTimeField(null=True)

    asked_by = models.CharField(max_length=8, choices=Side)
    agency = models.ForeignKey("agencies.Agency", null=True, on_delete=models.PROTECT)
    recorded_by = models.ForeignKey(
        "agencies.Official", null=True, on_delete=models.PROTECT, related_name="+"
    )
    needs_check = models.BooleanField(default=False)
    checked_by = models.ForeignKey(
        "agencies.Official", null=True, on_delete=models.PROTECT, related_name="+"
    )

    act_key = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    ending = models.CharField(max_length=8, choices=Ending, blank=True, default="")

    class Meta:
        constraints: ClassVar = [
            # Two people have one mandate for one thing.
            models.UniqueConstraint(
                fields=["giver_key", "holder_key", "reach", "of"],
                condition=Q(ended_at__isnull=True),
                name="one_live_mandate_a_pair",
            ),
            # Nobody authorises themselves.
            models.CheckConstraint(
                condition=~Q(giver_key=F("holder_key"))
                & (
                    Q(giver_person__isnull=True)
                    | Q(holder_person__isnull=True)
                    | ~Q(giver_person=F("holder_person"))
                ),
                name="mandate_joins_two_people",
            ),
            # Bounded in time: one year at most (Bộ luật Dân sự 2015, Điều 563).
            models.CheckConstraint(
                condition=Q(until__gt=F("starts"), until__lte=F("starts") + LONGEST),
                name="mandate_ends_within_a_year",
            ),
            models.CheckConstraint(
                condition=Q(acts__len__gt=0, acts__contained_by=[act.value for act in Act]),
                name="mandate_gives_known_acts",
            ),
            models.CheckConstraint(
                condition=Q(reach="everything", of="") | (~Q(reach="everything") & ~Q(of="")),
                name="mandate_says_on_what",
            ),
            # It counts only with both words, and with a second official's where one must look.
            models.CheckConstraint(
                condition=Q(confirmed_at__isnull=True)
                | (
                    Q(giver_agreed_at__isnull=False, holder_person__isnull=False)
                    & (Q(needs_check=False) | Q(checked_by__isnull=False))
                ),
                name="mandate_counts_with_every_word",
            ),
            models.CheckConstraint(
                condition=Q(giver_agreed_at__isnull=True, giver_word="")
                | (Q(giver_agreed_at__isnull=False) & ~Q(giver_word="")),
                name="giver_agreed_somehow",
            ),
            models.CheckConstraint(
                condition=Q(checked_by__isnull=True) | ~Q(checked_by=F("recorded_by")),
                name="mandate_seen_by_four_eyes",
            ),
            models.CheckConstraint(
                condition=Q(asked_by="office", agency__isnull=False, recorded_by__isnull=False)
                | (~Q(asked_by="office") & Q(agency__isnull=True, recorded_by__isnull=True)),
                name="office_recorded_it_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ending="")
                | (Q(ended_at__isnull=False) & ~Q(ending="")),
                name="mandate_ended_somehow",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["holder_person", "-made_at"], name="mandates_held"),
            models.Index(fields=["giver_person", "-made_at"], name="mandates_given"),
            models.Index(
                fields=["agency", "-made_at"],
                condition=Q(agency__isnull=False),
                name="mandates_of_office",
            ),
            models.Index(
                fields=["until"], condition=Q(ended_at__isnull=True), name="mandates_to_end"
            ),
        ]


class Change(models.Model):
    """What happened to a mandate, when and by whom: rows are added, never changed."""

    class Kind(models.TextChoices):
        GRANTED = "granted"
        GIVER_AGREED = "giver"
        HOLDER_AGREED = "holder"
        CHECKED = "checked"
        CONFIRMED = "confirmed"
        ENDED = "ended"

    class By(models.TextChoices):
        GIVER = "giver"
        HOLDER = "holder"
        OFFICE = "office"
        TIME = "time"

    mandate = models.ForeignKey(Mandate, on_delete=models.PROTECT, related_name="changes")
    kind = models.CharField(max_length=10, choices=Kind)
    by = models.CharField(max_length=8, choices=By)
    official = models.ForeignKey(
        "agencies.Official", null=True, on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["mandate", "kind"], name="mandate_changes_so_once"),
            models.CheckConstraint(
                condition=Q(by="office", official__isnull=False)
                | (~Q(by="office") & Q(official__isnull=True)),
                name="office_changed_it_by_somebody",
            ),
        ]


class Use(models.Model):
    """What a holder did for the giver, on which dossier: once an act and day, added and never changed."""

    mandate = models.ForeignKey(Mandate, on_delete=models.PROTECT, related_name="uses")
    dossier = models.CharField(max_length=60)
    act = models.CharField(max_length=12, choices=[(act.value, act.value) for act in Act])
    day = models.DateField()
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["mandate", "dossier", "act", "day"], name="use_told_once_a_day"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["dossier"], name="uses_of_dossier")]
