"""People, their accounts and the codes we send them."""

import uuid

from django.db import models
from django.db.models import F, Q

from motcua.identity.rules.recovering import COOLING
from motcua.toolkit.sealed_fields import Keyed, SealedText

NUMBER, SUBJECT, DESTINATION = (
    "identity.person.number", "identity.account.subject", "identity.code.destination",
)  # fmt: skip
"""For what people are looked up by (`sealing.keyed`); the database alone knows no number and no phone."""


class Person(models.Model):
    """A human being. What VNeID proved carries `verified_at`; anything else is their own word."""

    class Sex(models.TextChoices):
        MALE = "male", "Nam"
        FEMALE = "female", "Nữ"

    personal_number = SealedText(null=True, blank=True)
    number_key = Keyed(of="personal_number", purpose=NUMBER, null=True)
    verified_at = models.DateTimeField(null=True, blank=True)
    verified_by = models.CharField(max_length=20, blank=True)
    full_name = SealedText()
    birth_date = SealedText(blank=True)
    sex = models.CharField(max_length=6, choices=Sex.choices, blank=True)
    phone = SealedText(blank=True)
    email = SealedText(blank=True)
    address = SealedText(blank=True)
    place_code = models.CharField(max_length=10, blank=True)
    updated_at = models.DateTimeField()

    class Meta:
        constraints = [
            # Only a proved number names one person: anybody may claim a number, nobody can take it.
            models.UniqueConstraint(
                fields=["number_key"],
                condition=Q(verified_at__isnull=False),
                name="one_verified_person_per_personal_number",
            ),
            models.CheckConstraint(
                condition=Q(verified_at__isnull=True) | Q(number_key__isnull=False),
                name="verified_person_has_a_personal_number",
            ),
            models.CheckConstraint(
                condition=Q(personal_number__isnull=True, number_key__isnull=True)
                | Q(personal_number__isnull=False, number_key__isnull=False),
                name="number_is_found_by_its_key",
            ),
        ]


class Organisation(models.Model):
    """An enterprise, cooperative or body with an electronic identity account of its own (NĐ 69/2024)."""

    code = models.CharField(max_length=20, unique=True)
    """Its tax or enterprise code, as VNeID says it."""
    name = models.CharField(max_length=300)
    updated_at = models.DateTimeField()


class Account(models.Model):
    """One way for one person to sign in: for themselves, or as an officer of an organisation.

    Closed it lets nobody in any more; what was filed through it stays its person's.
    """

    class Kind(models.TextChoices):
        VNEID = "vneid", "VNeID"
        PHONE = "phone", "Thuê bao di động"

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="accounts")
    kind = models.CharField(max_length=5, choices=Kind.choices)
    subject = SealedText()
    subject_key = Keyed(of="subject", purpose=SUBJECT)
    level = models.PositiveSmallIntegerField()
    organisation = models.ForeignKey(
        Organisation, null=True, on_delete=models.PROTECT, related_name="accounts"
    )
    capacity = models.CharField(max_length=100, blank=True)
    """In which capacity the person acts for the organisation, in VNeID's words."""
    created_at = models.DateTimeField()
    last_sign_in = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            # A number that changed hands may open an account of its new holder beside the closed one.
            models.UniqueConstraint(
                fields=["kind", "subject_key"],
                condition=Q(closed_at__isnull=True),
                name="one_account_per_subject",
            ),
            models.CheckConstraint(
                condition=Q(organisation__isnull=True, capacity="")
                | Q(organisation__isnull=False, kind="vneid"),
                name="only_vneid_proves_an_organisation",
            ),
            models.CheckConstraint(
                condition=Q(kind="phone", level=0) | Q(kind="vneid", level__in=[1, 2]),
                name="only_vneid_proves_a_level",
            ),
        ]


