from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True
    dependencies = []
    operations = [
        migrations.CreateModel(
            name="Spending",
            fields=[
                ("key", models.CharField(max_length=200, primary_key=True, serialize=False)),
                ("stretch", models.BigIntegerField()),
                ("used", models.IntegerField()),
                ("ends_at", models.DateTimeField(db_index=True)),
            ],
        ),
        migrations.RunSQL(
            "alter table toolkit_spending set unlogged",
            "alter table toolkit_spending set logged",
        ),
    ]
