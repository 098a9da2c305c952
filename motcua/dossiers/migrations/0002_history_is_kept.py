"""The database itself refuses to change or delete an event, whoever asks."""

from django.db import migrations

FORBID = """
create function dossiers_history_is_kept() returns trigger language plpgsql as $$
begin
  raise exception 'the history of a dossier is never changed' using errcode = 'restrict_violation';
end $$;
create trigger history_is_kept before update or delete on dossiers_event
  for each row execute function dossiers_history_is_kept();
"""
ALLOW = """
drop trigger history_is_kept on dossiers_event;
drop function dossiers_history_is_kept();
"""


class Migration(migrations.Migration):
    dependencies = [("dossiers", "0001_initial")]
    operations = [migrations.RunSQL(FORBID, ALLOW)]
