"""What a new version would mean for a dossier still open: unchanged, needs something, or cannot move."""

from datetime import timedelta

import pytest
from django.conf import settings

from motcua.dossiers.rules import acts as a
from motcua.journeys.planning import Office
from motcua.journeys.refusals import NobodyServes
from motcua.journeys.rehearsal import rehearse_all
from motcua.journeys.transition import OpenCase, Rehearsed, _readable, weigh
from motcua.journeys.transition_words import Totals, sentence
from motcua.procedures.rules.catalogue import read_folder
from motcua.procedures.rules.definition import Definition
from motcua.procedures.rules.example import read_examples
from motcua.procedures.rules.posting import posted
from motcua.procedures.rules.reading_answers import Posted, Reader
from motcua.procedures.rules.world import Circumstances
from tests import cast
from tests.journeys.office import FEE, LINKED, PAGES, PAPERS, _procedure, _stages
from tests.rules import heart
from tests.rules.heart import MONDAY, Story, a_field, a_step, at_most, said
from tests.rules.procedure_sample import WORLD

ANSWERS = {
    "child.full_name": "Trần Minh An",
    "child.birth_date": "2026-02-05",
    "residence.address": "Thôn Phú Khê",
    "applicant.full_name": "Nguyễn Thị Mai",
    "applicant.phone": "+84912345001",
    "mother.occupation": "Thợ may",
}
NOON = MONDAY + timedelta(hours=3)
LAW = heart.Law(LINKED, heart.LAW.calendar)


class OneCommune:
    """Offices of one commune; elsewhere nobody serves."""

    def serving(self, kind, commune):
        if commune != "11284":
            raise NobodyServes(place=commune)
        return Office(cast.COMMUNE, "UBND xã")


def story(way="online"):
    return Story(LAW).filed(way=way)


def received():
    return story()(cast.FRONT_DESK, a.Receive())


def born():
    return Story(LAW).born()


def weighed(told, answers=(), **changes):
    """Weigh the dossier under the linked service with these parts otherwise."""
    case = OpenCase(
        dossier=told.now,
        old=Definition(LINKED),
        answers={**ANSWERS, **dict(answers)},
        circumstances=Circumstances(today=MONDAY.date(), province="31", commune="11284"),
        papers=frozenset({"birth_note", "house_paper"}),
    )
    new = Definition(_procedure(**changes))
    reader = Reader(WORLD, MONDAY.date())
    return weigh(case, Rehearsed(new, LAW.calendar, OneCommune(), reader, NOON))


def found(told, answers=(), **changes):
    outcome = weighed(told, answers, **changes)
    items = [(item.kind, item.what, item.old, item.new) for item in outcome.findings]
    return outcome.verdict, items


def plan(*stages, **more):
    return {"limit": at_most(3), "supplement": {"within": at_most(7)}, "stages": stages, **more}


def pages(**changes):
    """Return the form with a question of the child's page otherwise, or added."""
    fields = [{**field, **changes.pop(field["id"], {})} for field in PAGES[0]["fields"]]
    return {"pages": [{**PAGES[0], "fields": fields + list(changes.values())}, *PAGES[1:]]}


# ── unchanged ─────────────────────────────────────────────────────────────────────────────────────


def test_a_text_that_differs_in_words_only_changes_nothing_for_a_dossier():
    assert found(story(), name=said("Tên khác"), keywords=["mới"]) == ("unchanged", [])


def test_what_was_missing_all_along_is_not_what_the_new_version_asks():
    assert found(story(), dict.fromkeys(ANSWERS)) == ("unchanged", [])


# ── needs something ───────────────────────────────────────────────────────────────────────────────


def test_a_new_question_that_must_be_answered_is_missing():
    new = a_field("child.weight", "number", "Cân nặng")
    assert found(story(), form=pages(more=new)) == (
        "needs",
        [("answer-missing", "child.weight", "", "")],
    )


