"""Drafts merge field by field, open on several devices, end with notice and are counted when forgotten."""

import secrets

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Q

SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
KEYS_OF_DEVICES = """
insert into dossiers_draftkey (draft_id, secret_hash, device, way, opened_at)
select id, secret_hash, '', case when typist_id is null then 'begun' else 'counter' end, created_at
from dossiers_draft where secret_hash <> ''
"""


def give_codes(apps, schema_editor):
    drafts = apps.get_model("dossiers", "Draft").objects.filter(dossier=None, typist=None)
    for draft in drafts.only("pk").iterator():
        code = "".join(secrets.choice(SIGNS) for _ in range(9))
        drafts.filter(pk=draft.pk).update(code=code)


def _to(model):
    return models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to=model)


def _new(name, field):
    return migrations.AddField("draft", name, field)


class Migration(migrations.Migration):
    dependencies = [
        ("agencies", "0005_changes"),
        ("dossiers", "0010_recount"),
        ("procedures", "0001_initial"),
    ]
    operations = [
        _new("code", models.CharField(max_length=9, null=True, unique=True)),
        _new("touched", models.JSONField(default=dict)),
        _new("unread", models.JSONField(default=dict)),
        _new("saves", models.JSONField(default=list)),
        _new("phone", models.CharField(default="", max_length=16)),
        _new("email", models.CharField(default="", max_length=254)),
        _new("language", models.CharField(default="vi", max_length=5)),
        _new("warned", models.SmallIntegerField(default=0)),
        migrations.CreateModel(
            name="DraftKey",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("secret_hash", models.CharField(max_length=64, unique=True)),
                ("device", models.CharField(default="", max_length=20)),
                (
                    "way",
                    models.CharField(
                        choices=[("begun", "Begun"), ("code", "Code"), ("counter", "Counter")], max_length=10
                    ),
                ),
                ("opened_at", models.DateTimeField()),
                (
                    "draft",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="keys", to="dossiers.draft"
                    ),
                ),
            ],
        ),
        migrations.RunSQL(KEYS_OF_DEVICES, migrations.RunSQL.noop),
        migrations.RunPython(give_codes, migrations.RunPython.noop),
        migrations.RunSQL("set constraints all immediate", migrations.RunSQL.noop),
        migrations.RemoveField("draft", "secret_hash"),
        migrations.CreateModel(
            name="DraftsForgotten",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("day", models.DateField()),
                ("drafts", models.IntegerField()),
                ("agency", _to("agencies.agency")),
                ("version", _to("procedures.version")),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("day", "version", "agency"), name="forgotten_are_counted_in_one_place"
                    ),
                    models.CheckConstraint(condition=Q(drafts__gt=0), name="forgotten_are_some"),
                ]
            },
        ),
        migrations.AddIndex(
            "draft",
            models.Index(fields=["expires_at"], name="draft_ends", condition=Q(dossier__isnull=True)),
        ),
        migrations.AddConstraint(
            "draft",
            models.CheckConstraint(
                condition=Q(dossier__isnull=True) | Q(code__isnull=True, answers={}, unread={}),
                name="draft_filed_keeps_nothing",
            ),
        ),
        migrations.AddConstraint(
            "draft",
            models.CheckConstraint(condition=Q(warned__in=[0, 3, 14]), name="draft_is_warned_of_its_end"),
        ),
    ]
