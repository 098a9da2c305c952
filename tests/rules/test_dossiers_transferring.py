"""Offices become others: a dossier goes on at the successor, nothing done is undone, no date moves."""

import pytest

from motcua.dossiers.rules import acts as a
from motcua.dossiers.rules.facts import Actor, Office
from motcua.dossiers.rules.refusals import NothingMoves, NotYours
from tests import cast
from tests.rules.heart import FAULT, Story

NEW = Office(agency="H24.900", agency_name="UBND xã mới")
NEW_POLICE = Office(agency="CA.900", agency_name="Công an xã mới")
EVERYTHING = {cast.COMMUNE: NEW, cast.POLICE: NEW_POLICE}


def merged(story: Story, **offices: Office) -> Story:
    told = {name.replace("_", "."): office for name, office in offices.items()} or EVERYTHING
    return story(cast.CLOCKWORK, a.Transfer(offices=told, decision="1/NQ-UBTVQH"))


def there(role: str) -> Actor:
    return Actor(kind="official", id="9", name="Lê Văn Mới", role=role, agency=NEW.agency)


def test_the_successor_goes_on_where_the_old_office_was():
    story = merged(Story().received())
    story(there("registrar"), a.TakeStep(leg="birth", step="draft"))
    assert story.now.legs["birth"].step == "confirm"
    assert story.now.legs["birth"].agency_name == "UBND xã mới"


def test_the_old_office_does_nothing_more():
    story = merged(Story().received())
    with pytest.raises(NotYours):
        story(cast.REGISTRAR, a.TakeStep(leg="birth", step="draft"))


def test_no_date_moves():
    story = Story().received()
    before = (story.now.clock, story.now.legs["birth"].due)
    merged(story)
    assert (story.now.clock, story.now.legs["birth"].due) == before


def test_a_part_that_has_not_begun_goes_to_the_new_police():
    story = merged(Story().received())
    assert story.now.legs["residence"].agency == NEW_POLICE.agency


def test_a_question_to_another_system_is_asked_anew_there():
    away = NEW_POLICE.model_copy(update={"party": "residence-2"})
    story = Story().born(residence_party="residence").paid()
    story(cast.CLOCKWORK, a.Transfer(offices={cast.POLICE: away}, decision="1/NQ"))
    assert story.events[-1].party == "residence-2"


def test_the_same_system_is_not_asked_twice():
    same = NEW_POLICE.model_copy(update={"party": "residence"})
    story = Story().born(residence_party="residence").paid()
    story(cast.CLOCKWORK, a.Transfer(offices={cast.POLICE: same}, decision="1/NQ"))
    assert story.kinds()[-1] == "Transferred"


def test_the_successors_second_request_is_a_second_one():
    story = Story().received()
    story(cast.REGISTRAR, a.AskSupplement(leg="birth", faults=(FAULT,)))
    story(cast.MOTHER, a.Supplement(leg="birth", papers=("birth_note",)))
    merged(story)
    assert story.now.requests_made == {NEW.agency: 1}


def test_the_archive_goes_with_the_office():
    story = Story().filed()
    story(cast.MOTHER, a.AskWithdraw())
    status = story.now.status
    merged(story)
    assert (story.now.status, story.now.agency) == (status, NEW.agency)


def test_a_dossier_of_others_is_not_touched():
    with pytest.raises(NothingMoves):
        merged(Story().received(), H99_1=NEW)


def test_transferred_twice_is_refused():
    story = merged(Story().received())
    with pytest.raises(NothingMoves):
        merged(story)
