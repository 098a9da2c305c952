"""Tables of files, papers and issued papers."""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Length
from django.db.models.lookups import Range

from motcua.documents.rules.pages import Page
from motcua.documents.rules.uploads import PIECE
from motcua.toolkit.sealed_fields import ROOM, SealedBytes, SealedJSON, SealedText


class Blob(models.Model):
    """Bytes that are kept, known by their SHA-256. The bytes themselves lie in the blob store."""

    digest = models.CharField(primary_key=True, max_length=64)
    size = models.PositiveBigIntegerField()
    media_type = models.CharField(max_length=60)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            # A digest is 64 lower-case hex digits: anything else could not be found again.
            models.CheckConstraint(
                condition=Q(digest__regex=r"^[0-9a-f]{64}$"), name="blob_digest_is_sha256"
            ),
        ]


class KeptDocuments(models.Manager["Document"]):
    def get_queryset(self) -> models.QuerySet["Document"]:
        return super().get_queryset().filter(state=Document.State.KEPT)


class Document(models.Model):
    """A paper that somebody gave: which required paper it is, and its pages in order.

    `owner` is an opaque reference of a room above, such as "draft:<uuid>" or "dossier:<code>". `digests` are the kept
    files that its pages speak of.
    """

    class State(models.TextChoices):
        KEPT = "kept"
        REMOVED = "removed"  # by its owner before filing; its bytes may be erased
        REPLACED = "replaced"  # by a later version of the same paper; stays as history

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    owner = models.CharField(max_length=100)
    key = models.CharField(max_length=100)
    name = SealedText()
    pages = SealedJSON(default=list)
    digests = ArrayField(models.CharField(max_length=64), default=list)
    sheets = models.PositiveIntegerField()
    size = models.PositiveBigIntegerField()
    state = models.CharField(max_length=10, choices=State, default=State.KEPT)
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True, blank=True)

    objects = models.Manager["Document"]()
    kept = KeptDocuments()

    class Meta:
        constraints = [
            # A dossier has one current version of each of its papers.
            models.UniqueConstraint(
                fields=["owner", "key"], condition=Q(state="kept"), name="one_current_paper"
            ),
            # What is kept was not removed; what is not kept has a moment when it stopped being so.
            models.CheckConstraint(
                condition=Q(state="kept", removed_at__isnull=True)
                | Q(state__in=["removed", "replaced"], removed_at__isnull=False),
                name="removed_has_its_moment",
            ),
            # A paper without a page is no paper.
            models.CheckConstraint(
                condition=Q(sheets__gt=0, size__gt=0) | ~Q(state="kept"), name="paper_has_pages"
            ),
        ]
        indexes = [
            models.Index(fields=["owner"], name="documents_by_owner"),
            models.Index(
                fields=["removed_at"], condition=Q(state="removed"), name="documents_to_sweep"
            ),
        ]

    @property
    def page_list(self) -> list[Page]:
        """The pages in order."""
        return [Page(**page) for page in self.pages]


class Upload(models.Model):
    """A file on its way: so many of its bytes are there, and what became of it when it was whole.

    `key` is the paper it is for; `replaces` a page in whose place it comes; `digest` the SHA-256 that
    the sender computed, if it could. `refusal` is (code, data) of why the whole file was not taken.
    """

    class State(models.TextChoices):
        ARRIVING = "arriving"
        KEPT = "kept"  # it is a page now
        REFUSED = "refused"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    owner = models.CharField(max_length=100)
    key = models.CharField(max_length=100)
    act_key = models.CharField(max_length=64)
    name = SealedText()
    replaces = models.CharField(max_length=16, blank=True)
    length = models.PositiveBigIntegerField()
    received = models.PositiveBigIntegerField(default=0)
    digest = models.CharField(max_length=64, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.ARRIVING)
    refusal = SealedJSON(default=list, blank=True)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()

    class Meta:
        constraints = [
            # A beginning that is sent twice begins one upload.
            models.UniqueConstraint(fields=["owner", "act_key"], name="upload_begun_once"),
            # What is whole has been decided upon; what is not whole has not.
            models.CheckConstraint(
                condition=Q(state="arriving", received__lt=F("length"))
                | Q(state__in=["kept", "refused"], received=F("length")),
                name="upload_whole_is_decided",
            ),
        ]
        indexes = [models.Index(fields=["expires_at"], name="uploads_to_sweep")]


class UploadPiece(models.Model):
    """Bytes of a file on its way, from `start` on; gone as soon as the file is whole."""

    upload = models.ForeignKey(Upload, on_delete=models.CASCADE, related_name="pieces")
    start = models.PositiveBigIntegerField()
    content = SealedBytes()

    class Meta:
        constraints = [
            # No byte is there twice.
            models.UniqueConstraint(fields=["upload", "start"], name="piece_stands_once"),
            # Nobody writes a whole film into one row.
            models.CheckConstraint(
                condition=Range(Length("content"), (1, PIECE + ROOM)), name="piece_is_small"
            ),
        ]


class IssuedPaper(models.Model):
    """A result that an agency issued: a signed PDF that anyone holding it can have verified."""

    class Status(models.TextChoices):
        VALID = "valid"
        REVOKED = "revoked"
        REPLACED = "replaced"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    owner = models.CharField(max_length=100)
    kind = models.CharField(max_length=60)
    key = models.CharField(max_length=100)
    template = models.CharField(max_length=150)
    title = models.CharField(max_length=200)
    number = models.CharField(max_length=100, blank=True)
    result_code = models.CharField(max_length=30, blank=True)
    agency = models.CharField(max_length=200)
    signer = models.CharField(max_length=150)
    signer_title = models.CharField(max_length=150)
    subject = SealedText(blank=True)  # masked: “Nguyễn T. A.”
    blob = models.ForeignKey(Blob, on_delete=models.PROTECT, related_name="+")
    token = models.CharField(max_length=20, unique=True)
    signed_at = models.DateTimeField()
    status = models.CharField(max_length=10, choices=Status, default=Status.VALID)
    status_reason = models.CharField(max_length=300, blank=True)
    status_at = models.DateTimeField(null=True, blank=True)
    replaced_by = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="replaces"
    )

    class Meta:
        constraints = [
            # The same decision carried out twice issues one paper.
            models.UniqueConstraint(fields=["owner", "kind", "key"], name="issued_once"),
            # A replaced paper names the one that took its place; no other paper does.
            models.CheckConstraint(
                condition=Q(status="replaced", replaced_by__isnull=False)
                | (~Q(status="replaced") & Q(replaced_by__isnull=True)),
                name="replaced_names_its_successor",
            ),
            # A paper does not replace itself.
            models.CheckConstraint(
                condition=Q(replaced_by__isnull=True) | ~Q(replaced_by=F("id")),
                name="successor_is_another",
            ),
            # Whoever withdraws a paper says when and why.
            models.CheckConstraint(
                condition=Q(status="valid", status_at__isnull=True)
                | (~Q(status="valid") & Q(status_at__isnull=False) & ~Q(status_reason="")),
                name="withdrawn_says_when_and_why",
            ),
        ]
        indexes = [
            models.Index(fields=["blob"], name="issued_by_blob"),
            # The few that were withdrawn, out of millions: each look at the status list asks for them.
            models.Index(
                fields=["status_at"], condition=Q(status_at__isnull=False), name="issued_withdrawn"
            ),
        ]
