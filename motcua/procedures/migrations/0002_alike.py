"""Letters in threes for forgiving search, where the server has them and lets us."""

from django.db import migrations

INDEX = """
do $$ begin
  create extension if not exists pg_trgm;
  create index listing_letters on procedures_listing using gist (folded gist_trgm_ops (siglen = 64));
exception when insufficient_privilege or undefined_file or feature_not_supported then null;
end $$;
"""


class Migration(migrations.Migration):
    dependencies = [("procedures", "0001_initial")]
    operations = [migrations.RunSQL(INDEX, "drop index if exists listing_letters")]
