"""A change of the calendar moves other dates than the promised ones: which, is kept."""

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    """Name the date that moved."""

    dependencies: ClassVar = [("agencies", "0007_sealed")]
    operations: ClassVar = [
        migrations.AddField(
            "calendarmove", "what", models.CharField(default="promised", max_length=12)
        ),
        migrations.AddField(
            "calendarmove", "of", models.CharField(blank=True, default="", max_length=40)
        ),
        migrations.RemoveConstraint("calendarmove", "date_moves_once_a_change"),
        migrations.AddConstraint(
            "calendarmove",
            models.UniqueConstraint(
                fields=("change", "case", "what", "of"), name="date_moves_once_a_change"
            ),
        ),
    ]
