"""Sessions that are sealed; the plain ones of before are dropped with their table: everybody signs in anew, once."""

from django.db import migrations, models

from motcua.toolkit.sealed_fields import SealedText


class Migration(migrations.Migration):
    dependencies = [("toolkit", "0002_resealing")]
    operations = [
        migrations.CreateModel(
            name="Session",
            fields=[
                ("session_key", models.CharField(max_length=40, primary_key=True, serialize=False, verbose_name="session key")),
                ("expire_date", models.DateTimeField(db_index=True, verbose_name="expire date")),
                ("session_data", SealedText()),
            ],
            options={"verbose_name": "session", "verbose_name_plural": "sessions", "abstract": False},
        ),
        migrations.RunSQL("drop table if exists django_session", migrations.RunSQL.noop),
    ]
