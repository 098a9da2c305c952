"""Dossiers: the history is the truth, the other tables are readings of it.

Rows that lists scan are narrow; answers lie beside them. What must never be, the database forbids.
"""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import Q

from motcua.dossiers.draft_models import Draft, DraftKey, DraftsForgotten
from motcua.dossiers.emergency_models import Emergency
from motcua.dossiers.reading_models import ReadLog
from motcua.toolkit.sealed_fields import SealedJSON, SealedText

__all__ = ["Draft", "DraftKey", "DraftsForgotten", "Emergency", "ReadLog"]


class Dossier(models.Model):
    """Where a dossier stands now: a projection of its events, written in their transaction."""

    code = models.CharField(max_length=60, unique=True)
    version = models.ForeignKey("procedures.Version", on_delete=models.PROTECT)
    agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT)
    account = models.ForeignKey("identity.Account", null=True, on_delete=models.PROTECT)
    seq = models.IntegerField()
    status = models.SmallIntegerField()
    channel = models.CharField(max_length=10)
    language = models.CharField(max_length=5, default="vi")
    subject_name = SealedText()
    applicant_name = SealedText()
    phone = SealedText(blank=True)
    email = SealedText(blank=True)
    terms = SearchVectorField(default="")
    submitted_at = models.DateTimeField()
    received_at = models.DateTimeField(null=True)
    expected_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    restricted = models.BooleanField(default=False, db_default=False)
    consulted = ArrayField(models.CharField(max_length=35), default=list, db_default=[])

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(status__gte=1, status__lte=10), name="dossier_has_a_legal_status"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["account", "-id"], name="dossier_of_account"),
            models.Index(fields=["agency", "-id"], name="dossier_of_agency"),
            # The figures of an office: what was filed, finished, ended in a window; what has not ended.
            models.Index(fields=["agency", "submitted_at"], name="dossier_filed"),
            models.Index(fields=["agency", "finished_at"], name="dossier_finished"),
            models.Index(fields=["agency", "ended_at"], name="dossier_ended"),
            # What a search finds by (see `search`); a term is found as soon as it is written.
            GinIndex(fields=["terms"], name="dossier_terms", fastupdate=False),
            # What will be due soon, for the warnings of the morning.
            models.Index(
                fields=["due_at"],
                name="dossier_running",
                condition=Q(due_at__isnull=False, finished_at__isnull=True, ended_at__isnull=True),
            ),
        ]

    @property
    def shown_name(self) -> str:
        """Whom it is about, as lists show it: nobody where the use of its data is restricted."""
        return "" if self.restricted else self.subject_name


class Content(models.Model):
    """What was declared: beside the row that queues scan."""

    dossier = models.OneToOneField(Dossier, primary_key=True, on_delete=models.PROTECT)
    answers = SealedJSON()
    circumstances = SealedJSON()
    ways = SealedJSON(default=dict)


class Event(models.Model):
    """One event of a history. The application may add rows, never change or delete them.

    One change the database allows, with proof: what it says of people goes with the dossier's declaration, and
    `erased` names the class (`erasing.erase_events`).

    What it says is sealed. Beside it stands, once more and without a person of the dossier, what figures count by:
    the promised date it brought, the number of its request, the way a result went, and the official who acted.
    `salt` goes with the content: by both the log knows it (`entering`).
    """

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="events")
    seq = models.IntegerField()
    kind = models.CharField(max_length=40)
    data = SealedJSON()
    salt = SealedText(default="")
    at = models.DateTimeField()
    act_key = models.CharField(max_length=100, null=True)  # noqa: DJ001 - unique where there is one
    due = models.DateTimeField(null=True)
    number = models.IntegerField(default=0)
    way = models.CharField(max_length=10, default="")
    official = models.CharField(max_length=40, default="")
    office = models.CharField(max_length=35, default="")
    erased = models.CharField(max_length=40, default="", db_default="")

    class Meta:
        constraints: ClassVar = [
            # Two officials at once: one of them is refused here if nowhere else.
            models.UniqueConstraint(fields=["dossier", "seq"], name="event_once_in_its_place"),
            # A double click, a retry, re-sent offline work: the same act happens once.
            models.UniqueConstraint(fields=["act_key"], name="act_happens_once"),
        ]


