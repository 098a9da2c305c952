"""Whose opinion was asked stands beside the dossier, so that the database lets them through when it is over."""

from typing import Any

import django.contrib.postgres.fields
from django.db import migrations, models

BATCH = 1000


def fill(apps: Any, _editor: Any) -> None:
    """Write down who was asked before, dossier by dossier."""
    dossier, event = apps.get_model("dossiers", "Dossier"), apps.get_model("dossiers", "Event")
    asked: dict[int, set[str]] = {}
    for row in event.objects.filter(kind="Consulted").iterator(chunk_size=BATCH):
        asked.setdefault(row.dossier_id, set()).add(row.data["agency"])
    for key, agencies in asked.items():
        dossier.objects.filter(pk=key).update(consulted=sorted(agencies))


class Migration(migrations.Migration):
    dependencies = [("dossiers", "0018_erasing")]

    operations = [
        migrations.AddField(
            model_name="dossier",
            name="consulted",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(max_length=35), db_default=[], default=list, size=None
            ),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
