"""Requests about one's own data, copies to take away, holds, and proof of what was erased."""

import django.db.models.deletion
import motcua.toolkit.sealed_fields
import uuid
from django.conf import settings
from django.db import migrations, models

KEEP = """
create function privacy_proof_is_kept() returns trigger language plpgsql as $$
begin
  raise exception 'the proof of an erasure is never changed' using errcode = 'restrict_violation';
end $$;
create trigger proof_is_kept before update or delete on privacy_erasure
  for each row execute function privacy_proof_is_kept();
create function privacy_answer_stands() returns trigger language plpgsql as $$
begin
  if old.outcome <> '' and new.outcome is distinct from old.outcome then
    raise exception 'an answered request is never changed' using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger answer_stands before update on privacy_request
  for each row execute function privacy_answer_stands();
"""
LOSE = """
drop trigger proof_is_kept on privacy_erasure;
drop function privacy_proof_is_kept();
drop trigger answer_stands on privacy_request;
drop function privacy_answer_stands();
"""


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('agencies', '0006_how_officials_come_in'),
        ('identity', '0002_sign_ins_links_organisations'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Erasure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('subject', models.CharField(max_length=60)),
                ('kept_class', models.CharField(max_length=40)),
                ('rule', models.CharField(max_length=300)),
                ('fields', models.PositiveIntegerField(default=0)),
                ('files', models.PositiveIntegerField(default=0)),
                ('digest', models.CharField(max_length=64)),
                ('at', models.DateTimeField()),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('subject', 'kept_class'), name='class_of_a_dossier_is_erased_once')],
            },
        ),
        migrations.CreateModel(
            name='Hold',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('subject', models.CharField(max_length=60)),
                ('reason', models.CharField(max_length=300)),
                ('by', models.CharField(max_length=200)),
                ('since', models.DateTimeField()),
                ('ended_at', models.DateTimeField(null=True)),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('ended_at__isnull', True)), fields=('subject', 'by'), name='held_once_by_each')],
            },
        ),
        migrations.CreateModel(
            name='Copy',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ('language', models.CharField(default='vi', max_length=5)),
                ('asked_at', models.DateTimeField()),
                ('ready_at', models.DateTimeField(null=True)),
                ('until', models.DateTimeField(null=True)),
                ('digest', models.CharField(blank=True, max_length=64)),
                ('size', models.BigIntegerField(default=0)),
                ('account', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='identity.account')),
            ],
            options={
                'indexes': [models.Index(fields=['account', '-asked_at'], name='copy_of_account')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('digest', ''), ('ready_at__isnull', True), ('until__isnull', True)), models.Q(('ready_at__isnull', False), ('until__isnull', False)), _connector='OR'), name='copy_is_ready_until_a_moment')],
            },
        ),
        migrations.CreateModel(
            name='Request',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('access', 'Access'), ('correction', 'Correction'), ('erasure', 'Erasure'), ('restriction', 'Restriction'), ('objection', 'Objection'), ('complaint', 'Complaint')], max_length=12)),
                ('subject', models.CharField(blank=True, max_length=60)),
                ('name', motcua.toolkit.sealed_fields.SealedText()),
                ('words', motcua.toolkit.sealed_fields.SealedText()),
                ('language', models.CharField(default='vi', max_length=5)),
                ('act_key', models.CharField(max_length=100, unique=True)),
                ('made_at', models.DateTimeField()),
                ('due_at', models.DateTimeField()),
                ('escalated_at', models.DateTimeField(null=True)),
                ('outcome', models.CharField(blank=True, choices=[('granted', 'Granted'), ('partly', 'Partly'), ('refused', 'Refused')], max_length=10)),
                ('ground', models.CharField(blank=True, max_length=30)),
                ('answer', motcua.toolkit.sealed_fields.SealedText(blank=True)),
                ('answered_at', models.DateTimeField(null=True)),
                ('account', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='identity.account')),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='agencies.agency')),
                ('answered_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('outcome', '')), fields=['agency', 'due_at', 'id'], name='data_request_waits'), models.Index(fields=['account', '-made_at'], name='data_request_of_account')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('answered_at__isnull', True), ('answered_by__isnull', True), ('outcome', '')), models.Q(models.Q(('outcome', ''), _negated=True), ('answered_at__isnull', False), ('answered_by__isnull', False)), _connector='OR'), name='data_request_is_answered_by_somebody'), models.CheckConstraint(condition=models.Q(('outcome__in', ['', 'granted']), models.Q(('ground', ''), _negated=True), _connector='OR'), name='data_request_is_refused_on_a_ground'), models.CheckConstraint(condition=models.Q(('due_at__gt', models.F('made_at'))), name='data_request_has_time')],
            },
        ),
        migrations.RunSQL(KEEP, LOSE),
    ]
