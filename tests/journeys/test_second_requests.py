"""A second supplement request at the desk: an official puts it before the leader, who sends it or hands it back."""

import pytest

from tests.journeys.desk_pages import act_page, did, dossier_page, hidden, pressed, words
from tests.journeys.test_desk_acts import ITEMS, ask

pytestmark = pytest.mark.django_db
PREPARE, APPROVE, BACK = "trinh-bo-sung-lan-hai", "yeu-cau-bo-sung", "tra-lai-bo-sung"
ITEM = "paper:birth_note:missing_page"


@pytest.fixture
def prepared(office):
    """A dossier asked about once, with a second request before the leader."""
    row = office.received()
    registrar = office.browser("registrar")
    ask(registrar, row, "birth", ITEMS[:1])
    office.supplement(row, "birth", **{"child.full_name": "Trần Minh Ân"})
    answer = pressed(
        registrar, row, PREPARE, "birth", _stage="send", item=ITEM, unseen_ok="1",
        **{f"text:{ITEM}": "Thiếu mặt sau", f"how:{ITEM}": "Chụp cả mặt sau"},
    )  # fmt: skip
    assert did(answer)
    office.catch_up(row.code)
    return row


def test_the_page_says_what_a_second_request_costs(office):
    row = office.received()
    ask(office.browser("registrar"), row, "birth", ITEMS[:1])
    office.supplement(row, "birth", **{"child.full_name": "Trần Minh Ân"})
    page = words(office.browser("registrar").get(act_page(row, PREPARE, "birth")))
    assert "766/QĐ-TTg tính hồ sơ bị yêu cầu bổ sung lần hai là trễ hạn" in page


def test_it_waits_in_the_leaders_queue_and_asks_nobody_yet(office, prepared):
    assert not office.now(prepared).requests
    queue = words(office.browser("leader").get("/can-bo/?muc=tat-ca"))
    assert "Duyệt yêu cầu bổ sung lần hai" in queue
    page = words(office.browser("registrar").get(dossier_page(prepared)))
    assert "Đã trình lãnh đạo, đang chờ duyệt" in page


def test_the_leader_reads_it_over_and_sends_it(office, prepared):
    leader = office.browser("leader")
    page = leader.get(act_page(prepared, APPROVE, "birth"))
    assert "Trịnh Đức Thuận trình yêu cầu này" in words(page)
    item = page.context["items"][0]
    assert (item.text, item.how) == ("Thiếu mặt sau", "Chụp cả mặt sau")
    answer = pressed(
        leader, prepared, APPROVE, "birth", carried=hidden(page), _stage="send", item=item.key,
        unseen_ok="1", **{f"text:{item.key}": item.text, f"how:{item.key}": item.how},
    )  # fmt: skip
    assert did(answer)
    request = office.now(prepared).requests["birth"]
    assert (request.number, request.faults[0].how) == (2, "Chụp cả mặt sau")


def test_the_leader_hands_it_back_and_says_why(office, prepared):
    leader = office.browser("leader")
    assert pressed(leader, prepared, BACK, "birth").status_code == 400
    assert did(pressed(leader, prepared, BACK, "birth", remark="Đối chiếu với bệnh viện là đủ"))
    page = words(office.browser("registrar").get(dossier_page(prepared)))
    assert "Đối chiếu với bệnh viện là đủ" in page
    assert "Trình lãnh đạo yêu cầu bổ sung lần hai" in page


def test_only_a_leader_hands_it_back(office, prepared):
    answer = office.browser("registrar").get(act_page(prepared, BACK, "birth"))
    assert answer.status_code == 409