class SignIn(models.Model):
    """One time that somebody came in on one device, until they left, were signed out, or stayed away."""

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="sign_ins")
    level = models.PositiveSmallIntegerField()
    """What this sign-in proved, 0–2."""
    device = models.CharField(max_length=10, blank=True)
    """The kind of device, as its browser says; empty when it does not say."""
    began_at = models.DateTimeField()
    seen_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["account", "-began_at"], name="sign_ins_of_an_account")]
        constraints = [
            models.CheckConstraint(
                condition=Q(level__lte=2), name="a_sign_in_proves_at_most_level_2"
            )
        ]


class Link(models.Model):
    """An account that joined another person's: proved by both ways, told to both, and undone within its time."""

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="links")
    came_from = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    joined = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["account"],
                condition=Q(undone_at__isnull=True),
                name="one_link_of_an_account",
            ),
            models.CheckConstraint(
                condition=~Q(came_from=F("joined")), name="a_link_joins_two_people"
            ),
        ]


class Recovery(models.Model):
    """An account whose number is lost gets another one at a counter: a card, a code, two officials, three days.

    `account`: the one the person lost; `office` and the officials are known here by their keys only. `token` stands in
    the messages to the old number and address: whoever holds it stops the move.
    """

    class Ending(models.TextChoices):
        MOVED = "moved"
        HOLDER = "holder", "stopped by the old number"
        OFFICE = "office", "stopped at the counter"
        TIME = "time", "waited too long"
        OVERTAKEN = "overtaken", "the account or the number became somebody's meanwhile"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="recoveries")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="recoveries")
    new_phone = SealedText()
    new_phone_key = Keyed(of="new_phone", purpose=SUBJECT)
    dossier = models.CharField(max_length=60)
    """The code of the dossier with which an official had seen the card before."""
    office = models.BigIntegerField()
    token = models.CharField(max_length=22, unique=True)
    act_key = models.CharField(max_length=64, unique=True)
    recorded_by = models.BigIntegerField()
    recorded_at = models.DateTimeField()
    proved_at = models.DateTimeField(null=True)
    """When the code sent to the new number was right."""
    checked_by = models.BigIntegerField(null=True)
    checked_at = models.DateTimeField(null=True)
    moves_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    ending = models.CharField(max_length=9, choices=Ending, blank=True, default="")
    stopped_by = models.BigIntegerField(null=True)

    class Meta:
        indexes = [models.Index(fields=["office", "-recorded_at"], name="recoveries_of_an_office")]
        constraints = [
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(ended_at__isnull=True),
                name="one_recovery_of_a_person",
            ),
            models.UniqueConstraint(
                fields=["new_phone_key"],
                condition=Q(ended_at__isnull=True),
                name="one_recovery_to_a_number",
            ),
            models.CheckConstraint(
                condition=Q(checked_by__isnull=True) | ~Q(checked_by=F("recorded_by")),
                name="a_second_official_saw_the_card",
            ),
            models.CheckConstraint(
                condition=Q(checked_by__isnull=True, checked_at__isnull=True, moves_at__isnull=True)
                | Q(
                    checked_by__isnull=False,
                    proved_at__isnull=False,
                    moves_at__gte=F("checked_at") + COOLING,
                ),
                name="a_number_moves_after_its_cooling_time",
            ),
            models.CheckConstraint(
                condition=~Q(ending="moved")
                | Q(moves_at__isnull=False, ended_at__gte=F("moves_at")),
                name="a_number_moved_late_enough",
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ending="")
                | (Q(ended_at__isnull=False) & ~Q(ending="")),
                name="a_recovery_ended_somehow",
            ),
        ]


class OneTimeCode(models.Model):
    """A code sent to somebody to prove that they hold a destination; both are kept as hashes only."""

    purpose = models.CharField(max_length=40)
    destination_key = models.CharField(max_length=32)
    reference = models.CharField(max_length=100, blank=True)
    code_hash = models.CharField(max_length=64)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    used_at = models.DateTimeField(null=True, blank=True)
    replaced_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["destination_key", "created_at"], name="codes_of_a_destination")
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["purpose", "destination_key", "reference"],
                condition=Q(used_at__isnull=True, replaced_at__isnull=True),
                name="one_live_code_per_purpose",
            ),
            models.CheckConstraint(condition=Q(tries__lte=5), name="a_code_is_tried_five_times"),
        ]
