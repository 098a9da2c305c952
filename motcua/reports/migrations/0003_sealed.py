"""Lists that were made into files are sealed."""

from django.db import migrations, models
from django.db.models import Q

from motcua.toolkit.sealed_fields import SealedBytes
from motcua.toolkit.sealing_columns import SealColumn


class Migration(migrations.Migration):
    dependencies = [("reports", "0002_registers"), ("toolkit", "0002_resealing")]
    operations = [
        migrations.RemoveConstraint("listfile", "list_file_is_ready_with_its_content"),
        SealColumn("listfile", "content", SealedBytes(null=True)),
        migrations.AddConstraint(
            "listfile",
            models.CheckConstraint(
                condition=Q(content__isnull=True, ready_at__isnull=True)
                | Q(content__isnull=False, ready_at__isnull=False, failure=""),
                name="list_file_is_ready_with_its_content",
            ),
        ),
    ]
