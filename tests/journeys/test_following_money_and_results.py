"""Paying, looking over the draft, fetching results."""

import io
import re

import pytest
from django.utils.timezone import localtime
from pypdf import PdfReader

from motcua.deliveries.queries import delivery_of
from motcua.dossiers.rules import acts as a
from motcua.dossiers.rules.facts import SYSTEM
from motcua.payments.confirmation import confirm
from motcua.payments.models import Receipt
from motcua.toolkit.clock import now
from motcua.toolkit.jobs import run_due
from tests.cast import FRONT_DESK
from tests.journeys.followed import filed

pytestmark = pytest.mark.django_db


@pytest.fixture
def dossier(commune, client):
    return filed(commune).let_in(client)


def pay_address(dossier):
    return f"/ho-so/{dossier.code}/thanh-toan/residence_fee/"


def words_of(answer):
    content = answer.content or b"".join(answer.streaming_content)
    text = "\n".join(p.extract_text() for p in PdfReader(io.BytesIO(content)).pages)
    return re.sub(r"\s+", " ", text)


def at_the_gateway(dossier, client, world):
    client.post(pay_address(dossier))
    return world.gateway.orders[-1].ref


def test_a_fee_shows_amount_basis_and_for_whom(dossier, client):
    page = client.get(pay_address(dossier)).content.decode()
    assert "10.000\u00a0đ" in page
    assert "Căn cứ: Luật" in re.sub(r"\s+", " ", page)
    assert "Trần Bao An" in page


def test_the_button_leads_to_the_gateway(dossier, client, world):
    answer = client.post(pay_address(dossier))
    assert answer.url.startswith("https://gateway.example/")
    assert world.gateway.orders[-1].return_url.endswith("/thanh-toan/tro-ve")


def test_paid_by_the_gateways_word_counts_though_nobody_came_back(dossier, client, world):
    confirm(query=world.gateway.settle(at_the_gateway(dossier, client, world)), at=now())
    run_due()
    assert "Biên lai số" in client.get(pay_address(dossier)).content.decode()
    page = client.get(f"/theo-doi/{dossier.code}/").content.decode()
    assert "Tải biên lai (PDF)" in page
    assert "Nộp trực tuyến" not in page


def test_the_browsers_word_settles_nothing(dossier, client, world):
    word = world.gateway.settle(at_the_gateway(dossier, client, world), knows=False)
    page = client.get(f"/thanh-toan/tro-ve?{word}").content.decode()
    assert "Đang hỏi cổng thanh toán" in page
    assert 'http-equiv="refresh"' in page
    assert "residence_fee" not in dossier.now.settled


def test_coming_back_after_the_gateways_word_shows_paid(dossier, client, world):
    word = world.gateway.settle(at_the_gateway(dossier, client, world))
    confirm(query=word, at=now())
    page = client.get(f"/thanh-toan/tro-ve?{word}").content.decode()
    assert "Đã nộp" in page
    assert 'http-equiv="refresh"' not in page


def test_a_forged_return_tells_nothing(dossier, client, world):
    page = client.get(f"/thanh-toan/tro-ve?{dossier.code}|1|2|paid|foot").content.decode()
    assert "Chưa đọc được thông tin" in page
    assert f"/theo-doi/{dossier.code}/" not in page


def test_a_failed_payment_offers_another_try(dossier, client, world):
    from motcua.payments.rules import Outcome

    ref = at_the_gateway(dossier, client, world)
    word = world.gateway.settle(ref, outcome=Outcome.FAILED)
    page = client.get(f"/thanh-toan/tro-ve?{word}").content.decode()
    assert "Nộp lại" in page
    assert pay_address(dossier) in page


def test_paying_what_is_paid_leads_to_the_receipt(dossier, client, world):
    confirm(query=world.gateway.settle(at_the_gateway(dossier, client, world)), at=now())
    run_due()
    answer = client.post(pay_address(dossier), follow=True)
    assert "Biên lai số" in answer.content.decode()


def test_the_receipt_of_a_payment_is_a_paper(dossier, client, world):
    assert client.get(pay_address(dossier) + "bien-lai.pdf").status_code == 404
    confirm(query=world.gateway.settle(at_the_gateway(dossier, client, world)), at=now())
    words = words_of(client.get(pay_address(dossier) + "bien-lai.pdf"))
    assert "BIÊN LAI THU PHÍ, LỆ PHÍ" in words
    assert "10.000 đồng" in words
    assert "Mười nghìn đồng" in words
    at = localtime(Receipt.objects.get().at)
    assert f"{at:%H} giờ {at:%M} phút, ngày {at:%d/%m/%Y}" in words


