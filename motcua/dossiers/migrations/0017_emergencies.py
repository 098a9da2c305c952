"""Dossiers opened in an emergency, and the leader told of them above the queue."""

import datetime

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import F, Q

import motcua.toolkit.sealed_fields


class Migration(migrations.Migration):

    dependencies = [
        ('agencies', '0006_how_officials_come_in'),
        ('dossiers', '0016_entered'),
    ]

    operations = [
        migrations.AddField(
            model_name='morning',
            name='emergencies',
            field=models.IntegerField(default=0),
        ),
        migrations.CreateModel(
            name='Emergency',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('role', models.CharField(max_length=20)),
                ('reason', models.CharField(max_length=30)),
                ('words', motcua.toolkit.sealed_fields.SealedText()),
                ('at', models.DateTimeField()),
                ('until', models.DateTimeField()),
                ('finding', models.CharField(blank=True, choices=[('justified', 'Justified'), ('unjustified', 'Unjustified')], max_length=12)),
                ('remark', motcua.toolkit.sealed_fields.SealedText(blank=True)),
                ('reviewed_at', models.DateTimeField(null=True)),
                ('key', models.CharField(max_length=100, unique=True)),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.agency')),
                ('dossier', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='emergencies', to='dossiers.dossier')),
                ('office', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.agency')),
                ('official', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='emergencies', to=settings.AUTH_USER_MODEL)),
                ('reviewed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [
                    models.Index(fields=['official', '-at'], name='emergency_of_official'),
                    models.Index(fields=['office', '-at'], name='emergency_to_review'),
                ],
                'constraints': [
                    models.CheckConstraint(condition=Q(until__gt=F('at'), until__lte=F('at') + datetime.timedelta(hours=1)), name='emergency_lasts_an_hour_at_most'),
                    models.CheckConstraint(condition=~Q(reason='') & ~Q(words=''), name='emergency_says_why'),
                    models.CheckConstraint(condition=Q(finding='', reviewed_by__isnull=True, reviewed_at__isnull=True) | (~Q(finding='') & Q(reviewed_at__isnull=False) & ~Q(reviewed_by=F('official'))), name='emergency_is_reviewed_by_another'),
                ],
            },
        ),
    ]
