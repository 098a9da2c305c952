"""How officials come in, and who let them: keys, codes, devices, stays, what administrators did; where they are told."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from motcua.agencies.rules.roles import Role
from motcua.agencies.rules.signing_lines import SignsBy
from motcua.toolkit.sealed_fields import SealedText

_ABOUT = "agencies.Official"
SIGNS_BY = [(one.value, one.value) for one in SignsBy]


class Passkey(models.Model):
    """A key in somebody's phone, computer or token (WebAuthn); here lies only its public half.

    `counter`: as often as it has signed, where it counts; `stopped_at`: since it went back (a copy exists).
    """

    official = models.ForeignKey(_ABOUT, on_delete=models.PROTECT, related_name="passkeys")
    credential = models.BinaryField(max_length=1023, unique=True)
    public_key = models.BinaryField(max_length=2048)
    counter = models.BigIntegerField(default=0)
    name = models.CharField(max_length=60)
    made_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    stopped_at = models.DateTimeField(null=True)


class RecoveryCode(models.Model):
    """One of ten codes on paper, by its keyed hash; it opens once."""

    official = models.ForeignKey(_ABOUT, on_delete=models.PROTECT, related_name="recovery_codes")
    hashed = models.CharField(max_length=64)
    used_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["official", "hashed"], name="recovery_code_once"),
        ]


class Invitation(models.Model):
    """The code of a first sign-in, or of one after a reset, by its keyed hash: 24 hours, once."""

    official = models.ForeignKey(_ABOUT, on_delete=models.PROTECT, related_name="invitations")
    hashed = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    until = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            # A new code makes the one before it worthless.
            models.UniqueConstraint(
                fields=["official"], condition=Q(ended_at__isnull=True), name="one_invitation_open"
            ),
        ]


class TrustedDevice(models.Model):
    """A browser that need not show the second factor at every sign-in, by the keyed hash of its cookie.

    It ends by itself, when the password changes, or when its official takes the trust back.
    """

    id = models.UUIDField(primary_key=True)
    official = models.ForeignKey(_ABOUT, on_delete=models.PROTECT, related_name="devices")
    hashed = models.CharField(max_length=64, unique=True)
    browser = models.CharField(max_length=60)
    made_at = models.DateTimeField()
    until = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)


class Stay(models.Model):
    """One time that an official was signed in, in one browser; ended from anywhere."""

    id = models.UUIDField(primary_key=True)
    official = models.ForeignKey(_ABOUT, on_delete=models.PROTECT, related_name="stays")
    browser = models.CharField(max_length=60)
    began_at = models.DateTimeField()
    seen_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(
                fields=["official", "-seen_at"],
                name="stay_open",
                condition=Q(ended_at__isnull=True),
            ),
        ]


class Deed(models.Model):
    """What an administrator did about an official: invited, gave or ended a post, reset the factors.

    `by` is empty where the operator of the installation did it by command. A deed that needs two people waits until
    a second one has decided; its `accepted` is empty meanwhile.
    """

    class Kind(models.TextChoices):
        INVITE = "invite"
        POST = "post"
        END = "end"
        RESET = "reset"

    key = models.CharField(max_length=60, unique=True)
    kind = models.CharField(max_length=10, choices=Kind)
    agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="deeds")
    official = models.ForeignKey(_ABOUT, on_delete=models.PROTECT, related_name="deeds")
    role = models.CharField(max_length=20, blank=True, choices=[(r.value, r.value) for r in Role])
    valid_from = models.DateField(null=True)
    valid_to = models.DateField(null=True)
    signs = models.CharField(max_length=3, blank=True, default="", choices=SIGNS_BY)
    title = models.CharField(max_length=100, blank=True, default="")
    by = models.ForeignKey(_ABOUT, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    by_two = models.BooleanField()
    decided_by = models.ForeignKey(_ABOUT, null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True)
    accepted = models.BooleanField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(by__isnull=True) | ~Q(by=F("official")),
                name="nobody_does_it_to_themself",
            ),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True)
                | ((Q(by__isnull=True) | ~Q(decided_by=F("by"))) & ~Q(decided_by=F("official"))),
                name="a_second_person_decides",
            ),
            models.CheckConstraint(
                condition=Q(accepted__isnull=True, decided_at__isnull=True)
                | Q(accepted__isnull=False, decided_at__isnull=False),
                name="deed_is_decided_at_a_moment",
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gt=F("valid_from")),
                name="deed_ends_after_it_begins",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["agency", "-id"], name="deed_of_agency"),
        ]


class Contact(models.Model):
    """Where an official wants to be told that something waits; their own word, no way to sign in."""

    official = models.OneToOneField(_ABOUT, on_delete=models.PROTECT, related_name="contact")
    phone = SealedText(blank=True)
    email = SealedText(blank=True)
    at = models.DateTimeField()
