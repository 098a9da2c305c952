"""A new version is rehearsed on all dossiers still open, and nothing is changed by it."""

import hashlib
import json

import pytest
from django.core import serializers
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from motcua.config.cli import main
from motcua.dossiers.models import Content, Dossier, Event, LegRow, Work
from motcua.journeys.naming import Named
from motcua.journeys.rehearsing import _only_reading, rehearse_open
from motcua.procedures.models import Version
from motcua.procedures.rules.catalogue import read_folder
from motcua.procedures.rules.definition import Definition
from motcua.toolkit.clock import now
from tests.journeys.office import FEE, LINKED, PAGES, _procedure, _stages
from tests.journeys.office import office as office  # noqa: PLC0414 - a fixture
from tests.rules.heart import a_field, at_most

pytestmark = pytest.mark.django_db


def plan(*stages, **more):
    return {"limit": at_most(3), "supplement": {"within": at_most(7)}, "stages": stages, **more}


def outcomes(**changes):
    """Rehearse the office's linked service with these parts otherwise."""
    new = Definition(_procedure(**changes))
    return list(rehearse_open(Named("new", new, {}), at=now()))


def pages(**changes):
    """Return the form with a question of the child's page otherwise, or added."""
    fields = [{**field, **changes.pop(field["id"], {})} for field in PAGES[0]["fields"]]
    return {"pages": [{**PAGES[0], "fields": fields + list(changes.values())}, *PAGES[1:]]}


# ── which dossiers are asked ──────────────────────────────────────────────────────────────────────


def test_a_dossier_that_has_ended_is_left_alone(office):
    row = office.received()
    Dossier.objects.filter(pk=row.pk).update(ended_at=now())
    assert outcomes() == []


def test_a_dossier_of_another_procedure_is_left_alone(office):
    office.filed(published=office.linked)
    assert outcomes(code="9.000007") == []


def test_a_dossier_of_an_earlier_code_takes_part(office):
    office.filed()
    assert len(outcomes(code="9.000007", codes_before=[{"code": LINKED.code, "until": ""}])) == 1


def test_a_dossier_that_stands_under_the_version_already_is_left_alone(office):
    office.filed()
    published = office.linked
    named = Named("linked", published.definition, {}, published.digest)
    assert list(rehearse_open(named, at=now())) == []


# ── nothing is changed, and it goes in bounds ─────────────────────────────────────────────────────

TABLES = (Dossier, Content, Event, LegRow, Work, Version)


def digest_of_everything():
    """Return how many rows there are, and a digest of every one of them."""
    told = {}
    for table in TABLES:
        text = serializers.serialize("json", table.objects.order_by("pk"))
        told[table.__name__] = (table.objects.count(), hashlib.sha256(text.encode()).hexdigest())
    return told


def test_nothing_is_changed(office):
    office.received()
    office.born()
    before = digest_of_everything()
    results = [LINKED.results[0].model_dump(mode="json")]
    assert len(outcomes(plan=plan(_stages()[0]), results=results)) == 2
    assert digest_of_everything() == before


def test_the_database_itself_refuses_to_write_meanwhile(office):
    row = office.filed()
    with pytest.raises(DatabaseError, match="read-only"), transaction.atomic(), _only_reading():
        Dossier.objects.filter(pk=row.pk).update(language="en")
    Dossier.objects.filter(pk=row.pk).update(language="en")  # and lets us afterwards


def test_the_queries_grow_with_batches_not_with_dossiers(office):
    for _ in range(4):
        office.filed()
    new = Named("new", Definition(_procedure(papers=[])), {})
    list(rehearse_open(new, at=now()))  # versions, calendars and offices are known after this
    counted = []
    for batch in (4, 2):
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert len(list(rehearse_open(new, at=now(), batch=batch))) == 4
        counted.append(sum(q["sql"].lstrip().lower().startswith("select") for q in queries))
    assert counted[0] <= 5
    assert counted[1] <= 9


# ── what is told ──────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def told(office, tmp_path, capsys):
    """Rehearse by the command a version with a new question and a dearer fee; return what it said."""
    office.received()
    procedure = _procedure(
        fees=[{**FEE, "rates": [{"amount": 15_000, "basis": "luat"}]}],
        form=pages(more=a_field("child.weight", "number", "Cân nặng")),
    )
    law = procedure.model_dump(mode="json", by_alias=True)
    form = law.pop("form")
    (tmp_path / "procedure.yaml").write_text(json.dumps(law), encoding="utf-8")
    (tmp_path / "form.yaml").write_text(json.dumps(form), encoding="utf-8")
    assert read_folder(tmp_path, shown="").procedure == procedure

    def saying(*options):
        assert main(["rehearse", str(tmp_path), *options]) == 0
        return capsys.readouterr().out

    return saying


def test_the_command_says_one_line_a_dossier_and_the_sum(told):
    code = Dossier.objects.get().code
    lines = told().splitlines()
    assert (
        lines[0] == f"{code}: cần: thiếu câu trả lời `child.weight`; phí `fee` 10.000 đ → 15.000 đ"
    )
    assert lines[1] == "1 hồ sơ: 0 không đổi, 1 cần thêm, 0 không chuyển được."


def test_the_command_speaks_english_too(told):
    assert "1 dossiers: 0 unchanged, 1 need something, 0 cannot move." in told("--language", "en")


def test_the_command_tells_programs_line_by_line(told):
    first, last = (json.loads(line) for line in told("--json").splitlines())
    assert first["verdict"] == "needs"
    assert first["findings"][1] == {"kind": "fee", "what": "fee", "old": "10000", "new": "15000"}
    assert last["totals"] == {"needs": 1}


def test_the_command_tells_nothing_that_somebody_declared(told):
    answers = Content.objects.get().answers
    for said_ in (told(), told("--json")):
        assert not any(str(answer) in said_ for answer in answers.values() if answer)
