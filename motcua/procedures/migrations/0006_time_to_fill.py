"""How long declarations took to fill in, without anybody's name."""

from django.db import migrations, models
from django.db.models import Q


def _id():
    return models.BigAutoField(
        primary_key=True, auto_created=True, serialize=False, verbose_name="ID"
    )


class Migration(migrations.Migration):
    dependencies = [("procedures", "0005_listed_versions")]
    operations = [
        migrations.CreateModel(
            "Filling",
            [
                ("id", _id()),
                ("code", models.CharField(max_length=20)),
                ("seconds", models.PositiveIntegerField()),
                ("on", models.DateField()),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=Q(seconds__gt=0, seconds__lte=86400), name="filling_takes_time"
                    )
                ],
                "indexes": [models.Index(fields=["code", "-id"], name="fillings_of_code")],
            },
        ),
        migrations.CreateModel(
            "TimeToFill",
            [
                ("id", _id()),
                ("code", models.CharField(max_length=20, unique=True)),
                ("seconds", models.PositiveIntegerField()),
                ("filings", models.PositiveIntegerField()),
                ("measured_at", models.DateTimeField()),
            ],
        ),
    ]
