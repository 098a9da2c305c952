"""The log: what waits for its number, the leaves, the hashes of full stretches, the signed heads.

Of leaves, stretches and heads rows are added, never changed or deleted: the grants and the triggers see to it.
"""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from motcua.toolkit.sealed_fields import SealedJSON


class Said(models.Model):
    """What an entry says. `reference`: what it happened to, an id; `commitment`: to its content, see `rules/entries`."""

    kind = models.CharField(max_length=60)
    reference = models.CharField(max_length=100)
    at = models.DateTimeField()
    commitment = models.BinaryField(max_length=32)

    class Meta:
        abstract = True


class Waiting(Said):
    """An entry written with its act that has no number yet: acts do not wait for one another, the worker numbers them."""


class Leaf(Said):
    """An entry in its place for good. `link`: the chain up to here."""

    position = models.BigIntegerField(primary_key=True)
    before = models.ForeignKey(
        "self", null=True, on_delete=models.PROTECT, db_index=False, related_name="+"
    )
    hash = models.BinaryField(max_length=32)
    link = models.BinaryField(max_length=32)

    class Meta:
        constraints: ClassVar = [
            # Each stands on the one before it, down to the first: no number is missing.
            models.CheckConstraint(
                condition=Q(position=0, before__isnull=True)
                | Q(position__gt=0, before=F("position") - 1),
                name="leaf_follows_leaf",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["reference"], name="leaf_of_reference")]


class Stretch(models.Model):
    """The hash over 2^`level` leaves that are complete, so that a head needs no look at all of them."""

    level = models.SmallIntegerField()
    index = models.BigIntegerField()
    hash = models.BinaryField(max_length=32)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["level", "index"], name="stretch_hashed_once"),
        ]


class Head(models.Model):
    """What was signed on a day: this root over so many leaves. `note`: as it was published, `key`: the public key."""

    day = models.DateField(unique=True)
    size = models.BigIntegerField()
    root = models.BinaryField(max_length=32)
    at = models.DateTimeField()
    key = models.BinaryField(max_length=32)
    note = models.TextField()


class Content(models.Model):
    """What an entry is about where no other table keeps it: salt and content, sealed; erased, the leaf stands."""

    commitment = models.BinaryField(primary_key=True, max_length=32)
    content = SealedJSON()
