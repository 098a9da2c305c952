"""Whether organisations may file stands in the list that people search."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("procedures", "0006_time_to_fill")]
    operations = [
        migrations.AddField(
            "listing", "organisations", models.BooleanField(default=False, db_default=False)
        ),
    ]
