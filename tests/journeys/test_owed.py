"""A fee that no part waits for is due before the result is in somebody's hands."""

import pytest

from motcua.deliveries.models import Delivery
from motcua.dossiers.rules.status import Status
from motcua.procedures.rules.procedure import Procedure
from tests.journeys.desk_pages import act_page, did, dossier_page, pressed, signed_note, words
from tests.journeys.office import COUNTER
from tests.rules.heart import said

pytestmark = pytest.mark.django_db
COPIES = {
    "id": "copies", "name": said("Phí bản sao"), "rates": [{"amount": 8_000, "basis": "luat"}],
}  # fmt: skip


@pytest.fixture
def service(office):
    """The service at the counter, with a fee for copies that no stage waits for."""
    known = COUNTER.model_dump(mode="json", by_alias=True)
    results = [{**known["results"][0], "ways": ["counter", "post"]}]
    changes = {"code": "9.000005", "slug": "ket-hon-ban-sao", "fees": [COPIES], "results": results}
    return office._published(Procedure.model_validate({**known, **changes}, strict=False))


def signed(office, service, way="counter"):
    row = office.received(published=service, way=way)
    for who, step in (("registrar", "draft"), ("registrar", "attend"), ("leader", "sign")):
        office.step(row, who, "marriage", step)
    return row


def paid(office, row):
    assert did(pressed(office.browser("front_desk"), row, "thu-tien", "copies", taken=1))
    office.catch_up(row.code)


def test_the_counter_takes_the_money_first_and_then_gives_the_result(office, service):
    row, desk = signed(office, service), office.browser("front_desk")
    assert desk.get(act_page(row, "tra-ket-qua", "certificate")).status_code == 409
    assert "Thu tiền" in words(desk.get(dossier_page(row)))
    paid(office, row)
    assert did(
        pressed(desk, row, "tra-ket-qua", "certificate", results=["certificate"], **signed_note())
    )
    assert office.now(row).status is Status.RETURNED


def test_a_letter_is_given_to_the_post_when_the_money_is_there(office, service):
    row = signed(office, service, way="post")
    letter = Delivery.objects.get(subject=row.code)
    assert letter.state == "planned"
    paid(office, row)
    letter.refresh_from_db()
    assert letter.state == "ready"
