"""A new version is rehearsed on the dossiers still open: what each would need, and nothing is changed."""

import hashlib
import json

import pytest
from django.conf import settings
from django.core import serializers
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from motcua.config.cli import main
from motcua.dossiers.models import Content, Dossier, Event, LegRow, Work
from motcua.dossiers.operations import record
from motcua.dossiers.rules import acts as a
from motcua.dossiers.rules.facts import SYSTEM
from motcua.journeys.naming import Named
from motcua.journeys.rehearsal import rehearse_all
from motcua.journeys.rehearsing import _only_reading, rehearse_open
from motcua.journeys.transition import _readable
from motcua.procedures.models import Version
from motcua.procedures.rules.catalogue import read_folder
from motcua.procedures.rules.definition import Definition
from motcua.procedures.rules.example import read_examples
from motcua.procedures.rules.posting import posted
from motcua.procedures.rules.reading_answers import Posted, Reader
from motcua.toolkit.clock import now
from tests.journeys.office import FEE, LINKED, PAGES, PAPERS, _procedure, _stages
from tests.journeys.office import office as office  # noqa: PLC0414 - a fixture
from tests.rules import heart
from tests.rules.heart import a_field, a_step, at_most, said

pytestmark = pytest.mark.django_db


def plan(*stages, **more):
    return {"limit": at_most(3), "supplement": {"within": at_most(7)}, "stages": stages, **more}


def outcomes(**changes):
    """Rehearse the office's linked service with these parts otherwise."""
    new = Definition(_procedure(**changes))
    return list(rehearse_open(Named("new", new, {}), at=now()))


def found(**changes):
    [outcome] = outcomes(**changes)
    return outcome.verdict, [
        (item.kind, item.what, item.old, item.new) for item in outcome.findings
    ]


def pages(**changes):
    """Return the form with a question of the child's page otherwise, or added."""
    fields = [{**field, **changes.pop(field["id"], {})} for field in PAGES[0]["fields"]]
    return {"pages": [{**PAGES[0], "fields": fields + list(changes.values())}, *PAGES[1:]]}


# ── unchanged ─────────────────────────────────────────────────────────────────────────────────────


def test_a_text_that_differs_in_words_only_changes_nothing_for_a_dossier(office):
    office.filed()
    assert found(name=said("Tên khác"), keywords=["mới"]) == ("unchanged", [])


def test_what_was_missing_all_along_is_not_what_the_new_version_asks(office):
    row = office.filed()
    Content.objects.filter(dossier=row).update(answers={})
    assert found() == ("unchanged", [])


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


# ── needs something ───────────────────────────────────────────────────────────────────────────────


def test_a_new_question_that_must_be_answered_is_missing(office):
    office.filed()
    new = a_field("child.weight", "number", "Cân nặng")
    assert found(form=pages(more=new)) == ("needs", [("answer-missing", "child.weight", "", "")])


def test_a_new_question_that_may_be_left_out_is_not_missing(office):
    office.filed()
    new = a_field("child.weight", "number", "Cân nặng", required=False)
    assert found(form=pages(more=new)) == ("unchanged", [])


def test_an_answer_that_the_new_form_would_not_take(office):
    office.filed()
    shorter = {"child.full_name": {"type": "text", "longest": 5}}
    assert found(form=pages(**shorter)) == (
        "needs", [("answer-not-valid", "child.full_name", "", "")],
    )  # fmt: skip


def test_a_check_that_fails_now_names_its_page(office):
    office.filed()
    check = {"that": 'child.full_name == ""', "say": said("Không được"), "level": "error"}
    form = {"pages": [{**PAGES[0], "checks": [check]}, *PAGES[1:]]}
    assert found(form=form) == ("needs", [("check-fails", "child", "", "")])


def test_a_paper_that_is_called_for_now(office):
    office.filed()
    new = {"id": "proof", "name": said("Minh chứng"), "basis": "luat"}
    assert found(papers=[*PAPERS, new]) == ("needs", [("paper-missing", "proof", "", "")])


def test_a_paper_that_is_there_is_not_asked_for_again(office):
    office.filed()
    obligatory = [{**paper, "required": "true"} for paper in PAPERS]
    assert found(papers=obligatory) == ("unchanged", [])


def test_another_fee_is_told_from_amount_to_amount(office):
    office.filed()
    dearer = {**FEE, "rates": [{"amount": 15_000, "basis": "luat"}]}
    assert found(fees=[dearer]) == ("needs", [("fee", "fee", "10000", "15000")])


def test_a_fee_that_was_paid_says_so(office):
    row = office.filed()
    _settle(row)
    [outcome] = outcomes(fees=[])
    assert [(f.kind, f.new, f.paid) for f in outcome.findings] == [("fee", "0", True)]


def _settle(row):
    act = a.SettleFee(fee="fee", amount=10_000, reference="R1")
    record(code=row.code, act=act, by=SYSTEM, key="pay", at=now())


def test_a_longer_time_moves_the_promised_date(office):
    office.received()
    verdict, [(kind, what, before, after)] = found(plan=plan(*_stages(), limit=at_most(5)))
    assert (verdict, kind, what) == ("needs", "due", "")
    assert before < after


def test_a_leg_at_work_has_a_date_of_its_own(office):
    office.received()
    longer = {**heart.BIRTH, "limit": at_most(2)}
    assert [kind for kind, *_ in found(plan=plan(longer, *_stages()[1:]))[1]] == ["leg-due"]


