"""Lists of letters handed to the postman, and whose letters they are."""

import uuid

import django.db.models.deletion
from django.db import migrations, models

WHOSE = """
update deliveries_delivery set office = regexp_replace(subject, '-[0-9]+-[0-9]+$', '') where office = ''
"""


class Migration(migrations.Migration):
    dependencies = [
        ("deliveries", "0001_initial"),
    ]
    operations = [
        migrations.AddField(
            model_name="delivery",
            name="office",
            field=models.CharField(blank=True, default="", max_length=35),
        ),
        migrations.RunSQL(WHOSE, migrations.RunSQL.noop),
        migrations.AddIndex(
            model_name="delivery",
            index=models.Index(
                condition=models.Q(("state__in", ["ready", "created"]), ("way", "post")),
                fields=["office", "ready_at"],
                name="letters_of_office",
            ),
        ),
        migrations.CreateModel(
            name="PostList",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("office", models.CharField(max_length=35)),
                ("day", models.DateField()),
                ("number", models.PositiveIntegerField()),
                ("opened_at", models.DateTimeField()),
                ("closed_at", models.DateTimeField(null=True)),
                ("closed_by", models.CharField(blank=True, default="", max_length=200)),
            ],
        ),
        migrations.CreateModel(
            name="PostListLine",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("tracking_number", models.CharField(blank=True, default="", max_length=60)),
                ("given_at", models.DateTimeField(null=True)),
                ("problem", models.CharField(blank=True, default="", max_length=300)),
                (
                    "delivery",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="listed",
                        to="deliveries.delivery",
                    ),
                ),
                (
                    "list",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="lines",
                        to="deliveries.postlist",
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="postlist",
            constraint=models.UniqueConstraint(
                fields=("office", "day", "number"), name="post_list_numbered_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="postlist",
            constraint=models.UniqueConstraint(
                condition=models.Q(("closed_at__isnull", True)),
                fields=("office",),
                name="one_open_post_list",
            ),
        ),
        migrations.AddConstraint(
            model_name="postlistline",
            constraint=models.UniqueConstraint(
                condition=models.Q(("given_at__isnull", True), ("problem", "")),
                fields=("delivery",),
                name="letter_waits_in_one_list",
            ),
        ),
    ]
