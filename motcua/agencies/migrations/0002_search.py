from django.db import migrations


def trigrams(apps, schema_editor):
    """Use pg_trgm where the server has it and lets us; the search works without it."""
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("select exists(select from pg_available_extensions where name = 'pg_trgm')")
        if not cursor.fetchone()[0]:
            return
        cursor.execute(
            """
            do $$ begin
                create extension if not exists pg_trgm;
                create index place_letters on agencies_place
                    using gist (search_key gist_trgm_ops (siglen = 64));
            exception when insufficient_privilege then null;
            end $$
            """
        )


class Migration(migrations.Migration):
    dependencies = [("agencies", "0001_initial")]

    operations = [
        migrations.RunSQL(
            "create index place_words on agencies_place using gin (to_tsvector('simple', search_key))",
            "drop index place_words",
        ),
        migrations.RunPython(trigrams, migrations.RunPython.noop, elidable=False),
    ]
