"""What people look through knows both kinds, services and national records; the old rows are carried over.

They are filled wholly when the catalogue is published next, which `prepare` does at once.
"""

import django.contrib.postgres.fields
from django.db import migrations, models
from django.db.models import F, Q

CARRY = """
update procedures_listing
set life_events = array[life_event], codes = array[code], plain = folded,
    length = array_length(string_to_array(name->>'vi', ' '), 1)
"""
BACK = "update procedures_listing set life_event = coalesce(life_events[1], 'other'), folded = plain"


def codes(length):
    return django.contrib.postgres.fields.ArrayField(models.CharField(max_length=length), default=list)


class Migration(migrations.Migration):
    dependencies = [("procedures", "0003_versions_are_kept")]
    operations = [
        migrations.AddField("listing", "codes", codes(20)),
        migrations.AddField("listing", "life_events", codes(40)),
        migrations.AddField("listing", "fields_of_law", codes(40)),
        migrations.AddField(
            "listing",
            "keywords",
            django.contrib.postgres.fields.ArrayField(models.TextField(), default=list),
        ),
        migrations.AddField("listing", "ministry", models.CharField(max_length=40, default="other")),
        migrations.AddField("listing", "agency", models.JSONField(default=dict)),
        migrations.AddField("listing", "audience", models.JSONField(default=dict)),
        migrations.AddField("listing", "plain", models.TextField(default="")),
        migrations.AddField("listing", "length", models.SmallIntegerField(default=0)),
        migrations.AddField("listing", "digest", models.CharField(default="", max_length=64)),
        migrations.AlterField("listing", "slug", models.CharField(blank=True, max_length=100)),
        migrations.AlterField(
            "listing", "life_event", models.CharField(max_length=40, default="other")
        ),
        migrations.AlterField("listing", "folded", models.TextField(default="")),
        migrations.RunSQL(CARRY, BACK),
        migrations.RemoveField("listing", "life_event"),
        migrations.RemoveField("listing", "folded"),
        migrations.AddConstraint(
            "listing",
            models.CheckConstraint(
                condition=Q(level="info", slug="") | (~Q(level="info") & ~Q(slug="")),
                name="listing_leads_to_a_service_or_informs",
            ),
        ),
        migrations.CreateModel(
            "Word",
            [
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("word", models.TextField(unique=True)),
                ("listings", models.IntegerField()),
            ],
        ),
        migrations.CreateModel(
            "Record",
            [
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=20)),
                ("digest", models.CharField(max_length=64)),
                ("decision", models.TextField(blank=True)),
                ("content", models.TextField()),
                ("imported_at", models.DateTimeField()),
                ("replaced_at", models.DateTimeField(null=True)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=Q(replaced_at__isnull=True),
                        fields=["code"],
                        name="one_present_record_a_code",
                    ),
                    models.CheckConstraint(
                        condition=Q(replaced_at__isnull=True) | Q(replaced_at__gte=F("imported_at")),
                        name="record_is_replaced_after_it_came",
                    ),
                ],
                "indexes": [models.Index(fields=["code", "-imported_at"], name="records_of_code")],
            },
        ),
    ]
