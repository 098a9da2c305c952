"""Deliveries of results, letters given to the post, and where it saw them."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from motcua.deliveries.rules import Address
from motcua.toolkit.outbox import Parcel


class Delivery(models.Model):
    """How one result goes to its person, and whether it got there."""

    key = models.CharField(max_length=200, unique=True)
    subject = models.CharField(max_length=80, db_index=True)
    result_key = models.CharField(max_length=120)
    way = models.CharField(max_length=10)
    state = models.CharField(max_length=20, default="planned")
    planned_at = models.DateTimeField()
    ready_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    receiver_name = models.CharField(max_length=200, default="", blank=True)
    confirmation = models.CharField(max_length=300, default="", blank=True)
    handed_over_by = models.CharField(max_length=200, default="", blank=True)

    class Meta:
        verbose_name_plural = "deliveries"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(way__in=["online", "counter", "post"]), name="delivery_by_a_known_way"
            ),
            models.CheckConstraint(
                condition=~Q(state="handed_over") | Q(ended_at__isnull=False),
                name="delivery_handed_over_has_a_moment",
            ),
            models.CheckConstraint(
                condition=~Q(way="counter", state="handed_over") | ~Q(receiver_name=""),
                name="delivery_at_counter_names_receiver",
            ),
        ]


class PostOrder(Parcel):
    """A letter for the post: outbox until it is taken, then followed by scans."""

    delivery = models.OneToOneField(Delivery, on_delete=models.PROTECT, related_name="letter")
    order_number = models.CharField(max_length=60, unique=True)
    reference = models.CharField(max_length=200)
    sender = models.JSONField()
    receiver = models.JSONField()
    tracking_number = models.CharField(max_length=60, default="", blank=True)
    ordered_at = models.DateTimeField(null=True)
    dead = models.BooleanField(default=False)
    last_scan_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(
                fields=["next_attempt_at"],
                condition=Q(next_attempt_at__isnull=False),
                name="deliveries_due",
            ),
        ]

    @property
    def to(self) -> Address:
        """Where the letter goes."""
        return Address(**self.receiver)


class PostScan(models.Model):
    """Where the post saw a letter; the same scan told twice is one row."""

    letter = models.ForeignKey(PostOrder, on_delete=models.PROTECT, related_name="seen")
    state = models.CharField(max_length=20)
    place = models.CharField(max_length=200, default="", blank=True)
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["at", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["letter", "state", "at"], name="one_row_per_scan"),
        ]


class PostFee(models.Model):
    """What the post last said a letter between two communes costs."""

    from_place = models.CharField(max_length=20)
    to_place = models.CharField(max_length=20)
    weight_grams = models.PositiveIntegerField()
    fee_vnd = models.PositiveIntegerField()
    days = models.PositiveSmallIntegerField()
    quoted_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["from_place", "to_place", "weight_grams"], name="one_fee_per_route"
            ),
        ]
