"""What stands beside a dossier may be erased once its time is over: by these functions only, and never without proof.

The application's role has no right to delete from these tables; the functions run as their owner.
"""

from django.db import migrations

KEPT = {
    "dossiers_readings_are_kept": "who looked at a dossier is never changed",
    "dossiers_notes_are_kept": "a note of an office is never changed",
    "dossiers_earlier_answers_are_kept": "what was declared before is never changed",
    "dossiers_corrections_are_kept": "what a correction said is never changed",
}
GUARD = """
create or replace function {name}() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' and current_setting('motcua.erasing', true) = 'on' then return old; end if;
  raise exception '{words}' using errcode = 'restrict_violation';
end $$;
"""
STRICT = """
create or replace function {name}() returns trigger language plpgsql as $$
begin
  raise exception '{words}' using errcode = 'restrict_violation';
end $$;
"""
ERASE = """
create function dossiers_erase_beside(which bigint) returns integer
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  told text;
  part integer;
  gone integer := 0;
begin
  select code into told from dossiers_dossier where id = which and ended_at is not null;
  if told is null or not exists (select from privacy_erasure where subject = told) then
    raise exception 'nothing is erased before its end, nor without proof' using errcode = 'restrict_violation';
  end if;
  perform set_config('motcua.erasing', 'on', true);
  delete from dossiers_earlieranswers where dossier_id = which;
  get diagnostics part = row_count; gone := gone + part;
  delete from dossiers_correction where dossier_id = which;
  get diagnostics part = row_count; gone := gone + part;
  delete from dossiers_note where dossier_id = which;
  get diagnostics part = row_count; gone := gone + part;
  perform set_config('motcua.erasing', 'off', true);
  return gone;
end $$;
create function dossiers_forget_readings(before timestamptz) returns integer
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  gone integer;
begin
  if before > now() - interval '1 year' then
    raise exception 'who looked is not forgotten within a year' using errcode = 'restrict_violation';
  end if;
  perform set_config('motcua.erasing', 'on', true);
  delete from dossiers_readlog l using dossiers_dossier d
    where d.id = l.dossier_id and l.at < before and d.ended_at < before;
  get diagnostics gone = row_count;
  perform set_config('motcua.erasing', 'off', true);
  return gone;
end $$;
"""
KEEP = """
drop function dossiers_erase_beside(bigint);
drop function dossiers_forget_readings(timestamptz);
"""


def _all(text):
    return "".join(text.format(name=name, words=words) for name, words in KEPT.items())


class Migration(migrations.Migration):
    dependencies = [("dossiers", "0017_emergencies"), ("privacy", "0001_tables")]
    operations = [migrations.RunSQL(_all(GUARD) + ERASE, KEEP + _all(STRICT))]
