"""A booking may come along from the hall of an office that became another."""

from typing import ClassVar

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """Keep where it was booked; such a booking does not count among one a day and telephone."""

    dependencies: ClassVar = [("visits", "0002_sealed")]
    operations: ClassVar = [
        migrations.AddField(
            "booking",
            "came_from",
            models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="visits.hall",
            ),
        ),
        migrations.RemoveConstraint("booking", "one_time_a_day_and_phone"),
        migrations.AddConstraint(
            "booking",
            models.UniqueConstraint(
                condition=models.Q(("came_from__isnull", True), ("state", "booked")),
                fields=("hall", "day", "phone_key"),
                name="one_time_a_day_and_phone",
            ),
        ),
    ]
