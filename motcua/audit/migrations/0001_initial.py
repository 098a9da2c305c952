"""The log; the database itself keeps what is in it, and lets no head go back behind the one before."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import F, Q

import motcua.toolkit.sealed_fields

KEPT = ("audit_leaf", "audit_stretch", "audit_head")
FORBID = """
create function audit_log_is_kept() returns trigger language plpgsql as $$
begin
  raise exception 'the log is never changed' using errcode = 'restrict_violation';
end $$;
create function audit_heads_grow() returns trigger language plpgsql as $$
begin
  if new.size > (select coalesce(max(position) + 1, 0) from audit_leaf) then
    raise exception 'a head covers leaves that are there' using errcode = 'restrict_violation';
  end if;
  if exists (select 1 from audit_head where size > new.size or day >= new.day or at > new.at) then
    raise exception 'a head follows the one before' using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger heads_grow before insert on audit_head for each row execute function audit_heads_grow();
""" + "".join(
    f"""
create trigger log_is_kept before update or delete on {table}
  for each row execute function audit_log_is_kept();
"""
    for table in KEPT
)
ALLOW = "".join(
    f"drop trigger log_is_kept on {table};\n" for table in KEPT
) + (
    "drop trigger heads_grow on audit_head; drop function audit_heads_grow(); drop function audit_log_is_kept();"
)


def _key():
    return ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"))


def _said():
    return [
        ("kind", models.CharField(max_length=60)),
        ("reference", models.CharField(max_length=100)),
        ("at", models.DateTimeField()),
        ("commitment", models.BinaryField(max_length=32)),
    ]


class Migration(migrations.Migration):
    initial = True
    dependencies = []
    operations = [
        migrations.CreateModel(name="Waiting", fields=[_key(), *_said()], options={"abstract": False}),
        migrations.CreateModel(
            name="Leaf",
            fields=[
                *_said(),
                ("position", models.BigIntegerField(primary_key=True, serialize=False)),
                ("hash", models.BinaryField(max_length=32)),
                ("link", models.BinaryField(max_length=32)),
                (
                    "before",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="audit.leaf",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=Q(position=0, before__isnull=True)
                        | Q(position__gt=0, before=F("position") - 1),
                        name="leaf_follows_leaf",
                    )
                ],
                "indexes": [models.Index(fields=["reference"], name="leaf_of_reference")],
            },
        ),
        migrations.CreateModel(
            name="Stretch",
            fields=[
                _key(),
                ("level", models.SmallIntegerField()),
                ("index", models.BigIntegerField()),
                ("hash", models.BinaryField(max_length=32)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=["level", "index"], name="stretch_hashed_once")
                ]
            },
        ),
        migrations.CreateModel(
            name="Head",
            fields=[
                _key(),
                ("day", models.DateField(unique=True)),
                ("size", models.BigIntegerField()),
                ("root", models.BinaryField(max_length=32)),
                ("at", models.DateTimeField()),
                ("key", models.BinaryField(max_length=32)),
                ("note", models.TextField()),
            ],
        ),
        migrations.CreateModel(
            name="Content",
            fields=[
                ("commitment", models.BinaryField(max_length=32, primary_key=True, serialize=False)),
                ("content", motcua.toolkit.sealed_fields.SealedJSON()),
            ],
        ),
        migrations.RunSQL(FORBID, ALLOW),
    ]
