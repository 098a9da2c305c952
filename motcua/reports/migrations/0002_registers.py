"""An office's register is a paper too."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("reports", "0001_files")]
    operations = [
        migrations.AlterField(
            model_name="listfile",
            name="kind",
            field=models.CharField(
                choices=[("csv", "Csv"), ("xlsx", "Xlsx"), ("pdf", "Pdf")], max_length=4
            ),
        ),
    ]
