"""The secrets of officials' code apps are sealed."""

from django.db import migrations

from motcua.toolkit.sealed_fields import SealedText
from motcua.toolkit.sealing_columns import SealColumn


class Migration(migrations.Migration):
    dependencies = [("agencies", "0006_how_officials_come_in"), ("toolkit", "0002_resealing")]
    operations = [SealColumn("official", "totp_secret", SealedText(blank=True))]
