"""Extensions and consultations wait in the queues; notes among colleagues; the warnings of a morning."""

import django.db.models.deletion
from django.db import migrations, models

FORBID = """
create function dossiers_notes_are_kept() returns trigger language plpgsql as $$
begin
  raise exception 'a note of an office is never changed' using errcode = 'restrict_violation';
end $$;
create trigger notes_are_kept before update or delete on dossiers_note
  for each row execute function dossiers_notes_are_kept();
"""
ALLOW = """
drop trigger notes_are_kept on dossiers_note;
drop function dossiers_notes_are_kept();
"""
KINDS = (
    "receive", "step", "withdrawal", "return", "approval", "extension", "consultation",
    "applicant", "elsewhere",
)


class Migration(migrations.Migration):
    dependencies = [
        ("agencies", "0004_substitutes"),
        ("dossiers", "0006_claims"),
    ]
    operations = [
        migrations.AlterField(
            model_name="work",
            name="kind",
            field=models.CharField(max_length=12, choices=[(kind, kind.capitalize()) for kind in KINDS]),
        ),
        migrations.AddIndex(
            model_name="dossier",
            index=models.Index(
                fields=["due_at"],
                name="dossier_running",
                condition=models.Q(due_at__isnull=False, finished_at__isnull=True, ended_at__isnull=True),
            ),
        ),
        migrations.AddIndex(
            model_name="work",
            index=models.Index(
                fields=["office", "due_at"],
                name="work_consultations",
                condition=models.Q(kind="consultation"),
            ),
        ),
        migrations.CreateModel(
            name="Note",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("official_id", models.BigIntegerField()),
                ("official_name", models.CharField(max_length=200)),
                ("role", models.CharField(max_length=30)),
                ("text", models.CharField(max_length=2000)),
                ("at", models.DateTimeField()),
                ("key", models.CharField(max_length=100, unique=True)),
                ("agency", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="agencies.agency")),
                ("dossier", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="notes", to="dossiers.dossier")),
            ],
            options={
                "indexes": [models.Index(fields=["dossier", "agency", "-id"], name="note_of_agency")],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("text", ""), _negated=True), name="note_says_something"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Morning",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("role", models.CharField(max_length=30)),
                ("day", models.DateField()),
                ("near", models.IntegerField(default=0)),
                ("late", models.IntegerField(default=0)),
                ("overdue", models.IntegerField(default=0)),
                ("unanswered", models.IntegerField(default=0)),
                ("at", models.DateTimeField()),
                ("agency", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="agencies.agency")),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=["agency", "role", "day"], name="one_morning_a_day"),
                ],
            },
        ),
        migrations.RunSQL(FORBID, ALLOW),
    ]
