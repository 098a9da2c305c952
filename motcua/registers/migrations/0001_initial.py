"""The books, and what the database itself refuses: an entry taken away, a number changed, a count turned back."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import F, Q

KEEP = """
create function registers_entry_is_kept() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' and old.struck_at is null and
     (to_jsonb(new) - array['struck_at', 'struck_by', 'struck_reason']) =
     (to_jsonb(old) - array['struck_at', 'struck_by', 'struck_reason']) then
    return new;
  end if;
  raise exception 'an entry of a book is only ever struck' using errcode = 'restrict_violation';
end $$;
create trigger entry_is_kept before update or delete on registers_entry
  for each row execute function registers_entry_is_kept();

create function registers_book_is_kept() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' and new.next >= old.next and new.volume >= old.volume and
     (new.agency_id, new.kind, new.year, new.first) = (old.agency_id, old.kind, old.year, old.first) then
    return new;
  end if;
  raise exception 'a book only ever goes on' using errcode = 'restrict_violation';
end $$;
create trigger book_is_kept before update or delete on registers_book
  for each row execute function registers_book_is_kept();
"""
LOOSE = """
drop trigger entry_is_kept on registers_entry;
drop function registers_entry_is_kept();
drop trigger book_is_kept on registers_book;
drop function registers_book_is_kept();
"""
ID = ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"))


class Migration(migrations.Migration):
    initial = True
    dependencies = [("agencies", "0003_roles_of_more_officials")]
    operations = [
        migrations.CreateModel(
            name="Book",
            fields=[
                ID,
                ("kind", models.CharField(max_length=40)),
                ("year", models.PositiveSmallIntegerField()),
                ("volume", models.PositiveSmallIntegerField(default=1)),
                ("first", models.PositiveIntegerField(default=1)),
                ("next", models.PositiveIntegerField(default=1)),
                ("opened_at", models.DateTimeField()),
                ("opened_by", models.CharField(max_length=200)),
                ("closed_at", models.DateTimeField(null=True)),
                ("agency", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="books", to="agencies.agency")),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("agency", "kind", "year"), name="one_book_a_year"),
                    models.CheckConstraint(
                        condition=Q(first__gte=1, volume__gte=1, next__gte=F("first")), name="book_counts_upwards"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Entry",
            fields=[
                ID,
                ("number", models.PositiveIntegerField()),
                ("volume", models.PositiveSmallIntegerField()),
                ("case", models.CharField(max_length=60)),
                ("part", models.CharField(max_length=40)),
                ("place", models.PositiveSmallIntegerField(default=1)),
                ("subject", models.CharField(max_length=200)),
                ("title", models.CharField(max_length=300)),
                ("at", models.DateTimeField()),
                ("by", models.CharField(max_length=200)),
                ("struck_at", models.DateTimeField(null=True)),
                ("struck_by", models.CharField(blank=True, max_length=200)),
                ("struck_reason", models.CharField(blank=True, max_length=300)),
                ("book", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="entries", to="registers.book")),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("book", "number"), name="number_given_once"),
                    models.UniqueConstraint(
                        condition=Q(struck_at__isnull=True), fields=("case", "part", "place"), name="case_has_one_number"
                    ),
                    models.CheckConstraint(
                        condition=Q(struck_at__isnull=True, struck_reason="") | (Q(struck_at__isnull=False) & ~Q(struck_reason="")),
                        name="struck_with_a_reason",
                    ),
                ],
            },
        ),
        migrations.RunSQL(KEEP, LOOSE),
    ]
