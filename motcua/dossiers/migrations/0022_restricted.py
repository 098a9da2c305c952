"""Whether the use of a dossier's data is restricted; books and lists in the log of readings; requests in the warning."""

from django.db import migrations, models

PURPOSES = [
    ("handling", "Handling"),
    ("reveal", "Reveal"),
    ("emergency", "Emergency"),
    ("exchange", "Exchange"),
    ("list_file", "List File"),
    ("book", "Book"),
    ("post_list", "Post List"),
    ("request", "Request"),
]


class Migration(migrations.Migration):
    dependencies = [("dossiers", "0021_erased_events")]
    operations = [
        migrations.AddField(
            "dossier", "restricted", models.BooleanField(default=False, db_default=False)
        ),
        migrations.AddField("morning", "data_requests", models.IntegerField(default=0)),
        migrations.AlterField(
            "readlog", "purpose", models.CharField(choices=PURPOSES, max_length=20)
        ),
    ]
