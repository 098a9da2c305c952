"""What granting a request did stands with its answer, and is not changed either."""

from django.db import migrations, models

GUARD = """
create or replace function privacy_answer_stands() returns trigger language plpgsql as $$
begin
  if old.outcome <> '' and (new.outcome, new.done) is distinct from (old.outcome, old.done) then
    raise exception 'an answered request is never changed' using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
"""


class Migration(migrations.Migration):
    dependencies = [("privacy", "0001_tables")]
    operations = [
        migrations.AddField("request", "done", models.JSONField(default=list)),
        migrations.RunSQL(GUARD, migrations.RunSQL.noop),
    ]
