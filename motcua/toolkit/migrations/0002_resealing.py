"""What tells whether a row was only sealed anew: asked by the triggers of tables that are only added to."""

from django.db import migrations

MAKE = """
create function toolkit_resealed(was jsonb, now jsonb, sealed text[]) returns boolean language sql as $$
  select coalesce(current_setting('motcua.resealing', true), '') = 'on' and was - sealed = now - sealed
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("toolkit", "0001_initial")]
    operations = [migrations.RunSQL(MAKE, "drop function toolkit_resealed(jsonb, jsonb, text[])")]