class Work(models.Model):
    """What waits for somebody: the queues of the desk hold open work only.

    An empty role: nobody of the agency can act, it watches until the applicant or another agency has
    (`rules/waiting.py`). What never changes of the dossier stands here too, so that a queue reads no other table
    to count and to filter.
    """

    class Kind(models.TextChoices):
        RECEIVE = "receive"
        STEP = "step"
        WITHDRAWAL = "withdrawal"
        RETURN = "return"
        APPROVAL = "approval"
        EXTENSION = "extension"
        CONSULTATION = "consultation"
        APPLICANT = "applicant"
        ELSEWHERE = "elsewhere"

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="work")
    kind = models.CharField(max_length=12, choices=Kind)
    leg = models.CharField(max_length=40, blank=True)
    step = models.CharField(max_length=40, blank=True)
    task = models.CharField(max_length=12, blank=True, default="")
    agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT)
    role = models.CharField(max_length=30)
    due_at = models.DateTimeField(null=True)
    since = models.DateTimeField()
    procedure = models.CharField(max_length=20, default="")
    channel = models.CharField(max_length=10, default="")
    office = models.ForeignKey(
        "agencies.Agency", null=True, on_delete=models.PROTECT, related_name="+"
    )
    received_at = models.DateTimeField(null=True)
    official = models.ForeignKey("agencies.Official", null=True, on_delete=models.PROTECT)
    claimed_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["dossier", "kind", "leg", "step"], name="work_waits_once"
            ),
            models.CheckConstraint(
                condition=Q(official__isnull=True, claimed_at__isnull=True)
                | (Q(official__isnull=False, claimed_at__isnull=False) & ~Q(role="")),
                name="work_is_held_since_a_moment",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["agency", "role", "due_at", "id"], name="work_queue"),
            models.Index(fields=["agency", "role", "since", "id"], name="work_arrived"),
            # Opinions that an office has asked for, wherever they are awaited.
            models.Index(
                fields=["office", "due_at"],
                name="work_consultations",
                condition=Q(kind="consultation"),
            ),
            models.Index(
                fields=["official", "due_at", "id"],
                name="work_held",
                condition=Q(official__isnull=False),
            ),
        ]


class Handover(models.Model):
    """Work that went from hand to hand: rows are added, never changed; the control sheet (mẫu 06) is read from it.

    `by` is empty where the work stayed with its person by itself when the next step began.
    """

    class Doing(models.TextChoices):
        CLAIM = "claim"
        RELEASE = "release"
        ASSIGN = "assign"
        TAKE_OVER = "take_over"
        CARRY = "carry"

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="handovers")
    kind = models.CharField(max_length=12)
    leg = models.CharField(max_length=40, blank=True)
    step = models.CharField(max_length=40, blank=True)
    agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT)
    role = models.CharField(max_length=30)
    doing = models.CharField(max_length=10, choices=Doing)
    from_official = models.ForeignKey(
        "agencies.Official", null=True, on_delete=models.PROTECT, related_name="+"
    )
    to_official = models.ForeignKey(
        "agencies.Official", null=True, on_delete=models.PROTECT, related_name="+"
    )
    by = models.ForeignKey(
        "agencies.Official", null=True, on_delete=models.PROTECT, related_name="+"
    )
    in_place_of = models.CharField(max_length=200, blank=True)
    reason = SealedText(blank=True)
    at = models.DateTimeField()
    key = models.CharField(max_length=100, null=True)  # noqa: DJ001 - unique where there is one

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["key"], name="handover_happens_once"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["dossier", "id"], name="handover_of_dossier"),
        ]


class SavedView(models.Model):
    """A set of filters an official comes back to; with an agency, everybody handling there sees it too."""

    official = models.ForeignKey("agencies.Official", on_delete=models.PROTECT)
    agency = models.ForeignKey("agencies.Agency", null=True, on_delete=models.PROTECT)
    name = models.CharField(max_length=60)
    asked = models.CharField(max_length=500)
    made_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["official", "name"], name="view_named_once"),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["agency"], name="view_of_agency", condition=Q(agency__isnull=False)
            ),
        ]


class Consent(models.Model):
    """Whose word a dossier waits for: the row goes when the person has answered or the step is over.

    `person` is the key of their personal number (`consents.person_key`), by which each finds what waits for them.
    """

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="consents")
    leg = models.CharField(max_length=40)
    step = models.CharField(max_length=40)
    person = models.CharField(max_length=32)
    until = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["dossier", "leg", "step", "person"], name="consent_awaited_once"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["person", "until"], name="consent_of_person"),
        ]


