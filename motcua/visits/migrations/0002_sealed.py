"""Who booked a time is sealed; one time a day and phone is kept by the phone's keyed hash."""

from django.db import migrations, models
from django.db.models import Q

from motcua.toolkit.sealed_fields import Keyed, SealedText
from motcua.toolkit.sealing_columns import SealColumn, fill_keys


class Migration(migrations.Migration):
    dependencies = [("visits", "0001_initial"), ("toolkit", "0002_resealing")]
    operations = [
        migrations.RemoveConstraint("booking", "one_time_a_day_and_phone"),
        migrations.AddField(
            "booking", "phone_key", Keyed(of="phone", purpose="visits.booking.phone", default=""), preserve_default=False
        ),
        SealColumn("booking", "name", SealedText()),
        SealColumn("booking", "phone", SealedText()),
        fill_keys("visits", "Booking", "phone_key"),
        migrations.AddConstraint(
            "booking",
            models.UniqueConstraint(
                fields=["hall", "day", "phone_key"], condition=Q(state="booked"), name="one_time_a_day_and_phone"
            ),
        ),
    ]
