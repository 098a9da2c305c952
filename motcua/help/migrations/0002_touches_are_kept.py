"""The database itself refuses to change what a helper touched and how a call was tried, whoever asks."""

from django.db import migrations

TABLES = ("help_touch", "help_try")
FORBID = """
create function help_record_is_kept() returns trigger language plpgsql as $$
begin
  raise exception 'what was done is never changed' using errcode = 'restrict_violation';
end $$;
""" + "".join(
    f"create trigger record_is_kept before update or delete on {table}"
    f" for each row execute function help_record_is_kept();\n"
    for table in TABLES
)
ALLOW = "".join(f"drop trigger record_is_kept on {table};\n" for table in TABLES) + (
    "drop function help_record_is_kept();"
)


class Migration(migrations.Migration):
    dependencies = [("help", "0001_initial")]
    operations = [migrations.RunSQL(FORBID, ALLOW)]
