"""Days set by hand with the dates they move, and agencies that become others."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('agencies', '0004_substitutes'),
    ]

    operations = [
        migrations.CreateModel(
            name='CalendarChange',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('day', models.DateField()),
                ('province_code', models.CharField(blank=True, max_length=2)),
                ('working', models.BooleanField()),
                ('worked', models.BooleanField()),
                ('note', models.CharField(max_length=200)),
                ('decision', models.CharField(max_length=120)),
                ('by', models.CharField(max_length=200)),
                ('at', models.DateTimeField()),
                ('last', models.BigIntegerField(default=0)),
                ('looked', models.IntegerField(default=0)),
                ('finished_at', models.DateTimeField(null=True)),
            ],
            options={
                'indexes': [models.Index(fields=['province_code', '-at'], name='calendar_change_latest')],
            },
        ),
        migrations.CreateModel(
            name='AgencySuccession',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('since', models.DateField()),
                ('decision', models.CharField(max_length=120)),
                ('recorded_at', models.DateTimeField()),
                ('last', models.BigIntegerField(default=0)),
                ('moved', models.IntegerField(default=0)),
                ('finished_at', models.DateTimeField(null=True)),
                ('new', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='follows', to='agencies.agency')),
                ('old', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='followed_by', to='agencies.agency')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('old', models.F('new')), _negated=True), name='agency_does_not_follow_itself')],
            },
        ),
        migrations.CreateModel(
            name='CalendarMove',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('case', models.CharField(max_length=60)),
                ('was', models.DateTimeField()),
                ('due', models.DateTimeField()),
                ('change', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='moves', to='agencies.calendarchange')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('change', 'case'), name='date_moves_once_a_change')],
            },
        ),
    ]
