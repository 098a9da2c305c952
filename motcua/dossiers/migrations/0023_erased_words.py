"""Why work changed hands is erased with the dossier, as its events are: by one function, with proof, and never back.

Who handed over what to whom, and when, stays.
"""

from django.db import migrations

GUARD = """
create or replace function dossiers_handovers_are_kept() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' and toolkit_resealed(to_jsonb(old), to_jsonb(new), array['reason']) then
    return new;
  end if;
  if tg_op = 'UPDATE' and current_setting('motcua.erasing', true) = 'on'
     and to_jsonb(old) - 'reason' = to_jsonb(new) - 'reason' then
    return new;
  end if;
  raise exception 'a change of hands is never changed' using errcode = 'restrict_violation';
end $$;
"""
ERASE = """
create function dossiers_erase_reasons(which bigint, hands bigint[], contents bytea[]) returns integer
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  gone integer;
begin
  if not exists (select from privacy_erasure p join dossiers_dossier d on d.code = p.subject
                 where d.id = which and d.ended_at is not null) then
    raise exception 'nothing is erased before its end, nor without proof' using errcode = 'restrict_violation';
  end if;
  perform set_config('motcua.erasing', 'on', true);
  update dossiers_handover h set reason = v.content
    from unnest(hands, contents) v(hand, content) where h.dossier_id = which and h.id = v.hand;
  get diagnostics gone = row_count;
  perform set_config('motcua.erasing', 'off', true);
  return gone;
end $$;
"""
KEEP = "drop function dossiers_erase_reasons(bigint, bigint[], bytea[]);"


class Migration(migrations.Migration):
    dependencies = [("dossiers", "0022_restricted"), ("privacy", "0001_tables")]
    operations = [
        migrations.RunSQL(GUARD, migrations.RunSQL.noop),
        migrations.RunSQL(ERASE, KEEP),
    ]
