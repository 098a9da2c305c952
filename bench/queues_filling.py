"""Fills a database with dossiers of a hundred communes by a few statements; the same at every run.

Names and phones are sealed, and their search terms keyed, as the product does it: each of a pool once, for the database
itself has no keys. A phone has so five dossiers in the country, where life has fewer.
"""

from itertools import product

from django.db import connection

from motcua.agencies.models import Agency, Official, Post
from motcua.dossiers import search
from motcua.dossiers.models import Dossier
from motcua.toolkit.clock import now
from motcua.toolkit.sealed_fields import sealing

COMMUNES = 100
FAMILY = ("nguyễn", "trần", "lê", "phạm", "hoàng", "huỳnh", "phan", "vũ", "võ", "đặng", "bùi", "đỗ", "hồ", "ngô", "dương", "lý")  # fmt: skip
MIDDLE = ("thị", "văn", "minh", "ngọc", "đức", "thanh", "quang", "hữu", "bảo", "gia")
GIVEN = ("an", "anh", "bình", "châu", "dung", "giang", "hà", "hạnh", "hiếu", "hoa", "hùng", "hương", "khánh", "lan", "linh", "long", "mai", "my", "nam", "nga", "nhung", "phúc", "quân", "sen", "sơn", "tâm", "thảo", "trang", "tú", "yến")  # fmt: skip
OPEN = 0.08
"""Share of the dossiers that are still open."""


def fill(count: int) -> Official:
    """Write the offices, the dossiers and the open work; return who looks: all posts of the large commune."""
    official = _offices()
    with connection.cursor() as cursor:
        cursor.execute(
            "set session_replication_role = replica"
        )  # no look-ups of foreign keys: they are right
        cursor.execute("drop index dossier_terms")
        cursor.execute("select setseed(0.4)")
        phones = _people(count)
        values = {"count": count, "communes": COMMUNES, "open": OPEN, "phones": phones}
        for statement in (SQL_DOSSIERS, SQL_LEGS, SQL_WORK, SQL_CLAIMS):
            cursor.execute(statement, {**values, "holder": official.pk})
        cursor.execute("set session_replication_role = origin")
        cursor.execute(SQL_INDEX)
        for table in ("dossier", "legrow", "work"):
            cursor.execute(f"vacuum analyze dossiers_{table}")
    return official


