"""Names, phones and words of those who help, are helped and are called are sealed; phones are unique by their keyed hash."""

from django.db import migrations, models
from django.db.models import Q

from motcua.toolkit.sealed_fields import Keyed, SealedText
from motcua.toolkit.sealing_columns import SealColumn, fill_keys, kept


def _key(model, purpose):
    field = Keyed(of="phone", purpose=purpose, default="")
    return migrations.AddField(model, "phone_key", field, preserve_default=False)


class Migration(migrations.Migration):
    dependencies = [("help", "0002_touches_are_kept"), ("toolkit", "0002_resealing")]
    operations = [
        migrations.RemoveConstraint("member", "member_listed_once"),
        migrations.RemoveConstraint("call", "phone_waits_for_one_call"),
        migrations.RemoveConstraint("opinion", "reply_is_somebodys"),
        migrations.RemoveIndex("opinion", "opinions_to_answer"),
        _key("member", "help.member.phone"),
        _key("call", "help.call.phone"),
        SealColumn("member", "name", SealedText()),
        SealColumn("member", "phone", SealedText()),
        SealColumn("invitation", "owner_name", SealedText(blank=True)),
        SealColumn("invitation", "owner_phone", SealedText()),
        SealColumn("helping", "name", SealedText()),
        SealColumn("helping", "phone", SealedText()),
        SealColumn("call", "phone", SealedText()),
        SealColumn("call", "name", SealedText(blank=True)),
        SealColumn("call", "words", SealedText(blank=True)),
        SealColumn("try", "note", SealedText(blank=True)),
        SealColumn("opinion", "words", SealedText(blank=True)),
        SealColumn("opinion", "reply", SealedText(blank=True, default="")),
        fill_keys("help", "Member", "phone_key"),
        fill_keys("help", "Call", "phone_key"),
        migrations.AddConstraint(
            "member",
            models.UniqueConstraint(
                fields=["agency", "phone_key"], condition=Q(removed_at__isnull=True), name="member_listed_once"
            ),
        ),
        migrations.AddConstraint(
            "call",
            models.UniqueConstraint(
                fields=["agency", "phone_key"], condition=Q(state="waiting"), name="phone_waits_for_one_call"
            ),
        ),
        migrations.AddConstraint(
            "opinion",
            models.CheckConstraint(
                condition=Q(reply="", replied_by__isnull=True, replied_at__isnull=True)
                | (~Q(reply="") & Q(replied_by__isnull=False, replied_at__isnull=False)),
                name="reply_is_somebodys",
            ),
        ),
        migrations.AddIndex(
            "opinion",
            models.Index(
                fields=["agency", "given_at"],
                condition=Q(mark__lte=2, reply="") & ~Q(words=""),
                name="opinions_to_answer",
            ),
        ),
        kept("help_record_is_kept", "what was done is never changed", "note"),
    ]
