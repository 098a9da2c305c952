"""The database itself refuses to change a published version, whoever asks: only its end may be set, once.

Its guides are words of help, not law, and may be mended.
"""

from django.db import migrations

FORBID = """
create function procedures_versions_are_kept() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' then
    raise exception 'a published version is never deleted' using errcode = 'restrict_violation';
  end if;
  if (new.id, new.digest, new.code, new.slug, new.effective_from, new.content, new.published_at)
     is distinct from
     (old.id, old.digest, old.code, old.slug, old.effective_from, old.content, old.published_at)
  then
    raise exception 'a published version is never changed' using errcode = 'restrict_violation';
  end if;
  if old.effective_until is not null and new.effective_until is distinct from old.effective_until then
    raise exception 'a version ends once' using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger versions_are_kept before update or delete on procedures_version
  for each row execute function procedures_versions_are_kept();
"""
ALLOW = """
drop trigger versions_are_kept on procedures_version;
drop function procedures_versions_are_kept();
"""


class Migration(migrations.Migration):
    dependencies = [("procedures", "0002_alike")]
    operations = [migrations.RunSQL(FORBID, ALLOW)]
