"""Who receives a result, and where a letter goes, is sealed."""

from django.db import migrations, models
from django.db.models import Q

from motcua.toolkit.sealed_fields import SealedJSON, SealedText
from motcua.toolkit.sealing_columns import SealColumn


class Migration(migrations.Migration):
    dependencies = [("deliveries", "0002_post_lists"), ("toolkit", "0002_resealing")]
    operations = [
        migrations.RemoveConstraint("delivery", "delivery_at_counter_names_receiver"),
        SealColumn("delivery", "receiver_name", SealedText(default="", blank=True)),
        SealColumn("delivery", "confirmation", SealedText(default="", blank=True)),
        SealColumn("postorder", "receiver", SealedJSON()),
        migrations.AddConstraint(
            "delivery",
            models.CheckConstraint(
                condition=~Q(way="counter", state="handed_over") | ~Q(receiver_name=""), name="delivery_at_counter_names_receiver"
            ),
        ),
    ]
