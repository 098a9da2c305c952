"""Officers of culture and society, and of economy, work at the desk as the registrar does: each on their own field."""

import pytest

from motcua.dossiers.rules.status import Status
from motcua.procedures.rules.procedure import Procedure
from tests.journeys.desk_pages import act_page, did, dossier_page, pressed, words
from tests.journeys.office import COUNTER

pytestmark = pytest.mark.django_db
BOTH = pytest.mark.parametrize(
    ("mine", "other"), [("social", "economic"), ("economic", "social"), ("registrar", "social")]
)


def received(office, mine):
    """Return a dossier of the service whose first step waits for that officer."""
    known = COUNTER.model_dump(mode="json", by_alias=True)
    role = office.post(mine).role
    stages = known["plan"]["stages"]
    stages[0]["steps"][0]["role"] = stages[0]["steps"][1]["role"] = role
    told = {**known, "code": "9.000006", "slug": "linh-vuc-thu"}
    service = office._published(Procedure.model_validate(told, strict=False))
    return office.received(published=service, way="counter")


@BOTH
def test_the_work_waits_for_the_officer_of_the_field(office, mine, other):
    row = received(office, mine)
    assert row.code in words(office.browser(mine).get("/can-bo/"))
    assert row.code not in words(office.browser(other).get("/can-bo/"))


@BOTH
def test_the_officer_of_the_field_examines_and_the_other_does_not(office, mine, other):
    row = received(office, mine)
    assert office.browser(other).get(act_page(row, "thuc-hien", "marriage")).status_code == 409
    assert did(pressed(office.browser(mine), row, "thuc-hien", "marriage"))
    assert office.now(row).leg("marriage").step == "attend"


@BOTH
def test_the_officer_of_the_field_may_stop_it_and_the_other_may_not(office, mine, other):
    row = received(office, mine)
    assert "dung-xu-ly" not in words(office.browser(other).get(dossier_page(row)))
    item = "reason::false_papers"
    done = pressed(
        office.browser(mine), row, "dung-xu-ly", _stage="send", item=item,
        **{f"text:{item}": "Giấy tờ giả", f"how:{item}": "Khiếu nại nếu nhầm"},
    )  # fmt: skip
    assert did(done)
    assert office.now(row).status is Status.STOPPED
