"""Results handed over at the counter: several at once, to whom showed who they are, and confirmed."""

import re

import pytest

from motcua.deliveries.models import Delivery
from motcua.documents.queries import documents_of
from motcua.dossiers.models import Dossier
from motcua.dossiers.queries import history
from motcua.dossiers.rules import events as e
from motcua.notices.models import Notice
from tests.journeys.desk_pages import did, opened, pressed, signed_note, words
from tests.signing_in import as_citizen

pytestmark = pytest.mark.django_db
RESULTS = ["birth_paper", "residence_paper"]


@pytest.fixture
def row(office):
    """A dossier whose birth and residence papers wait at the counter."""
    return office.born(way="counter")


@pytest.fixture
def desk(office):
    return office.browser("front_desk")


def hand_over(desk, row, **changes):
    given = {**signed_note(), "results": ["birth_paper"], **changes}
    return pressed(desk, row, "tra-ket-qua", "birth_paper", **given)


def returned(row):
    return [event for event in history(row.pk) if isinstance(event, e.ResultReturned)]


def test_the_history_keeps_what_was_shown_and_how_it_was_confirmed(desk, row):
    assert did(hand_over(desk, row))
    handing = returned(row)[0].handing
    assert (handing.proof, handing.digits, handing.confirmed) == ("card", "321", "sheet")
    page = words(desk.get(f"/can-bo/ho-so/{row.code}/"))
    assert "Đã xem Thẻ căn cước, số cuối 321." in page


def test_the_signed_note_is_kept_with_the_dossier(desk, row):
    hand_over(desk, row)
    names = [paper.name for paper in documents_of(f"dossier:{row.code}")]
    assert "Phiếu giao kết quả có chữ ký" in names


def test_without_a_signed_note_nothing_is_handed_over(desk, row):
    answer = hand_over(desk, row, files=[])
    assert "phiếu giao kết quả đã có chữ ký" in words(answer)
    assert not returned(row)


def test_somebody_else_needs_an_authority(desk, row):
    assert hand_over(desk, row, receiver="Trần Văn Nam").status_code == 400
    assert did(hand_over(desk, row, receiver="Trần Văn Nam", authority="UQ 12/2026"))
    assert returned(row)[0].handing.authority == "UQ 12/2026"


def test_the_whole_number_of_a_card_is_never_kept(desk, row):
    assert hand_over(desk, row, digits="030196004321").status_code == 400
    assert not returned(row)


def test_the_receiver_confirms_by_a_code(desk, row):
    carried = opened(desk, row, "tra-ket-qua", "birth_paper")
    asked = hand_over(desk, row, carried=carried, files=[], _send="1")
    assert "Mã 6 chữ số người nhận đọc lại" in words(asked)
    code = re.search(r"\d{6}", Notice.objects.get(template="code").body).group()
    assert did(hand_over(desk, row, carried=carried, files=[], _code="1", code=code))
    assert returned(row)[0].handing.confirmed == "code"


def test_a_wrong_code_hands_nothing_over(desk, row):
    carried = opened(desk, row, "tra-ket-qua", "birth_paper")
    hand_over(desk, row, carried=carried, files=[], _send="1")
    hand_over(desk, row, carried=carried, files=[], _code="1", code="000000")
    assert not returned(row)


def test_the_citizens_page_tells_who_took_it_and_how(desk, row, client):
    hand_over(desk, row)
    Dossier.objects.update(account=as_citizen(client))
    assert "người nhận ký phiếu giao" in words(client.get(f"/theo-doi/{row.code}/"))


def test_pressed_twice_it_is_handed_over_once(desk, row):
    carried = opened(desk, row, "tra-ket-qua", "birth_paper")
    assert did(hand_over(desk, row, carried=carried))
    assert did(hand_over(desk, row, carried=carried))
    assert len(returned(row)) == 1
    assert Delivery.objects.get(key=f"{row.code}:birth_paper").state == "handed_over"


def test_the_note_to_sign_is_printed(desk, row):
    answer = desk.get(f"/can-bo/ho-so/{row.code}/phieu-giao-ket-qua.pdf")
    assert answer.content.startswith(b"%PDF")


def test_what_nobody_has_taken_yet_is_called_as_in_the_queue(desk, row):
    page = words(desk.get(f"/can-bo/ho-so/{row.code}/"))
    assert re.search(r"Trả kết quả: [^:<]+: chưa ai nhận", page)
    assert "Đăng ký khai sinh: chưa ai nhận" not in page


def test_the_page_names_its_dossier(desk, row):
    page = words(desk.get(f"/can-bo/ho-so/{row.code}/viec/tra-ket-qua/birth_paper/"))
    assert f'<span class="code-small">{row.code}</span>' in page
