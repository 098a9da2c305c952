"""Indexes for the figures of an office: nothing but a window of its dossiers is read."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("dossiers", "0004_consents"),
    ]
    operations = [
        migrations.AddIndex(
            model_name="dossier",
            index=models.Index(fields=["agency", "submitted_at"], name="dossier_filed"),
        ),
        migrations.AddIndex(
            model_name="dossier",
            index=models.Index(fields=["agency", "finished_at"], name="dossier_finished"),
        ),
        migrations.AddIndex(
            model_name="dossier",
            index=models.Index(fields=["agency", "ended_at"], name="dossier_ended"),
        ),
        migrations.AddIndex(
            model_name="legrow",
            index=models.Index(fields=["agency_code", "opened_at"], name="leg_opened"),
        ),
        migrations.AddIndex(
            model_name="legrow",
            index=models.Index(fields=["agency_code", "ended_at"], name="leg_ended"),
        ),
    ]
