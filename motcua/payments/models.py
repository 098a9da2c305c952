"""Demands, attempts to pay them, receipts, and the ledger that never forgets a dong."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from motcua.toolkit.outbox import Parcel
from motcua.toolkit.sealed_fields import SealedJSON, SealedText


class Demand(models.Model):
    """What somebody has to pay for a dossier, line by line with its legal basis."""

    class State(models.TextChoices):
        DUE = "due"
        PAID = "paid"
        WAIVED = "waived"
        CANCELLED = "cancelled"
        REFUNDED = "refunded"

    key = models.CharField(max_length=200, unique=True)
    subject = models.CharField(max_length=80, db_index=True)
    agency = models.CharField(max_length=40)
    title = models.CharField(max_length=300)
    payer_name = SealedText()
    amount_vnd = models.PositiveIntegerField()
    state = models.CharField(max_length=10, choices=State, default=State.DUE)
    created_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=300, default="", blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(amount_vnd__gt=0), name="demand_asks_for_something"),
            models.CheckConstraint(
                condition=Q(state="due", closed_at__isnull=True)
                | (~Q(state="due") & Q(closed_at__isnull=False)),
                name="demand_is_due_or_closed",
            ),
        ]


class Line(models.Model):
    """One fee or charge of a demand."""

    demand = models.ForeignKey(Demand, on_delete=models.PROTECT, related_name="lines")
    position = models.PositiveSmallIntegerField()
    key = models.CharField(max_length=80)
    name = models.CharField(max_length=300)
    amount_vnd = models.PositiveIntegerField()
    basis = models.CharField(max_length=300)

    class Meta:
        ordering: ClassVar = ["demand", "position"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["demand", "position"], name="one_line_per_place"),
        ]


class Attempt(Parcel):
    """One way to the gateway. `next_attempt_at` is when we ask what came of it."""

    class State(models.TextChoices):
        OPEN = "open"
        PAID = "paid"
        FAILED = "failed"

    demand = models.ForeignKey(Demand, on_delete=models.PROTECT, related_name="attempts")
    ref = models.CharField(max_length=40, unique=True)
    gateway = models.CharField(max_length=20)
    amount_vnd = models.PositiveIntegerField()
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    started_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    gateway_number = models.CharField(max_length=60, default="", blank=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(
                fields=["next_attempt_at"],
                condition=Q(next_attempt_at__isnull=False),
                name="payments_attempt_due",
            ),
        ]


class ReceiptCounter(models.Model):
    """The last receipt number of an agency in a year, raised in the receipt's transaction."""

    agency = models.CharField(max_length=40)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["agency", "year"], name="one_receipt_counter"),
        ]


class Receipt(models.Model):
    """Biên lai: numbered without gaps per agency and year, at most 8 digits (NĐ 254/2026 Đ22)."""

    demand = models.OneToOneField(Demand, on_delete=models.PROTECT, related_name="receipt")
    agency = models.CharField(max_length=40)
    year = models.PositiveSmallIntegerField()
    number = models.PositiveIntegerField()
    amount_vnd = models.PositiveIntegerField()
    way = models.CharField(max_length=10)
    received_by = models.CharField(max_length=200, default="", blank=True)
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["agency", "year", "number"], name="receipt_once"),
            models.CheckConstraint(
                condition=Q(number__gte=1, number__lte=99_999_999), name="receipt_of_8_digits"
            ),
        ]

    @property
    def full_number(self) -> str:
        """The number as it is printed: year and 8 digits."""
        return f"{self.year}/{self.number:08d}"


class Journal(models.Model):
    """One movement of money: its entries sum to zero (a trigger forbids anything else)."""

    class Kind(models.TextChoices):
        SETTLEMENT = "settlement"
        ASTRAY = "astray"
        REFUND = "refund"

    kind = models.CharField(max_length=12, choices=Kind)
    # The movement's own name outside ("vnpay:14226112", "cash:<key>"): no money is booked twice.
    reference = models.CharField(max_length=240, unique=True)
    demand = models.ForeignKey(Demand, null=True, on_delete=models.PROTECT, related_name="journals")
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["demand"], condition=Q(kind="settlement"), name="one_settlement_per_demand"
            ),
        ]


class Entry(models.Model):
    """One side of a movement, in dong: what an account gained (+) or gave (−)."""

    class Account(models.TextChoices):
        PAYER = "payer"
        GATEWAY = "gateway"
        AGENCY = "agency"

    journal = models.ForeignKey(Journal, on_delete=models.PROTECT, related_name="entries")
    account = models.CharField(max_length=10, choices=Account)
    holder = models.CharField(max_length=80)
    amount_vnd = models.BigIntegerField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["journal", "account"], name="one_entry_per_account"),
            models.CheckConstraint(condition=~Q(amount_vnd=0), name="entry_moves_something"),
        ]


class Anomaly(models.Model):
    """Money that settles nothing: paid twice, too late, the wrong amount, or for nothing known."""

    class Kind(models.TextChoices):
        DOUBLE = "double"
        LATE = "late"
        WRONG_AMOUNT = "wrong_amount"
        UNKNOWN = "unknown"

    kind = models.CharField(max_length=12, choices=Kind)
    journal = models.OneToOneField(Journal, on_delete=models.PROTECT, related_name="anomaly")
    attempt = models.ForeignKey(Attempt, null=True, on_delete=models.PROTECT)
    amount_vnd = models.PositiveIntegerField()
    raw = SealedJSON(default=dict)
    at = models.DateTimeField()
    resolved_at = models.DateTimeField(null=True)
    resolution = models.CharField(max_length=300, default="", blank=True)
    resolved_by = models.CharField(max_length=200, default="", blank=True)

    class Meta:
        ordering: ClassVar = [F("at").desc(), "-id"]
        indexes: ClassVar = [
            models.Index(
                fields=["-at"], condition=Q(resolved_at__isnull=True), name="payments_astray_open"
            ),
        ]
