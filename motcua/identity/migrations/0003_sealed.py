"""Who people are is sealed; they are found by keyed hashes of their number and of what they sign in by."""

from django.db import migrations, models
from django.db.models import Q

from motcua.toolkit.sealed_fields import Keyed, SealedText
from motcua.toolkit.sealing import keyed
from motcua.toolkit.sealing_columns import SealColumn, fill_keys


def hash_destinations(apps, schema_editor):
    """Codes live for a day: each row is written by itself."""
    codes = apps.get_model("identity", "OneTimeCode").objects
    for pk, told in list(codes.values_list("pk", "destination_key")):
        codes.filter(pk=pk).update(destination_key=keyed("identity.code.destination", told))


class Migration(migrations.Migration):
    dependencies = [("identity", "0002_sign_ins_links_organisations"), ("toolkit", "0002_resealing")]
    operations = [
        migrations.RemoveConstraint("person", "one_verified_person_per_personal_number"),
        migrations.RemoveConstraint("person", "personal_number_has_twelve_digits"),
        migrations.RemoveConstraint("person", "verified_person_has_a_personal_number"),
        migrations.RemoveConstraint("person", "birth_date_is_partial_iso"),
        migrations.RemoveConstraint("account", "one_account_per_subject"),
        migrations.RemoveConstraint("onetimecode", "one_live_code_per_purpose"),
        migrations.RemoveIndex("onetimecode", "codes_of_a_destination"),
        migrations.AddField(
            "person", "number_key", Keyed(of="personal_number", purpose="identity.person.number", null=True)
        ),
        migrations.AddField(
            "account",
            "subject_key",
            Keyed(of="subject", purpose="identity.account.subject", default=""),
            preserve_default=False,
        ),
        SealColumn("person", "personal_number", SealedText(null=True, blank=True)),
        SealColumn("person", "full_name", SealedText()),
        SealColumn("person", "birth_date", SealedText(blank=True)),
        SealColumn("person", "phone", SealedText(blank=True)),
        SealColumn("person", "email", SealedText(blank=True)),
        SealColumn("person", "address", SealedText(blank=True)),
        SealColumn("account", "subject", SealedText()),
        fill_keys("identity", "Person", "number_key"),
        fill_keys("identity", "Account", "subject_key"),
        migrations.RenameField("onetimecode", "destination", "destination_key"),
        migrations.RunPython(hash_destinations, migrations.RunPython.noop),
        migrations.AlterField("onetimecode", "destination_key", models.CharField(max_length=32)),
        migrations.AddConstraint(
            "person",
            models.UniqueConstraint(
                fields=["number_key"],
                condition=Q(verified_at__isnull=False),
                name="one_verified_person_per_personal_number",
            ),
        ),
        migrations.AddConstraint(
            "person",
            models.CheckConstraint(
                condition=Q(verified_at__isnull=True) | Q(number_key__isnull=False),
                name="verified_person_has_a_personal_number",
            ),
        ),
        migrations.AddConstraint(
            "person",
            models.CheckConstraint(
                condition=Q(personal_number__isnull=True, number_key__isnull=True)
                | Q(personal_number__isnull=False, number_key__isnull=False),
                name="number_is_found_by_its_key",
            ),
        ),
        migrations.AddConstraint(
            "account",
            models.UniqueConstraint(
                fields=["kind", "subject_key"], condition=Q(closed_at__isnull=True), name="one_account_per_subject"
            ),
        ),
        migrations.AddConstraint(
            "onetimecode",
            models.UniqueConstraint(
                fields=["purpose", "destination_key", "reference"],
                condition=Q(used_at__isnull=True, replaced_at__isnull=True),
                name="one_live_code_per_purpose",
            ),
        ),
        migrations.AddIndex(
            "onetimecode",
            models.Index(fields=["destination_key", "created_at"], name="codes_of_a_destination"),
        ),
    ]
