"""Deliveries of results, letters given to the post, and where it saw them."""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q

from motcua.deliveries.rules import Address
from motcua.toolkit.outbox import Parcel
from motcua.toolkit.sealed_fields import SealedJSON, SealedText


class Delivery(models.Model):
    """How one result goes to its person, and whether it got there; `office` is the agency that gives it."""

    key = models.CharField(max_length=200, unique=True)
    office = models.CharField(max_length=35, default="", blank=True)
    subject = models.CharField(max_length=80, db_index=True)
    result_key = models.CharField(max_length=120)
    way = models.CharField(max_length=10)
    state = models.CharField(max_length=20, default="planned")
    planned_at = models.DateTimeField()
    ready_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    receiver_name = SealedText(default="", blank=True)
    confirmation = SealedText(default="", blank=True)
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
        indexes: ClassVar = [
            models.Index(
                fields=["office", "ready_at"],
                condition=Q(way="post", state__in=["ready", "created"]),
                name="letters_of_office",
            ),
        ]


class PostOrder(Parcel):
    """A letter for the post: outbox until it is taken, then followed by scans."""

    delivery = models.OneToOneField(Delivery, on_delete=models.PROTECT, related_name="letter")
    order_number = models.CharField(max_length=60, unique=True)
    reference = models.CharField(max_length=200)
    sender = models.JSONField()
    receiver = SealedJSON()
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


class PostList(models.Model):
    """The letters an office hands to the postman together (bảng kê bưu gửi), numbered within its day."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    office = models.CharField(max_length=35)
    day = models.DateField()
    number = models.PositiveIntegerField()
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    closed_by = models.CharField(max_length=200, default="", blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["office", "day", "number"], name="post_list_numbered_once"
            ),
            # The postman signs one list, and then the next.
            models.UniqueConstraint(
                fields=["office"], condition=Q(closed_at__isnull=True), name="one_open_post_list"
            ),
        ]


class PostListLine(models.Model):
    """One letter on a list; `problem` is why it was not given, and then another list may carry it."""

    id = models.BigAutoField(primary_key=True)
    list = models.ForeignKey(PostList, on_delete=models.PROTECT, related_name="lines")
    delivery = models.ForeignKey(Delivery, on_delete=models.PROTECT, related_name="listed")
    tracking_number = models.CharField(max_length=60, default="", blank=True)
    given_at = models.DateTimeField(null=True)
    problem = models.CharField(max_length=300, default="", blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["delivery"], condition=Q(given_at__isnull=True, problem=""),
                name="letter_waits_in_one_list",
            ),
        ]  # fmt: skip
