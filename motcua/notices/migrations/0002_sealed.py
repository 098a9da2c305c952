"""Where people are told and what they are told is sealed."""

from django.db import migrations, models
from django.db.models import Q

from motcua.toolkit.sealed_fields import SealedText
from motcua.toolkit.sealing_columns import SealColumn


class Migration(migrations.Migration):
    dependencies = [("notices", "0001_initial"), ("toolkit", "0002_resealing")]
    operations = [
        migrations.RemoveConstraint("notice", "notice_keeps_no_code"),
        SealColumn("notice", "to", SealedText()),
        SealColumn("notice", "title", SealedText(default="", blank=True)),
        SealColumn("notice", "body", SealedText(default="", blank=True)),
        migrations.AddConstraint(
            "notice",
            models.CheckConstraint(
                condition=Q(secret=False) | Q(state="queued") | Q(body=""), name="notice_keeps_no_code"
            ),
        ),
    ]
