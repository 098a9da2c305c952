"""Drafts that an official types at the counter, for somebody who brought paper."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("agencies", "0003_roles_of_more_officials"),
        ("dossiers", "0008_checks"),
    ]
    operations = [
        migrations.AddField(
            model_name="draft",
            name="typist",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, to="agencies.official"
            ),
        ),
        migrations.AddIndex(
            model_name="draft",
            index=models.Index(
                condition=models.Q(("dossier__isnull", True), ("typist__isnull", False)),
                fields=["agency", "-updated_at"],
                name="draft_of_counter",
            ),
        ),
        migrations.AddConstraint(
            model_name="draft",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("account__isnull", True), ("typist__isnull", True), _connector="OR"
                ),
                name="draft_typed_by_one",
            ),
        ),
    ]
