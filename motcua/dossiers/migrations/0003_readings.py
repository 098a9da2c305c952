"""Who looked at a dossier; the database refuses to change or delete such a row."""

import django.db.models.deletion
from django.db import migrations, models

FORBID = """
create function dossiers_readings_are_kept() returns trigger language plpgsql as $$
begin
  raise exception 'who looked at a dossier is never changed' using errcode = 'restrict_violation';
end $$;
create trigger readings_are_kept before update or delete on dossiers_readlog
  for each row execute function dossiers_readings_are_kept();
"""
ALLOW = """
drop trigger readings_are_kept on dossiers_readlog;
drop function dossiers_readings_are_kept();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("agencies", "0002_search"),
        ("dossiers", "0002_history_is_kept"),
    ]
    operations = [
        migrations.CreateModel(
            name="ReadLog",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("official_id", models.BigIntegerField()),
                ("official_name", models.CharField(max_length=200)),
                ("role", models.CharField(max_length=20)),
                ("purpose", models.CharField(choices=[("handling", "Handling")], max_length=20)),
                ("at", models.DateTimeField()),
                ("agency", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="agencies.agency")),
                ("dossier", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="readings", to="dossiers.dossier")),
            ],
            options={
                "indexes": [models.Index(fields=["dossier", "-at"], name="reading_of_dossier")],
            },
        ),
        migrations.RunSQL(FORBID, ALLOW),
    ]
