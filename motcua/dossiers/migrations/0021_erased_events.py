"""What an event says of people may be erased with the dossier: by one function, with proof, and never back.

Kind, place, moment and who acted stay as they were written; the content becomes what is left of it, under a salt of
its own, and the event names the class it was erased under.
"""

from django.db import migrations, models

GUARD = """
create or replace function dossiers_history_is_kept() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' and toolkit_resealed(to_jsonb(old), to_jsonb(new), array['data', 'salt']) then
    return new;
  end if;
  if tg_op = 'UPDATE' and current_setting('motcua.erasing', true) = 'on' and old.erased = ''
     and to_jsonb(old) - array['data', 'salt', 'erased'] = to_jsonb(new) - array['data', 'salt', 'erased']
     and exists (select from privacy_erasure p join dossiers_dossier d on d.code = p.subject
                 where d.id = new.dossier_id and p.kept_class = new.erased and d.ended_at is not null) then
    return new;
  end if;
  raise exception 'the history of a dossier is never changed' using errcode = 'restrict_violation';
end $$;
"""
ERASE = """
create function dossiers_erase_events(which bigint, class text, places integer[], contents bytea[], salts bytea[])
returns integer language plpgsql security definer set search_path = public, pg_temp as $$
declare
  gone integer;
begin
  perform set_config('motcua.erasing', 'on', true);
  update dossiers_event e set data = v.content, salt = v.salt, erased = class
    from unnest(places, contents, salts) v(place, content, salt) where e.dossier_id = which and e.seq = v.place;
  get diagnostics gone = row_count;
  perform set_config('motcua.erasing', 'off', true);
  return gone;
end $$;
"""
KEEP = "drop function dossiers_erase_events(bigint, text, integer[], bytea[], bytea[]);"


class Migration(migrations.Migration):
    dependencies = [("dossiers", "0020_emergency_code"), ("privacy", "0001_tables")]
    operations = [
        migrations.AddField(
            "event", "erased", models.CharField(max_length=40, default="", db_default="")
        ),
        migrations.RunSQL(GUARD, migrations.RunSQL.noop),
        migrations.RunSQL(ERASE, KEEP),
    ]
