"""An emergency names its dossier: for the database that opens it, and for the head who may not see the dossier."""

from django.db import migrations, models

FILL = """
update dossiers_emergency e set code = d.code from dossiers_dossier d where d.id = e.dossier_id
"""


class Migration(migrations.Migration):
    dependencies = [("dossiers", "0019_consulted")]

    operations = [
        migrations.AddField(
            model_name="emergency",
            name="code",
            field=models.CharField(default="", max_length=60),
            preserve_default=False,
        ),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
    ]
