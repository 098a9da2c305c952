"""A used code is looked up too: its helper comes back by it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("help", "0003_sealed")]
    operations = [
        migrations.AddIndex("invitation", models.Index(fields=["code_hash"], name="invitations_by_code")),
    ]
