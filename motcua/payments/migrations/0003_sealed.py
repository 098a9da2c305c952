"""Who pays, and what a gateway said of money that went astray, is sealed."""

from django.db import migrations

from motcua.toolkit.sealed_fields import SealedJSON, SealedText
from motcua.toolkit.sealing_columns import SealColumn


class Migration(migrations.Migration):
    dependencies = [("payments", "0002_ledger"), ("toolkit", "0002_resealing")]
    operations = [
        SealColumn("demand", "payer_name", SealedText()),
        SealColumn("anomaly", "raw", SealedJSON(default=dict)),
    ]
