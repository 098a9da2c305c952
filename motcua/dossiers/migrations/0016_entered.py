"""Events stand in the log, by a salt that is sealed beside each; what happened before is entered now."""

from django.db import migrations

from motcua.audit.rules.entries import commitment, new_salt
from motcua.toolkit.sealed_fields import SealedText
from motcua.toolkit.sealing_columns import BATCH, kept


def enter(apps, schema_editor):
    event, waiting = apps.get_model("dossiers", "Event"), apps.get_model("audit", "Waiting")
    field, connection = event._meta.get_field("salt"), schema_editor.connection
    schema_editor.execute("alter table dossiers_event disable trigger user")
    rows = event.objects.select_related("dossier").order_by("pk")
    found = list(rows[:BATCH])
    while found:
        for one in found:
            one.salt = new_salt()
        with connection.cursor() as cursor:
            cursor.execute(
                "update dossiers_event e set salt = v.salt"
                " from unnest(%s::bigint[], %s::bytea[]) v(id, salt) where e.id = v.id",
                [[one.pk for one in found], [field.sealed(one.salt) for one in found]],
            )
        waiting.objects.bulk_create(
            waiting(
                kind=f"event.{one.kind}",
                reference=f"{one.dossier.code}/{one.seq}",
                at=one.at,
                commitment=commitment(one.salt, one.data),
            )
            for one in found
        )
        found = list(rows.filter(pk__gt=found[-1].pk)[:BATCH])
    schema_editor.execute("alter table dossiers_event enable trigger user")


class Migration(migrations.Migration):
    dependencies = [("dossiers", "0015_sealed"), ("audit", "0001_initial")]
    operations = [
        migrations.AddField("event", "salt", SealedText(default="")),
        migrations.RunPython(enter, migrations.RunPython.noop),
        kept("dossiers_history_is_kept", "the history of a dossier is never changed", "data", "salt"),
    ]
