"""A version says itself whether it is found by searching, so that the list can be renewed on the day it begins."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("procedures", "0004_records_and_search")]
    operations = [
        migrations.AddField("version", "listed", models.BooleanField(default=True)),
        migrations.RunSQL(
            "update procedures_version set listed = false where code like '9.%'",
            migrations.RunSQL.noop,
        ),
    ]
