"""Names of files, what pages tell, files on their way and whom a paper is about are sealed."""

from django.contrib.postgres.fields import ArrayField
from django.db import migrations, models
from django.db.models.functions import Length
from django.db.models.lookups import Range

from motcua.toolkit.sealed_fields import ROOM, SealedBytes, SealedJSON, SealedText
from motcua.toolkit.sealing_columns import SealColumn

SPOKEN_OF = """
update documents_document d set digests = array(
  select distinct page->>kind from jsonb_array_elements(d.pages) as page,
  unnest(array['digest', 'upright', 'as_sent']) as kind where page->>kind <> '' order by 1)
"""
PIECE = 65_536


class Migration(migrations.Migration):
    dependencies = [("documents", "0004_uploads"), ("toolkit", "0002_resealing")]
    operations = [
        migrations.AddField("document", "digests", ArrayField(models.CharField(max_length=64), default=list)),
        migrations.RunSQL(SPOKEN_OF, migrations.RunSQL.noop),
        migrations.RemoveConstraint("uploadpiece", "piece_is_small"),
        SealColumn("document", "name", SealedText()),
        SealColumn("document", "pages", SealedJSON(default=list)),
        SealColumn("upload", "name", SealedText()),
        SealColumn("upload", "refusal", SealedJSON(default=list, blank=True)),
        SealColumn("uploadpiece", "content", SealedBytes()),
        SealColumn("issuedpaper", "subject", SealedText(blank=True)),
        migrations.AddConstraint(
            "uploadpiece",
            models.CheckConstraint(condition=Range(Length("content"), (1, PIECE + ROOM)), name="piece_is_small"),
        ),
    ]