class LegRow(models.Model):
    """Where one leg stands, for lists and figures."""

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="legs")
    leg = models.CharField(max_length=40)
    agency_code = models.CharField(max_length=35)
    state = models.CharField(max_length=12)
    step = models.CharField(max_length=40, blank=True)
    due_at = models.DateTimeField(null=True)
    opened_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["dossier", "leg"], name="leg_once_a_dossier"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["agency_code", "dossier"], name="leg_of_agency"),
            models.Index(fields=["agency_code", "opened_at"], name="leg_opened"),
            models.Index(fields=["agency_code", "ended_at"], name="leg_ended"),
        ]


class DayCounter(models.Model):
    """The last running number an agency gave out on a day."""

    agency = models.CharField(max_length=35)
    day = models.DateField()
    last = models.IntegerField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["agency", "day"], name="one_count_a_day"),
        ]


class EarlierAnswers(models.Model):
    """What was declared before a supplement changed it; the history tells only which fields changed.

    Rows are added, never changed or deleted. `seq` is the last event under which these answers stood.
    """

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="earlier_answers")
    seq = models.IntegerField()
    answers = SealedJSON()
    until = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["dossier", "seq"], name="earlier_answers_kept_once"),
        ]


class CheckMark(models.Model):
    """What an office found at one part of a dossier, and who says so: a working note, no event.

    A mark may be changed by whoever saw it; `revision` and `key` guard that. Each office has its own.
    """

    class Kind(models.TextChoices):
        SECTION = "section"
        PAPER = "paper"

    class Verdict(models.TextChoices):
        OPEN = "open"
        ACCEPTED = "accepted"
        FAULTED = "faulted"

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="check_marks")
    agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT)
    kind = models.CharField(max_length=10, choices=Kind)
    target = models.CharField(max_length=100)
    verdict = models.CharField(max_length=10, choices=Verdict)
    faults = SealedJSON(default=list)
    of = models.CharField(max_length=64)
    official_id = models.BigIntegerField()
    official_name = models.CharField(max_length=200)
    at = models.DateTimeField()
    revision = models.IntegerField()
    key = models.CharField(max_length=100)

    class Meta:
        constraints: ClassVar = [
            # Two officials at once: one of them sees that the other was faster.
            models.UniqueConstraint(
                fields=["dossier", "agency", "kind", "target"], name="one_mark_a_part"
            ),
            # Whoever finds fault says which; whatever is accepted has none.
            models.CheckConstraint(
                condition=(Q(verdict="faulted") & ~Q(faults=[]))
                | (~Q(verdict="faulted") & Q(faults=[])),
                name="faulted_says_what",
            ),
        ]


class Note(models.Model):
    """A remark among colleagues of one agency; the applicant and other agencies never see it.

    Rows are added, never changed or deleted.
    """

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="notes")
    agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT)
    official_id = models.BigIntegerField()
    official_name = models.CharField(max_length=200)
    role = models.CharField(max_length=30)
    text = SealedText()
    at = models.DateTimeField()
    key = models.CharField(max_length=100, unique=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(text=""), name="note_says_something"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["dossier", "agency", "-id"], name="note_of_agency"),
        ]


class Morning(models.Model):
    """How an office stood when a working day began, for those of one role there: the warning of that day.

    `near` and `late` count their own work; `overdue` and `unanswered` the whole office's, for who answers for it;
    `emergencies` what was opened of it since, and is to be reviewed; `data_requests` those about data nearly due.
    """

    agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT)
    role = models.CharField(max_length=30)
    day = models.DateField()
    near = models.IntegerField(default=0)
    late = models.IntegerField(default=0)
    overdue = models.IntegerField(default=0)
    unanswered = models.IntegerField(default=0)
    emergencies = models.IntegerField(default=0)
    data_requests = models.IntegerField(default=0)
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["agency", "role", "day"], name="one_morning_a_day"),
        ]


class Correction(models.Model):
    """What a proposed correction of a result is about: what its sources said, and what they shall say.

    A source is a field, or a leg's value (`leg.birth.registered_on`), as in a result's `fills`. The history tells
    their names and whether the correction was signed; what they say stays out of it. Rows are added, never
    changed or deleted.
    """

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="corrections")
    seq = models.IntegerField()
    result = models.CharField(max_length=40)
    was = SealedJSON()
    now = SealedJSON()

    class Meta:
        constraints: ClassVar = [
            # A proposal, by its place in the history, says one thing.
            models.UniqueConstraint(fields=["dossier", "seq"], name="correction_says_one_thing"),
        ]


class Transfer(models.Model):
    """A dossier went from one receiving office to its successor: whose figures it counts in, and until when."""

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="transfers")
    was = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="+")
    now = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["dossier", "was"], name="office_is_left_once"),
        ]
