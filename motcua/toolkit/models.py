"""Tables of the machinery itself."""

from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models

from motcua.toolkit.sealed_fields import SealedText


class Spending(models.Model):
    """How much of an allowance was used in the present stretch of time.

    An unlogged table (migration 0001): quick to write; a crash of the database forgets it.
    """

    key = models.CharField(max_length=200, primary_key=True)
    stretch = models.BigIntegerField()
    used = models.IntegerField()
    ends_at = models.DateTimeField(db_index=True)


class Session(AbstractBaseSession):
    """A visit: `session_key` is the keyed hash of the cookie's value (`session_store`)."""

    session_data = SealedText()
