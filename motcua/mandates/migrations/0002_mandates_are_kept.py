"""The database itself refuses to widen or revive a mandate, and to change what was done with it, whoever asks."""

from django.db import migrations

TABLES = ("mandates_change", "mandates_use")
FORBID = """
create function mandate_record_is_kept() returns trigger language plpgsql as $$
begin
  raise exception 'what was done is never changed' using errcode = 'restrict_violation';
end $$;
create function mandate_stays_as_given() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE'
     or (new.ground, new.acts, new.reach, new.of, new.starts, new.until, new.giver_key, new.holder_key,
         new.asked_by, new.agency_id, new.recorded_by_id, new.needs_check, new.holder_number)
        is distinct from
        (old.ground, old.acts, old.reach, old.of, old.starts, old.until, old.giver_key, old.holder_key,
         old.asked_by, old.agency_id, old.recorded_by_id, old.needs_check, old.holder_number)
     or (old.giver_agreed_at is not null and new.giver_agreed_at is distinct from old.giver_agreed_at)
     or (old.confirmed_at is not null and new.confirmed_at is distinct from old.confirmed_at)
     or (old.holder_person_id is not null and new.holder_person_id is distinct from old.holder_person_id)
     or (old.ended_at is not null and (new.ended_at, new.ending) is distinct from (old.ended_at, old.ending))
  then
    raise exception 'a mandate is given, confirmed and ended, never changed' using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger stays_as_given before update or delete on mandates_mandate
  for each row execute function mandate_stays_as_given();
""" + "".join(
    f"create trigger record_is_kept before update or delete on {table}"
    f" for each row execute function mandate_record_is_kept();\n"
    for table in TABLES
)
ALLOW = (
    "drop trigger stays_as_given on mandates_mandate;\n"
    + "".join(f"drop trigger record_is_kept on {table};\n" for table in TABLES)
    + "drop function mandate_stays_as_given();\ndrop function mandate_record_is_kept();"
)


class Migration(migrations.Migration):
    dependencies = [("mandates", "0001_initial")]
    operations = [migrations.RunSQL(FORBID, ALLOW)]
