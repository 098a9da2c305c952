"""Who does the work of a post while its official is away."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


def _official(name, **more):
    return models.ForeignKey(
        on_delete=django.db.models.deletion.PROTECT,
        related_name=name,
        to=settings.AUTH_USER_MODEL,
        **more,
    )


class Migration(migrations.Migration):
    dependencies = [("agencies", "0003_roles_of_more_officials")]
    operations = [
        migrations.CreateModel(
            name="Substitution",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("first_day", models.DateField()),
                ("last_day", models.DateField()),
                ("reason", models.CharField(max_length=200)),
                ("recorded_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                ("key", models.CharField(max_length=60, unique=True)),
                ("ended_by", _official("+", null=True)),
                (
                    "post",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="substitutions",
                        to="agencies.post",
                    ),
                ),
                ("recorded_by", _official("+")),
                ("substitute", _official("substitutions")),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("last_day__gte", models.F("first_day"))),
                        name="substitution_ends_after_it_begins",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("ended_at__isnull", True), ("ended_by__isnull", True))
                        | models.Q(("ended_at__isnull", False), ("ended_by__isnull", False)),
                        name="substitution_is_ended_by_somebody",
                    ),
                ],
                "indexes": [
                    models.Index(
                        fields=["substitute", "last_day"],
                        name="substitution_of",
                        condition=models.Q(("ended_at__isnull", True)),
                    )
                ],
            },
        ),
    ]
