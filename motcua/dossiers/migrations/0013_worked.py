"""A draft counts the time spent on it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("dossiers", "0012_drafts")]
    operations = [
        migrations.AddField("draft", "worked_seconds", models.PositiveIntegerField(default=0)),
    ]
