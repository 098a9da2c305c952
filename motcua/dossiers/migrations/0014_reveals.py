"""Who saw what, beyond openings: what was revealed and why, which party was sent its part."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Q

PURPOSES = ["handling", "reveal", "emergency", "exchange", "list_file", "request"]


class Migration(migrations.Migration):
    dependencies = [("dossiers", "0013_worked")]
    operations = [
        migrations.AlterField("readlog", "official_id", models.BigIntegerField(null=True)),
        migrations.AlterField("readlog", "official_name", models.CharField(blank=True, max_length=200)),
        migrations.AlterField("readlog", "role", models.CharField(blank=True, max_length=20)),
        migrations.AlterField(
            "readlog",
            "agency",
            models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, to="agencies.agency"
            ),
        ),
        migrations.AlterField(
            "readlog",
            "purpose",
            models.CharField(
                max_length=20,
                choices=[(one, one.replace("_", " ").title()) for one in PURPOSES],
            ),
        ),
        migrations.AddField(
            "readlog", "party", models.CharField(blank=True, default="", max_length=100)
        ),
        migrations.AddField(
            "readlog", "groups", models.CharField(blank=True, default="", max_length=60)
        ),
        migrations.AddField(
            "readlog", "reason", models.CharField(blank=True, default="", max_length=30)
        ),
        migrations.AddField("readlog", "until", models.DateTimeField(null=True)),
        migrations.AddConstraint(
            "readlog",
            models.CheckConstraint(
                condition=Q(official_id__isnull=False, agency__isnull=False, party="")
                | (Q(official_id__isnull=True, agency__isnull=True) & ~Q(party="")),
                name="reading_is_by_an_official_or_a_party",
            ),
        ),
        migrations.AddConstraint(
            "readlog",
            models.CheckConstraint(
                condition=~Q(purpose="reveal")
                | (~Q(groups="") & ~Q(reason="") & Q(until__isnull=False)),
                name="reveal_says_what_why_and_how_long",
            ),
        ),
    ]
