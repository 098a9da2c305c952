"""Dossiers that went to the successor of their office."""

import django.db.models.deletion
from django.db import migrations, models


def _agency():
    return models.ForeignKey(
        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="agencies.agency"
    )


class Migration(migrations.Migration):
    dependencies = [
        ("agencies", "0005_changes"),
        ("dossiers", "0011_corrections"),
    ]
    operations = [
        migrations.CreateModel(
            name="Transfer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField()),
                (
                    "dossier",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="transfers", to="dossiers.dossier"
                    ),
                ),
                ("now", _agency()),
                ("was", _agency()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("dossier", "was"), name="office_is_left_once")
                ],
            },
        ),
    ]
