"""Why a hold ended."""

from django.db import migrations

from motcua.toolkit.sealed_fields import SealedText


class Migration(migrations.Migration):
    dependencies = [("privacy", "0002_done")]
    operations = [migrations.AddField("hold", "end_reason", SealedText(blank=True, default=""))]
