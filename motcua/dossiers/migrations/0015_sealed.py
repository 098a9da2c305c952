"""What tells of people is sealed; beside events stands what figures count; the search finds by keyed terms."""

from django.db import migrations, models
from django.db.models import Q

from motcua.dossiers.search import terms
from motcua.toolkit.sealed_fields import SealedJSON, SealedText
from motcua.toolkit.sealing_columns import BATCH, SealColumn, kept

COUNT = """
alter table dossiers_event disable trigger user;
update dossiers_event set
  due = (data->>'due')::timestamptz,
  number = case when jsonb_typeof(data->'number') = 'number' then (data->>'number')::int else 0 end,
  way = coalesce(data->>'way', ''),
  official = case when data->'by'->>'kind' = 'official' then data->'by'->>'id' else '' end,
  office = case when data->'by'->>'kind' = 'official' then data->'by'->>'agency' else '' end;
alter table dossiers_event enable trigger user;
"""
FILED_KEEPS_NOTHING = models.CheckConstraint(
    condition=Q(dossier__isnull=True) | Q(code__isnull=True, answers={}, unread={}),
    name="draft_filed_keeps_nothing",
)
FAULTED_SAYS_WHAT = models.CheckConstraint(
    condition=(Q(verdict="faulted") & ~Q(faults=[])) | (~Q(verdict="faulted") & Q(faults=[])),
    name="faulted_says_what",
)
NOTE_SAYS = models.CheckConstraint(condition=~Q(text=""), name="note_says_something")


def find_by_keyed_terms(apps, schema_editor):
    """Write the terms of every dossier anew; the agencies that take part stay."""
    dossiers, contents = apps.get_model("dossiers", "Dossier"), apps.get_model("dossiers", "Content")
    rows = dossiers.objects.order_by("pk")
    found = list(rows[:BATCH])
    while found:
        declared = dict(contents.objects.filter(pk__in=[row.pk for row in found]).values_list("pk", "answers"))
        for row in found:
            row.terms = terms(
                code=row.code,
                agencies={int(there) for there in _agencies(row.terms)},
                names=f"{row.subject_name} {row.applicant_name}",
                phone=row.phone,
                answers=declared.get(row.pk, {}),
            )
        with schema_editor.connection.cursor() as cursor:
            cursor.execute(
                "update dossiers_dossier d set terms = v.terms::tsvector"
                " from unnest(%s::bigint[], %s::text[]) v(id, terms) where d.id = v.id",
                [[row.pk for row in found], [row.terms for row in found]],
            )
        found = list(rows.filter(pk__gt=found[-1].pk)[:BATCH])


def _agencies(known):
    """Return the keys of the agencies among the terms, as `'a17' 'a17_mai'`."""
    return {term.strip("'")[1:] for term in known.split() if "_" not in term}


def _seal(model, fields):
    return [SealColumn(model, name, field) for name, field in fields.items()]


class Migration(migrations.Migration):
    dependencies = [("dossiers", "0014_reveals"), ("toolkit", "0002_resealing")]
    operations = [
        migrations.AddField("event", "due", models.DateTimeField(null=True)),
        migrations.AddField("event", "number", models.IntegerField(default=0)),
        migrations.AddField("event", "way", models.CharField(default="", max_length=10)),
        migrations.AddField("event", "official", models.CharField(default="", max_length=40)),
        migrations.AddField("event", "office", models.CharField(default="", max_length=35)),
        migrations.RunSQL(COUNT, migrations.RunSQL.noop),
        migrations.RemoveConstraint("draft", "draft_filed_keeps_nothing"),
        migrations.RemoveConstraint("checkmark", "faulted_says_what"),
        migrations.RemoveConstraint("note", "note_says_something"),
        migrations.RemoveIndex("consent", "consent_of_person"),
        migrations.RemoveField("consent", "personal_number"),
        migrations.AddIndex("consent", models.Index(fields=["person", "until"], name="consent_of_person")),
        migrations.RemoveField("dossier", "folded"),
        *_seal("event", {"data": SealedJSON()}),
        *_seal(
            "content",
            {"answers": SealedJSON(), "circumstances": SealedJSON(), "ways": SealedJSON(default=dict)},
        ),
        *_seal("earlieranswers", {"answers": SealedJSON()}),
        *_seal(
            "draft",
            {
                "circumstances": SealedJSON(), "answers": SealedJSON(default=dict),
                "unread": SealedJSON(default=dict), "ways": SealedJSON(default=dict),
                "phone": SealedText(default=""), "email": SealedText(default=""),
            },
        ),
        *_seal(
            "dossier",
            {
                "subject_name": SealedText(), "applicant_name": SealedText(),
                "phone": SealedText(blank=True), "email": SealedText(blank=True),
            },
        ),
        *_seal("handover", {"reason": SealedText(blank=True)}),
        *_seal("checkmark", {"faults": SealedJSON(default=list)}),
        *_seal("note", {"text": SealedText()}),
        *_seal("correction", {"was": SealedJSON(), "now": SealedJSON()}),
        migrations.AddConstraint("draft", FILED_KEEPS_NOTHING),
        migrations.AddConstraint("checkmark", FAULTED_SAYS_WHAT),
        migrations.AddConstraint("note", NOTE_SAYS),
        migrations.RunPython(find_by_keyed_terms, migrations.RunPython.noop),
        kept("dossiers_history_is_kept", "the history of a dossier is never changed", "data"),
        kept("dossiers_handovers_are_kept", "a change of hands is never changed", "reason"),
        kept("dossiers_notes_are_kept", "a note of an office is never changed", "text"),
        kept("dossiers_earlier_answers_are_kept", "what was declared before is never changed", "answers"),
        kept("dossiers_corrections_are_kept", "what a correction said is never changed", "was", "now"),
    ]