def test_a_fee_that_is_not_there_is_not_found(dossier, client):
    assert client.get(f"/ho-so/{dossier.code}/thanh-toan/khac/").status_code == 404


def test_right_after_filing_the_fee_is_being_prepared(dossier, client):
    from motcua.payments.models import Demand, Line

    Line.objects.all().delete()
    Demand.objects.all().delete()
    page = client.get(pay_address(dossier)).content.decode()
    assert "Đang lập khoản thu" in page
    assert 'http-equiv="refresh"' in page


def draft_address(dossier):
    return f"/ho-so/{dossier.code}/ban-du-thao/birth/"


def test_the_draft_shows_what_the_certificate_will_say(dossier, client):
    dossier.drafted()
    page = client.get(draft_address(dossier)).content.decode()
    assert "Trần Bao An" in page
    assert "05/11/2026" in page
    assert "được coi là đúng" in page


def test_the_draft_as_a_paper_is_marked_as_a_draft(dossier, client):
    dossier.drafted()
    answer = client.get(draft_address(dossier) + "birth_paper.pdf")
    assert "BẢN DỰ THẢO" in words_of(answer)
    assert answer["Content-Disposition"].startswith("attachment")


def test_agreeing_lets_the_leg_go_on(dossier, client):
    dossier.drafted()
    client.post(draft_address(dossier), {"act": "a" * 32, "agrees": "yes"})
    assert dossier.now.legs["birth"].step == "register"


def test_saying_what_is_wrong_brings_it_back_to_the_registrar(dossier, client):
    dossier.drafted()
    client.post(
        draft_address(dossier), {"act": "a" * 32, "agrees": "no", "remark": "Đúng là Bảo An"}
    )
    leg = dossier.now.legs["birth"]
    assert (leg.step, leg.remark) == ("draft", "Đúng là Bảo An")


def test_disagreeing_needs_words(dossier, client):
    dossier.drafted()
    answer = client.post(draft_address(dossier), {"act": "a" * 32, "agrees": "no"})
    assert answer.status_code == 422
    assert dossier.now.legs["birth"].step == "confirm"


def test_a_draft_agreed_by_silence_meanwhile_leads_to_the_dossier(dossier, client, monkeypatch):
    dossier.drafted()
    until = dossier.now.legs["birth"].step_until
    from motcua.dossiers.operations import record

    record(
        code=dossier.code, act=a.ConfirmDraft(leg="birth", step="confirm", silence=True),
        by=SYSTEM, key="silence", at=until,
    )  # fmt: skip
    answer = client.post(draft_address(dossier), {"act": "a" * 32, "agrees": "yes"})
    assert answer.url == f"/theo-doi/{dossier.code}/"


def test_a_draft_that_does_not_wait_is_not_shown(dossier, client):
    assert client.get(draft_address(dossier)).status_code == 302
    assert client.get(draft_address(dossier) + "birth_paper.pdf").status_code == 404


def result_address(dossier, client):
    page = client.get(f"/theo-doi/{dossier.code}/").content.decode()
    return re.search(r'href="(/ho-so/[^"]+/ket-qua/[^"]+)"', page)[1]


def test_a_result_is_saved_as_it_was_signed(dossier, client):
    dossier.born()
    answer = client.get(result_address(dossier, client))
    assert answer["Content-Disposition"].startswith("attachment")
    assert "GIẤY KHAI SINH" in words_of(answer)


def test_a_result_fetched_is_known_to_have_arrived(dossier, client):
    dossier.born()
    delivery = f"{dossier.code}:birth_paper"
    assert delivery_of(delivery).state == "ready"
    client.get(result_address(dossier, client))
    assert delivery_of(delivery).state == "handed_over"


def test_a_result_of_another_dossier_is_not_found_at_mine(dossier, commune, client):
    other = filed(commune).let_in(client).born()
    address = result_address(other, client).replace(other.code, dossier.code)
    assert client.get(address).status_code == 404


def test_a_fee_paid_in_cash_shows_as_paid(dossier, client):
    dossier.received().act(
        FRONT_DESK, a.SettleFee(fee="residence_fee", reference="1", amount=10_000)
    )
    assert "Đã nộp" in client.get(f"/theo-doi/{dossier.code}/").content.decode()
