"""Help: codes that let somebody fill in with the owner, calls that were asked for, what people thought of it.

A draft or a dossier is known here by an opaque reference only (`subject`).
"""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from motcua.help.rules.calling import CALLS_IN_A_SLOT, MOST_TRIES
from motcua.help.rules.helping import LONGEST
from motcua.toolkit.sealed_fields import Keyed, SealedText

MEMBER_PHONE = "help.member.phone"


class Member(models.Model):
    """Somebody of the village digital team (tổ công nghệ số cộng đồng), as the commune's office lists them."""

    agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT)
    name = SealedText()
    phone = SealedText()
    phone_key = Keyed(of="phone", purpose=MEMBER_PHONE)
    unit = models.CharField(max_length=120, blank=True)
    until = models.DateField()
    added_by = models.ForeignKey(
        "agencies.Official", on_delete=models.PROTECT, related_name="members_added"
    )
    added_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["agency", "phone_key"],
                condition=Q(removed_at__isnull=True),
                name="member_listed_once",
            ),
        ]


class Invitation(models.Model):
    """A code by which one helper may come in, and back in; the code itself is not kept.

    `ended_at`: used, taken back, replaced. A used one lets its helper back in for as long as the help lasts.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    subject = models.CharField(max_length=80)
    agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT)
    code_hash = models.CharField(max_length=64)
    owner_name = SealedText(blank=True)
    owner_phone = SealedText()
    language = models.CharField(max_length=5, default="vi")
    lasts = models.CharField(max_length=8)
    act_key = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            # A code opens one draft, and a draft has one open code.
            models.UniqueConstraint(
                fields=["code_hash"], condition=Q(ended_at__isnull=True), name="live_code_is_unique"
            ),
            models.UniqueConstraint(
                fields=["subject"], condition=Q(ended_at__isnull=True), name="one_live_code_each"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["code_hash"], name="invitations_by_code")]


class Helping(models.Model):
    """Somebody who came in by a code and may fill in with the owner until a moment."""

    class Ending(models.TextChoices):
        OWNER = "owner"
        HELPER = "helper"
        FILED = "filed"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    invitation = models.OneToOneField(Invitation, on_delete=models.PROTECT)
    subject = models.CharField(max_length=80)
    name = SealedText()
    phone = SealedText()
    who = models.CharField(max_length=8)
    member = models.ForeignKey(Member, null=True, on_delete=models.PROTECT)
    secret_hash = models.CharField(max_length=64)
    stop_token = models.CharField(max_length=16, unique=True)
    began_at = models.DateTimeField()
    until = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    ending = models.CharField(max_length=8, choices=Ending, blank=True, default="")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(until__lte=F("began_at") + LONGEST), name="help_ends_within_a_week"
            ),
            models.CheckConstraint(
                condition=Q(who="team", member__isnull=False) | Q(who="family", member=None),
                name="team_is_who_the_list_names",
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ending="")
                | (Q(ended_at__isnull=False) & ~Q(ending="")),
                name="help_ended_somehow",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["subject"], name="helpings_of_subject")]


class Touch(models.Model):
    """A page a helper has seen or saved: rows are added, never changed. `revision`: the draft's after that save."""

    class Doing(models.TextChoices):
        SAW = "saw"
        SAVED = "saved"

    helping = models.ForeignKey(Helping, on_delete=models.PROTECT, related_name="touches")
    page = models.CharField(max_length=80)
    doing = models.CharField(max_length=6, choices=Doing)
    revision = models.IntegerField(default=0)
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["helping", "page"], condition=Q(doing="saw"), name="page_seen_once"
            ),
        ]


class Call(models.Model):
    """A call back that somebody asked for; `place` is one of the calls an office makes in the slot."""

    class State(models.TextChoices):
        WAITING = "waiting"
        REACHED = "reached"
        UNREACHED = "unreached"
        CANCELLED = "cancelled"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT)
    phone = SealedText()
    phone_key = Keyed(of="phone", purpose="help.call.phone")
    name = SealedText(blank=True)
    topic = models.CharField(max_length=20)
    about = models.CharField(max_length=80, blank=True)
    words = SealedText(blank=True)
    language = models.CharField(max_length=5, default="vi")
    starts_at = models.DateTimeField()
    until = models.DateTimeField()
    place = models.PositiveSmallIntegerField()
    token = models.CharField(max_length=32, unique=True)
    act_key = models.CharField(max_length=64, unique=True)
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    made_at = models.DateTimeField()
    first_tried_at = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            # An office promises no more calls in an hour than it can make.
            models.UniqueConstraint(
                fields=["agency", "starts_at", "place"],
                condition=~Q(state="cancelled"),
                name="call_has_its_place",
            ),
            models.CheckConstraint(
                condition=Q(place__gte=1, place__lte=CALLS_IN_A_SLOT), name="call_fits_its_hour"
            ),
            models.UniqueConstraint(
                fields=["agency", "phone_key"],
                condition=Q(state="waiting"),
                name="phone_waits_for_one_call",
            ),
            models.CheckConstraint(
                condition=Q(tries__lte=MOST_TRIES), name="nobody_is_rung_for_ever"
            ),
            models.CheckConstraint(
                condition=Q(state="waiting", ended_at__isnull=True)
                | (~Q(state="waiting") & Q(ended_at__isnull=False)),
                name="call_over_has_a_moment",
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["agency", "starts_at"], condition=Q(state="waiting"), name="calls_waiting"
            ),
            models.Index(fields=["agency", "made_at"], name="calls_asked"),
        ]


class Try(models.Model):
    """One try to reach somebody: who rang, when, and how it ended; rows are added, never changed."""

    class Outcome(models.TextChoices):
        REACHED = "reached"
        NO_ANSWER = "no_answer"
        BUSY = "busy"
        WRONG_NUMBER = "wrong_number"

    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="attempts")
    official = models.ForeignKey("agencies.Official", on_delete=models.PROTECT)
    outcome = models.CharField(max_length=12, choices=Outcome)
    note = SealedText(blank=True)
    key = models.CharField(max_length=100, unique=True)
    at = models.DateTimeField()


class Opinion(models.Model):
    """What one person thought of one dossier: a mark, perhaps words, perhaps an answer."""

    kind = models.CharField(max_length=8)
    subject = models.CharField(max_length=80)
    agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT)
    procedure = models.CharField(max_length=20)
    mark = models.PositiveSmallIntegerField()
    words = SealedText(blank=True)
    given_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    reply = SealedText(blank=True, default="")
    replied_by = models.ForeignKey("agencies.Official", null=True, on_delete=models.PROTECT)
    replied_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["kind", "subject"], name="one_opinion_a_dossier"),
            models.CheckConstraint(
                condition=Q(mark__gte=1, mark__lte=5), name="marks_are_one_to_five"
            ),
            models.CheckConstraint(
                condition=Q(reply="", replied_by__isnull=True, replied_at__isnull=True)
                | (~Q(reply="") & Q(replied_by__isnull=False, replied_at__isnull=False)),
                name="reply_is_somebodys",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["agency", "given_at"], name="opinions_of_office"),
            models.Index(
                fields=["agency", "given_at"],
                condition=Q(mark__lte=2, reply="") & ~Q(words=""),
                name="opinions_to_answer",
            ),
        ]