def _people(count: int) -> int:
    """Write every name and a pool of phones, sealed and with their terms; return how many phones."""
    subject, applicant, phone = (
        sealing(Dossier, name) for name in ("subject_name", "applicant_name", "phone")
    )
    names = [" ".join(parts).title() for parts in product(FAMILY, MIDDLE, GIVEN)]
    numbers = [f"+849{12_345_678 + 431 * number:08}"[:12] for number in range(max(50, count // 5))]
    with connection.cursor() as cursor:
        cursor.execute(
            "create table bench_name (place int primary key, subject bytea, applicant bytea, terms text)"
        )
        cursor.execute("create table bench_phone (place int primary key, phone bytea, terms text)")
        rows = (
            (n, subject(name), applicant(name), _terms(names=name)) for n, name in enumerate(names)
        )
        cursor.executemany("insert into bench_name values (%s, %s, %s, %s)", list(rows))
        with cursor.copy("copy bench_phone from stdin") as lines:
            for n, number in enumerate(numbers):
                lines.write_row((n, phone(number), _terms(phone=number)))
    return len(numbers)


def _terms(*, names: str = "", phone: str = "") -> str:
    """Return the terms without the agency, which the database puts before each."""
    found = search.terms(code="", agencies=[0], names=names, phone=phone, answers={})
    return found.replace("a0_", "").removeprefix("a0").strip()


def _offices() -> Official:
    at = now()
    made = [_agency(number, at.date()) for number in range(1, COMMUNES + 1)]
    Agency.objects.bulk_create(made)
    with connection.cursor() as cursor:
        cursor.execute("select setval('agencies_agency_id_seq', %s)", [COMMUNES])
    official = Official.objects.create(username="do.tai", full_name="Đỗ Văn Tài")
    for role in ("front_desk", "registrar", "leader"):
        Post.objects.create(official=official, agency=made[0], role=role, valid_from=at.date())
    return official


def _agency(number: int, day: object) -> Agency:
    return Agency(
        id=number, code=f"H31.{number}", name=f"Ủy ban nhân dân xã số {number}",
        kind="commune_committee", place_code="11239", province_code="31", works_in="motcua",
        address="–", support_name="–", support_phone="–", support_hours="–", valid_from=day,
    )  # fmt: skip


# Every tenth dossier is of commune 1; the newest are open more often, as in life.
SQL_DOSSIERS = r"""
insert into dossiers_dossier (code, version_id, agency_id, seq, status, channel, language, subject_name,
  applicant_name, phone, email, terms, submitted_at, received_at, expected_at, due_at, finished_at, ended_at)
select code, version, agency, 3, case when open then (array[1,4,4,4,5,6])[1 + n %% 6] else 10 end,
  case when n %% 4 = 0 then 'counter' else 'online' end, 'vi', s.subject, a.applicant, p.phone, '',
  ('a' || agency || ' ' || regexp_replace(s.terms || ' ' || a.terms || ' ' || p.terms || ' c'
    || to_char(filed, 'YYMMDD') || n, '(\w+)', 'a' || agency || '_\1', 'g'))::tsvector,
  filed, filed + interval '1 hour', filed + interval '5 days', filed + interval '5 days',
  case when open then null else filed + interval '4 days' end,
  case when open then null else filed + interval '4 days' end
from (
  select *, 'H31.' || agency || '-' || to_char(filed, 'YYMMDD') || '-' || n code
  from (
    select n, case when n %% 10 = 0 then 1 else 2 + (n %% (%(communes)s - 1)) end agency,
      now() - ((%(count)s - n) * interval '2 years' / %(count)s) filed,
      n > %(count)s * 0.8 and random() < %(open)s * 5 open,
      (select v[1 + n %% array_length(v, 1)] from (select array_agg(id order by id) v from procedures_version) x) version,
      (random() * (%(phones)s - 1))::int phone_of,
      (random() ^ 2 * 15)::int * 300 + (random() * 9)::int * 30 + (random() * 29)::int subject_of,
      (random() ^ 2 * 15)::int * 300 + (random() * 9)::int * 30 + (random() * 29)::int applicant_of
    from generate_series(1, %(count)s) n
  ) told
) whole
join bench_name s on s.place = subject_of join bench_name a on a.place = applicant_of
join bench_phone p on p.place = phone_of
order by whole.n
"""
SQL_LEGS = """
insert into dossiers_legrow (dossier_id, leg, agency_code, state, step, opened_at)
select d.id, 'main', 'H31.' || d.agency_id, case when d.ended_at is null then 'open' else 'done' end, '', d.received_at
from dossiers_dossier d
"""
SQL_WORK = """
insert into dossiers_work (dossier_id, kind, leg, step, task, agency_id, role, due_at, since, procedure, channel,
  office_id, received_at)
select d.id, kind, '', case when kind = 'return' then coalesce(r, '') else '' end,
  case when kind = 'extension' then 'sign' else '' end, d.agency_id, role,
  now() + (random() - 0.3) * interval '10 days', d.submitted_at, v.code, d.channel, d.agency_id, d.received_at
from (
  select *, (array['receive','withdrawal','applicant','elsewhere','extension','receive'])[1 + id %% 6] kind,
    (array['front_desk','registrar','','','leader','front_desk'])[1 + id %% 6] role, '' r
  from dossiers_dossier where ended_at is null
) d join procedures_version v on v.id = d.version_id
"""
SQL_CLAIMS = """
update dossiers_work set official_id = %(holder)s, claimed_at = now()
where agency_id = 1 and role <> '' and dossier_id %% 7 = 0
"""
SQL_INDEX = (
    "create index dossier_terms on dossiers_dossier using gin (terms) with (fastupdate = off)"
)
