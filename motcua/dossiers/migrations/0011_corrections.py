"""What corrections of results are about; a signed paper rests on them, so they are never changed."""

import django.db.models.deletion
from django.db import migrations, models

FORBID = """
create function dossiers_corrections_are_kept() returns trigger language plpgsql as $$
begin
  raise exception 'what a correction said is never changed' using errcode = 'restrict_violation';
end $$;
create trigger corrections_are_kept before update or delete on dossiers_correction
  for each row execute function dossiers_corrections_are_kept();
"""
ALLOW = """
drop trigger corrections_are_kept on dossiers_correction;
drop function dossiers_corrections_are_kept();
"""


class Migration(migrations.Migration):
    dependencies = [("dossiers", "0007_acts")]
    operations = [
        migrations.CreateModel(
            name="Correction",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("seq", models.IntegerField()),
                ("result", models.CharField(max_length=40)),
                ("was", models.JSONField()),
                ("now", models.JSONField()),
                (
                    "dossier",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="corrections",
                        to="dossiers.dossier",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("dossier", "seq"), name="correction_says_one_thing")
                ],
            },
        ),
        migrations.RunSQL(FORBID, ALLOW),
    ]
