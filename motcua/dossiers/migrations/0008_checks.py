"""Check marks, and the answers as they were before a supplement; the latter are never changed."""

import django.db.models.deletion
from django.db import migrations, models

FORBID = """
create function dossiers_earlier_answers_are_kept() returns trigger language plpgsql as $$
begin
  raise exception 'what was declared before is never changed' using errcode = 'restrict_violation';
end $$;
create trigger earlier_answers_are_kept before update or delete on dossiers_earlieranswers
  for each row execute function dossiers_earlier_answers_are_kept();
"""
ALLOW = """
drop trigger earlier_answers_are_kept on dossiers_earlieranswers;
drop function dossiers_earlier_answers_are_kept();
"""
KINDS = [
    ("receive", "Receive"),
    ("step", "Step"),
    ("withdrawal", "Withdrawal"),
    ("return", "Return"),
    ("approval", "Approval"),
]


class Migration(migrations.Migration):
    dependencies = [
        ("agencies", "0003_roles_of_more_officials"),
        ("dossiers", "0005_figures"),
    ]
    operations = [
        migrations.AlterField(
            model_name="work",
            name="kind",
            field=models.CharField(choices=KINDS, max_length=12),
        ),
        migrations.CreateModel(
            name="EarlierAnswers",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("seq", models.IntegerField()),
                ("answers", models.JSONField()),
                ("until", models.DateTimeField()),
                (
                    "dossier",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="earlier_answers",
                        to="dossiers.dossier",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("dossier", "seq"), name="earlier_answers_kept_once")
                ],
            },
        ),
        migrations.RunSQL(FORBID, ALLOW),
        migrations.CreateModel(
            name="CheckMark",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(choices=[("section", "Section"), ("paper", "Paper")], max_length=10)),
                ("target", models.CharField(max_length=100)),
                (
                    "verdict",
                    models.CharField(
                        choices=[("open", "Open"), ("accepted", "Accepted"), ("faulted", "Faulted")],
                        max_length=10,
                    ),
                ),
                ("faults", models.JSONField(default=list)),
                ("of", models.CharField(max_length=64)),
                ("official_id", models.BigIntegerField()),
                ("official_name", models.CharField(max_length=200)),
                ("at", models.DateTimeField()),
                ("revision", models.IntegerField()),
                ("key", models.CharField(max_length=100)),
                (
                    "agency",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="agencies.agency"),
                ),
                (
                    "dossier",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="check_marks",
                        to="dossiers.dossier",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("dossier", "agency", "kind", "target"), name="one_mark_a_part"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("verdict", "faulted"), models.Q(("faults", []), _negated=True)),
                            models.Q(models.Q(("verdict", "faulted"), _negated=True), ("faults", [])),
                            _connector="OR",
                        ),
                        name="faulted_says_what",
                    ),
                ],
            },
        ),
    ]