def test_a_new_question_that_may_be_left_out_is_not_missing():
    new = a_field("child.weight", "number", "Cân nặng", required=False)
    assert found(story(), form=pages(more=new)) == ("unchanged", [])


def test_an_answer_that_the_new_form_would_not_take():
    shorter = {"child.full_name": {"type": "text", "longest": 5}}
    assert found(story(), form=pages(**shorter)) == (
        "needs", [("answer-not-valid", "child.full_name", "", "")],
    )  # fmt: skip


def test_a_check_that_fails_now_names_its_page():
    check = {"that": 'child.full_name == ""', "say": said("Không được"), "level": "error"}
    form = {"pages": [{**PAGES[0], "checks": [check]}, *PAGES[1:]]}
    assert found(story(), form=form) == ("needs", [("check-fails", "child", "", "")])


def test_a_paper_that_is_called_for_now():
    new = {"id": "proof", "name": said("Minh chứng"), "basis": "luat"}
    assert found(story(), papers=[*PAPERS, new]) == ("needs", [("paper-missing", "proof", "", "")])


def test_a_paper_that_is_there_is_not_asked_for_again():
    obligatory = [{**paper, "required": "true"} for paper in PAPERS]
    assert found(story(), papers=obligatory) == ("unchanged", [])


def test_another_fee_is_told_from_amount_to_amount():
    dearer = {**FEE, "rates": [{"amount": 15_000, "basis": "luat"}]}
    assert found(story(), fees=[dearer]) == ("needs", [("fee", "fee", "10000", "15000")])


def test_a_fee_that_was_paid_says_so():
    [finding] = weighed(story().paid(), fees=[]).findings
    assert (finding.kind, finding.new, finding.paid) == ("fee", "0", True)


def test_a_longer_time_moves_the_promised_date():
    verdict, [(kind, what, before, after)] = found(
        received(), plan=plan(*_stages(), limit=at_most(5))
    )
    assert (verdict, kind, what) == ("needs", "due", "")
    assert before < after


def test_a_leg_at_work_has_a_date_of_its_own():
    longer = {**heart.BIRTH, "limit": at_most(2)}
    assert [kind for kind, *_ in found(received(), plan=plan(longer, *_stages()[1:]))[1]] == [
        "leg-due"
    ]


def test_a_part_that_would_be_added_and_its_result():
    more = {
        "id": "burial", "name": said("Thêm"), "agency": "receiving",
        "steps": [a_step("decide", "decide", role="registrar", task="x")],
    }  # fmt: skip
    assert found(story(), plan=plan(*_stages(), more)) == ("needs", [("leg-new", "burial", "", "")])


def test_a_part_that_waits_and_would_be_dropped():
    birth, residence, _ = _stages()
    results = [item.model_dump(mode="json") for item in LINKED.results[:2]]
    assert found(received(), plan=plan(birth, residence), results=results) == (
        "needs",
        [("leg-dropped", "insurance", "", ""), ("result-dropped", "insurance_paper", "", "")],
    )


def test_a_way_that_is_not_offered_any_more():
    results = [{**r.model_dump(mode="json"), "ways": ["online"]} for r in LINKED.results]
    verdict, items = found(story(way="post"), results=results)
    assert verdict == "needs"
    assert items[0] == ("way-gone", "birth_paper", "post", "online")


# ── cannot move ───────────────────────────────────────────────────────────────────────────────────


def test_a_stage_at_work_that_is_gone_cannot_move():
    other = {**heart.BIRTH, "id": "birth_other"}
    verdict, items = found(received(), plan=plan(other), results=_result_of("birth_other"))
    assert verdict == "cannot"
    assert ("stage-gone", "birth", "", "") in items


def _result_of(stage):
    return [{**LINKED.results[0].model_dump(mode="json"), "stage": stage}]


def test_a_present_step_that_is_gone_cannot_move():
    birth = {**heart.BIRTH, "steps": heart.BIRTH["steps"][1:]}
    assert found(received(), plan=plan(birth, *_stages()[1:])) == (
        "cannot", [("step-gone", "birth.draft", "", "")],
    )  # fmt: skip


