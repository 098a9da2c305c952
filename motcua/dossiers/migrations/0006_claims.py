"""Who holds work, every change of hands, saved views; what waits elsewhere; the words a search finds by."""

import django.db.models.deletion
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import migrations, models
from django.db.models import Q

FORBID = """
create function dossiers_handovers_are_kept() returns trigger language plpgsql as $$
begin
  raise exception 'a change of hands is never changed' using errcode = 'restrict_violation';
end $$;
create trigger handovers_are_kept before update or delete on dossiers_handover
  for each row execute function dossiers_handovers_are_kept();
"""
ALLOW = """
drop trigger handovers_are_kept on dossiers_handover;
drop function dossiers_handovers_are_kept();
"""
FILL_WORK = """
update dossiers_work w
set procedure = v.code, channel = d.channel, office_id = d.agency_id, received_at = d.received_at,
    task = case when w.kind = 'step' and w.role = 'leader' then 'sign' else '' end
from dossiers_dossier d join procedures_version v on v.id = d.version_id
where d.id = w.dossier_id
"""
# What waited elsewhere when this came, as far as the rows tell; each goes with the next act that ends it.
WATCH = """
insert into dossiers_work (dossier_id, kind, leg, step, task, agency_id, role, due_at, since, procedure,
                           channel, office_id, received_at)
select d.id, 'elsewhere', l.leg, '', '', d.agency_id, '', coalesce(l.due_at, d.due_at, d.expected_at),
       coalesce(l.opened_at, d.submitted_at), v.code, d.channel, d.agency_id, d.received_at
from dossiers_dossier d
join procedures_version v on v.id = d.version_id
join dossiers_legrow l on l.dossier_id = d.id and l.state in ('open', 'supplement')
join agencies_agency a on a.id = d.agency_id and a.code <> l.agency_code
where d.ended_at is null
union all
select d.id, 'applicant', coalesce(l.leg, ''), '', '', coalesce(a.id, d.agency_id), '',
       coalesce(d.due_at, d.expected_at), d.submitted_at, v.code, d.channel, d.agency_id, d.received_at
from dossiers_dossier d
join procedures_version v on v.id = d.version_id
left join dossiers_legrow l on l.dossier_id = d.id and l.state = 'supplement' and d.status = 5
left join agencies_agency a on a.code = l.agency_code
where d.status in (5, 6) and d.ended_at is null
"""
FORGET = "delete from dossiers_work where kind in ('applicant', 'elsewhere')"
# The same words as `search.terms` writes, but the keyed numbers: only the application has the key.
FILL_TERMS = """
update dossiers_dossier d set terms = (
  select array_to_tsvector(array_agg(distinct term)) from (
    select 'a' || a.id there from agencies_agency a
    where a.id = d.agency_id
       or a.code in (select l.agency_code from dossiers_legrow l where l.dossier_id = d.id)
  ) office cross join lateral (
    select there term
    union all select there || '_' || word from unnest(string_to_array(d.folded, ' ')) word where word ~ '^[a-z]+$'
    union all select there || '_p' || phone
      from regexp_replace(regexp_replace(d.phone, '[^0-9]', '', 'g'), '^(84|0)', '') phone where phone <> ''
    union all select there || '_c' || replace(tail, '-', '')
      from substring(d.code from '[0-9]{6}-[0-9]+$') tail where tail is not null
  ) told
)
"""


def _text(length, **more):
    return models.CharField(max_length=length, **more)


def _to(model, name=None, **more):
    return models.ForeignKey(
        on_delete=django.db.models.deletion.PROTECT, to=model, related_name=name, **more
    )


def _id():
    return models.BigAutoField(
        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
    )


class Migration(migrations.Migration):
    dependencies = [
        ("agencies", "0004_substitutes"),
        ("dossiers", "0009_counter"),
    ]
    operations = [
        migrations.AddField("dossier", "terms", SearchVectorField(default="")),
        migrations.AddField("work", "task", _text(12, blank=True, default="")),
        migrations.AddField("work", "procedure", _text(20, default="")),
        migrations.AddField("work", "channel", _text(10, default="")),
        migrations.AddField("work", "office", _to("agencies.agency", "+", null=True)),
        migrations.AddField("work", "received_at", models.DateTimeField(null=True)),
        migrations.AddField("work", "official", _to("agencies.official", null=True)),
        migrations.AddField("work", "claimed_at", models.DateTimeField(null=True)),
        migrations.AlterField(
            "work",
            "kind",
            _text(
                12,
                choices=[
                    ("receive", "Receive"),
                    ("step", "Step"),
                    ("withdrawal", "Withdrawal"),
                    ("return", "Return"),
                    ("approval", "Approval"),
                    ("applicant", "Applicant"),
                    ("elsewhere", "Elsewhere"),
                ],
            ),
        ),
        migrations.AddConstraint(
            "work",
            models.CheckConstraint(
                condition=Q(official__isnull=True, claimed_at__isnull=True)
                | (Q(official__isnull=False, claimed_at__isnull=False) & ~Q(role="")),
                name="work_is_held_since_a_moment",
            ),
        ),
        migrations.AddIndex(
            "work", models.Index(fields=["agency", "role", "since", "id"], name="work_arrived")
        ),
        migrations.AddIndex(
            "work",
            models.Index(
                fields=["official", "due_at", "id"],
                name="work_held",
                condition=Q(official__isnull=False),
            ),
        ),
        migrations.CreateModel(
            "Handover",
            fields=[
                ("id", _id()),
                ("kind", _text(12)),
                ("leg", _text(40, blank=True)),
                ("step", _text(40, blank=True)),
                ("role", _text(30)),
                (
                    "doing",
                    _text(
                        10,
                        choices=[
                            ("claim", "Claim"),
                            ("release", "Release"),
                            ("assign", "Assign"),
                            ("take_over", "Take Over"),
                            ("carry", "Carry"),
                        ],
                    ),
                ),
                ("in_place_of", _text(200, blank=True)),
                ("reason", _text(500, blank=True)),
                ("at", models.DateTimeField()),
                ("key", _text(100, null=True)),
                ("agency", _to("agencies.agency")),
                ("by", _to("agencies.official", "+", null=True)),
                ("dossier", _to("dossiers.dossier", "handovers")),
                ("from_official", _to("agencies.official", "+", null=True)),
                ("to_official", _to("agencies.official", "+", null=True)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=["key"], name="handover_happens_once")
                ],
                "indexes": [models.Index(fields=["dossier", "id"], name="handover_of_dossier")],
            },
        ),
        migrations.CreateModel(
            "SavedView",
            fields=[
                ("id", _id()),
                ("name", _text(60)),
                ("asked", _text(500)),
                ("made_at", models.DateTimeField()),
                ("agency", _to("agencies.agency", null=True)),
                ("official", _to("agencies.official")),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=["official", "name"], name="view_named_once")
                ],
                "indexes": [
                    models.Index(
                        fields=["agency"],
                        name="view_of_agency",
                        condition=Q(agency__isnull=False),
                    )
                ],
            },
        ),
        migrations.RunSQL(FORBID, ALLOW),
        migrations.RunSQL(FILL_WORK, migrations.RunSQL.noop),
        migrations.RunSQL(WATCH, FORGET),
        migrations.RunSQL(FILL_TERMS, migrations.RunSQL.noop),
        migrations.AddIndex(
            "dossier", GinIndex(fields=["terms"], name="dossier_terms", fastupdate=False)
        ),
    ]
