"""The ledger's own rule reads every entry, whoever booked it: at the commit an official's request is over, its wall is not."""

from django.db import migrations

FORWARD = """
alter function payments_journal_sums_to_zero() security definer set search_path = public, pg_temp;
"""
BACKWARD = """
alter function payments_journal_sums_to_zero() security invoker reset search_path;
"""


class Migration(migrations.Migration):
    dependencies = [("payments", "0003_sealed")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