def test_a_part_that_would_be_added_and_its_result(office):
    office.filed()
    more = {
        "id": "burial", "name": said("Thêm"), "agency": "receiving",
        "steps": [a_step("decide", "decide", role="registrar", task="x")],
    }  # fmt: skip
    assert found(plan=plan(*_stages(), more)) == ("needs", [("leg-new", "burial", "", "")])


def test_a_part_that_waits_and_would_be_dropped(office):
    office.received()
    birth, residence, _ = _stages()
    results = [item.model_dump(mode="json") for item in LINKED.results[:2]]
    assert found(plan=plan(birth, residence), results=results) == (
        "needs",
        [("leg-dropped", "insurance", "", ""), ("result-dropped", "insurance_paper", "", "")],
    )


def test_a_way_that_is_not_offered_any_more(office):
    office.filed(way="post")
    results = [{**r.model_dump(mode="json"), "ways": ["online"]} for r in LINKED.results]
    verdict, items = found(results=results)
    assert verdict == "needs"
    assert items[0] == ("way-gone", "birth_paper", "post", "online")


# ── cannot move ───────────────────────────────────────────────────────────────────────────────────


def test_a_stage_at_work_that_is_gone_cannot_move(office):
    office.received()
    other = {**heart.BIRTH, "id": "birth_other"}
    verdict, items = found(plan=plan(other), results=_result_of("birth_other"))
    assert verdict == "cannot"
    assert ("stage-gone", "birth", "", "") in items


def _result_of(stage):
    return [{**LINKED.results[0].model_dump(mode="json"), "stage": stage}]


def test_a_present_step_that_is_gone_cannot_move(office):
    office.received()
    birth = {**heart.BIRTH, "steps": heart.BIRTH["steps"][1:]}
    assert found(plan=plan(birth, *_stages()[1:])) == (
        "cannot", [("step-gone", "birth.draft", "", "")],
    )  # fmt: skip


def test_a_present_step_that_becomes_other_work_cannot_move(office):
    office.received()
    steps = [{**heart.BIRTH["steps"][0], "kind": "attend"}, *heart.BIRTH["steps"][1:]]
    birth = {**heart.BIRTH, "steps": steps}
    assert found(plan=plan(birth, *_stages()[1:])) == (
        "cannot", [("step-other", "birth.draft", "draft", "attend")],
    )  # fmt: skip


def test_a_leg_already_done_that_would_not_exist_cannot_move(office):
    office.born()
    residence, insurance = ({**stage, "after": []} for stage in _stages()[1:])
    results = [item.model_dump(mode="json") for item in LINKED.results[1:]]
    verdict, items = found(plan=plan(residence, insurance), results=results)
    assert verdict == "cannot"
    assert ("done-gone", "birth", "", "") in items


def test_a_leg_that_began_before_one_it_must_wait_for_cannot_move(office):
    office.received()
    first = {
        "id": "interview", "name": said("Gặp"), "agency": "receiving",
        "steps": [a_step("decide", "decide", role="registrar", task="x")],
    }  # fmt: skip
    birth = {**heart.BIRTH, "after": ["interview"]}
    verdict, items = found(plan=plan(first, birth, *_stages()[1:]))
    assert verdict == "cannot"
    assert ("order", "birth", "", "interview") in items


def test_a_part_that_nobody_serves_cannot_be_added(office):
    office.filed()
    more = {
        "id": "burial", "name": said("Thêm"), "agency": {"kind": "commune_police", "place": "child.away"},
        "steps": [a_step("decide", "decide", role="police_officer", task="x")],
    }  # fmt: skip
    form = pages(more=a_field("child.away", "place", "Ở đâu", required=False))
    row = Dossier.objects.get()
    content = Content.objects.get(dossier=row)
    content.answers["child.away"] = {"province": "99", "commune": "99999", "detail": "", "text": ""}
    content.save()
    verdict, items = found(plan=plan(*_stages(), more), form=form)
    assert verdict == "cannot"
    assert ("nobody-serves", "burial", "", "") in items


def test_somebody_whom_the_new_version_leads_elsewhere_cannot_move(office):
    row = office.filed()
    content = Content.objects.get(dossier=row)
    content.answers["check.case"] = "abroad"
    content.save()
    question = {
        "id": "check.case", "question": said("Ở đâu?"),
        "options": [{"value": "here", "label": said("Đây")}, {"value": "abroad", "label": said("Xa")}],
        "exits": {"abroad": {"why": said("Không"), "instead": said("Nơi khác")}},
    }  # fmt: skip
    assert found(eligibility=[question]) == ("cannot", [("not-eligible", "check.case", "", "")])


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
    assert len(outcomes(plan=plan(_stages()[0]), results=_result_of("birth"))) == 2
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


@pytest.mark.parametrize("name", ["khai-sinh-lien-thong", "xac-nhan-tinh-trang-hon-nhan"])
def test_answers_as_they_are_stored_are_answers_as_pages_take_them(name):
    """Rehearsing reads stored answers anew: what was read once must read the same again."""
    place = settings.CATALOGUE / "procedures/ho-tich" / name
    folder = read_folder(place, shown=name)
    for lived in rehearse_all(folder, read_examples(place, name), settings.CATALOGUE):
        if lived.declared:
            reader = Reader(lived.world, lived.world.day)
            for field, answer in asked_and_answered(lived.declared):
                if field.type != "facility":
                    assert reader.read(field, Posted(posted(field, answer))) == answer, field.id
                assert _readable(reader, field, answer), field.id


def asked_and_answered(declared):
    definition, settled = declared.definition, declared.settled
    for page in definition.asked_pages(settled.values):
        for field in definition.asked(page, settled.values):
            if settled.answers.get(field.id) not in (None, "", []):
                yield field, settled.answers[field.id]
