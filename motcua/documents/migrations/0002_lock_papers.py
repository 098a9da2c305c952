from django.db import migrations

FUNCTION = """
create function documents_lock_papers(of_owner text) returns setof documents_document
language plpgsql volatile as $$
begin
    -- One lock an owner instead of one a row: two uploads of a first page meet no row to lock.
    perform pg_advisory_xact_lock(hashtextextended(of_owner, 0));
    -- A statement of its own, so that it sees what the holder before us has committed.
    return query select * from documents_document where owner = of_owner and state = 'kept';
end $$
"""


class Migration(migrations.Migration):
    dependencies = [("documents", "0001_initial")]
    operations = [
        migrations.RunSQL(FUNCTION, "drop function documents_lock_papers(text)"),
    ]