def test_a_present_step_that_becomes_other_work_cannot_move():
    steps = [{**heart.BIRTH["steps"][0], "kind": "attend"}, *heart.BIRTH["steps"][1:]]
    birth = {**heart.BIRTH, "steps": steps}
    assert found(received(), plan=plan(birth, *_stages()[1:])) == (
        "cannot", [("step-other", "birth.draft", "draft", "attend")],
    )  # fmt: skip


def test_a_leg_already_done_that_would_not_exist_cannot_move():
    residence, insurance = ({**stage, "after": []} for stage in _stages()[1:])
    results = [item.model_dump(mode="json") for item in LINKED.results[1:]]
    verdict, items = found(born(), plan=plan(residence, insurance), results=results)
    assert verdict == "cannot"
    assert ("done-gone", "birth", "", "") in items


def test_a_leg_that_began_before_one_it_must_wait_for_cannot_move():
    first = {
        "id": "interview", "name": said("Gặp"), "agency": "receiving",
        "steps": [a_step("decide", "decide", role="registrar", task="x")],
    }  # fmt: skip
    birth = {**heart.BIRTH, "after": ["interview"]}
    verdict, items = found(received(), plan=plan(first, birth, *_stages()[1:]))
    assert verdict == "cannot"
    assert ("order", "birth", "", "interview") in items


def test_a_part_that_nobody_serves_cannot_be_added():
    more = {
        "id": "burial", "name": said("Thêm"), "agency": {"kind": "commune_police", "place": "child.away"},
        "steps": [a_step("decide", "decide", role="police_officer", task="x")],
    }  # fmt: skip
    form = pages(more=a_field("child.away", "place", "Ở đâu", required=False))
    away = {"province": "99", "commune": "99999", "detail": "", "text": ""}
    verdict, items = found(story(), {"child.away": away}, plan=plan(*_stages(), more), form=form)
    assert verdict == "cannot"
    assert ("nobody-serves", "burial", "", "") in items


def test_somebody_whom_the_new_version_leads_elsewhere_cannot_move():
    question = {
        "id": "check.case", "question": said("Ở đâu?"),
        "options": [{"value": "here", "label": said("Đây")}, {"value": "abroad", "label": said("Xa")}],
        "exits": {"abroad": {"why": said("Không"), "instead": said("Nơi khác")}},
    }  # fmt: skip
    told = found(story(), {"check.case": "abroad"}, eligibility=[question])
    assert told == ("cannot", [("not-eligible", "check.case", "", "")])


def test_a_part_that_another_agency_refused_stays_decided():
    refused = born()(cast.CLERK, a.RefuseLeg(leg="insurance", faults=(heart.FAULT,)))
    results = LINKED.results[:2]
    kept = [item.model_dump(mode="json") for item in results]
    told = found(refused, plan=plan(*_stages()[:2]), results=kept)
    assert ("done-gone", "insurance", "", "") in told[1]


# ── what is told, and what it rests on ────────────────────────────────────────────────────────────


def test_a_sentence_says_amounts_and_days_as_people_write_them():
    dearer = {**FEE, "rates": [{"amount": 15_000, "basis": "luat"}]}
    outcome = weighed(received(), fees=[dearer], plan=plan(*_stages(), limit=at_most(5)))
    assert sentence(outcome, "en") == (
        "H24.284-260302-0001: needs: fee `fee` 10.000 đ → 15.000 đ; "
        "due 17:00 05/03/2026 → 17:00 09/03/2026"
    )


def test_the_sum_counts_dossiers_not_findings():
    totals = Totals()
    for told in (story(), received()):
        totals.count(weighed(told, fees=[]))
    lines = list(totals.told("en"))
    assert lines[0] == "2 dossiers: 0 unchanged, 2 need something, 0 cannot move."
    assert lines[1].split() == ["2", "×", "fee", "`fee`"]


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
