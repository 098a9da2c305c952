"""Whom an entry of a book is about is sealed; an entry may be struck, or sealed anew by the owner of the tables."""

from django.db import migrations

from motcua.toolkit.sealed_fields import SealedText
from motcua.toolkit.sealing_columns import SealColumn

KEEP = """
create or replace function registers_entry_is_kept() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' and old.struck_at is null and
     (to_jsonb(new) - array['struck_at', 'struck_by', 'struck_reason']) =
     (to_jsonb(old) - array['struck_at', 'struck_by', 'struck_reason']) then
    return new;
  end if;
  if tg_op = 'UPDATE' and toolkit_resealed(to_jsonb(old), to_jsonb(new), array['subject']) then
    return new;
  end if;
  raise exception 'an entry of a book is only ever struck' using errcode = 'restrict_violation';
end $$;
"""


class Migration(migrations.Migration):
    dependencies = [("registers", "0001_initial"), ("toolkit", "0002_resealing")]
    operations = [
        SealColumn("entry", "subject", SealedText()),
        migrations.RunSQL(KEEP, migrations.RunSQL.noop),
    ]
