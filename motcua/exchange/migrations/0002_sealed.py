"""What is asked of linked agencies and what they answer is sealed."""

from django.db import migrations

from motcua.toolkit.sealed_fields import SealedBytes
from motcua.toolkit.sealing_columns import SealColumn


class Migration(migrations.Migration):
    dependencies = [("exchange", "0001_initial"), ("toolkit", "0002_resealing")]
    operations = [
        SealColumn("outgoing", "body", SealedBytes()),
        SealColumn("incoming", "body", SealedBytes()),
    ]
